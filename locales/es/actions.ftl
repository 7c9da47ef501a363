# La lista de acciones y la página de cada una.

actions-lead = Seminarios, capacitación, programas, fondos y trabajo conjunto: lo que se hizo en común y lo que se propuso.
actions-empty = El registro no contiene acciones en el día mostrado.
actions-none = Ninguna acción corresponde a esta selección.
actions-shown = { $count ->
    [one] Una acción
   *[other] { $count } acciones
  }
actions-shown-of = { $count ->
    [0] Ninguna de { $total } acciones
    [one] Una de { $total } acciones
   *[other] { $count } de { $total } acciones
  }
actions-proposal = otra propuesta
action-status = Estado
action-when = Fecha
action-where = Lugar
action-topics = Temas que atiende
action-proposers = A propuesta de
action-sponsors = Con el auspicio de
action-collaborators = Con
action-proposal = La fuente la enumera entre otras propuestas.
action-ahead = Es posterior al día mostrado.
action-life-title = Paso a paso
action-life-lead = Lo que dice de ella la fuente, y dónde. Lo que deja sin fecha va al final.
action-documents-title = Documentos que preparó, explica o lleva a la práctica
action-follows-title = Dio continuidad a
action-followed-title = Acciones que le dieron continuidad
action-supports-title = Aportes de las organizaciones
action-seminars-title = En la lista de seminarios y talleres
action-beside = Acciones anterior y siguiente del plan
