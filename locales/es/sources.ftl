# Lo que sustenta varias filas juntas.

sources-acts = { $count ->
    [one] Un acto en el registro.
   *[other] { $count } actos en el registro.
  }
sources-lines = { $count ->
    [one] línea { $lines }
   *[other] líneas { $lines }
  }
