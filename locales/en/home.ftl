# The first page.

home-presidency = What happened in this term
home-last-meetings = The last conferences
home-all-meetings = All meetings
home-members = parties that decide
home-others = observers and other participants
home-conferences = annual conferences
home-topics = topics in { $themes ->
    [one] one theme
   *[other] { $themes } themes
  }
home-documents = documents
home-actions = { $proposals ->
    [0] actions
    [one] actions, and one further proposal
   *[other] actions, and { $proposals } further proposals
  }
home-counted = The figures are counted from the register each time this page is drawn.
home-countries-title = A country in one page
home-countries-lead = What it presided over, hosted and put forward, through which institutions it speaks, and what it contributes. Each page prints as a brief.
home-presidencies-title = { $count ->
    [one] One presidency
   *[other] { $count } presidencies
  }
home-presidencies-table = The same as a table, with the central themes
home-ways-title = Where to go on
home-way-plan = The themes and topics, and who took up which, when
home-way-structure = The bodies, who sits in them, and what passes between them
home-way-documents = Guidelines, memoranda and studies, each with the steps of its life
home-way-actions = Seminars, training, programmes and joint work
home-way-finance = The scale of contributions and what it pays for
home-way-register = The acts from which all of this is drawn, and how to verify them

troika-label = Three presidencies
troika-former = Former, { $year }
troika-current = In office, { $year }
troika-upcoming = Upcoming, { $year }
