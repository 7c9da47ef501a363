search-title = Buscar
search-lead = Documentos, reuniones, acciones, temas, países, organizaciones y siglas, en español y en inglés.
search-hint = Se puede escribir sin tildes. Se buscan todas las palabras; si ningún texto las reúne, cualquiera de ellas.
search-count = { $count ->
    [one] Un resultado
   *[other] { $count } resultados
  }
search-results-for = Resultados de «{ $question }»
search-none = Nada en el registro responde a «{ $question }».
search-none-next = Pruebe con menos palabras, con otra forma de la palabra o con una sigla. También puede partir de las listas:
search-kind-country = País
search-kind-party = Miembro u observador
search-kind-organization = Organización
search-kind-body = Órgano
search-kind-meeting = Reunión
search-kind-presidency = Presidencia
search-kind-theme = Eje
search-kind-section = Sección
search-kind-topic = Tema
search-kind-document = Documento
search-kind-action = Acción
search-kind-forum = Foro
search-kind-seminar = Seminario
search-kind-act = Acto
