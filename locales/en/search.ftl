search-title = Search
search-lead = Documents, meetings, actions, topics, countries, organisations and acronyms, in Spanish and English.
search-hint = Accents may be left out. All words are looked for; where no text has them all, any of them.
search-count = { $count ->
    [one] One result
   *[other] { $count } results
  }
search-results-for = Results for “{ $question }”
search-none = Nothing in the record answers to “{ $question }”.
search-none-next = Try fewer words, another form of the word, or an acronym. Or start from the lists:
search-kind-country = Country
search-kind-party = Member or observer
search-kind-organization = Organisation
search-kind-body = Body
search-kind-meeting = Meeting
search-kind-presidency = Presidency
search-kind-theme = Theme
search-kind-section = Section
search-kind-topic = Topic
search-kind-document = Document
search-kind-action = Action
search-kind-forum = Forum
search-kind-seminar = Seminar
search-kind-act = Act
