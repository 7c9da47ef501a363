# Acerca de esta edición: cómo se leyó la fuente.

edition-lead = De dónde provienen los datos, cómo se leyeron y dónde la lectura difiere del impreso.
edition-work-title = La fuente
edition-work-publisher = Publicada por
edition-work-date = Fecha
edition-read-title = Cómo se leyó
edition-read-lines = Cada dato indica las líneas de la fuente en que se apoya. Las líneas se cuentan desde la primera, incluidas las líneas en blanco.
edition-read-words = Los títulos figuran como están impresos en la edición que se leyó. Cuando no consta un título oficial en el otro idioma, la traducción es nuestra y lleva la marca «traducción nuestra».
edition-read-own = Los resúmenes están en palabras propias. Los criterios, funciones, compromisos y procedimientos son resúmenes, no los textos acordados.
edition-read-inferred = Lo que la fuente no dice pero se desprende de ella lleva la marca «inferido», con su razón.
edition-read-counts = Las cifras se cuentan a partir de las filas cada vez que se compone una página; ninguna se almacena.
edition-acts = actos en el registro
edition-noted = filas con nota
edition-printed = filas que difieren del impreso
edition-inferred = filas inferidas
edition-notes-title = Dónde la lectura difiere del impreso
edition-notes-lead = Toda obra impresa tiene pequeños deslices y ninguna fuente lo dice todo. Nada se corrigió en silencio: cada fila conserva lo impreso y dice lo que se leyó.
edition-notes-empty = Ninguna fila difiere del impreso.
edition-notes-count = { $count ->
    [one] una fila
   *[other] { $count } filas
  }
edition-assumptions-title = Lo que la fuente deja abierto
edition-assumptions-lead = En estos puntos las reglas vigentes contienen una premisa del programa, no una regla de la fuente.
edition-contents-title = Índice de la publicación
edition-contents-page = página { $page }
edition-credits-title = Créditos de la publicación

# Tablas del registro.
record-table-source = Fuentes
record-table-party = Miembros y observadores
record-table-institution = Instituciones
record-table-body = Órganos
record-table-presidency = Presidencias
record-table-meeting = Reuniones
record-table-theme = Ejes
record-table-section = Secciones
record-table-topic = Temas
record-table-addressed = Años en que se trataron los temas
record-table-document = Documentos
record-table-action = Acciones
record-table-step = Pasos de documentos, acciones y órganos
record-table-organization = Organizaciones
record-table-support = Aportes de las organizaciones
record-table-forum = Foros
record-table-seminar = Seminarios y talleres
record-table-scale = Escalas de contribuciones
record-table-share = Contribuciones
record-table-budget_item = Rubros del presupuesto
record-table-entry = Listas de la fuente
record-table-acronym = Siglas
