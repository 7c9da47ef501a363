# El plan: sus ejes, secciones y temas, quién trató qué y qué vincula los temas.

plan-lead = El trabajo se ordena en { $parts }. Los documentos, las acciones y los seminarios del registro se agrupan según ellos.
plan-lead-empty = El registro no contiene ejes en el día mostrado.
plan-themes = { $count ->
    [one] 1 eje
   *[other] { $count } ejes
  }
plan-sections = { $count ->
    [one] 1 sección
   *[other] { $count } secciones
  }
plan-topics = { $count ->
    [one] 1 tema
   *[other] { $count } temas
  }
plan-documents = { $count ->
    [one] 1 documento
   *[other] { $count } documentos
  }
plan-actions = { $count ->
    [one] 1 acción
   *[other] { $count } acciones
  }
plan-proposals = { $count ->
    [one] 1 propuesta más
   *[other] { $count } propuestas más
  }
plan-theme-number = Eje { $number }
plan-section-number = Sección { $number }
plan-jump-matrix = Quién trató cada tema y cuándo
plan-jump-links = Qué vincula los temas entre sí
plan-actions-all = Todas las acciones
plan-documents-all = Todos los documentos

matrix-title = Quién trató cada tema y cuándo
matrix-lead = Cada signo es un año en que un órgano trató el tema. Elija un tema para ver los documentos y las acciones que se apoyan en él.
matrix-caption = Temas y años, de { $first } a { $last }
matrix-topic = Tema
matrix-empty = Al día mostrado no se había tratado ningún tema.
matrix-legend = Qué significan los signos

links-title = Qué vincula los temas entre sí
links-lead = Dos temas están vinculados cuando un documento o una acción del registro sirve a ambos. Solo se dibujan los vínculos que la fuente indica; indica { $count ->
    [one] uno
   *[other] { $count }
  }.
links-empty = Nada en el registro vincula dos temas entre sí.
links-picture = Los temas y lo que los vincula
links-description = Los temas figuran uno debajo de otro, por sección. Un arco une dos temas que comparten documentos o acciones: { $pairs }.
links-pair = { $one } con { $other }
links-more = { $count ->
    [one] un tema sin vínculos
   *[other] { $count } temas sin vínculos
  }
links-caption = Lo mismo en una tabla
links-one = Tema
links-other = Vinculado con
links-through = Por medio de
