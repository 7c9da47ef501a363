# La primera página.

home-presidency = Lo ocurrido en este período
home-last-meetings = Las últimas conferencias
home-all-meetings = Todas las reuniones
home-members = partes que deciden
home-others = observadores y otros participantes
home-conferences = conferencias anuales
home-topics = temas en { $themes ->
    [one] un eje
   *[other] { $themes } ejes
  }
home-documents = documentos
home-actions = { $proposals ->
    [0] acciones
    [one] acciones, y una propuesta más
   *[other] acciones, y { $proposals } propuestas más
  }
home-counted = Las cifras se cuentan en el registro cada vez que se dibuja esta página.
home-countries-title = Un país en una página
home-countries-lead = Lo que presidió, acogió y propuso, por medio de qué instituciones habla y cuánto aporta. Cada página se imprime como ficha.
home-presidencies-title = { $count ->
    [one] Una presidencia
   *[other] { $count } presidencias
  }
home-presidencies-table = Lo mismo en un cuadro, con los temas centrales
home-ways-title = Por dónde seguir
home-way-plan = Los ejes y los temas, y qué órgano trató cada uno y cuándo
home-way-structure = Los órganos, quiénes los integran y qué pasa de uno a otro
home-way-documents = Lineamientos, memorandos y estudios, cada uno con los pasos de su vida
home-way-actions = Seminarios, capacitación, programas y labor conjunta
home-way-finance = La escala de contribuciones y lo que costea
home-way-register = Los actos de los que procede todo esto, y cómo verificarlos

troika-label = Tres presidencias
troika-former = Anterior, { $year }
troika-current = En ejercicio, { $year }
troika-upcoming = Entrante, { $year }
