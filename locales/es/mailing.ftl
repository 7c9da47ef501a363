mailing-title = Cartas de la ronda
mailing-before = Al abrir la ronda, la carta va a cada una de estas personas, por separado, diez minutos después.
mailing-until = Las cartas salen a partir del { $at }. Hasta entonces pueden detenerse.
mailing-stopped = Las cartas que no habían salido se detuvieron el { $at }. La ronda sigue abierta y su plazo corre.
mailing-gone = Las cartas de la ronda ya no esperan.
mailing-informal-title = Cartas de la consulta
mailing-informal-stopped = Las cartas que no habían salido se detuvieron el { $at }. La consulta sigue abierta en el sitio.
mailing-informal-gone = Las cartas de la consulta ya no esperan.
mailing-closed = El envío está cerrado: nada sale hasta que la Secretaría Técnica lo abra.
mailing-send-now = Enviar ahora
mailing-stop = Detener estas cartas
mailing-test-copy = Enviarme una copia de prueba
mailing-test-copy-stands = Última copia de prueba: { $state }, { $at }
mailing-no-address = sin dirección de correo: no recibe carta
mailing-list = { $count ->
    [one] Una persona
   *[other] { $count } personas
}
letter-stopped = Detenida
letter-none = Sin carta
daily-title = Cartas
daily-lead = Lo que tiene plazo, y lo que usted pide, se envía siempre enseguida.
daily-legend = Lo que no tiene plazo
daily-no = Cada carta por separado, enseguida
daily-yes = En una carta al día, a las 7:00 de su zona horaria
daily-go = Guardar
not-done-no-letters = Este sitio no envía cartas.
not-done-nothing-waits = Ninguna de estas cartas está por enviar.
not-done-no-own-address = Su dirección de correo no consta: añádala en su cuenta.
not-done-not-now = Como está ahora la consulta, eso no puede hacerse.
