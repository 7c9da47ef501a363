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
not-done-partys-own = That person has come in before: their own party makes the new link. Nothing was done.
not-done-unavailable = The register did not answer. Nothing was lost; try again in a moment.
not-done-moment = That instant does not exist in the zone given, or exists twice. Write another.
not-done-E-0402 = The party has no such seat, or no longer takes part.
not-done-E-0403 = The seat asks for more: branch, purpose, meeting, day or note.
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
letter-waiting = To be sent
letter-sent = Sent
letter-returned = Came back
letter-dropped = No longer needed
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
