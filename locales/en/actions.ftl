# The list of actions and the page of one.

actions-lead = Seminars, training, programmes, funds and joint work: what was done together, and what was proposed.
actions-empty = The record holds no actions on the day shown.
actions-none = No action answers to this choice.
actions-shown = { $count ->
    [one] One action
   *[other] { $count } actions
  }
actions-shown-of = { $count ->
    [0] None of { $total } actions
    [one] One of { $total } actions
   *[other] { $count } of { $total } actions
  }
actions-proposal = further proposal
action-status = State
action-when = When
action-where = Where
action-topics = Topics
action-proposers = Proposed by
action-sponsors = Sponsored by
action-collaborators = With
action-proposal = The source lists it among further proposals.
action-ahead = It lies after the day shown.
action-life-title = Step by step
action-life-lead = What the source says of it, and where. What it leaves undated stands last.
action-documents-title = Documents that it prepared, explains or carries out
action-follows-title = Followed from
action-followed-title = What followed from it
action-supports-title = What organisations gave to it
action-seminars-title = In the list of seminars and workshops
action-beside = Actions before and after in the plan
