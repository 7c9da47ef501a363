# Who says so: the source and its lines, the act, and how the reading differs from print.

says-source = Source: { $work }, { $count ->
    [one] line { $lines }
   *[other] lines { $lines }
  }.
says-lines = { $count ->
    [one] Line { $lines }
   *[other] Lines { $lines }
  }
says-enacted = Enacted in the register.
says-act = Act in the register
says-act-of = Act in the register: { $thing }
says-printed-one = “{ $value }”
says-printed = In print: { $values }.
says-inferred = Inferred: the source does not state it, and it follows from what it states.
says-uncertain-mark = date not exact
says-corrected = { $count ->
    [one] Corrected once since it was first recorded.
   *[other] Corrected { $count } times since it was first recorded.
  }
says-summary = A summary, not the agreed text.
title-translated = The title is our translation.
says-inferred-mark = inferred
