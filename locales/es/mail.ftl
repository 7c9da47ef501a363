mail-greeting = Reciba un cordial saludo, { $name }:
mail-sender = Envía esta carta la Secretaría Técnica de la { $conference }.
mail-why = La recibe porque ocupa un puesto en la Conferencia. Si no le corresponde, avise a quien designa a las personas de su país u organización.
mail-invitation-subject = Su puesto en la { $conference }
mail-invitation = { $party } le designó para el puesto «{ $seat }» en la { $conference }.
mail-invitation-how = Con el enlace de abajo entra por primera vez. Es personal y sirve una sola vez; no lo reenvíe.
mail-invitation-go = Entrar por primera vez
mail-invitation-until = El enlace caduca el { $when }. Si llega tarde, pida otro a quien le designó.
mail-confirm-subject = { $conference }: confirme sus datos de contacto
mail-confirm = Hace más de seis meses que no confirma sus datos de contacto, o todavía no lo ha hecho. De que estén al día depende que las consultas por escrito lleguen a quien deben.
mail-confirm-go = Ver y confirmar mis datos
mail-presidency-subject = La Presidencia Pro-Témpore pasa a { $party }
mail-presidency = La Presidencia Pro-Témpore pasa a { $party } el { $when }.
mail-presidency-go = Ver la Presidencia
mail-seat-ends-subject = Su puesto termina el { $day }
mail-seat-ends = Su designación como «{ $seat }» de { $party } termina el { $day }. Lo que hizo desde el puesto permanece.
mail-seat-ends-go = Ver mi escritorio
mail-consultation-subject = Consulta por escrito: { $topic }
mail-consultation-subject-closed = Consulta por escrito
mail-consultation-go = Abrir la consulta
mail-consultation-not-here = Ni el texto ni las respuestas se envían por correo; se leen en el sitio de la Conferencia. Le rogamos no contestar esta carta.
mail-consultation-troika = La Presidencia Pro-Témpore sometió una línea de acción a la Troika y solicita la reacción preliminar de su país. Sin ella no se abre ninguna ronda.
mail-consultation-resubmitted = La Presidencia Pro-Témpore sometió a la Troika otro texto de una línea de acción y solicita de nuevo la reacción preliminar de su país. La reacción al texto anterior ya no cuenta.
mail-consultation-round = Se abrió una ronda de una consulta por escrito. El plazo de su país termina el { $until }. La ronda cierra para todos el { $closes }: hasta ese momento se recibe la respuesta y puede cambiarse.
mail-consultation-extended = Se prorrogó el plazo de una consulta por escrito. El de su país termina ahora el { $until } y la ronda cierra para todos el { $closes }; la entrada de calendario sustituye a la anterior.
mail-consultation-closed-early = La Presidencia Pro-Témpore cerró una ronda de una consulta por escrito antes de que terminara el plazo, como lo permiten las reglas. Las respuestas se leen en su página; allí se dice qué cabe después del cierre.
mail-consultation-reminder = { $left ->
    [one] Queda un día hábil
   *[other] Quedan { $left } días hábiles
} del plazo de su país, que termina el { $until }.
mail-consultation-last-day = Hoy es el último día hábil del plazo de su país, que termina el { $until }.
mail-consultation-entered = La Secretaría Técnica asentó una respuesta de su país que le llegó por correo, nota o teléfono. Le rogamos comprobar si es correcta; hasta el cierre de la ronda puede corregirse.
mail-consultation-none-stands = Aún no consta ninguna respuesta.
mail-consultation-not-at-one = Las respuestas que constan de su país difieren y ninguna cuenta mientras otra no las sustituya.
mail-consultation-method = La Presidencia Pro-Témpore desea consultar por escrito a los países miembros. Las reglas del proceso piden que cada país manifieste antes su conformidad con ese procedimiento y, sin ella, no se abre ninguna ronda.
mail-consultation-entered-late = La Secretaría Técnica asentó lo que le llegó de su país por correo, nota o teléfono después del cierre de la ronda. Le rogamos comprobar si es correcto; mientras no se ponga en marcha la acción acordada todavía se recibe una objeción, o su retiro.
mail-consultation-entered-reaction = La Secretaría Técnica asentó la reacción preliminar de su país, que le llegó por nota. Le rogamos comprobar si es correcta; otra la sustituye mientras no se abra una ronda.
mail-consultation-entered-method = La Secretaría Técnica asentó, según una nota recibida, la conformidad de su país con el procedimiento escrito. Le rogamos avisar a la Secretaría si no es así.
mail-consultation-entered-receipt = La Secretaría Técnica asentó, según una nota recibida, que su país acusó recibo del aviso de una ronda. Le rogamos avisar a la Secretaría si no es así.
mail-consultation-entered-step = La Secretaría Técnica asentó una actuación de la Presidencia Pro-Témpore por instrucción escrita de esta. Le rogamos comprobar que corresponde a lo instruido; la página indica la nota.
mail-consultation-late-objection = Un país presentó una objeción después del cierre de la ronda. Mientras siga en pie no se certifica el consenso ni se pone en marcha la acción, y la Presidencia Pro-Témpore debe contestarla en todo caso.
mail-consultation-replied = La Presidencia Pro-Témpore contestó la objeción que su país presentó después del cierre de la ronda. La respuesta se lee en la página de la consulta.
mail-consultation-launched = La Presidencia Pro-Témpore puso en marcha la acción acordada en una consulta por escrito. La Presidencia informará del resultado.
mail-consultation-referred = La Presidencia Pro-Témpore remitió el asunto de una consulta por escrito a la próxima reunión. Ya no se espera ninguna respuesta.
mail-consultation-withdrawn = La Presidencia Pro-Témpore retiró una consulta por escrito. Ya no se espera ninguna respuesta.
mail-consultation-reported = La Presidencia Pro-Témpore informó del resultado de una consulta por escrito.
mail-test-copy-subject = [Copia de prueba] { $subject }
mail-test-copy = Esta es una copia de prueba, enviada solo a usted. La ronda no se ha abierto y ningún plazo corre; la fecha de abajo es la que tendría si se abriera ahora. La carta verdadera trae además el plazo para el calendario.
mail-daily-subject = { $conference }: avisos del { $day }
mail-daily = { $count ->
    [one] Hay un aviso para usted que no tiene plazo.
   *[other] Hay { $count } avisos para usted que no tienen plazo.
}
mail-daily-chosen = Usted pidió recibir en una carta al día lo que no tiene plazo. Puede cambiarlo en su cuenta: { $link }
