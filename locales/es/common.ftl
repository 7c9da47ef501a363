# Words that every page uses.

language-name = Español
language-switch = Idioma
skip-to-text = Ir al texto
masthead-about = { $alias }, desde { $since }
menu-open = Menú
menu-close = Cerrar
menu-label = Navegación principal
breadcrumbs-label = Usted está aquí

nav-home = Inicio
nav-about = La conferencia
nav-structure = Órganos y estructura
nav-members = Miembros y observadores
nav-countries = País
nav-criteria = Criterios de admisión
nav-presidencies = Presidencias
nav-meetings = Reuniones
nav-bodies = Órgano
nav-plan = Plan de Acción
nav-themes = Eje
nav-sections = Sección
nav-topics = Tema
nav-documents = Documentos
nav-actions = Acciones
nav-organisations = Organizaciones
nav-fora = Foros
nav-written = Consultas por escrito concluidas
nav-seminars = Seminarios y talleres
nav-finance = Finanzas
nav-glossary = Glosario
nav-edition = Acerca de esta edición
nav-register = Registro
nav-act = Acto
nav-checkpoint = Punto de control
nav-verify = Comprobar un acto
nav-verify-act = Comprobar este acto
nav-search = Buscar
nav-open-data = Datos abiertos
nav-accessibility = Accesibilidad

search-field = Buscar en el registro
search-button = Buscar

record-state = Estado del registro: { $month }
clock-shows = En la demostración es el { $at }.
clock-lead = El reloj de la demostración puede adelantarse:
clock-hour = una hora
clock-day = un día
clock-end = hasta el próximo vencimiento de un plazo
record-demo = Demostración: este registro se abrió para mostrar el programa y no surte efecto alguno.
behind = Estado del registro al { $day }, { $time } UTC; por el momento no pueden mostrarse asientos nuevos.
behind-halted = Estado del registro al { $day }, { $time } UTC. La base de datos contiene ahora otra cosa; mientras se aclara, se muestra el estado anterior.
as-of-shown = Se muestra la conferencia tal como estaba el { $day }.
as-of-today = Volver al estado actual
as-of-label = Ver otro día
as-of-field = Día
as-of-hint = Por ejemplo, 2005-06-30
as-of-button = Ver

footer-register = { $count ->
    [one] Un acto
   *[other] { $count } actos
  } en el registro
footer-root = Raíz { $root }
footer-label = Acerca del sitio
translation-mark = traducción nuestra
feed-title = { $name }: novedades del registro
