# La lista de documentos y la página de cada uno.

documents-lead = Lineamientos, memorandos, estudios y otros textos que surgieron del proceso, cada uno con los pasos de su historia.
documents-empty = El registro no contiene documentos en el día mostrado.
documents-none = Ningún documento corresponde a esta selección.
documents-shown = { $count ->
    [one] Un documento
   *[other] { $count } documentos
  }
documents-shown-of = { $count ->
    [0] Ninguno de { $total } documentos
    [one] Uno de { $total } documentos
   *[other] { $count } de { $total } documentos
  }
document-facts = En resumen
document-topics = Temas que atiende
document-parties = Entre
document-first = Primer paso conocido
document-latest = Último paso conocido
document-parts = Textos que lo componen
document-aliases = Otros títulos impresos
document-same = Figura también como
document-builds-on = Se basa en
document-built-on-by = Sirve de base a
document-life-title = Su historia, paso a paso
document-life-lead = Cada paso con lo que dice de él la fuente, y dónde. Lo que la fuente deja sin fecha va al final.
document-life-empty = La fuente no señala ningún paso en la historia de este texto hasta el día mostrado.
document-ahead = En el día mostrado aún no había ocurrido nada con este texto.
document-text-note = Los textos mismos no se conservan aquí: el registro dice qué es cada uno y qué ocurrió con él.
document-actions-title = Acciones que lo prepararon, lo explican o lo llevan a la práctica
document-supports-title = Aportes de las organizaciones
document-seminars-title = Seminarios y talleres sobre él
document-beside = Documentos anterior y siguiente del plan

steps-undated = Sin fecha en la fuente
steps-meeting = En:
steps-body = Órgano:
steps-by = Por:
seminars-tie-same = el mismo evento
seminars-tie-part = uno de sus eventos
