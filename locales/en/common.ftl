# Words that every page uses.

language-name = English
language-switch = Language
skip-to-text = Skip to the text
masthead-about = { $alias }, since { $since }
menu-open = Menu
menu-close = Close
menu-label = Main navigation
breadcrumbs-label = You are here

nav-home = Home
nav-about = The conference
nav-structure = Bodies and structure
nav-members = Members and observers
nav-countries = Country
nav-criteria = Criteria for admission
nav-presidencies = Presidencies
nav-meetings = Meetings
nav-bodies = Body
nav-plan = Plan of Action
nav-themes = Theme
nav-sections = Section
nav-topics = Topic
nav-documents = Documents
nav-actions = Actions
nav-organisations = Organisations
nav-fora = Fora
nav-written = Concluded written consultations
nav-seminars = Seminars and workshops
nav-finance = Finances
nav-glossary = Glossary
nav-edition = About this edition
nav-register = Register
nav-act = Act
nav-checkpoint = Checkpoint
nav-verify = Verify an act
nav-verify-act = Verify this act
nav-search = Search
nav-open-data = Open data
nav-accessibility = Accessibility

search-field = Search the record
search-button = Search

record-state = State of the record: { $month }
clock-shows = In the demonstration it is { $at }.
clock-lead = The clock of the demonstration can be put forward:
clock-hour = one hour
clock-day = one day
clock-end = to the next end of a term
record-demo = Demonstration: this register was opened to show the program and has no effect.
behind = State of the register as of { $day }, { $time } UTC; new entries cannot be shown at the moment.
behind-halted = State of the register as of { $day }, { $time } UTC. The database now holds something else; until this has been explained, the state held before is shown.
as-of-shown = The conference is shown as it stood on { $day }.
as-of-today = Back to the present state
as-of-label = Show another day
as-of-field = Day
as-of-hint = For example, 2005-06-30
as-of-button = Show

footer-register = { $count ->
    [one] One act
   *[other] { $count } acts
  } in the register
footer-root = Root { $root }
footer-label = About the site
translation-mark = our translation
feed-title = { $name }: news from the record
