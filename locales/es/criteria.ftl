# Criterios para los observadores, condiciones y compromisos.

criteria-lead = Lo que se pide a quienes deseen ser observadores, y a qué se comprometen los miembros. De un criterio consta si el documento se recibió o está pendiente; si se cumple, lo dicen los miembros.
criteria-empty = El registro no contiene criterios en el día mostrado.
criteria-decided = Decide: { $body } ({ $session }).
criteria-adopted = Adoptados en:
