sign-in-open = Sign in
sign-in-title = Sign in
sign-in-lead = Here the seats of the Conference work: those of the countries, of the Secretariat and of those who take part.
sign-in-how-title = How to sign in
sign-in-how = Whoever holds a seat gets a personal link, which works once. Opening it confirms who comes in and from which seat they act.
sign-in-lost = If your link has expired or was lost, ask your country's designated speaker or the Technical Secretariat for another.
link-title = Welcome, { $name }
link-lead = This link is personal and works once.
link-enter = Sign in as { $name }
link-not-you = If this is not you, do not use it: tell whoever sent it.
link-stale-title = The link no longer works
link-stale = It was used, it expired, or a later one took its place. Ask for a new one.
take-a-seat-title = Take a seat
take-a-seat-lead = This is a demonstration: the people are fictitious and nothing that you do is kept. Choose a seat and look at the Conference from it.
take-a-seat-go = Choose a seat
take-this-seat = Take this seat

inside-label = Your seat
inside-acting = Acting as:
inside-presides = Presidency Pro-Témpore in office
inside-no-seat = No seat
inside-leave = Sign out
inside-desk = Desk
inside-people = People
inside-presidency = Presidency
inside-account = My account

desk-title = Your desk
desk-yours = Waiting for you
desk-yours-none = Nothing waits for you at the moment.
desk-theirs = Waiting for others
desk-theirs-none = Nothing waits for others.
desk-confirm = Confirm that your contact data are right
desk-hand-over = Hand the Presidency over to { $party }
desk-vacant = { $party }: name { $seats }
desk-vacant-there = { $party }: no communication received on { $seats }
desk-seats = Your other seats
desk-act-from = Act from this seat
choose-title = Choose the seat from which you act
choose-lead = A person may hold several seats and always acts from one.
choose-none-title = You hold no seat
choose-none = Your appointment has ended or has not begun. Your data are still under “My account”. Ask your country's designated speaker or the Technical Secretariat.

people-title = People
people-lead = Who holds which seat. The list serves the member countries and the Secretariat; it is not public.
people-party = Party
people-held = Seats held
people-vacant = Not named
people-own = yours
people-new = Name a person
people-on-a-note = Only on a note from the party: its reference stays in the register as proof.
people-none = Nobody holds a seat yet.
people-forgotten = Somebody whose data were erased
people-since = Since
people-until = until { $day }
people-since-day = since { $day }
people-by-note = by note { $note }
people-confirmed = data confirmed
people-reached = came in with a link sent to this address on { $day }
people-by-branch = By branch of government:
people-never = never
people-vacate = Record the end
people-invite = Make a new link
why-seen = Why you can see this:

field-name = Full name
field-email = E-mail
field-phone = Telephone
field-language = Language in which they are addressed
field-zone = Time zone
field-zone-hint = By its name in the IANA database, such as America/Tegucigalpa.
field-branch = Branch of government
field-meeting = Meeting
field-purpose-es = What it is for, in Spanish
field-purpose-en = What it is for, in English
field-until = Last day
field-until-hint = Leave it empty if there is none.
field-note = Reference of the note
field-note-hint = Number and date of the note by which the party communicates it. It stays in the register, without names of people.
new-seat-title = Name a person: { $party }
new-seat-which = Seat
new-seat-choose = Choose a seat
new-seat-go = Go on
new-seat-person = Person
new-seat-somebody-new = Somebody new, with the data below
new-seat-replaces = It is held by { $name }, who leaves it with this act.
new-seat-recorded = An act “Seat filled” will enter the register: party, seat, note and an id of the person. Name and e-mail go to the directory, which can erase them.
new-seat-fill = Fill the seat
invited-title = Recorded: { $name }
invited-lead = Get this link to { $name } by a means that you trust.
invited-once = It works once and is shown only now.
invited-until = It expires on { $day }.
invited-known = The person can sign in already: the new seat is there the next time.
invited-back = Back
vacate-title = Record the end: { $seat }
vacate-lead = { $name } will no longer hold this seat. What was done from it stays.
vacate-recorded = An act “Seat vacated” will enter the register.
vacate-go = Record the end

presidency-now-title = The Presidency
presidency-now-current = In office
presidency-now-next = To follow
presidency-now-since = since { $day }
presidency-now-from = from { $day }
presidency-now-assumed = assumed: the calendar year
presidency-now-nobody = By the register nobody holds the Presidency.
presidency-now-none-next = Not agreed yet.
hand-over-title = Hand the Presidency over to { $party }
hand-over-lead = Its powers pass at the instant that you give; it may lie ahead. Afterwards you go on seeing what you could see.
hand-over-at = Instant
hand-over-at-hint = By the clock of the zone below. Empty: at once.
hand-over-recorded = An act “Presidency handed over” will enter the register; it is public.
hand-over-go = Hand the Presidency over to { $party }
hand-over-not-you = It is handed over by whoever holds it.

account-title = My account
account-card = Your contact data
account-confirmed = Confirmed on { $when }.
account-never = Not confirmed yet.
account-confirm = Save and confirm
account-sessions = Where you are signed in
account-unnamed = A browser without a name
account-begun = signed in on { $when }
account-seen = last used on { $when }
account-this = this browser
account-end = End

errors-title = Nothing was done yet
wrong-name = Write the name, on one line.
wrong-email = Write an address such as name@ministry.example.
wrong-phone = Write a telephone by its digits, such as +504 2222 0000.
wrong-zone = There is no such time zone; write it such as America/Tegucigalpa.
wrong-purpose = Say what it is for, in both languages.
wrong-mandate = A deputy with a mandate needs the reference of the note.
wrong-day = Write the whole day.
not-done-other = By the rules it is not in order. Nothing was recorded.
not-done-not-permitted = It cannot be done from your seat. Nothing was recorded.
not-done-not-held = You no longer hold that seat. Nothing was recorded.
not-done-prove-again = This act speaks for a country: sign in again to confirm who you are, and repeat it. Nothing was recorded.
not-done-too-many-drafts = Two hundred acts are prepared already. Discard one before another is prepared.
not-done-partys-own = That person has come in before: their own party makes the new link. Nothing was done.
not-done-unavailable = The register did not answer. Nothing was entered; try again in a moment.
not-done-unsettled = The register did not say whether it took this. Look whether it is there before you try again.
not-done-moment = That instant does not exist in the zone given, or exists twice. Write another.
not-done-E-0402 = The party has no such seat, or no longer takes part.
not-done-E-0403 = More is asked for: branch, purpose, meeting, day, or the reference of the note.
not-done-E-0404 = Something was given that the seat does not ask for.
not-done-E-0405 = The branch or the meeting is not in the register.
not-done-E-0406 = The last day is over already.
not-done-E-0407 = The reference of the note is too long.
not-done-E-0408 = The person holds this very seat already.
not-done-E-0409 = Somebody else holds this seat.
not-done-E-0411 = Nobody holds this seat any more.
not-done-E-0302 = That person's data were erased.
not-done-E-0503 = That presidency does not follow the one in office.
not-done-E-0504 = The hand-over is recorded already.
not-done-E-0505 = The instant is past.
not-done-E-0506 = There is no such time zone; write it such as America/Panama.

passkey-show = Sign in with a passkey
passkey-failed = It did not work: the browser or the device did not allow it. Try again, or use a link.
passkeys-title = Your passkeys
passkeys-lead = With a passkey you sign in by the fingerprint, face or code of your own device, without a password and without a link.
passkeys-none = You have none yet.
passkey-made = made on { $when }
passkey-make = Make a passkey
passkey-remove = Remove
passkey-prove = To make another, first show one of yours, or sign in again with a link.

sign-in-wrong-title = You could not be let in
sign-in-wrong = Address, password and code do not belong together. Each code of the telephone works once: wait for the next one and try again.
sign-in-often = There were too many attempts with that address. Wait some minutes, or use a passkey or a link.
sign-in-password-title = With a password and a code
sign-in-by-password = Sign in with a password
field-password = Password
field-code = Code
field-code-hint = The one that your telephone shows, or one of your recovery codes.
field-code-now = Code that your telephone shows now
field-new-password = New password
field-new-password-hint = From 12 to 128 characters. Several words that have nothing to do with each other make a good one.
password-own-title = Password and code
password-own-lead = For those who cannot have a passkey. A password alone lets nobody in: a code from your telephone is asked for as well.
password-own-set = Password with a code
password-set = Set a password
password-again = Change it
password-prove = To change it, first confirm who you are: with your password and a code, with a passkey, or by signing in again with a link.
password-title = Set a password
password-lead = You need an application for codes on your telephone; any that follows the TOTP standard will do.
password-step-phone = First: the telephone
password-phone = Open the application and read this picture with the camera.
password-picture = Picture for the application for codes; what it holds is written below
password-typed = Without a camera, type this key:
password-open = Open in an application on this device
password-step-both = Then: the password and the first code
password-keep = Save
password-new-seed = To be safe, the picture and the key below are new: delete the earlier one from the application and read this one.
recovery-title = Keep these codes
recovery-lead = If you lose the telephone, each of these codes stands in for it once. They are shown only now.
recovery-once = Print them or copy them to a safe place that is not the telephone.
recovery-kept = I have kept them
recovery-left = { $count ->
    [0] no recovery codes are left
    [one] one recovery code is left
   *[other] { $count } recovery codes are left
}
not-done-password-short = The password has fewer than 12 characters. Nothing was saved.
not-done-password-long = The password has more than 128 characters. Nothing was saved.
not-done-password-weak = That password is easily guessed. Write several words that have nothing to do with each other. Nothing was saved.
not-done-password-code = The code is not the one that the telephone shows. See that the telephone's clock is right. Nothing was saved.
not-done-password-stale = The page was opened too long ago. Nothing was saved.
not-done-address-shared = Somebody else signs in with that address already. Put one in "My account" that is only yours. Nothing was saved.
not-done-no-address = To sign in with a password an e-mail address is needed: write it in "My account" first.

audience-title = Who can see this
audience-lead = These classes of seat, by the policy named; no other, and never the public.
audience-own = of the same party only
audience-presidency = only while it presides
trail-open = Who looked at these data
trail-title = Who looked at these data
trail-lead = Seats of other parties from which the people of { $party } were looked at, day by day.
trail-none = Nobody of another party has opened the page so far.
trail-seat-gone = A seat that is not on record any more
trail-kept = Only the party itself reads this. Each line is deleted after 400 days; it is not part of the register.

inside-letters = Letters
letters-title = Letters
letters-lead = What was sent to whom and whether it arrived; not what it says.
letters-state = Sending
letters-are-open = Open
letters-are-closed = Closed
letters-closed-lead = Nobody receives anything until it is opened.
letters-open = { $count ->
    [0] Open the sending
    [one] Open the sending: one letter goes out
   *[other] Open the sending: { $count } letters go out
}
letters-close = Close the sending
letters-none = There are no letters yet.
letters-again = Send again
letters-nowhere = This site sends no letters: it has neither a mail server nor a folder for them. Links are shown to whoever makes them.
letter-invitation = Invitation to a seat
letter-confirm-data = Confirm contact data
letter-presidency-handed-over = Hand-over of the Presidency
letter-seat-ends = End of a seat
letter-consultation-troika = Consultation: reaction of the Troika
letter-consultation-method = Consultation: agreement to the procedure asked for
letter-consultation-round = Consultation: round opened
letter-consultation-extended = Consultation: the term is extended
letter-consultation-closed-early = Consultation: the round is closed early
letter-consultation-reminder = Consultation: the term ends soon
letter-consultation-last-day = Consultation: last day
letter-consultation-to-one = Consultation: notice to one party
letter-consultation-launched = Consultation: action launched
letter-consultation-referred = Consultation: referred to the next meeting
letter-consultation-withdrawn = Consultation: withdrawn
letter-consultation-reported = Consultation: result
letter-waiting = To be sent
letter-sent = Sent
letter-returned = Came back
letter-dropped = No longer needed
letter-uncertain = May have arrived; is sent again
letter-consultation-resubmitted = Consultation: another text before the Troika
letter-test-copy = Test copy
letter-daily = Notices of a day
desk-letters-wait = { $count ->
    [one] Open the sending: one letter waits
   *[other] Open the sending: { $count } letters wait
}
desk-letters-back = { $count ->
    [one] One letter came back: look at the address
   *[other] { $count } letters came back: look at the addresses
}
invited-mailed = The link goes by mail to { $name }, and to nobody else.
invited-once-open = The link will go by mail to { $name }, and to nobody else, once the Technical Secretariat opens the sending.

sheet-name = Full name
sheet-given-name = Given name
sheet-family-name = Family name
sheet-party = Country or organisation
sheet-seat = Seat
sheet-branch = Branch of government
sheet-email = E-mail
sheet-phone = Telephone
sheet-language = Language
sheet-confirmed = Confirmed
contacts-csv = Download as a sheet (CSV)
contacts-vcf = Download as cards (vCard)
lists-open = Take in a list
lists-title = Lists of people
lists-lead = A sheet of people and their seats is read, looked through row by row and taken in at once. The whole list can be taken back afterwards.
lists-file = File
lists-file-hint = An XLSX or ODS sheet, or CSV text. Up to 2 MB and 2,000 rows. The first row holds the headings.
lists-send = Read the file
lists-never = Columns of identity documents, dates of birth or data of migrants are not read.
lists-own = Your lists
list-draft = Being looked through
list-taken = Taken in
list-back = Taken back
list-too-large = The file has more than 2 MB, or holds too much. It was not read.
list-too-many = The sheet has more than 2,000 rows or 60 columns. Divide it.
list-foreign = The file is neither an XLSX or ODS sheet nor CSV text. If it is a sheet of an earlier format, save it as XLSX.
list-empty = The sheet has no rows under its headings.
list-cell = The cell in row { $row }, column { $column }, has more than 500 characters.
list-columns = What each column holds
list-column-out = Not read
list-column-never = Not read: by its heading it may hold data that are not taken in here.
list-look = Look through again
list-mend = Rows to be mended
list-row = Row { $row }
list-given = In the sheet: { $given }
list-choose = Choose
list-leave-out = Leave this row out
list-rows = Rows
list-row-goes = Goes in
list-row-mend = To be mended
list-row-left-out = Stays out
list-row-twice = Stays out: the same person as in row { $row }
list-row-known = Stays out: is in the directory already
list-row-in = Taken in
list-row-not-in = Was not taken in
list-take-title = Take the list in
list-take = Take the list in
list-count-goes = { $count ->
    [0] No row goes in yet.
    [one] One row goes in.
   *[other] { $count } rows go in.
}
list-count-in = { $count ->
    [one] one person
   *[other] { $count } people
}
list-recorded = Each leaves an act "Seat filled" in the register, without names.
list-letters-open = Sending is open: invitations go out as soon as the list is taken in.
list-letters-closed = Sending is closed: nobody receives anything until the Technical Secretariat opens it.
list-letters-nowhere = This site sends no letters: links are made afterwards, seat by seat.
list-note-hint = By which note the parties communicated it; needed for those that are not your own.
list-wants-note = Write the reference of the note by which the parties communicated it.
list-back-lead = Taking the list back ends the seats that it filled and erases the data of whoever has not come in yet. The acts stay in the register.
list-back-go = Take the whole list back
letters-waiting = To be sent
letters-returned = Came back
list-count-mend = { $count ->
    [one] One row is to be mended.
   *[other] { $count } rows are to be mended.
}

## Who will preside

inside-applications = Applications
inside-console = Console
candidacies-title = Candidacies for the Presidency
candidacies-lead = A country that wishes to preside announces it in the plenary. The members agree who will; here it is put on record.
candidacies-none = There are no candidacies for terms on which the members have not agreed yet.
candidacy-announced = Announced at: { $meeting }
candidacy-designate = Put on record that the members agreed on this country
candidacy-designate-lead = It stands in the register, for everybody to see, as the presidency agreed for that term.
candidacy-designate-go = Record the designation
candidacy-note = Minutes, decision or note that say so
candidacy-withdraw = Withdraw the candidacy
candidacy-withdraw-go = Withdraw
announce-title = Announce a candidacy
announce-lead = Choose the meeting in whose plenary it was announced.
announce-nowhere = No meeting has been held at which it could be announced.
announce-party = Country
announce-term = Term
announce-meeting = Meeting
announce-go = Record the announcement
choose-theme-title = Central theme of the presidency of { $presidency }
choose-theme-lead = Write it in both languages. It is published with the presidency; a later choice takes the place of an earlier one, which stays in the register.
choose-theme-es = Theme, in Spanish
choose-theme-en = Theme, in English
choose-theme-go = Record the theme

## The dossier of the Presidency

dossier-open = Dossier of the hand-over
dossier-title = Dossier of the hand-over
dossier-lead = What is open when the Presidency passes from one country to the next.
dossier-report = { $party } submits the report on its management at the meeting that follows the hand-over.
dossier-candidacies = Candidacies
dossier-applications = Applications for observer status
dossier-ahead = Actions agreed that are still to take place
dossier-proposals = Proposed actions
dossier-seats = Seats that nobody holds
dossier-vacant = { $count ->
    [one] One seat that nobody holds
   *[other] { $count } seats that nobody holds
}
dossier-none = Nothing for now.

## Applications

applications-title = Applications for observer status
applications-lead = Which documents were received for each criterion. Whether a criterion is met, and whether the applicant is admitted, is for the Vice-Ministers.
applications-none = No application was received.
application-received = Received on { $day }
application-withdrawn = Withdrawn on { $day }
application-having = documents received for { $having } of { $of } criteria
application-complete = There are documents for every criterion: the file can be put before the closed-door session. A complete file is no admission.
application-not-complete = For some criteria the document is pending. A complete file is no admission.
application-criteria = Criteria
criterion-pending = Document pending.
criterion-received = Document received:
application-new = Record an application that was received
application-status = Status applied for
application-es = Who applies, in Spanish
application-es-hint = The state or the organisation; never the name of a person.
application-en = Who applies, in English
application-day = Day on which it was received
application-enter = Record the application
document-enter-title = Record a document that was received
document-criterion = Criterion for which it was sent
document-note = Which document it is
document-note-hint = Kind, number and date, without names of persons: “Note DM-114 of 3 October 2011”.
document-recorded = The register says that the document was received, not that the criterion is met.
document-enter = Record the document
document-return = Take out of the file
document-return-why = Why
document-return-go = Take out
application-withdraw-title = The applicant withdrew
application-withdraw = Record the withdrawal
field-file = The document itself
field-note-file = The note or mandate itself
field-file-hint = PDF, office document, picture or text, 20 MB at most. Files with macros, scripts or programs are not taken.

## What a seat may do

rights-title = What this seat may do
rights-lead = Each answer comes from a rule. The question is about kinds of things: whether there is one is not said here.
rights-may = yes
rights-may-not = no
rights-lines = lines { $lines } of the publication
rights-assumption = assumption of the program
rights-near = What it would take
rights-unmet = Conditions of that rule that do not hold:
right-read = See
right-attend = Attend
right-speak = Take the floor
right-propose = Propose
right-issue = Issue
right-draft = Draft
right-comment = Comment
right-decide = Decide
right-activate = Activate
right-launch = Launch
right-state = Give the country's position
right-report = Report
right-manage = Run
right-announce = Announce a candidacy
right-choose-theme = Choose the central theme
right-hand-over = Hand over the Presidency
right-repair = Correct on a note
thing-closed-paper = Paper of the closed-door session
thing-meeting-paper = Paper given to those who take part in a meeting
thing-draft-text = Draft text
thing-agenda = Preliminary agenda
thing-consultation = Written consultation under way
thing-position-own = One's own answer in a consultation
thing-position-others = Answers of the others, during the term
thing-position-others-after = Answers of the others, once the round has closed
thing-work-plan = Work plan of a Network
thing-follow-up-own = Follow-up that is one's own
thing-application = Applications for observer status
thing-presidency = Presidency Pro-Témpore
thing-fund = Reserve Fund
thing-contribution-own = One's own contribution
thing-contribution-others = Contributions of the others
thing-calendar-own = Working days of your country
thing-budget = Budget of the Secretariat
thing-people-own = People of one's own party
thing-people-others = People of other parties
thing-trail-own = Who saw what is restricted of one's own party
thing-outbox = Letters
thing-console = Console

## For somebody new

desk-news = Since your last visit
desk-news-none = Nothing new of what this seat sees.
desk-news-more = { $count ->
    [one] And one act more
   *[other] And { $count } acts more
}
desk-first = This is your first visit
desk-first-lead = From the next one on you will see here what was done while you were away.
desk-welcome = Guide for somebody new in the seat
desk-rights = What this seat may do
desk-candidacy = Put on record on whom the members agreed for { $term }: { $party } announced its candidacy
desk-application = Application of { $applicant }
desk-application-pending = Documents of the application of { $applicant }
welcome-title = Guide for somebody new
welcome-lead = Who is who, what is open, and what was decided on your subject. It can be printed.
welcome-rights = What your seat may do
welcome-account = Confirm your data
welcome-who = Who is who
welcome-all-people = Everybody whom you may see
welcome-open = What is open
welcome-open-none = No candidacy for the Presidency is open.
welcome-candidacy = { $party } announced its candidacy for the Presidency of { $term }
welcome-meetings = The last conferences
welcome-subject = What was decided on your subject
welcome-choose = Subject
welcome-show = Show
welcome-documents = Documents on { $subject }
welcome-actions = Actions

## Console

console-title = Console
console-lead = How the program is. What was found is said in English, as on the command line.
console-acts = Acts in the register
console-last-act = The last: { $at }
console-backup = Last backup
console-backup-acts = { $count ->
    [one] with one act
   *[other] with { $count } acts
}
console-since-backup = { $count ->
    [one] one act is not in it
   *[other] { $count } acts are not in it
}
console-no-backup = None is on record: make one with the program’s command “backup”.
console-version = Version of the program
health-well = well
health-unwell = needs to be seen to
health-register = Register
health-directory = Directory
health-keys = Keys of the checkpoints
health-passwords = Passwords
health-passkeys = Passkeys
health-people = People
health-letters = Letters
health-papers = Files

## Accounts of ministries

ministries-title = With the account of your ministry
ministries-lead = If your ministry gives you an account and you have bound it, come in with it.
ministry-go = Sign in with { $name }
ministries-own-title = Account of your ministry
ministries-own-lead = An account that is bound lets you in without another key. It is known by its identifier at the ministry, never by the e-mail address alone.
ministry-bind = Bind { $name }
ministry-untie = Untie
ministry-prove = To bind an account, first confirm who you are.
ministry-refused-title = Nobody came in with that account
ministry-refused = The account is bound to nobody here, or what it said could not be verified. Come in with your link or your key and bind it in “My account”.
ministry-unreached-title = The account of your ministry does not answer
ministry-unreached = Try again in some minutes, or come in another way.
away-title = On to the account of your ministry
away-lead = If the browser does not go on by itself, use the button.
away-go = Go on

not-done-no-day = That is no day. Write it like 2011-10-15.
not-done-file-too-large = The file is larger than 20 MB. Nothing was recorded.
not-done-files-nowhere = This site keeps no files. Nothing was recorded.
not-done-E-0010 = The text has to stand in both languages, on one line each.
not-done-E-0011 = The text is too long in one language: 300 characters at most in a title or a reason, 4,000 in a paragraph or a statement.
not-done-E-0012 = The file could not be recorded.
not-done-E-0502 = There is no such presidency.
not-done-E-0507 = That country cannot hold the Presidency.
not-done-E-0508 = For that term the members have agreed, or it is too far ahead.
not-done-E-0509 = A candidacy is announced in the plenary of a Vice-Ministerial Meeting that has begun.
not-done-E-0510 = That candidacy is announced already.
not-done-E-0511 = That candidacy does not stand any more.
not-done-E-0512 = The term before it has to be agreed on first.
not-done-E-0513 = That presidency is over.
not-done-E-0514 = That is the theme already.
not-done-E-0601 = There are no criteria for that status.
not-done-E-0602 = An application of theirs stands already.
not-done-E-0603 = That application does not stand.
not-done-E-0604 = That is no criterion for this status.
not-done-E-0605 = That document is not in the file.
not-done-E-0606 = That day is still to come.
not-done-E-0701 = The table of holidays cannot be read.
not-done-E-0702 = That table of holidays is in force already.
not-done-E-0703 = There is no calendar of that country, or it is not the country of that party.
not-done-E-0704 = The calendar has that day so already.
not-done-E-0705 = That day has begun in the capital, or lies outside the years of the calendar. Terms that have begun keep their days.
not-done-E-0801 = This process has no written consultation, or the program does not know its rules for one.
not-done-E-0802 = Only the Presidency in office begins a consultation.
not-done-E-0803 = Matters of membership and of observers are not settled in writing; they are for a meeting.
not-done-E-0804 = A matter of the closed door needs the mandate to settle it in writing. Give its reference.
not-done-E-0805 = The text has to have between 1 and 200 paragraphs.
not-done-E-0806 = That is the text that stands. Change it before you submit it again.
not-done-E-0807 = There is no such consultation.
not-done-E-0808 = That consultation is over: the action was launched, or the matter was referred or withdrawn.
not-done-E-0809 = The consultation is not over. The result is reported after the launch, the referral or the withdrawal.
not-done-E-0810 = The result is reported already.
not-done-E-0811 = The rounds have begun. This belongs to the time before the first one.
not-done-E-0812 = The text was not submitted to that country as a member of the Troika. The consent of the Presidency that submitted it is presumed.
not-done-E-0813 = The consent of the Troika to this very text is awaited. A changed text goes to the Troika first.
not-done-E-0814 = Some members have yet to agree to the written procedure.
not-done-E-0815 = No calendar of working days is in force, so no term can be counted. Ask the Technical Secretariat.
not-done-E-0816 = A capital is not in the calendar, so its term cannot be counted. Ask the Technical Secretariat.
not-done-E-0817 = The term of a member cannot be counted: it lies outside the years of the calendar. Ask the Technical Secretariat.
not-done-E-0818 = It is not certain that all members will be reached. See to their contact data, or confirm that it is sent all the same.
not-done-E-0819 = The term still runs. A changed text, the certificate of consensus and the launch come after it.
not-done-E-0820 = A round with the same text needs its reason, in both languages.
not-done-E-0821 = The rules allow no further round. The matter can be referred to the next meeting or withdrawn.
not-done-E-0822 = No round has been opened yet.
not-done-E-0823 = The term cannot be extended: the rules do not allow it, it was extended already, or it is over.
not-done-E-0824 = The round cannot close early: the rules do not allow it, the term is over, or some member has not answered, proposes a change, asks for time or objects.
not-done-E-0825 = That country is not asked for an answer here.
not-done-E-0826 = The term is over. Until the launch only an objection is taken, or its withdrawal, without a change, a request for time or a new comment.
not-done-E-0827 = Other answers of that country stand than those that were on your page. Open the page again and repeat the answer.
not-done-E-0856 = The page was out of date: since it was opened another round was opened, or another text put forward. Open it again and read what stands.
not-done-E-0828 = That answer stands already.
not-done-E-0829 = Words are needed: a reservation, a statement and a proposed change come with theirs.
not-done-E-0830 = The words are too long: 4000 characters at most.
not-done-E-0831 = An answer that proposes a change has 1 to 200 changes, each to a paragraph of the text or to the whole; other answers have none.
not-done-E-0832 = That answer, or that change, is not in this round.
not-done-E-0833 = That is no objection that came after the close.
not-done-E-0834 = There is no consensus on this text. What stands against it is shown below.
not-done-E-0835 = The consensus has to be certified before the action is launched.
not-done-E-0836 = The consensus is certified already.
not-done-E-0837 = That is on record already.
not-done-E-0838 = A comment goes to a paragraph of the text or to the whole, with at most 200 to an answer.
not-done-E-0839 = This result is not made public: it is a matter of the closed door, the members were not consulted, or the rules do not foresee it.
not-done-paper-without-note = A paper came, but not the note that it is: name its number. Nothing was recorded.
not-done-file-empty = The file is empty. Nothing was recorded.
not-done-file-bad-name = The name of the file cannot be used; change it. Nothing was recorded.
not-done-file-unknown-type = Files of that kind are not taken. Nothing was recorded.
not-done-file-extension-disagrees = What is in the file is not of the kind that its name says. Nothing was recorded.
not-done-file-not-utf8 = The text of the file is not in UTF-8. Nothing was recorded.
not-done-file-malformed = The file is damaged. Nothing was recorded.
not-done-file-two-kinds = The file is of two kinds at once. Nothing was recorded.
not-done-file-macros = The file holds macros. Save it without them. Nothing was recorded.
not-done-file-embedded-object = The file holds an embedded object that is not taken. Nothing was recorded.
not-done-file-external-template = The file takes its template from elsewhere. Nothing was recorded.
not-done-file-external-content = The file takes content from elsewhere. Nothing was recorded.
not-done-file-encrypted = The file is encrypted or protected by a password. Send it without. Nothing was recorded.
not-done-file-active-pdf = The PDF holds actions, forms or attached files. Save it as a plain PDF. Nothing was recorded.
not-done-file-scanned = The PDF is a scanned picture without text. Nothing was recorded.
not-done-file-zip-bomb = The file unpacks to more than is taken. Nothing was recorded.
not-done-file-formula = The table holds formulas. Nothing was recorded.
not-done-file-attachments = The message carries a part that is not taken. Nothing was recorded.
not-done-file-infected = The file holds what is known to be malicious. Nothing was recorded.

## Meetings from the seat

inside-meetings = Meetings
gatherings-title = Meetings from your seat
gatherings-lead = Of each meeting, the sessions that this seat may be in.
gatherings-none = This seat takes part in no meeting on record.
gathering-public = What is published on this meeting
gathering-items = Minimum items of the agenda
not-done-E-0412 = The last day is after the meeting to which the seat belongs.
