# Las organizaciones, los foros y los seminarios.

organisations-lead = Organizaciones que han trabajado con el proceso y lo que aportó cada una, en el orden del cuadro de la fuente.
organisations-empty = El registro no enumera organizaciones.
organisations-count = { $count ->
    [one] Una organización
   *[other] { $count } organizaciones
  }
organisations-observers = { $count ->
    [0] Ninguna de ellas es observadora en el día mostrado
    [one] Una de ellas es observadora en el día mostrado
   *[other] { $count } de ellas son observadoras en el día mostrado
  }
organisations-supports = { $count ->
    [0] Sin aportes enumerados
    [one] 1 aporte
   *[other] { $count } aportes
  }
organisations-observer = observadora
organisation-kicker = Organización
organisation-party = Participa como
organisation-website = Sitio web
organisation-members = La fila reúne a
organisation-supports-title = Lo que aportó
organisation-supports-empty = La fuente no enumera aportes de esta organización.
organisation-for = Para:
organisation-actions-title = Acciones en las que participó
organisations-mark = La condición de observadora se calcula a partir de la lista de observadores, no del cuadro.

fora-lead = Foros y eventos de terceros en los que el proceso participó o presentó su experiencia, en el orden de la lista de la fuente.
fora-empty = El registro no enumera foros hasta el día mostrado.
fora-count = { $count ->
    [one] Un foro o evento
   *[other] { $count } foros y eventos
  }
fora-undated = sin fecha

seminars-lead = La lista de seminarios y talleres de la fuente, fila por fila, con la entrada de otra lista que habla del mismo evento.
seminars-empty = El registro no enumera seminarios hasta el día mostrado.
seminars-count = { $count ->
    [one] Una fila
   *[other] { $count } filas
  }
seminars-matched = { $count ->
    [0] ninguna de ellas con el mismo evento entre las acciones
    [one] una de ellas con el mismo evento entre las acciones
   *[other] { $count } de ellas con el mismo evento entre las acciones
  }
seminars-same = El mismo evento:
seminars-part-of = Uno de los eventos de:
