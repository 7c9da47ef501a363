# Las contribuciones y los rubros del presupuesto.

finance-lead = Lo que aportan los miembros cada año y lo que se paga con ello.
finance-empty = El registro no contiene escala de contribuciones ni presupuesto en el día mostrado.
finance-scale-kicker = Vigente { $since }
finance-scale-ended = Vigente { $since } y { $until }
finance-picture = { $title }, en una barra
finance-description = La barra es el total de { $total }. De la mayor cuota a la menor: { $shares }.
finance-share-of = { $party } { $share }
finance-caption = Contribuciones por país, de mayor a menor
finance-party = País
finance-amount = Monto anual
finance-share = Cuota
finance-total = Total
finance-each = { $share } cada uno
finance-others = { $count ->
    [one] un país
   *[other] { $count } países
  }
finance-sum-title = Por qué las cuotas suman { $sum }
finance-sum = Cada cuota es el monto dividido entre { $total } y redondeado a dos decimales. Redondeadas una por una, las { $count } cuotas suman { $sum }; los montos suman exactamente { $total }. Lo que cuenta son los montos: las cuotas se calculan a partir de ellos y no se almacenan.
finance-sum-exact = Las cuotas suman exactamente { $sum }, y los montos { $total }.
finance-approved = Montos según lo aprobado en:
finance-budget-title = Lo que se paga con ello
finance-budget-lead = Rubros del presupuesto anual. La fuente no da montos para ellos.
finance-funds-title = Fondos
finance-fund-manager = Administrado por
finance-fund-overseers = Supervisado por
finance-spender = Presupuesto de:
