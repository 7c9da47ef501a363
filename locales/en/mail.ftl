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
mail-consultation-round = A round of a written consultation was opened. The term of your country ends on { $until }. The round closes for all on { $closes }: up to that moment an answer is taken and can be changed.
mail-consultation-extended = The term of a written consultation was extended. That of your country now ends on { $until }, and the round closes for all on { $closes }; the entry for a calendar takes the place of the one before.
mail-consultation-closed-early = The Presidency Pro-Témpore has closed a round of a written consultation before its term was over, as the rules allow. The answers are read on its page; what is possible after a close is said there.
mail-consultation-reminder = { $left ->
    [one] One working day is left
   *[other] { $left } working days are left
} of the term of your country, which ends on { $until }.
mail-consultation-last-day = Today is the last working day of the term of your country, which ends on { $until }.
mail-consultation-entered = The Technical Secretariat has entered an answer of your country that came to it by mail, note or telephone. Please look whether it is right; until the round closes it can be corrected.
mail-consultation-none-stands = No answer stands so far.
mail-consultation-not-at-one = The answers that came of your country differ, and none of them counts until one takes their place.
mail-consultation-method = The Presidency Pro-Témpore wants to consult the member countries in writing. The rules of the process ask that each country first agrees to that procedure; no round is opened without it.
mail-consultation-entered-late = The Technical Secretariat has entered what came to it of your country by mail, note or telephone after the close of the round. Please look whether it is right; until the agreed action is launched an objection, and the withdrawal of one, is still taken.
mail-consultation-entered-reaction = The Technical Secretariat has entered the preliminary reaction of your country that came to it by note. Please look whether it is right; another reaction takes its place until a round is opened.
mail-consultation-entered-method = The Technical Secretariat has entered, on a note, that your country agrees to the written procedure. Please tell the Secretariat if that is not so.
mail-consultation-entered-receipt = The Technical Secretariat has entered that your country has the notice of a round, as it was told by note. Please tell the Secretariat if that is not so.
mail-consultation-entered-step = The Technical Secretariat has entered a step of the Presidency Pro-Témpore on its written instruction. Please look whether it is what was instructed; the page names the note.
mail-consultation-late-objection = After the close of the round a country has objected. Nothing is certified or launched while the objection stands, and the Presidency Pro-Témpore answers it in any case.
mail-consultation-replied = The Presidency Pro-Témpore has answered the objection that your country raised after the close of the round. The answer is read on the page of the consultation.
mail-consultation-launched = The Presidency Pro-Témpore has launched the action that was agreed in a written consultation. It reports on the result.
mail-consultation-referred = The Presidency Pro-Témpore has referred the matter of a written consultation to the next meeting. No answer is due any more.
mail-consultation-withdrawn = The Presidency Pro-Témpore has withdrawn a written consultation. No answer is due any more.
mail-consultation-reported = The Presidency Pro-Témpore has reported on the result of a written consultation.
mail-test-copy-subject = [Test copy] { $subject }
mail-test-copy = This is a test copy, sent to you alone. The round has not been opened and no term runs; the date below is the one that it would have if it were opened now. The true letter also brings the deadline for a calendar.
mail-daily-subject = { $conference }: notices of { $day }
mail-daily = { $count ->
    [one] There is one notice for you that has no deadline.
   *[other] There are { $count } notices for you that have no deadline.
}
mail-daily-chosen = You asked to receive what has no deadline in one letter a day. You can change that in your account: { $link }
