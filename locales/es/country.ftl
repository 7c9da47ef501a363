# Una página por país; se imprime como ficha.

country-troika-former = presidencia anterior
country-troika-current = presidencia en ejercicio
country-troika-upcoming = presidencia entrante
country-lead-presided = { $name } presidió en { $years }.
country-lead-presides-next = { $name } presidirá en { $years }.
country-lead-did = Según el registro, { $did }.
country-did-meetings = acogió { $count ->
    [one] una reunión
   *[other] { $count } reuniones
  }
country-did-events = fue sede de { $count ->
    [one] una actividad
   *[other] { $count } actividades
  }
country-did-proposed = propuso o presentó { $count ->
    [one] un texto o actividad
   *[other] { $count } textos o actividades
  }
country-lead-none = { $name } participa en el proceso.
country-number-presidencies = { $count ->
    [one] presidencia
   *[other] presidencias
  }
country-number-meetings = { $count ->
    [one] reunión acogida
   *[other] reuniones acogidas
  }
country-number-events = { $count ->
    [one] actividad en el país
   *[other] actividades en el país
  }
country-number-proposed = { $count ->
    [one] iniciativa
   *[other] iniciativas
  }
country-number-with = { $count ->
    [one] acción auspiciada o acompañada
   *[other] acciones auspiciadas o acompañadas
  }
country-number-share = de la escala
country-absent = En el día mostrado aún no participaba.
country-print = Esta página se imprime como ficha.
country-nothing = El registro no dice más de este país en el día mostrado.
country-presided = Presidió
country-meetings = Acogió
country-events = Actividades en el país
country-proposed = Propuso
country-proposer = propuesta
country-deeds = Qué más hizo
country-institutions = Instituciones
country-contributes-title = Aporta
country-contributes = { $amount } al año, { $share } de la escala
country-scale = La escala completa
country-instruments = Es parte en
country-sponsors = Auspicia
country-collaborates = Colabora en
country-more = { $count ->
    [one] Una más
   *[other] { $count } más
  }
country-more-print = { $count ->
    [one] Un asiento más en el sitio.
   *[other] { $count } asientos más en el sitio.
  }
