# La página de un órgano.

body-facts = De un vistazo
body-since = Desde
body-until = Hasta
body-meets = Se reúne
body-decides = Deciden
body-attends = Asisten
body-invited = Si se les invita
body-slots = Con un espacio en la agenda
body-reports-to = Rinde cuentas a
body-reporting = Le rinden cuentas
body-parallel = De igual rango
body-precedes = Se reúne justo antes de
body-first-with = Primera reunión del año junto con
body-groups = Grupos creados o propuestos en él
body-aliases = Otros nombres impresos
body-who = Quiénes lo integran
body-sessions = Sus sesiones
body-door-open = abierta a observadores
body-door-closed = solo miembros
body-rank = Rango
body-accompanied = Acompañamiento
body-officials = { $count ->
    [one] un funcionario por jefatura de delegación
   *[other] hasta { $count } funcionarios por jefatura de delegación
  }
body-reserved = Reservado a ella
body-minimum-items = En su agenda no pueden faltar
body-history = Su propia historia
body-topics = Temas que trató
body-topic = Tema
body-years = Años
body-topic-since = desde { $year }
body-steps = Lo que hizo
body-meetings = Sus reuniones
