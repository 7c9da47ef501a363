# How the process is built: its bodies, who attends them, the year.

structure-lead = The bodies, who sits in them, what passes from one to the next, and when in the year they meet.
structure-bodies-caption = The same as a table: the standing bodies in order of importance
structure-body = Body
structure-who = Who sits in it, or what it does
structure-meets = Meets
structure-gives = Gives
structure-sessions-title = Who attends what
structure-sessions-lead = Each row is a body or a session of one; each column a kind of participant.
structure-session = Body and session
structure-decides = decides
structure-attends = attends
structure-invited = if invited
structure-slot = has a place on the agenda
structure-year-title = The year
structure-groups-title = Groups and linked bodies
structure-assumptions-title = What the source leaves open
structure-assumptions-lead = Where the source is silent, the rules of this register had to decide. Each such decision is an assumption and says why.
structure-assumption = assumption

bodies-picture = The bodies and what passes between them
bodies-times = { $count ->
    [one] once a year
    [2] twice a year
   *[other] { $count } times a year
  }
bodies-passes = { $from } gives { $to }: { $what }.
bodies-issues = { $from } issues: { $what }.
bodies-chairs = Beside them all stands { $chair }, which chairs.
bodies-beside = At the other side: { $names }.
bodies-names = { $names }.

chain-network-report = report
chain-conclusions-recommendations = conclusions and recommendations
chain-declaration-decisions = declaration and decisions

cycle-picture = The year of meetings
cycle-description = A ring read clockwise from the top. { $gatherings }
cycle-turn = turn of the year
cycle-gathering = Meeting { $number } of the year
cycle-told = { $when }: { $stages }.
cycle-then = then
