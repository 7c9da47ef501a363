sign-in-open = Entrar
sign-in-title = Entrar
sign-in-lead = Aquí trabajan los puestos de la Conferencia: los de los países, los de la Secretaría y los de quienes participan.
sign-in-how-title = Cómo se entra
sign-in-how = Quien ocupa un puesto recibe un enlace personal, que sirve una sola vez. Al abrirlo se confirma quién entra y desde qué puesto actúa.
sign-in-lost = Si su enlace caducó o se perdió, pida otro a la vocería designada de su país o a la Secretaría Técnica.
link-title = Le damos la bienvenida, { $name }
link-lead = Este enlace es personal y sirve una sola vez.
link-enter = Entrar como { $name }
link-not-you = Si no es usted, no lo use: avise a quien se lo envió.
link-stale-title = El enlace ya no sirve
link-stale = Ya se usó, caducó o lo reemplazó otro más reciente. Pida uno nuevo.
take-a-seat-title = Tomar asiento
take-a-seat-lead = Esto es una demostración: las personas son ficticias y nada de lo que haga se conserva. Elija un puesto y mire la Conferencia desde él.
take-a-seat-go = Elegir un puesto
take-this-seat = Tomar este asiento

inside-label = Su puesto
inside-acting = Actúa desde:
inside-presides = Presidencia Pro-Témpore en ejercicio
inside-no-seat = Sin puesto
inside-leave = Salir
inside-desk = Escritorio
inside-people = Personas
inside-presidency = Presidencia
inside-account = Mi cuenta

desk-title = Su escritorio
desk-yours = Le espera a usted
desk-yours-none = Nada le espera en este momento.
desk-theirs = Espera a otras personas
desk-theirs-none = Nada espera a otras personas.
desk-confirm = Confirme que sus datos de contacto son correctos
desk-hand-over = Entregar la Presidencia a { $party }
desk-vacant = { $party }: designar { $seats }
desk-vacant-there = { $party }: sin comunicación recibida sobre { $seats }
desk-seats = Sus otros puestos
desk-act-from = Actuar desde este puesto
choose-title = Elija desde qué puesto actúa
choose-lead = Una persona puede ocupar varios puestos y actúa siempre desde uno.
choose-none-title = No ocupa ningún puesto
choose-none = Su designación terminó o todavía no empieza. Sus datos siguen en «Mi cuenta». Consulte a la vocería designada de su país o a la Secretaría Técnica.

people-title = Personas
people-lead = Quién ocupa cada puesto. La lista está al servicio de los países miembros y de la Secretaría; no es pública.
people-party = Parte
people-held = Puestos ocupados
people-vacant = Sin designar
people-own = la suya
people-new = Designar a una persona
people-on-a-note = Solo por nota de la parte: su referencia queda en el registro como constancia.
people-none = Nadie ocupa un puesto todavía.
people-forgotten = Persona cuyos datos se suprimieron
people-since = Desde
people-until = hasta el { $day }
people-since-day = desde el { $day }
people-by-note = por nota { $note }
people-confirmed = datos confirmados
people-reached = se entró con un enlace enviado a esta dirección el { $day }
people-by-branch = Por ramo de gobierno:
people-never = nunca
people-vacate = Registrar el cese
people-invite = Hacer un enlace nuevo
why-seen = Por qué puede ver esto:

field-name = Nombre y apellidos
field-email = Correo electrónico
field-phone = Teléfono
field-language = Idioma en que se le escribe
field-zone = Zona horaria
field-zone-hint = Por su nombre en la base IANA, como America/Tegucigalpa.
field-branch = Ramo de gobierno
field-meeting = Reunión
field-purpose-es = Para qué se designa, en español
field-purpose-en = Para qué se designa, en inglés
field-until = Hasta el día
field-until-hint = Déjelo en blanco si no tiene término.
field-note = Referencia de la nota
field-note-hint = Número y fecha de la nota con que la parte lo comunica. Queda en el registro, sin nombres de personas.
new-seat-title = Designar: { $party }
new-seat-which = Puesto
new-seat-choose = Elija un puesto
new-seat-go = Continuar
new-seat-person = Persona
new-seat-somebody-new = Alguien nuevo, con los datos de abajo
new-seat-replaces = Lo ocupa { $name }, que cesa con esta designación.
new-seat-recorded = Quedará en el registro un acto «Designación en un puesto»: la parte, el puesto, la nota y un identificador de la persona. El nombre y el correo quedan en el directorio, que puede suprimirlos.
new-seat-fill = Designar
invited-title = Designación registrada: { $name }
invited-lead = Haga llegar este enlace a { $name } por un medio de su confianza.
invited-once = Sirve una sola vez y se muestra solo ahora.
invited-until = Caduca el { $day }.
invited-known = La persona ya puede entrar: el puesto nuevo le aparece la próxima vez.
invited-back = Volver
vacate-title = Registrar el cese: { $seat }
vacate-lead = { $name } dejará de ocupar este puesto. Lo que hizo desde él permanece.
vacate-recorded = Quedará en el registro un acto «Cese en un puesto».
vacate-go = Registrar el cese

presidency-now-title = La Presidencia
presidency-now-current = En ejercicio
presidency-now-next = Le sigue
presidency-now-since = desde el { $day }
presidency-now-from = a partir del { $day }
presidency-now-assumed = supuesto: el año civil
presidency-now-nobody = Nadie ejerce la Presidencia según el registro.
presidency-now-none-next = Todavía no se acordó.
hand-over-title = Entregar la Presidencia a { $party }
hand-over-lead = Sus atribuciones pasan en el instante que indique; puede ser más adelante. Después seguirá viendo lo que ya podía ver.
hand-over-at = Instante
hand-over-at-hint = Hora de la zona indicada abajo. En blanco: en este momento.
hand-over-recorded = Quedará en el registro un acto «Traspaso de la Presidencia», que es público.
hand-over-go = Entregar la Presidencia a { $party }
hand-over-not-you = La entrega quien la ejerce.

account-title = Mi cuenta
account-card = Sus datos de contacto
account-confirmed = Confirmados el { $when }.
account-never = Todavía no se han confirmado.
account-confirm = Guardar y confirmar
account-sessions = Dónde ha entrado
account-unnamed = Un navegador sin nombre
account-begun = entró el { $when }
account-seen = última vez el { $when }
account-this = este navegador
account-end = Cerrar

errors-title = No se hizo nada todavía
wrong-name = Escriba el nombre, en una línea.
wrong-email = Escriba un correo como nombre@ministerio.example.
wrong-phone = Escriba un teléfono con sus cifras, como +504 2222 0000.
wrong-zone = Esa zona horaria no existe; escríbala como America/Tegucigalpa.
wrong-purpose = Diga para qué se designa, en los dos idiomas.
wrong-mandate = Una suplencia con mandato necesita la referencia de la nota.
wrong-day = Escriba el día completo.
not-done-other = La designación no procede según las reglas. No se registró nada.
not-done-not-permitted = Desde su puesto no puede hacerse. No se registró nada.
not-done-not-held = Ya no ocupa ese puesto. No se registró nada.
not-done-prove-again = Este acto habla por un país: vuelva a entrar para confirmar quién es y repítalo. No se registró nada.
not-done-too-many-drafts = Ya hay doscientos actos preparados. Descarte alguno antes de preparar otro.
not-done-partys-own = Esa persona ya ha entrado: el enlace nuevo lo hace su propia parte. No se hizo nada.
not-done-unavailable = El registro no respondió. No se asentó nada; vuelva a intentarlo en un momento.
not-done-unsettled = El registro no dijo si lo recibió. Vea si ya consta antes de intentarlo de nuevo.
not-done-moment = Ese instante no existe, o existe dos veces, en la zona indicada. Escriba otro.
not-done-E-0402 = La parte no tiene un puesto de esa clase, o ya no participa.
not-done-E-0403 = Se pide algo más: ramo, propósito, reunión, día o referencia de la nota.
not-done-E-0404 = Se indicó un dato que el puesto no pide.
not-done-E-0405 = El ramo o la reunión no figuran en el registro.
not-done-E-0406 = El último día ya pasó.
not-done-E-0407 = La referencia de la nota es demasiado larga.
not-done-E-0408 = La persona ya ocupa este mismo puesto.
not-done-E-0409 = Otra persona ocupa este puesto.
not-done-E-0411 = Nadie ocupa ya este puesto.
not-done-E-0302 = Los datos de esa persona se suprimieron.
not-done-E-0503 = Esa presidencia no sigue a la que está en ejercicio.
not-done-E-0504 = El traspaso ya está registrado.
not-done-E-0505 = El instante ya pasó.
not-done-E-0506 = Esa zona horaria no existe; escríbala como America/Panama.

passkey-show = Entrar con una llave de acceso
passkey-failed = No se pudo: el navegador o el dispositivo no lo permitió. Inténtelo de nuevo o use un enlace.
passkeys-title = Sus llaves de acceso
passkeys-lead = Con una llave de acceso se entra con la huella, el rostro o el código del propio dispositivo, sin contraseña y sin enlace.
passkeys-none = Todavía no tiene ninguna.
passkey-made = hecha el { $when }
passkey-make = Hacer una llave de acceso
passkey-remove = Quitar
passkey-prove = Para hacer otra, muestre primero una de las suyas o entre de nuevo con un enlace.

sign-in-wrong-title = No se pudo entrar
sign-in-wrong = El correo, la contraseña y el código no corresponden entre sí. Cada código del teléfono sirve una sola vez: espere el siguiente e inténtelo de nuevo.
sign-in-often = Hubo demasiados intentos con ese correo. Espere unos minutos, o entre con una llave de acceso o un enlace.
sign-in-password-title = Con contraseña y código
sign-in-by-password = Entrar con contraseña
field-password = Contraseña
field-code = Código
field-code-hint = El que muestra su teléfono, o uno de los códigos de recuperación.
field-code-now = Código que muestra ahora su teléfono
field-new-password = Contraseña nueva
field-new-password-hint = De 12 a 128 caracteres. Varias palabras sin relación entre sí son una buena contraseña.
password-own-title = Contraseña y código
password-own-lead = Para quienes no pueden tener una llave de acceso. La contraseña sola no deja entrar a nadie: se pide además un código de su teléfono.
password-own-set = Contraseña con código
password-set = Poner una contraseña
password-again = Cambiarla
password-prove = Para cambiarla, confirme primero quién es: con su contraseña y un código, con una llave de acceso, o entrando otra vez con un enlace.
password-title = Poner una contraseña
password-lead = Necesita una aplicación de códigos en su teléfono; sirve cualquiera que siga la norma TOTP.
password-step-phone = Primero: el teléfono
password-phone = Abra la aplicación y lea esta imagen con la cámara.
password-picture = Imagen para la aplicación de códigos; su contenido está escrito debajo
password-typed = Sin cámara, escriba esta clave:
password-open = Abrir en una aplicación de este dispositivo
password-step-both = Después: la contraseña y el primer código
password-keep = Guardar
password-new-seed = Por seguridad la imagen y la clave de abajo son nuevas: borre de la aplicación la anterior y lea esta.
recovery-title = Guarde estos códigos
recovery-lead = Si pierde el teléfono, cada uno de estos códigos lo reemplaza una vez. Se muestran solo ahora.
recovery-once = Imprímalos o cópielos a un lugar seguro que no sea el teléfono.
recovery-kept = Ya los guardé
recovery-left = { $count ->
    [0] no quedan códigos de recuperación
    [one] queda un código de recuperación
   *[other] quedan { $count } códigos de recuperación
}
not-done-password-short = La contraseña tiene menos de 12 caracteres. No se guardó nada.
not-done-password-long = La contraseña tiene más de 128 caracteres. No se guardó nada.
not-done-password-weak = Esa contraseña se adivina con facilidad. Escriba varias palabras sin relación entre sí. No se guardó nada.
not-done-password-code = El código no es el que muestra el teléfono. Compruebe que la hora del teléfono sea correcta. No se guardó nada.
not-done-password-stale = La página se abrió hace demasiado tiempo. No se guardó nada.
not-done-address-shared = Otra persona entra ya con ese correo. Ponga en «Mi cuenta» uno que sea solo suyo. No se guardó nada.
not-done-no-address = Para entrar con contraseña hace falta un correo: escríbalo primero en «Mi cuenta».

audience-title = Quién puede ver esto
audience-lead = Estas clases de puesto, por la política que se indica; ninguna otra, y nunca el público.
audience-own = solo de la misma parte
audience-presidency = solo si preside
trail-open = Quién miró estos datos
trail-title = Quién miró estos datos
trail-lead = Puestos de otras partes desde los que se abrió la página de personas de { $party }, día por día.
trail-none = Nadie de otra parte la abrió hasta ahora.
trail-seat-gone = Puesto que ya no consta
trail-kept = Solo la propia parte lo lee. Cada línea se borra a los 400 días; no forma parte del registro.

inside-letters = Cartas
letters-title = Cartas
letters-lead = Qué se envió a quién y si llegó; no lo que dice.
letters-state = Envío
letters-are-open = Abierto
letters-are-closed = Cerrado
letters-closed-lead = Nadie recibe nada hasta que se abra.
letters-open = { $count ->
    [0] Abrir el envío
    [one] Abrir el envío: sale una carta
   *[other] Abrir el envío: salen { $count } cartas
}
letters-close = Cerrar el envío
letters-none = Todavía no hay cartas.
letters-again = Enviar otra vez
letters-nowhere = Este sitio no envía cartas: no tiene servidor de correo ni carpeta para ellas. Los enlaces se muestran a quien los hace.
letter-invitation = Invitación a un puesto
letter-confirm-data = Confirmar los datos de contacto
letter-presidency-handed-over = Traspaso de la Presidencia
letter-seat-ends = Término de un puesto
letter-consultation-troika = Consulta: reacción de la Troika
letter-consultation-method = Consulta: se solicita la conformidad con el procedimiento
letter-consultation-round = Consulta: apertura de una ronda
letter-consultation-extended = Consulta: se prorroga el plazo
letter-consultation-closed-early = Consulta: la ronda se cierra antes
letter-consultation-reminder = Consulta: el plazo termina pronto
letter-consultation-last-day = Consulta: último día
letter-consultation-to-one = Consulta: comunicación a un solo destinatario
letter-consultation-launched = Consulta: puesta en marcha de la acción
letter-consultation-referred = Consulta: remisión a la próxima reunión
letter-consultation-withdrawn = Consulta: retiro
letter-consultation-reported = Consulta: resultado
letter-waiting = Por enviar
letter-sent = Enviada
letter-returned = Devuelta
letter-dropped = Ya no hacía falta
letter-uncertain = Quizá llegó; se envía otra vez
letter-consultation-resubmitted = Consulta: texto nuevo ante la Troika
letter-test-copy = Copia de prueba
letter-daily = Avisos de un día
desk-letters-wait = { $count ->
    [one] Abrir el envío: espera una carta
   *[other] Abrir el envío: esperan { $count } cartas
}
desk-letters-back = { $count ->
    [one] Una carta volvió: revise la dirección
   *[other] { $count } cartas volvieron: revise las direcciones
}
invited-mailed = El enlace sale por correo a { $name }, y a nadie más.
invited-once-open = El enlace saldrá por correo a { $name }, y a nadie más, cuando la Secretaría Técnica abra el envío.

sheet-name = Nombre completo
sheet-given-name = Nombre
sheet-family-name = Apellidos
sheet-party = País u organización
sheet-seat = Puesto
sheet-branch = Ramo de gobierno
sheet-email = Correo electrónico
sheet-phone = Teléfono
sheet-language = Idioma
sheet-confirmed = Confirmado
contacts-csv = Descargar como hoja (CSV)
contacts-vcf = Descargar como tarjetas (vCard)
lists-open = Recibir una lista
lists-title = Listas de personas
lists-lead = Una hoja con las personas y sus puestos se lee, se revisa fila por fila y se recibe de una vez. Toda la lista puede devolverse después.
lists-file = Archivo
lists-file-hint = Hoja XLSX u ODS, o texto CSV. Hasta 2 MB y 2,000 filas. La primera fila lleva los títulos.
lists-send = Leer el archivo
lists-never = No se leen columnas de documentos de identidad, fechas de nacimiento ni datos de personas migrantes.
lists-own = Sus listas
list-draft = En revisión
list-taken = Recibida
list-back = Devuelta
list-too-large = El archivo pasa de 2 MB, o contiene demasiado. No se leyó.
list-too-many = La hoja tiene más de 2,000 filas o de 60 columnas. Divídala.
list-foreign = El archivo no es una hoja XLSX u ODS ni texto CSV. Si es una hoja de un formato anterior, guárdela como XLSX.
list-empty = La hoja no tiene filas debajo de los títulos.
list-cell = La celda de la fila { $row }, columna { $column }, pasa de 500 caracteres.
list-columns = Qué hay en cada columna
list-column-out = No se lee
list-column-never = No se lee: por su título puede contener datos que aquí no se reciben.
list-look = Revisar de nuevo
list-mend = Filas por corregir
list-row = Fila { $row }
list-given = En la hoja: { $given }
list-choose = Elija
list-leave-out = Dejar fuera esta fila
list-rows = Filas
list-row-goes = Se recibe
list-row-mend = Por corregir
list-row-left-out = Queda fuera
list-row-twice = Queda fuera: es la misma persona que en la fila { $row }
list-row-known = Queda fuera: ya está en el directorio
list-row-in = Recibida
list-row-not-in = No se recibió
list-take-title = Recibir la lista
list-take = Recibir la lista
list-count-goes = { $count ->
    [0] Todavía no se recibe ninguna fila.
    [one] Se recibe una fila.
   *[other] Se reciben { $count } filas.
}
list-count-in = { $count ->
    [one] una persona
   *[other] { $count } personas
}
list-recorded = Cada una deja en el registro un acto «Designación en un puesto», sin nombres.
list-letters-open = El envío está abierto: las invitaciones salen en cuanto se reciba la lista.
list-letters-closed = El envío está cerrado: nadie recibe nada hasta que la Secretaría Técnica lo abra.
list-letters-nowhere = Este sitio no envía cartas: los enlaces se hacen después, puesto por puesto.
list-note-hint = Con qué nota lo comunicaron las partes; hace falta para las que no son la suya.
list-wants-note = Escriba la referencia de la nota con que las partes lo comunicaron.
list-back-lead = Devolver la lista termina los puestos que llenó y suprime los datos de quienes todavía no han entrado. Los actos permanecen en el registro.
list-back-go = Devolver toda la lista
letters-waiting = Por enviar
letters-returned = Devueltas
list-count-mend = { $count ->
    [one] Una fila está por corregir.
   *[other] { $count } filas están por corregir.
}

## Quién presidirá

inside-applications = Solicitudes
inside-console = Consola
candidacies-title = Candidaturas a la Presidencia
candidacies-lead = El país que desea presidir lo anuncia en la sesión plenaria. Los miembros convienen en quién presidirá; aquí se hace constar.
candidacies-none = No hay candidaturas para períodos en los que aún no se ha convenido.
candidacy-announced = Anunciada en: { $meeting }
candidacy-designate = Hacer constar que los miembros convinieron en este país
candidacy-designate-lead = Queda en el registro, a la vista de todos, como presidencia convenida para ese período.
candidacy-designate-go = Hacer constar la designación
candidacy-note = Acta, decisión o nota en que consta
candidacy-withdraw = Retirar la candidatura
candidacy-withdraw-go = Retirar
announce-title = Anunciar una candidatura
announce-lead = Elija la reunión en cuya sesión plenaria se anunció.
announce-nowhere = No se ha celebrado ninguna reunión en la que pudiera anunciarse.
announce-party = País
announce-term = Período
announce-meeting = Reunión
announce-go = Registrar el anuncio
choose-theme-title = Tema central de la presidencia de { $presidency }
choose-theme-lead = Escríbalo en los dos idiomas. Se publica con la presidencia; una elección posterior ocupa el lugar de la anterior, que sigue en el registro.
choose-theme-es = Tema, en español
choose-theme-en = Tema, en inglés
choose-theme-go = Registrar el tema

## El expediente de la Presidencia

dossier-open = Expediente del traspaso
dossier-title = Expediente del traspaso
dossier-lead = Lo que está abierto cuando la Presidencia pasa de un país a otro.
dossier-report = { $party } presenta el informe de su gestión en la reunión que sigue al traspaso.
dossier-candidacies = Candidaturas
dossier-applications = Solicitudes de la condición de observador
dossier-ahead = Acciones convenidas que están por realizarse
dossier-proposals = Acciones propuestas
dossier-seats = Puestos sin titular
dossier-vacant = { $count ->
    [one] Un puesto sin titular
   *[other] { $count } puestos sin titular
}
dossier-none = Nada por ahora.

## Solicitudes

applications-title = Solicitudes de la condición de observador
applications-lead = Qué documentos se recibieron para cada criterio. Si un criterio se cumple y si se admite a quien solicita lo deciden las Viceministras y los Viceministros.
applications-none = No se ha recibido ninguna solicitud.
application-received = Recibida el { $day }
application-withdrawn = Retirada el { $day }
application-having = documentos recibidos para { $having } de { $of } criterios
application-complete = Hay documentos para todos los criterios: el expediente puede presentarse a la sesión a puerta cerrada. Un expediente completo no es una admisión.
application-not-complete = Hay criterios con el documento pendiente. Un expediente completo no es una admisión.
application-criteria = Criterios
criterion-pending = Documento pendiente.
criterion-received = Documento recibido:
application-new = Registrar una solicitud recibida
application-status = Condición que solicita
application-es = Quién solicita, en español
application-es-hint = El Estado o la organización; nunca el nombre de una persona.
application-en = Quién solicita, en inglés
application-day = Día en que se recibió
application-enter = Registrar la solicitud
document-enter-title = Registrar un documento recibido
document-criterion = Criterio para el que se envió
document-note = Qué documento es
document-note-hint = Clase, número y fecha, sin nombres de personas: «Nota DM-114, de 3 de octubre de 2011».
document-recorded = Queda en el registro que el documento se recibió, no que el criterio se cumpla.
document-enter = Registrar el documento
document-return = Sacar del expediente
document-return-why = Por qué
document-return-go = Sacar
application-withdraw-title = La parte retiró su solicitud
application-withdraw = Registrar el retiro
field-file = El documento mismo
field-note-file = La nota o el mandato mismo
field-file-hint = PDF, documento de oficina, imagen o texto, de 20 MB como máximo. No se reciben archivos con macros, guiones ni programas.

## Qué puede hacer un puesto

rights-title = Qué puede hacer este puesto
rights-lead = Cada respuesta viene de una regla. Se pregunta por clases de cosas: aquí no se dice si existe alguna.
rights-may = sí
rights-may-not = no
rights-lines = líneas { $lines } de la publicación
rights-assumption = supuesto del programa
rights-near = Qué haría falta para que se pudiera
rights-unmet = Condiciones de esa regla que no se dan:
right-read = Ver
right-attend = Asistir
right-speak = Intervenir
right-propose = Proponer
right-issue = Emitir
right-draft = Redactar
right-comment = Comentar
right-decide = Decidir
right-activate = Activar
right-launch = Poner en marcha
right-state = Dar la posición del país
right-report = Informar
right-manage = Llevar
right-announce = Anunciar una candidatura
right-choose-theme = Escoger el tema central
right-hand-over = Entregar la Presidencia
right-repair = Corregir por nota
thing-closed-paper = Documento de la sesión a puerta cerrada
thing-meeting-paper = Documento distribuido a quienes participan en una reunión
thing-draft-text = Proyecto de texto
thing-agenda = Agenda preliminar
thing-consultation = Consulta por escrito en curso
thing-position-own = Respuesta propia en una consulta
thing-position-others = Respuestas de los demás, durante el plazo
thing-position-others-after = Respuestas de los demás, cerrada la ronda
thing-work-plan = Plan de trabajo de una Red
thing-follow-up-own = Seguimiento a cargo de la propia parte
thing-application = Solicitudes de la condición de observador
thing-presidency = Presidencia Pro-Témpore
thing-fund = Fondo de Reserva
thing-contribution-own = Contribución propia
thing-contribution-others = Contribuciones de los demás
thing-calendar-own = Los días hábiles de su país
thing-budget = Presupuesto de la Secretaría
thing-people-own = Personas de la propia parte
thing-people-others = Personas de otras partes
thing-trail-own = Quién vio lo reservado de la propia parte
thing-outbox = Cartas
thing-console = Consola

## Para quien llega

desk-news = Desde su última visita
desk-news-none = Nada nuevo de lo que ve este puesto.
desk-news-more = { $count ->
    [one] Y un acto más
   *[other] Y { $count } actos más
}
desk-first = Es su primera visita
desk-first-lead = Desde la próxima, aquí verá qué se hizo mientras no estaba.
desk-welcome = Guía para quien llega al puesto
desk-rights = Qué puede hacer este puesto
desk-candidacy = Hacer constar en quién convinieron los miembros para { $term }: { $party } anunció su candidatura
desk-application = Solicitud de { $applicant }
desk-application-pending = Documentos de la solicitud de { $applicant }
welcome-title = Guía para quien llega
welcome-lead = Quién es quién, qué está abierto y qué se decidió sobre su tema. Puede imprimirse.
welcome-rights = Qué puede hacer su puesto
welcome-account = Confirme sus datos
welcome-who = Quién es quién
welcome-all-people = Todas las personas que puede ver
welcome-open = Qué está abierto
welcome-open-none = No hay candidaturas abiertas a la Presidencia.
welcome-candidacy = { $party } anunció su candidatura a la Presidencia de { $term }
welcome-meetings = Últimas conferencias
welcome-subject = Qué se decidió sobre su tema
welcome-choose = Tema
welcome-show = Mostrar
welcome-documents = Documentos sobre { $subject }
welcome-actions = Acciones

## Consola

console-title = Consola
console-lead = Cómo está el programa. Lo que se encuentra se dice en inglés, como en la línea de órdenes.
console-acts = Actos en el registro
console-last-act = El último: { $at }
console-backup = Última copia de seguridad
console-backup-acts = { $count ->
    [one] con un acto
   *[other] con { $count } actos
}
console-since-backup = { $count ->
    [one] un acto no está en ella
   *[other] { $count } actos no están en ella
}
console-no-backup = No consta ninguna: hágala con la orden «backup» del programa.
console-version = Versión del programa
health-well = en orden
health-unwell = requiere atención
health-register = Registro
health-directory = Directorio
health-keys = Claves de los puntos de control
health-passwords = Contraseñas
health-passkeys = Llaves de acceso
health-people = Personas
health-letters = Cartas
health-papers = Archivos

## Cuentas de ministerios

ministries-title = Con la cuenta de su ministerio
ministries-lead = Si su ministerio le da una cuenta y ya la vinculó, entre con ella.
ministry-go = Entrar con { $name }
ministries-own-title = Cuenta de su ministerio
ministries-own-lead = Una cuenta vinculada le permite entrar sin otra llave. Se reconoce por su identificador en el ministerio, nunca solo por la dirección de correo.
ministry-bind = Vincular { $name }
ministry-untie = Desvincular
ministry-prove = Para vincular una cuenta confirme antes quién es.
ministry-refused-title = No se pudo entrar con esa cuenta
ministry-refused = La cuenta no está vinculada a nadie aquí, o lo que dijo no pudo comprobarse. Entre con su enlace o su llave y vincúlela en «Mi cuenta».
ministry-unreached-title = La cuenta de su ministerio no responde
ministry-unreached = Inténtelo de nuevo en unos minutos o entre de otro modo.
away-title = Pasa a la cuenta de su ministerio
away-lead = Si el navegador no continúa solo, use el botón.
away-go = Continuar

not-done-no-day = Eso no es un día. Escríbalo como 2011-10-15.
not-done-file-too-large = El archivo pasa de 20 MB. No se registró nada.
not-done-files-nowhere = Este sitio no guarda archivos. No se registró nada.
not-done-E-0010 = El texto debe estar en los dos idiomas, en una línea cada uno.
not-done-E-0011 = El texto es demasiado largo en un idioma: 300 caracteres como máximo en un título o motivo, 4000 en un párrafo o una declaración.
not-done-E-0012 = El archivo no pudo registrarse.
not-done-E-0502 = Esa presidencia no consta.
not-done-E-0507 = Ese país no puede ocupar la Presidencia.
not-done-E-0508 = Para ese período ya se convino, o queda demasiado lejos.
not-done-E-0509 = Una candidatura se anuncia en la plenaria de una Reunión Viceministerial que ya comenzó.
not-done-E-0510 = Esa candidatura ya está anunciada.
not-done-E-0511 = Esa candidatura ya no está en pie.
not-done-E-0512 = Antes se conviene en el período que precede.
not-done-E-0513 = Esa presidencia terminó.
not-done-E-0514 = Ese ya es el tema.
not-done-E-0601 = Para esa condición no hay criterios.
not-done-E-0602 = Ya hay una solicitud de esa parte en curso.
not-done-E-0603 = Esa solicitud no está en curso.
not-done-E-0604 = Ese criterio no es de esta condición.
not-done-E-0605 = Ese documento no está en el expediente.
not-done-E-0606 = Ese día aún no llega.
not-done-E-0701 = La tabla de feriados no puede leerse.
not-done-E-0702 = Esa tabla de feriados ya está vigente.
not-done-E-0703 = Ese país no tiene calendario aquí, o no es el de esa parte.
not-done-E-0704 = En el calendario ese día ya figura así.
not-done-E-0705 = Ese día ya comenzó en la capital, o queda fuera de los años del calendario. Los plazos que ya corren conservan sus días.
not-done-E-0801 = Este proceso no tiene consulta por escrito, o el programa no conoce las reglas que fija para ella.
not-done-E-0802 = Solo la Presidencia en ejercicio activa una consulta.
not-done-E-0803 = Los asuntos de membresía y de observadores no se resuelven por escrito; corresponden a una reunión.
not-done-E-0804 = Un asunto de la puerta cerrada requiere el mandato de resolverlo por escrito. Indique su referencia.
not-done-E-0805 = El texto debe tener entre 1 y 200 párrafos.
not-done-E-0806 = Ese es el texto que ya consta. Modifíquelo antes de someterlo de nuevo.
not-done-E-0807 = Esa consulta no consta.
not-done-E-0808 = Esa consulta concluyó: la acción se puso en marcha, o el asunto se remitió o se retiró.
not-done-E-0809 = La consulta no ha concluido. Del resultado se informa después de la puesta en marcha, la remisión o el retiro.
not-done-E-0810 = Ya se informó del resultado.
not-done-E-0811 = Las rondas ya comenzaron. Este paso corresponde a antes de la primera.
not-done-E-0812 = El texto no se sometió a ese país como integrante de la Troika. El consentimiento de la Presidencia que lo sometió se presume.
not-done-E-0813 = Se espera el consentimiento de la Troika a este mismo texto. Un texto modificado vuelve primero a la Troika.
not-done-E-0814 = Falta la conformidad de algunos miembros con el procedimiento escrito.
not-done-E-0815 = No hay un calendario de días hábiles vigente y no puede contarse ningún plazo. Consulte a la Secretaría Técnica.
not-done-E-0816 = Una capital no figura en el calendario y su plazo no puede contarse. Consulte a la Secretaría Técnica.
not-done-E-0817 = El plazo de un miembro no puede contarse: queda fuera de los años del calendario. Consulte a la Secretaría Técnica.
not-done-E-0818 = No es seguro que llegue a todos los miembros. Procure que sus datos de contacto estén al día, o confirme que se envía de todos modos.
not-done-E-0819 = El plazo sigue corriendo. El texto modificado, la constancia de consenso y la puesta en marcha vienen después.
not-done-E-0820 = Una ronda con el mismo texto necesita su motivo, en los dos idiomas.
not-done-E-0821 = Las reglas no admiten otra ronda. El asunto puede remitirse a la próxima reunión o retirarse.
not-done-E-0822 = Todavía no se ha abierto ninguna ronda.
not-done-E-0823 = El plazo no puede prorrogarse: las reglas no lo admiten, ya se prorrogó una vez o venció.
not-done-E-0824 = La ronda no puede cerrarse antes: las reglas no lo admiten, el plazo venció, o algún miembro no ha contestado, propone un cambio, pide más tiempo u objeta.
not-done-E-0825 = A ese país no se le pide respuesta aquí.
not-done-E-0826 = El plazo venció. Hasta la puesta en marcha solo se recibe una objeción, o su retiro, sin propuesta de cambio, solicitud de tiempo ni comentario nuevo.
not-done-E-0827 = Constan otras respuestas de ese país que las que mostraba su página. Abra la página de nuevo y repita la respuesta.
not-done-E-0856 = La página ya no estaba al día: después se abrió otra ronda o se sometió otro texto. Ábrala de nuevo y lea lo vigente.
not-done-E-0828 = Esa respuesta ya consta.
not-done-E-0829 = Falta el texto: la reserva, la declaración y el cambio propuesto llevan el suyo.
not-done-E-0830 = El texto es demasiado largo: 4000 caracteres como máximo.
not-done-E-0831 = La respuesta que propone un cambio lleva de 1 a 200 cambios, cada uno a un párrafo del texto o al texto entero; las demás no llevan ninguno.
not-done-E-0832 = Esa respuesta, o ese cambio, no consta en esta ronda.
not-done-E-0833 = Esa no es una objeción recibida después del cierre.
not-done-E-0834 = No hay consenso sobre este texto. Más abajo se indica qué lo impide.
not-done-E-0835 = Antes de poner en marcha la acción se deja constancia del consenso.
not-done-E-0836 = Ya consta el consenso.
not-done-E-0837 = Eso ya consta.
not-done-E-0838 = Un comentario va a un párrafo del texto o al texto entero, y caben 200 por respuesta.
not-done-E-0839 = Este resultado no se hace público: es un asunto de la puerta cerrada, no se consultó a los miembros o las reglas no lo prevén.
not-done-paper-without-note = Llegó un documento, pero no la nota a la que corresponde: cite su número. No se asentó nada.
not-done-file-empty = El archivo está vacío. No se registró nada.
not-done-file-bad-name = El nombre del archivo no puede usarse; cámbielo. No se registró nada.
not-done-file-unknown-type = Esa clase de archivo no se recibe. No se registró nada.
not-done-file-extension-disagrees = El contenido del archivo no es de la clase que dice su nombre. No se registró nada.
not-done-file-not-utf8 = El texto del archivo no está en UTF-8. No se registró nada.
not-done-file-malformed = El archivo está dañado. No se registró nada.
not-done-file-two-kinds = El archivo es de dos clases a la vez. No se registró nada.
not-done-file-macros = El archivo contiene macros. Guárdelo sin ellas. No se registró nada.
not-done-file-embedded-object = El archivo contiene un objeto incrustado que no se recibe. No se registró nada.
not-done-file-external-template = El archivo toma su plantilla de otro lugar. No se registró nada.
not-done-file-external-content = El archivo toma contenido de otro lugar. No se registró nada.
not-done-file-encrypted = El archivo está cifrado o protegido con contraseña. Envíelo sin ella. No se registró nada.
not-done-file-active-pdf = El PDF contiene acciones, formularios o archivos adjuntos. Guárdelo como PDF sencillo. No se registró nada.
not-done-file-scanned = El PDF es una imagen escaneada, sin texto. No se registró nada.
not-done-file-zip-bomb = El archivo se expande a más de lo que se recibe. No se registró nada.
not-done-file-formula = La tabla contiene fórmulas. No se registró nada.
not-done-file-attachments = El mensaje trae una parte que no se recibe. No se registró nada.
not-done-file-infected = El archivo contiene algo que se conoce como dañino. No se registró nada.

## Reuniones desde el puesto

inside-meetings = Reuniones
gatherings-title = Reuniones desde su puesto
gatherings-lead = De cada reunión, las sesiones en las que este puesto puede estar.
gatherings-none = Este puesto no participa en ninguna reunión que conste.
gathering-public = Lo publicado sobre esta reunión
gathering-items = Puntos mínimos de la agenda
not-done-E-0412 = El último día pasa de la reunión a la que pertenece el puesto.
