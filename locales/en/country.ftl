# One page for each country; it prints as a brief.

country-troika-former = former presidency
country-troika-current = presidency in office
country-troika-upcoming = upcoming presidency
country-lead-presided = { $name } presided in { $years }.
country-lead-presides-next = { $name } is to preside in { $years }.
country-lead-did = On the record it { $did }.
country-did-meetings = hosted { $count ->
    [one] one meeting
   *[other] { $count } meetings
  }
country-did-events = was home to { $count ->
    [one] one activity
   *[other] { $count } activities
  }
country-did-proposed = put forward { $count ->
    [one] one text or activity
   *[other] { $count } texts or activities
  }
country-lead-none = { $name } takes part in the process.
country-number-presidencies = { $count ->
    [one] presidency
   *[other] presidencies
  }
country-number-meetings = { $count ->
    [one] meeting hosted
   *[other] meetings hosted
  }
country-number-events = { $count ->
    [one] activity in the country
   *[other] activities in the country
  }
country-number-proposed = { $count ->
    [one] put forward
   *[other] put forward
  }
country-number-with = { $count ->
    [one] action sponsored or joined
   *[other] actions sponsored or joined
  }
country-number-share = of the scale
country-absent = On the day shown it did not take part yet.
country-print = This page prints as a brief.
country-nothing = The record says no more of this country on the day shown.
country-presided = Presided
country-meetings = Hosted
country-events = Activities in the country
country-proposed = Put forward
country-proposer = proposed
country-deeds = What else it did
country-institutions = Institutions
country-contributes-title = Contributes
country-contributes = { $amount } a year, { $share } of the scale
country-scale = The whole scale
country-instruments = Is a party to
country-sponsors = Sponsors
country-collaborates = Works with
country-more = { $count ->
    [one] One more
   *[other] { $count } more
  }
country-more-print = { $count ->
    [one] One further entry on the site.
   *[other] { $count } further entries on the site.
  }
