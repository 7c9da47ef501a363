//! An informal consultation lived through over the real program: opened, answered from seats, entered on a note, closed; and what
//! those see who take no part.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod served;

use served::{Answer, Offer, Served, Visit, between, seat, send};

const NEW: &str = "/en/informal-consultations/new";

struct Cast<'a> {
    site: &'a Served,
    offers: Vec<Offer>,
}

impl<'a> Cast<'a> {
    fn of(site: &'a Served) -> Self {
        let offers = site.offers("/en/take-a-seat");
        Self { site, offers }
    }

    fn seat(&self, party: &str, class: &str) -> Visit<'a> {
        self.site.take(&seat(&self.offers, party, class))
    }

    fn speaker(&self, party: &str) -> Visit<'a> {
        self.seat(party, "Designated speaker")
    }
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, 303, "{}", answer.body);
}

fn refused(answer: &Answer, says: &str) {
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains(says), "{says}: {}", answer.body);
}

fn form(kind: &str, matter: &str, more: &str) -> String {
    format!(
        "kind={kind}&topic_es=Fecha+del+taller&topic_en=Date+of+the+seminar&text_es=Uno.&text_en=One.&matter={matter}{more}"
    )
}

/// The secret address of one's own calendar, as a path.
fn feed(visit: &Visit<'_>) -> String {
    let made = visit.post("/en/deadlines", "do=make").body;
    format!("/en/deadlines/{}", between(&made, "/en/deadlines/", "<"))
}

/// What is seen of a country on the board.
fn row(page: &str, party: &str) -> String {
    let from = page
        .find(&format!("<dt>{party}</dt>"))
        .unwrap_or_else(|| panic!("{party}: {page}"));
    let rest = &page[from..];
    rest[..rest.find("</dd>").unwrap()].to_owned()
}

/// Whose answers are not shown.
fn unseen(page: &str) -> String {
    between(page, "whose answer is not shown: ", "</p>")
}

/// A state's answer, in the place of the one that it saw standing.
fn answer(visit: &Visit<'_>, path: &str, fields: &str) -> Answer {
    let page = visit.get(path).body;
    let seen = page.split("name=\"seen\" value=\"").nth(1);
    let seen = seen.map_or("", |rest| rest.split('"').next().unwrap());
    visit.post(path, &format!("do=answer&seen={}{fields}", seen.trim()))
}

#[test]
fn an_informal_consultation_is_opened_answered_and_closed() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let (guatemala, assistant) = (
        cast.speaker("Guatemala"),
        cast.seat("Secretariat", "Assistant"),
    );

    // The Presidency asks; what is not settled in writing is not asked here either, and nothing is ordinary unsaid.
    let page = presidency.get(NEW).body;
    assert!(page.contains("decides nothing"), "{page}");
    assert!(!page.contains("ask_dominican-republic"), "{page}");
    refused(
        &presidency.post(NEW, &form("", "ordinary", "")),
        "asked for",
    );
    refused(
        &presidency.post(NEW, &form("comments", "", "")),
        "kind of matter",
    );
    refused(
        &presidency.post(NEW, &form("nominations", "observers", "")),
        "not settled in writing",
    );
    refused(
        &presidency.post(NEW, &form("comments", "closed_door", "")),
        "mandate",
    );
    refused(
        &presidency.post(NEW, &form("comments", "ordinary", "&asked=these")),
        "No country was chosen",
    );
    refused(
        &presidency.post(NEW, &form("comments", "ordinary", "&helpful_by=2011-10-01")),
        "is past",
    );
    for (kind, days, says) in [
        ("save_the_date", "", "says which date it asks about"),
        ("save_the_date", "&first=2011-10-01", "asked about is past"),
        (
            "save_the_date",
            "&first=2011-11-29&last=2011-11-28",
            "before the first one",
        ),
        (
            "save_the_date",
            "&first=2011-11-29&last=2011-12-30",
            "too many days",
        ),
        ("comments", "&first=2011-11-29", "Only a save the date"),
    ] {
        refused(&presidency.post(NEW, &form(kind, "ordinary", days)), says);
    }
    let by = "&asked=all&first=2011-11-29&last=2011-11-30&helpful_by=2011-10-28&readers=members";
    let made = presidency.post(NEW, &form("save_the_date", "ordinary", by));
    done(&made);
    let path = &made.to().to_owned();

    // It stands in the list of all, in its own section, and on the desk of whoever may answer.
    let list = honduras.get("/en/consultations").body;
    assert!(list.contains(&format!("href=\"{path}\"")), "{list}");
    assert!(honduras.get("/en/desk").body.contains("may answer"));
    let page = honduras.get(path).body;
    for part in [
        "An answer by 28 October 2011 is helpful",
        "no deadline",
        "not the five-working-day written consultation",
        "The date suits",
        "29–30 November 2011",
        "Provisional: still to be confirmed",
    ] {
        assert!(page.contains(part), "{part}: {page}");
    }
    // The days are had for a calendar, as a file and in one's own feed, by whoever sees the page.
    let calendar_feed = feed(&honduras);
    for calendar in [
        honduras.get(&format!("{path}/date.ics")).body,
        site.get(&calendar_feed).body,
    ] {
        for line in [
            format!(
                "UID:informal.{}@127.0.0.1\r\n",
                path.rsplit('/').next().unwrap()
            ),
            "DTSTART;VALUE=DATE:20111129\r\nDTEND;VALUE=DATE:20111201\r\n".to_owned(),
            "SUMMARY:To be confirmed: Date of the seminar\r\n".to_owned(),
            "STATUS:TENTATIVE\r\n".to_owned(),
        ] {
            assert!(calendar.contains(&line), "{line}: {calendar}");
        }
    }
    assert!(
        row(&page, "Honduras").contains("No communication"),
        "{page}"
    );
    assert!(unseen(&page).contains("Guatemala"), "{page}");
    assert!(!unseen(&page).contains("Honduras"), "{page}");
    let board = presidency.get(path).body;
    assert!(board.contains("0 of 10 countries"), "{board}");
    assert!(row(&board, "Honduras").contains("Page opened"), "{board}");
    assert!(row(&board, "Canada").contains("Page not opened"), "{board}");

    // A focal point may answer, by whatever way it signed in; nobody answers for another, with a choice of another kind, or with nothing.
    let named = "seat=focal-point&person=new&name=Figurada+Nueva&branch=interior";
    let named = honduras.post("/en/people/honduras/new", named).body;
    let link = format!("/en/sign-in/{}", between(&named, "/en/sign-in/", "<"));
    let focal = Visit {
        site: &site,
        cookie: site.ask("POST", &link, "", "").cookie().unwrap(),
    };
    // A page that is open learns that it is no longer as it was drawn, and of nothing that its seat does not see.
    let mark = |visit: &Visit<'_>| visit.get(&format!("{path}/live")).body;
    let (own, others, board) = (mark(&honduras), mark(&guatemala), mark(&presidency));
    assert!(own.starts_with("retry: 5000\ndata: "), "{own}");
    assert_eq!(own, mark(&honduras));
    refused(&focal.post(path, "do=answer"), "choose, or write");
    refused(
        &focal.post(path, "do=answer&function=Direcci%C3%B3n"),
        "does not go with",
    );
    refused(
        &focal.post(path, "do=answer&choice=suits&party=guatemala"),
        "from your seat",
    );
    refused(
        &presidency.post(path, "do=answer&choice=suits"),
        "not asked",
    );
    done(&answer(
        &focal,
        path,
        "&choice=does_not_suit&words=Hay+feriado",
    ));
    assert_ne!(own, mark(&honduras));
    assert_ne!(board, mark(&presidency));
    assert_eq!(others, mark(&guatemala));
    // The speaker's page did not have that yet: it is seen first, and then changed.
    refused(
        &honduras.post(path, "do=answer&choice=suits"),
        "another answer",
    );
    refused(
        &answer(&honduras, path, "&choice=does_not_suit&words=Hay+feriado"),
        "on record already",
    );
    done(&answer(&honduras, path, "&choice=suits"));
    let page = honduras.get(path).body;
    assert!(row(&page, "Honduras").contains("The date suits"), "{page}");
    assert!(!page.contains("Hay feriado"), "{page}");

    // Who has answered sees the others, who has not does not.
    assert!(row(&page, "Guatemala").contains("No communication"));
    assert!(unseen(&guatemala.get(path).body).contains("Honduras"));

    // The Secretariat enters what came by telephone, with the proof; the country may change it.
    let entered = "do=answer&party=guatemala&choice=suits&by=telephone&on=2011-10-14";
    refused(&assistant.post(path, entered), "from your seat");
    // What proves it can lie with it: read by the country and by whoever sees all.
    let fields = [
        ("do", "answer"),
        ("party", "guatemala"),
        ("choice", "suits"),
        ("by", "telephone"),
        ("on", "2011-10-14"),
        ("reference", "Llamada 7"),
    ];
    const MINUTE: &str = "Minuta de la llamada 7.";
    done(&send(&assistant, path, &fields, "minuta.txt", MINUTE));
    let page = guatemala.get(path).body;
    let filed = format!("/en/files/{}", between(&page, "href=\"/en/files/", "\""));
    for visit in [&guatemala, &presidency, &assistant] {
        assert_eq!(visit.get(&filed).body, MINUTE);
    }
    assert_eq!(honduras.get(&filed).status, 404);
    assert!(!honduras.get(path).body.contains("/en/files/"));
    refused(
        &assistant.post(path, &format!("{entered}&reference=Llamada+8")),
        "another answer",
    );
    let page = guatemala.get(path).body;
    assert!(row(&page, "Guatemala").contains("Llamada 7"), "{page}");
    assert!(row(&page, "Honduras").contains("The date suits"), "{page}");
    done(&answer(&guatemala, path, "&choice=suits&words=Con+gusto"));

    // Nobody but the Presidency closes it, or the Secretariat on its note. Nothing follows.
    let close = "do=close&summary_es=Conviene&summary_en=It+suits+all";
    refused(&honduras.post(path, close), "from your seat");
    refused(&assistant.post(path, close), "from your seat");
    refused(
        &presidency.post(path, "do=close&summary_es=Conviene"),
        "English",
    );
    let canada = cast.speaker("Canada");
    let before = mark(&canada);
    done(&assistant.post(path, &format!("{close}&note=Nota+PPT-40")));
    assert_ne!(before, mark(&canada));
    refused(
        &answer(&honduras, path, "&choice=does_not_suit"),
        "is closed",
    );
    refused(&presidency.post(path, close), "is closed");
    // What is closed asks about no day any more.
    let page = honduras.get(path).body;
    assert!(page.contains("29–30 November 2011"), "{page}");
    assert!(!page.contains("date.ics"), "{page}");
    assert_eq!(honduras.get(&format!("{path}/date.ics")).status, 404);
    let calendar = site.get(&calendar_feed);
    assert_eq!(calendar.status, 200);
    assert!(calendar.body.contains("BEGIN:VCALENDAR"));
    assert!(!calendar.body.contains("Date of the seminar"));
    let page = canada.get(path).body;
    assert!(page.contains("It suits all"), "{page}");
    assert!(row(&page, "Guatemala").contains("Con gusto"), "{page}");
    assert!(row(&page, "Mexico").contains("No communication"), "{page}");
    assert!(!page.contains("name=\"do\""), "{page}");
    let spanish = path.replace("/en/informal-consultations/", "/es/consultas-informales/");
    let page = honduras.get(&spanish).body;
    assert!(page.contains("Sin comunicación"), "{page}");
    assert!(!page.contains('⟦'), "{page}");
}

/// The section of the letters of a consultation.
fn mailing(visit: &Visit<'_>, path: &str) -> String {
    between(&visit.get(path).body, "id=\"mailing\"", "</section>")
}

#[test]
fn the_letters_that_ask_are_listed_tried_stopped_and_sent() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let assistant = cast.seat("Secretariat", "Assistant");
    let asked = "&asked=these&ask_honduras=yes&ask_panama=yes";
    let made = presidency.post(NEW, &form("comments", "ordinary", asked));
    done(&made);
    let path = &made.to().to_owned();
    let held = mailing(&presidency, path);
    for part in [
        "Letters of the consultation",
        "Send now",
        "Stop these letters",
        "Send me a test copy",
        "The letters go out from",
        "@honduras.example",
        "@panama.example",
        "Designated speaker",
    ] {
        assert!(held.contains(part), "{part}: {held}");
    }
    assert!(!held.contains("@guatemala.example"), "{held}");
    assert!(!held.contains("round"), "{held}");
    // Nobody else has the addresses, nor a say.
    let page = honduras.get(path).body;
    assert!(
        !page.contains("id=\"mailing\"") && !page.contains('@'),
        "{page}"
    );
    assert!(!row(&page, "Honduras").contains("Letter"), "{page}");
    for what in ["do=stop-letters", "do=send-now", "do=test-copy"] {
        refused(&honduras.post(path, what), "from your seat");
    }
    done(&presidency.post(path, "do=test-copy"));
    assert!(mailing(&presidency, path).contains("Last test copy"));
    done(&assistant.post(path, "do=stop-letters"));
    let stopped = mailing(&presidency, path);
    assert!(stopped.contains("were stopped"), "{stopped}");
    assert!(!stopped.contains("<b>Sent</b>") && !stopped.contains("Stop these"));
    let board = presidency.get(path).body;
    assert!(row(&board, "Panama").contains("Letter stopped"), "{board}");
    done(&presidency.post(path, "do=send-now"));
    for _ in 0..100 {
        let page = mailing(&presidency, path);
        if !page.contains("<b>To be sent</b>") && page.contains("<b>Sent</b>") {
            refused(
                &presidency.post(path, "do=stop-letters"),
                "to be sent any more",
            );
            refused(&presidency.post(path, "do=test-copy"), "stands now");
            let board = assistant.get(path).body;
            assert!(row(&board, "Panama").contains("Letter sent"), "{board}");
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    panic!("the letters did not go: {}", mailing(&presidency, path));
}

#[test]
fn some_are_asked_for_nominations_that_the_presidency_alone_reads() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let asked = "&asked=these&ask_honduras=yes&ask_panama=yes&readers=presidency";
    let made = presidency.post(NEW, &form("nominations", "ordinary", asked));
    done(&made);
    let path = &made.to().to_owned();
    let nominates = "&function=Instituto+Nacional+de+Migraci%C3%B3n";
    refused(
        &answer(&honduras, path, "&choice=suits"),
        "does not go with",
    );
    done(&answer(&honduras, path, nominates));
    let page = honduras.get(path).body;
    assert!(
        row(&page, "Honduras").contains("Nominates: Instituto"),
        "{page}"
    );
    assert!(unseen(&page).contains("Panama"), "{page}");
    let board = presidency.get(path).body;
    assert!(board.contains("1 of 2 countries"), "{board}");
    assert!(row(&board, "Honduras").contains("Nominates"), "{board}");

    // A member that was not asked sees of whom it is asked what, and does not answer; nor does it see who answered, ever.
    let guatemala = cast.speaker("Guatemala");
    let close = "do=close&summary_es=Dos&summary_en=Two+nominations";
    for closed in [false, true] {
        let page = guatemala.get(path).body;
        assert!(!page.contains("<dt>Guatemala</dt>"), "{page}");
        assert!(unseen(&page).contains("Honduras"), "{page}");
        assert!(!page.contains("Instituto"), "{page}");
        assert_eq!(page.contains("Two nominations"), closed, "{page}");
        if !closed {
            refused(
                &guatemala.post(path, &format!("do=answer{nominates}")),
                "not asked",
            );
            done(&presidency.post(path, close));
        }
    }
}

/// What is of the closed door is not told to a program of others, and a date that one was not asked about is none to keep free.
#[test]
fn a_calendar_holds_what_its_seat_is_asked_and_no_topic_of_the_closed_door() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let asked = "&mandate=Decisi%C3%B3n+9&first=2011-11-29&asked=these&ask_honduras=yes";
    let made = presidency.post(NEW, &form("save_the_date", "closed_door", asked));
    done(&made);
    let file = format!("{}/date.ics", made.to());
    let file = honduras.get(&file).body;
    assert!(
        file.contains("SUMMARY:To be confirmed: date asked about\r\n"),
        "{file}"
    );
    assert!(!file.contains("seminar"), "{file}");
    let dated = |visit: &Visit<'_>| {
        let calendar = site.get(&feed(visit)).body;
        assert!(!calendar.contains("seminar"), "{calendar}");
        calendar.contains("VALUE=DATE:20111129")
    };
    assert!(dated(&honduras));
    assert!(dated(&presidency));
    assert!(!dated(&cast.speaker("Guatemala")));
    // Another kind asks about no day, and has no file.
    let made = presidency.post(NEW, &form("comments", "ordinary", ""));
    let file = honduras.get(&format!("{}/date.ics", made.to()));
    assert_eq!(file.status, 404);
}

#[test]
fn who_takes_no_part_finds_no_informal_consultation() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let presidency = cast.speaker("Dominican Republic");
    let dated = "&first=2011-11-29";
    let made = presidency.post(NEW, &form("save_the_date", "ordinary", dated));
    done(&made);
    let path = made.to();
    let members = between(
        &presidency.get(NEW).body,
        "Choose countries</legend>",
        "</fieldset>",
    );
    for offer in &cast.offers {
        let visit = site.take(&offer.filled);
        let takes_part = offer.party == "Dominican Republic"
            || members.contains(&format!("<span>{}</span>", offer.party))
            || ["Coordinator", "Assistant"]
                .iter()
                .any(|name| offer.seat.starts_with(name));
        let expected = if takes_part { 200 } else { 404 };
        assert_eq!(visit.get(path).status, expected, "{offer:?}");
        let listed = visit.get("/en/consultations").body;
        assert_eq!(
            listed.contains("Date of the seminar"),
            takes_part,
            "{offer:?}"
        );
        if !takes_part {
            let said = visit.post(path, "do=answer&words=Yes");
            assert_eq!(said.status, 404, "{offer:?}");
            assert_eq!(visit.get(NEW).status, 404, "{offer:?}");
            for file in ["live", "date.ics"] {
                let file = visit.get(&format!("{path}/{file}"));
                assert_eq!(file.status, 404, "{offer:?}");
            }
        }
    }
    // The public reads nothing of it anywhere.
    for public in ["/en/register", "/en", "/en/consultations", path, NEW] {
        let answer = site.get(public);
        assert!(!answer.body.contains("Date of the seminar"), "{public}");
        assert!(!answer.body.contains("InformalOpened"), "{public}");
    }
}
