# Quién lo dice: la fuente y sus líneas, el acto, y en qué difiere la lectura de lo impreso.

says-source = Fuente: { $work }, { $count ->
    [one] línea { $lines }
   *[other] líneas { $lines }
  }.
says-lines = { $count ->
    [one] Línea { $lines }
   *[other] Líneas { $lines }
  }
says-enacted = Asentado en el registro.
says-act = Acto en el registro
says-act-of = Acto en el registro: { $thing }
says-printed-one = «{ $value }»
says-printed = En la publicación: { $values }.
says-inferred = Deducido: la fuente no lo afirma, pero se desprende de lo que afirma.
says-uncertain-mark = fecha no exacta
says-corrected = { $count ->
    [one] Corregido una vez desde que se asentó.
   *[other] Corregido { $count } veces desde que se asentó.
  }
says-summary = Resumen, no el texto acordado.
title-translated = El título es traducción nuestra.
says-inferred-mark = inferido
