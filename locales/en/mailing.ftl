mailing-title = Letters of the round
mailing-before = Once the round is opened, the letter goes to each of these people, one by one, ten minutes later.
mailing-until = The letters go out from { $at } on. Until then they can be stopped.
mailing-stopped = The letters that had not gone out were stopped on { $at }. The round stays open and its term runs.
mailing-gone = The letters of the round wait no longer.
mailing-informal-title = Letters of the consultation
mailing-informal-stopped = The letters that had not gone out were stopped on { $at }. The consultation stays open on the site.
mailing-informal-gone = The letters of the consultation wait no longer.
mailing-closed = Sending is closed: nothing goes out until the Technical Secretariat opens it.
mailing-send-now = Send now
mailing-stop = Stop these letters
mailing-test-copy = Send me a test copy
mailing-test-copy-stands = Last test copy: { $state }, { $at }
mailing-no-address = no mail address: receives no letter
mailing-list = { $count ->
    [one] One person
   *[other] { $count } people
}
letter-stopped = Stopped
letter-none = No letter
daily-title = Letters
daily-lead = What has a deadline, and what you ask for, is always sent at once.
daily-legend = What has no deadline
daily-no = Each letter by itself, at once
daily-yes = In one letter a day, at 7:00 in your time zone
daily-go = Save
not-done-no-letters = This site sends no letters.
not-done-nothing-waits = None of these letters is to be sent any more.
not-done-no-own-address = Your mail address is not known: add it in your account.
not-done-not-now = As the consultation stands now, that cannot be done.
