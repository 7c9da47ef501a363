# The list of meetings and the page of one.

meeting-with-body = { $name }: { $body }

meetings-lead = Every meeting of a body that the record knows, with where and when, what was taken up and what came of it.
meetings-empty = The record holds no meetings on the day shown.
meetings-none = No meeting answers to this choice.
meetings-shown = { $count ->
    [one] One meeting
   *[other] { $count } meetings
  }
meetings-shown-of = { $count ->
    [0] None of { $total } meetings
    [one] One of { $total } meetings
   *[other] { $count } of { $total } meetings
  }
meetings-caption = Meetings, newest first
meetings-when = When
meetings-meeting = Meeting
meetings-body = Body
meetings-place = Place
meetings-place-none = not given

meeting-lead-place = { $place }.
meeting-lead-presidency = Under the presidency of { $party }.
meeting-lead-theme = Central theme: “{ $theme }”.
meeting-ahead = This meeting lies after the day shown.
meeting-facts = The meeting
meeting-body = Body
meeting-number = Conference
meeting-when = When
meeting-place = Place
meeting-presidency = Presidency
meeting-with = On the same occasion
meeting-approved-title = What was agreed
meeting-topics-title = What was taken up
meeting-topics-empty = The source names no topic taken up at this meeting.
meeting-topic-year = in that year
meeting-topic-year-note = “In that year”: the source gives the year only, and the body met several times in it.
meeting-topic-occasion = on the occasion of the { $body }
meeting-proposed-title = What was put forward
meeting-steps-title = What else happened here
meeting-captions-title = Photographs in the publication
meeting-captions-note = Captions only: the photographs are not kept here.
meeting-nothing = The source says no more of this meeting.
meeting-beside = Meetings of the same body before and after
