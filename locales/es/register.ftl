# El registro, un acto y el punto de control.

register-lead = Todo lo que muestra este sitio procede de un registro de actos. Un acto es lo que alguien hizo, en una calidad y en una fecha. Los actos se añaden y nunca se cambian.
register-count = { $count ->
    [one] Un acto
   *[other] { $count } actos
  }
register-empty = El registro no contiene actos que usted pueda ver.
register-none = Ningún acto corresponde a esta selección.
register-caption = del más reciente al más antiguo
register-act = Acto
register-about = Asunto
register-effective = Fecha del hecho
register-origin-enacted = realizado directamente en el registro
register-origin-recorded = inscrito a partir de una fuente
register-next = Actos anteriores
register-first = Últimos actos
register-pages = Más actos
register-proof = Cada acto se conserva como un texto, y el texto tiene una huella (SHA-256). Las huellas se unen de dos en dos, una y otra vez, hasta que queda una sola: la raíz. Si cambiara una letra de un acto, la raíz sería otra.
register-proof-next = El punto de control publica la raíz. La página de cada acto muestra su huella y el camino que lleva de ella a la raíz.

act-kicker = Acto del registro
act-facts = Lo que dice el acto
act-about = Se refiere a
act-effective = Fecha del hecho
act-recorded = Inscrito en el registro
act-origin = Origen
act-corrects = Rectifica
act-corrected-by = Rectificado por
act-record-title = El asiento, exactamente como se conserva
act-record-lead = De este texto, hasta su último carácter, se toma la huella. Los nombres que contiene son los del programa, iguales en ambos idiomas.
act-record-open = Mostrar el texto
act-proof-title = La prueba de que está en el registro
act-proof-lead = La huella del texto se une con las de sus vecinos, paso a paso. Tras { $steps } pasos resulta la raíz que publica el punto de control, para { $size } actos.
act-proof-one = Con un solo acto, su huella es la raíz misma.
act-proof-pending = La prueba estará disponible cuando el punto de control público haya pasado de este acto.
act-proof-leaf = Huella de este acto
act-proof-root = Raíz a la que conduce
act-proof-path = Las huellas del camino, desde el acto hacia arriba
act-proof-check = Para comprobarlo: tome SHA-256 de un byte de valor cero y el texto; después, en cada paso, SHA-256 de un byte de valor uno y las dos huellas, la izquierda antes que la derecha (RFC 6962).
act-verify = Comprobar este acto
act-files = Para guardar o comprobar en otro lugar:
act-back = Todos los actos

checkpoint-lead = Aquello de lo que el anfitrión da fe en público: cuántos actos hay y la única huella de todos ellos.
checkpoint-origin = Origen
checkpoint-size = Actos
checkpoint-root = Raíz
checkpoint-text-title = Tal como se publica, byte por byte
checkpoint-take = Descargar el punto de control firmado
checkpoint-use-title = Para qué sirve
checkpoint-use-keep = Consérvelo. Quien tenga un punto de control anterior podrá demostrar después que nada de lo previo se cambió, se quitó ni se intercaló.
checkpoint-use-daily = El punto de control público avanza una vez al día.
checkpoint-demo = Este registro se abrió para mostrar el programa; su punto de control no da fe de nada.
register-lines = Líneas
act-id = Identificador
act-proof-left = A la izquierda:
act-proof-right = A la derecha:

# Clases de acto.
act-kind-RulesAdopted = Adopción de reglas
act-kind-CheckpointKeyAdopted = Adopción de una clave de los puntos de control
act-kind-PersonErased = Supresión de una persona
act-kind-PresidencyHandedOver = Traspaso de la Presidencia
act-kind-SeatFilled = Designación en un puesto
act-kind-SeatVacated = Cese en un puesto
act-kind-RulesAmended = Modificación de las reglas
act-kind-CandidacyAnnounced = Anuncio de una candidatura
act-kind-CandidacyWithdrawn = Retiro de una candidatura
act-kind-PresidencyDesignated = Designación de la presidencia
act-kind-ThemeChosen = Elección del tema central
act-kind-ApplicationReceived = Recepción de una solicitud
act-kind-ApplicationDocumentReceived = Recepción de un documento
act-kind-ApplicationDocumentReturned = Salida de un documento del expediente
act-kind-ApplicationWithdrawn = Retiro de una solicitud
act-kind-FactCorrected = Rectificación de un dato
act-kind-SourceRegistered = Registro de una fuente
act-kind-PartyAdmitted = Admisión
act-kind-InstitutionDesignated = Designación de una institución
act-kind-BodyEstablished = Establecimiento de un órgano
act-kind-PresidencyAgreed = Acuerdo sobre la presidencia
act-kind-MeetingHeld = Celebración de una reunión
act-kind-ThemeEstablished = Establecimiento de un eje
act-kind-SectionEstablished = Establecimiento de una sección
act-kind-TopicOpened = Apertura de un tema
act-kind-TopicAddressed = Tratamiento de un tema
act-kind-DocumentRecorded = Inclusión de un documento
act-kind-ActionRecorded = Inclusión de una acción
act-kind-StepTaken = Paso dado
act-kind-OrganizationListed = Inclusión de una organización
act-kind-SupportGiven = Aporte
act-kind-ForumAttended = Participación en un foro
act-kind-SeminarListed = Inclusión de un seminario
act-kind-ScaleAdopted = Adopción de una escala
act-kind-ContributionAssessed = Fijación de una contribución
act-kind-BudgetItemListed = Inclusión de un rubro
act-kind-EntryListed = Entrada de una lista
act-kind-AcronymDefined = Definición de una sigla
