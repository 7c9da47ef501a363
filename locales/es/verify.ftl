# La página que comprueba un acto en el navegador de quien lee, y las direcciones que entregan archivos.

verify-lead = Esta página comprueba que un acto consta en el registro y que nadie lo ha cambiado. El cálculo se hace en su navegador, con la clave que usted tiene, y se muestra paso a paso.
verify-noscript = Su navegador no ejecuta programas de las páginas, o no lo permite. Más abajo se explica cómo hacer la comprobación sin él.

verify-key = La clave de verificación que usted recibió
verify-key-hint = Es una línea de texto que cada miembro recibe en papel o por otra vía segura. Si deja el campo vacío se usa la clave que muestra este sitio; eso solo indica que el sitio concuerda consigo mismo.
verify-key-one = Clave
verify-files-open = Usar archivos que usted guardó
verify-files-lead = Elija el archivo del asiento y el de su prueba, o arrástrelos hasta aquí. No salen de su equipo.
verify-record = asiento
verify-file-record = Archivo del asiento
verify-file-proof = Archivo de la prueba
verify-proof = prueba
verify-go = Comprobar

verify-steps = Qué se comprueba
verify-step-record = El asiento
verify-step-record-why = Del texto del acto, tal como se conserva, se toma la huella. Si cambiara una letra, la huella sería otra.
verify-step-path = El camino hasta la raíz
verify-step-path-why = La huella se une con las de la prueba, paso a paso. El resultado debe ser la raíz del punto de control.
verify-step-signature = La firma
verify-step-signature-why = El punto de control debe llevar la firma que corresponde a su clave. Solo puede hacerla quien guarda el registro, y no puede negarla después.

verify-checking = Comprobando …
verify-good-record = Acto { $act }, asentado el { $at }. Huella: { $leaf }
verify-good-path = Tras { $steps } pasos resulta la raíz del punto de control, para { $size } asientos: { $root }
verify-good-signature = La firma es válida: { $origin }, clave { $key }.
verify-bad-form = El archivo no tiene la forma debida. Puede haberse guardado con otro programa o estar incompleto.
verify-bad-path = La prueba no conduce de este asiento a la raíz. El asiento o la prueba no son los que estaban en el registro.
verify-bad-signature = La firma que dice ser de la clave { $detail } no lo es.
verify-bad-unsigned = Ninguna de sus claves firmó el punto de control de { $detail }.
verify-bad-key = La clave no está bien escrita. Revise que esté la línea entera, sin espacios.
verify-bad-other-act = El asiento es de otro acto: { $detail }
verify-bad-files = Elija los dos archivos: el del asiento y el de su prueba.
verify-bad-fetch = El sitio no entregó el archivo (respuesta { $detail }). Vuelva a intentarlo más tarde.
verify-bad-pending = El sitio aún no entrega esta prueba. El punto de control público avanza a medianoche; después estará disponible.
verify-bad-unsure-signature = Este navegador no sabe comprobar firmas Ed25519. Use una versión reciente de otro navegador o el verificador que se ofrece más abajo.
verify-bad-failed = La comprobación no pudo terminar: { $detail }

verify-proven = ✓ El acto consta en el registro
verify-proven-text = El asiento es auténtico: así consta en el registro que lleva la firma de su clave. Conserve los dos archivos y la clave; bastan para demostrarlo en cualquier momento.
verify-agrees = El sitio concuerda consigo mismo
verify-agrees-text = El asiento, la prueba y la firma concuerdan, pero la clave es la que muestra este mismo sitio. Solo es una prueba con una clave que usted haya obtenido por otra vía.
verify-refused = ✗ La comprobación falló
verify-refused-text = Lo entregado no concuerda. Conserve los archivos tal como están, pida otra vez el asiento y la prueba y, si vuelve a fallar, avise a los demás miembros.
verify-unsure = La comprobación no pudo completarse
verify-unsure-text = Esto no indica que algo se haya alterado. El paso señalado dice qué falta.
verify-insecure = El navegador solo permite este cálculo en una conexión segura (https). Abra el sitio con https o use el verificador que se ofrece más abajo.

verify-shown-title = La clave que muestra este sitio
verify-shown = Compárela con la que usted recibió. Una clave tomada de este sitio no prueba nada por sí sola: quien pudiera cambiar el registro podría cambiar también esta página.
verify-shown-several = La primera es la clave vigente. Las otras la precedieron y firman junto a ella durante un tiempo.

verify-yourself = Comprobarlo por cuenta propia
verify-yourself-lead = Sin este sitio y sin conexión, con cualquier programa que siga las mismas normas:
verify-take = Descargue los dos archivos:
verify-take-any = Descargue los dos archivos, asiento y prueba, desde la página de comprobación de un acto:
verify-leaf = Calcule SHA-256 de un byte de valor cero seguido del asiento, byte por byte. Es la huella.
verify-climb = Una la huella, paso a paso, con los valores de la prueba, como indica RFC 9162, sección 2.1.3.2. Debe resultar la raíz, que es la tercera línea del punto de control al final de la prueba.
verify-sign = Compruebe la firma Ed25519 del punto de control con su clave de verificación.
verify-formats = Los formatos son los de C2SP: signed-note, tlog-checkpoint y tlog-proof. Este verificador los lee; son 150 líneas que se pueden revisar:
verify-keep-title = Guardar un punto de control
verify-keep = Guarde uno de vez en cuando donde quien lleva el registro no pueda cambiarlo. Con él se descubre después cualquier corte o reescritura de lo anterior. El de hoy, firmado:
verify-not-title = Lo que esto no muestra
verify-not-page = Que esta misma página sea honesta: el programa que hace el cálculo viene de este sitio. Quien quiera estar seguro también de eso hace la comprobación con un verificador obtenido en otro lugar.
verify-not = Que el registro esté completo desde el principio, que lo asentado sea cierto, o que a otros se les dé el mismo registro. Para lo último, compare sus puntos de control con los de otros miembros.

evidence-question = Escriba exactamente uno de estos parámetros: act= con el identificador de un acto, u old= con el tamaño de un punto de control guardado (solo en /proof).
evidence-unknown = Aquí no hay nada que entregar con ese nombre.
evidence-pending = La prueba de este acto estará disponible después de la próxima medianoche, cuando avance el punto de control público.
evidence-beyond = El punto de control público no llega a ese tamaño.
evidence-away = Por el momento no puede leerse el registro. Inténtelo más tarde.
evidence-unsigned = En este momento no hay clave con que firmar el punto de control. Vuelva a intentarlo más tarde.
