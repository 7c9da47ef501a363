# Cómo está constituido el proceso: sus órganos, quién asiste a ellos, el año.

structure-lead = Los órganos, quiénes los integran, qué pasa de uno a otro y en qué época del año se reúnen.
structure-bodies-caption = Lo mismo en un cuadro: los órganos permanentes por orden de importancia
structure-body = Órgano
structure-who = Quiénes lo integran, o qué hace
structure-meets = Se reúne
structure-gives = Entrega
structure-sessions-title = Quién asiste a qué
structure-sessions-lead = Cada fila es un órgano o una de sus sesiones; cada columna, una clase de participante.
structure-session = Órgano y sesión
structure-decides = decide
structure-attends = asiste
structure-invited = si se le invita
structure-slot = dispone de un espacio en la agenda
structure-year-title = El año
structure-groups-title = Grupos y órganos vinculados
structure-assumptions-title = Lo que la fuente deja abierto
structure-assumptions-lead = Donde la fuente calla, las reglas de este registro tuvieron que decidir. Cada una de esas decisiones es un supuesto y dice por qué.
structure-assumption = supuesto

bodies-picture = Los órganos y lo que pasa de uno a otro
bodies-times = { $count ->
    [one] una vez al año
    [2] dos veces al año
   *[other] { $count } veces al año
  }
bodies-passes = { $from } entrega a { $to }: { $what }.
bodies-issues = { $from } emite: { $what }.
bodies-chairs = Junto a todos está { $chair }, que preside.
bodies-beside = Al otro lado: { $names }.
bodies-names = { $names }.

chain-network-report = informe
chain-conclusions-recommendations = conclusiones y recomendaciones
chain-declaration-decisions = declaración y decisiones

cycle-picture = El año de reuniones
cycle-description = Un anillo que se lee en el sentido de las agujas del reloj desde arriba. { $gatherings }
cycle-turn = cambio de año
cycle-gathering = Reunión { $number } del año
cycle-told = { $when }: { $stages }.
cycle-then = después,
