# The organisations, the fora and the seminars.

organisations-lead = Organisations that have worked with the process, and what each gave, in the order of the source’s table.
organisations-empty = The record lists no organisations.
organisations-count = { $count ->
    [one] One organisation
   *[other] { $count } organisations
  }
organisations-observers = { $count ->
    [0] None of them is an observer on the day shown
    [one] One of them is an observer on the day shown
   *[other] { $count } of them are observers on the day shown
  }
organisations-supports = { $count ->
    [0] No contribution listed
    [one] 1 contribution
   *[other] { $count } contributions
  }
organisations-observer = observer
organisation-kicker = Organisation
organisation-party = Takes part as
organisation-website = Website
organisation-members = The row names together
organisation-supports-title = What it gave
organisation-supports-empty = The source lists no contribution of this organisation.
organisation-for = For:
organisation-actions-title = Actions in which it took part
organisations-mark = Whether an organisation is an observer is computed from the list of observers, not from the table.

fora-lead = Fora and events of others at which the process took part or presented its experience, in the order of the source’s list.
fora-empty = The record lists no fora up to the day shown.
fora-count = { $count ->
    [one] One forum or event
   *[other] { $count } fora and events
  }
fora-undated = no date given

seminars-lead = The source’s list of seminars and workshops, row by row, with the entry of another list that speaks of the same event.
seminars-empty = The record lists no seminars up to the day shown.
seminars-count = { $count ->
    [one] One row
   *[other] { $count } rows
  }
seminars-matched = { $count ->
    [0] none of them with the same event among the actions
    [one] one of them with the same event among the actions
   *[other] { $count } of them with the same event among the actions
  }
seminars-same = The same event:
seminars-part-of = One of the events of:
