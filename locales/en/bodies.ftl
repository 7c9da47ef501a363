# The page of a body.

body-facts = At a glance
body-since = Since
body-until = Until
body-meets = Meets
body-decides = Decide
body-attends = Attend
body-invited = If invited
body-slots = With a place on the agenda
body-reports-to = Reports to
body-reporting = Report to it
body-parallel = Of equal rank
body-precedes = Meets just before
body-first-with = First of the year together with
body-groups = Groups set up or proposed in it
body-aliases = Also named in print
body-who = Who sits in it
body-sessions = Its sessions
body-door-open = open to observers
body-door-closed = members only
body-rank = Rank
body-accompanied = Accompanied by
body-officials = { $count ->
    [one] one official for each head of delegation
   *[other] up to { $count } officials for each head of delegation
  }
body-reserved = Reserved to it
body-minimum-items = Agenda cannot go without
body-history = Its own story
body-topics = Topics that it took up
body-topic = Topic
body-years = Years
body-topic-since = since { $year }
body-steps = What it did
body-meetings = Its meetings
