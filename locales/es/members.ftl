# Miembros y observadores, con el mosaico y las instituciones focales.

members-empty = El registro no contiene miembros en el día mostrado.
members-count = { $name }: { $count }.
members-group = { $name } ({ $count })
members-presided = Presidió en { $years }
members-name = Nombre
members-acronym = Sigla
members-since = Participa
members-about = Qué es
members-criteria = Lo que se pide a quienes deseen ser observadores

tiles-title = Los Estados que participan, en mosaico
tiles-description = Casillas colocadas aproximadamente como se sitúan los países, con el norte arriba. No se dibujan fronteras. { $kinds }
tiles-filled = Casillas llenas: { $kind }, { $names }.
tiles-outlined = Casillas de contorno con esquinas cortadas: { $kind }, { $names }.
tiles-legend-filled = Llena, cuadrada: { $name }
tiles-legend-outlined = De contorno, esquinas cortadas: { $name }
tiles-note = Las casillas están aproximadamente donde se sitúan los países. Las listas al lado dicen lo mismo.

institutions-title = Instituciones focales
institutions-lead = Por medio de estas instituciones participa cada Estado. Lo marcado con «t» es traducción nuestra del nombre impreso.
institutions-caption = Instituciones por país y ámbito
institutions-country = País
