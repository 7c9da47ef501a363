# The presidencies: time line, list and the page of one.

timeline-title = Presidencies, { $first } to { $last }
timeline-description = A line of years from left to right. Above each year stands the name of who presided.
timeline-description-now = { $year }, { $party }, is in office.
timeline-description-next = { $year }, { $party }, is upcoming.
timeline-in-office = in office

presidencies-lead-empty = The record holds no presidencies on the day shown.
presidencies-caption = The presidencies, newest first
presidencies-year = Term
presidencies-party = Presidency
presidencies-theme = Central theme
presidencies-meeting = Conference
presidencies-upcoming = upcoming
presidencies-no-theme = not given
presidencies-notes-title = Notes

presidency-kicker = { $office } · { $term }
presidency-lead-theme = Central theme: “{ $theme }”.
presidency-lead-none = The source gives no central theme for this term.
presidency-facts = The term
presidency-party = Who presides
presidency-term = Term
presidency-state = State
presidency-state-past = ended
presidency-state-now = in office
presidency-state-next = upcoming
presidency-conference = Conference
presidency-meetings-title = Meetings in the term
presidency-meetings-empty = The record holds no meeting in this term on the day shown.
presidency-hosted-note = Held in the country of the presidency: { $meetings }.
presidency-topics-title = Topics taken up
presidency-topics-empty = The source names no topic taken up in this term.
presidency-documents-title = What happened to documents
presidency-documents-empty = The source dates no step of a document to this term.
presidency-actions-title = Actions
presidency-actions-empty = The source dates no action to this term.
presidency-beside = Presidencies before and after
