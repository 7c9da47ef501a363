# What several rows rest on together.

sources-acts = { $count ->
    [one] One act in the register.
   *[other] { $count } acts in the register.
  }
sources-lines = { $count ->
    [one] line { $lines }
   *[other] lines { $lines }
  }
