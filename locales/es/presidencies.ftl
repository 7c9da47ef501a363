# Las presidencias: línea de tiempo, lista y la página de cada una.

timeline-title = Presidencias, de { $first } a { $last }
timeline-description = Una línea de años de izquierda a derecha. Sobre cada año figura el nombre de quien presidió.
timeline-description-now = { $year }, { $party }, está en ejercicio.
timeline-description-next = { $year }, { $party }, es la entrante.
timeline-in-office = en ejercicio

presidencies-lead-empty = El registro no contiene presidencias en el día mostrado.
presidencies-caption = Las presidencias, de la más reciente a la más antigua
presidencies-year = Período
presidencies-party = Presidencia
presidencies-theme = Tema central
presidencies-meeting = Conferencia
presidencies-upcoming = entrante
presidencies-no-theme = no consta
presidencies-notes-title = Notas

presidency-kicker = { $office } · { $term }
presidency-lead-theme = Tema central: «{ $theme }».
presidency-lead-none = La fuente no indica un tema central para este período.
presidency-facts = El período
presidency-party = Quién preside
presidency-term = Período
presidency-state = Situación
presidency-state-past = concluida
presidency-state-now = en ejercicio
presidency-state-next = entrante
presidency-conference = Conferencia
presidency-meetings-title = Reuniones del período
presidency-meetings-empty = El registro no contiene reuniones de este período en el día mostrado.
presidency-hosted-note = Celebradas en el país que ejerce la presidencia: { $meetings }.
presidency-topics-title = Temas tratados
presidency-topics-empty = La fuente no menciona temas tratados en este período.
presidency-documents-title = Lo ocurrido con los documentos
presidency-documents-empty = La fuente no fecha en este período ningún paso de un documento.
presidency-actions-title = Acciones
presidency-actions-empty = La fuente no fecha ninguna acción en este período.
presidency-beside = Presidencias anterior y siguiente
