mail-greeting = Good day, { $name },
mail-sender = This letter is sent by the Technical Secretariat of the { $conference }.
mail-why = You receive it because you hold a seat in the Conference. If it is not meant for you, tell whoever names the people of your country or organisation.
mail-invitation-subject = Your seat in the { $conference }
mail-invitation = { $party } has named you for the seat "{ $seat }" in the { $conference }.
mail-invitation-how = With the link below you sign in for the first time. It is personal and works once; do not pass it on.
mail-invitation-go = Sign in for the first time
mail-invitation-until = The link ends on { $when }. If that is too late, ask whoever named you for another.
mail-confirm-subject = { $conference }: please confirm your contact data
mail-confirm = You have not confirmed your contact data for more than six months, or never yet. That written consultations reach whom they should depends on their being up to date.
mail-confirm-go = See and confirm my data
mail-presidency-subject = The Presidency Pro-Témpore passes to { $party }
mail-presidency = The Presidency Pro-Témpore passes to { $party } on { $when }.
mail-presidency-go = See the Presidency
mail-seat-ends-subject = Your seat ends on { $day }
mail-seat-ends = Your designation as "{ $seat }" of { $party } ends on { $day }. What you did from the seat stays.
mail-seat-ends-go = See my desk
mail-consultation-subject = Written consultation: { $topic }
mail-consultation-subject-closed = Written consultation
mail-consultation-go = Open the consultation
mail-consultation-not-here = Neither the text nor any answer is sent by mail; both are read on the site of the Conference. Please do not answer this letter.
mail-consultation-troika = The Presidency Pro-Témpore has submitted a course of action to the Troika and asks for the preliminary reaction of your country. No round is opened without it.
mail-consultation-resubmitted = The Presidency Pro-Témpore has submitted another text of a course of action to the Troika and asks anew for the preliminary reaction of your country. The reaction to the text before no longer counts.
mail-consultation-round = A round of a written consultation was opened. Your country can answer until { $until }. Until then the answer can be changed.
mail-consultation-extended = The term of a written consultation was extended. Your country can answer until { $until }; the entry for a calendar takes the place of the one before.
mail-consultation-closed-early = The Presidency Pro-Témpore has closed a round of a written consultation before its term was over, as the rules allow. The answers are read on its page; what is possible after a close is said there.
mail-consultation-reminder = Two working days are left for the answer of your country, until { $until }. No answer stands so far.
mail-consultation-last-day = Today is the last working day for the answer of your country, until { $until }. No answer stands so far.
mail-consultation-entered = The Technical Secretariat has entered an answer of your country that came to it by mail, note or telephone. Please look whether it is right; until the round closes it can be corrected.
mail-consultation-reported = The Presidency Pro-Témpore has reported on the result of a written consultation.
mail-test-copy-subject = [Test copy] { $subject }
mail-test-copy = This is a test copy, sent to you alone. The round has not been opened and no term runs; the date below is the one that it would have if it were opened now. The true letter also brings the deadline for a calendar.
mail-daily-subject = { $conference }: notices of { $day }
mail-daily = { $count ->
    [one] There is one notice for you that has no deadline.
   *[other] There are { $count } notices for you that have no deadline.
}
mail-daily-chosen = You asked to receive what has no deadline in one letter a day. You can change that in your account: { $link }
