# About this edition: how the source was read.

edition-lead = Where the facts come from, how they were read, and where the reading differs from print.
edition-work-title = The source
edition-work-publisher = Published by
edition-work-date = Date
edition-read-title = How it was read
edition-read-lines = Every fact names the lines of the source on which it rests. Lines are counted from the first, blank lines included.
edition-read-words = Titles stand as printed in the edition that was read. Where a title in the other language is not known to be official, the translation is ours and marked “our translation”.
edition-read-own = Summaries are in our own words. Criteria, functions, commitments and procedures are summaries, not the agreed texts.
edition-read-inferred = What the source does not state but what follows from it is marked “inferred”, with the reason.
edition-read-counts = Figures are counted from the rows each time a page is drawn; none is stored.
edition-acts = acts in the register
edition-noted = rows with a note
edition-printed = rows that differ from print
edition-inferred = inferred rows
edition-notes-title = Where the reading differs from print
edition-notes-lead = Printed works have small slips, and no source says everything. Nothing was corrected in silence: each row below keeps what stands in print and says what was read.
edition-notes-empty = No row differs from print.
edition-notes-count = { $count ->
    [one] one row
   *[other] { $count } rows
  }
edition-assumptions-title = What the source leaves open
edition-assumptions-lead = On these points the rules in force hold an assumption of the program, not a rule of the source.
edition-contents-title = Contents of the publication
edition-contents-page = page { $page }
edition-credits-title = Credits of the publication

# Tables of the record.
record-table-source = Sources
record-table-party = Members and observers
record-table-institution = Institutions
record-table-body = Bodies
record-table-presidency = Presidencies
record-table-meeting = Meetings
record-table-theme = Themes
record-table-section = Sections
record-table-topic = Topics
record-table-addressed = Years in which topics were taken up
record-table-document = Documents
record-table-action = Actions
record-table-step = Steps of documents, actions and bodies
record-table-organization = Organisations
record-table-support = What organisations gave
record-table-forum = Fora
record-table-seminar = Seminars and workshops
record-table-scale = Scales of contributions
record-table-share = Contributions
record-table-budget_item = Items of the budget
record-table-entry = Lists of the source
record-table-acronym = Acronyms
