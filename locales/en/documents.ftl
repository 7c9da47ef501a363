# The list of documents and the page of one.

documents-lead = Guidelines, memoranda, studies and other texts that came out of the process, each with the steps of its life.
documents-empty = The record holds no documents on the day shown.
documents-none = No document answers to this choice.
documents-shown = { $count ->
    [one] One document
   *[other] { $count } documents
  }
documents-shown-of = { $count ->
    [0] None of { $total } documents
    [one] One of { $total } documents
   *[other] { $count } of { $total } documents
  }
document-facts = At a glance
document-topics = Topics
document-parties = Between
document-first = First known step
document-latest = Latest known step
document-parts = Texts that it consists of
document-aliases = Other titles in print
document-same = Listed also as
document-builds-on = Builds on
document-built-on-by = Built on by
document-life-title = Its life, step by step
document-life-lead = Each step with what the source says of it and where. What a source leaves undated stands last.
document-life-empty = The source names no step in the life of this text up to the day shown.
document-ahead = On the day shown nothing had happened to this text yet.
document-text-note = The texts themselves are not kept here: the record says what each is and what happened to it.
document-actions-title = Actions that prepared it, explain it or carry it out
document-supports-title = What organisations gave to it
document-seminars-title = Seminars and workshops about it
document-beside = Documents before and after in the plan

steps-undated = Undated in the source
steps-meeting = At:
steps-body = Body:
steps-by = By:
seminars-tie-same = the same event
seminars-tie-part = one of its events
