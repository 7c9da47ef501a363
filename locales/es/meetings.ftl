# La lista de las reuniones y la página de cada una.

meeting-with-body = { $name }: { $body }

meetings-lead = Todas las reuniones de los órganos que constan en el registro: dónde y cuándo se celebraron, qué se trató y qué resultó de ellas.
meetings-empty = El registro no contiene reuniones en el día mostrado.
meetings-none = Ninguna reunión responde a esta selección.
meetings-shown = { $count ->
    [one] Una reunión
   *[other] { $count } reuniones
  }
meetings-shown-of = { $count ->
    [0] Ninguna de { $total } reuniones
    [one] Una de { $total } reuniones
   *[other] { $count } de { $total } reuniones
  }
meetings-caption = Reuniones, de la más reciente a la más antigua
meetings-when = Cuándo
meetings-meeting = Reunión
meetings-body = Órgano
meetings-place = Lugar
meetings-place-none = no consta

meeting-lead-place = { $place }.
meeting-lead-presidency = Bajo la presidencia de { $party }.
meeting-lead-theme = Tema central: «{ $theme }».
meeting-ahead = Esta reunión es posterior al día mostrado.
meeting-facts = La reunión
meeting-body = Órgano
meeting-number = Conferencia
meeting-when = Cuándo
meeting-place = Lugar
meeting-presidency = Presidencia
meeting-with = En la misma ocasión
meeting-approved-title = Lo que se acordó
meeting-topics-title = Lo que se trató
meeting-topics-empty = La fuente no menciona temas tratados en esta reunión.
meeting-topic-year = en ese año
meeting-topic-year-note = «En ese año»: la fuente da solo el año, y el órgano se reunió varias veces en él.
meeting-topic-occasion = con ocasión de: { $body }
meeting-proposed-title = Lo que se propuso
meeting-steps-title = Qué más ocurrió aquí
meeting-captions-title = Fotografías de la publicación
meeting-captions-note = Solo los pies de foto: las fotografías no se conservan aquí.
meeting-nothing = La fuente no dice más de esta reunión.
meeting-beside = Reuniones anterior y siguiente del mismo órgano
