# The plan: its themes, sections and topics, who took up what, and what ties topics.

plan-lead = The work is ordered in { $parts }. The documents, actions and seminars of the record are grouped by them.
plan-lead-empty = The record holds no themes on the day shown.
plan-themes = { $count ->
    [one] 1 theme
   *[other] { $count } themes
  }
plan-sections = { $count ->
    [one] 1 section
   *[other] { $count } sections
  }
plan-topics = { $count ->
    [one] 1 topic
   *[other] { $count } topics
  }
plan-documents = { $count ->
    [one] 1 document
   *[other] { $count } documents
  }
plan-actions = { $count ->
    [one] 1 action
   *[other] { $count } actions
  }
plan-proposals = { $count ->
    [one] 1 further proposal
   *[other] { $count } further proposals
  }
plan-theme-number = Theme { $number }
plan-section-number = Section { $number }
plan-jump-matrix = Who took up which topic, and when
plan-jump-links = What ties topics to one another
plan-actions-all = All actions
plan-documents-all = All documents

matrix-title = Who took up which topic, and when
matrix-lead = A mark is a year in which a body took the topic up. Choose a topic to see the documents and actions that rest on it.
matrix-caption = Topics and years, { $first } to { $last }
matrix-topic = Topic
matrix-empty = No topic had been taken up by the day shown.
matrix-legend = What the marks stand for

links-title = What ties topics to one another
links-lead = Two topics are tied where a document or an action of the record serves both. Only ties that the source states are drawn; it states { $count ->
    [one] one
   *[other] { $count }
  }.
links-empty = Nothing in the record ties two topics to one another.
links-picture = Topics and what ties them
links-description = The topics stand one under another by section. An arc joins two topics that share documents or actions: { $pairs }.
links-pair = { $one } and { $other }
links-more = { $count ->
    [one] one topic without ties
   *[other] { $count } topics without ties
  }
links-caption = The same as a table
links-one = Topic
links-other = Tied to
links-through = Through
