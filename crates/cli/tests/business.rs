//! The business of the Presidency and of applications, over the real program: who sees and does it, and who finds nothing
//! there. What must be seen stands in the matrix of the policies.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::collections::BTreeMap;

mod served;

use served::{Answer, Offer, Served, Visit, between, seat, send};

const MATRIX: &str = include_str!("../../../rules/rcm-2011/matrix.csv");

/// Which classes of seat may read a thing: by the plain row, or by that of their party's place in the Troika.
fn readers(thing: &str) -> BTreeMap<String, [bool; 4]> {
    let mut readers = BTreeMap::new();
    for line in MATRIX.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        if cells.len() == 8 && cells[1].is_empty() && cells[2] == "read" && cells[3] == thing {
            let may = |answer: &str| answer.starts_with("may");
            let by = |column: usize| {
                if cells[column].is_empty() {
                    may(cells[4])
                } else {
                    may(cells[column])
                }
            };
            readers.insert(cells[0].to_owned(), [may(cells[4]), by(5), by(6), by(7)]);
        }
    }
    assert!(readers.len() > 15, "{thing}: {readers:?}");
    readers
}

/// The class of a seat by the name under which the demonstration offers it.
fn class(offer: &Offer) -> String {
    let text = include_str!("../../../rules/rcm-2011/seats.toml");
    let name = offer.seat.split(": ").next().unwrap();
    let block = text
        .split("[[seat]]")
        .find(|block| block.contains(&format!("en = \"{name}\"")));
    between(block.unwrap(), "id = \"", "\"")
}

/// The place of a party in the Troika of October 2011: outside, former, current, upcoming.
fn place(party: &str) -> usize {
    match party {
        "Mexico" => 1,
        "Dominican Republic" => 2,
        "Panama" => 3,
        _ => 0,
    }
}

fn speaker<'a>(site: &'a Served, offers: &[Offer], party: &str) -> Visit<'a> {
    site.take(&seat(offers, party, "Designated speaker"))
}

fn refused(answer: &Answer, says: &str) {
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains(says), "{says}: {}", answer.body);
}

/// Every page and file behind the door, as each class of seat: nothing more than the matrix says, and nothing less. What is
/// not for a seat is not there, by the same words as what never was.
#[test]
fn every_page_of_business_is_for_those_whom_the_policies_name() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let assistant = site.take(&seat(&offers, "Secretariat", "Assistant"));
    let apply = "kind=observer_state&es=Atl&en=Atlantis&received=2011-10-01";
    let application = assistant.post("/en/applications", apply).to().to_owned();
    let fields = [
        ("criterion", "criterion-observer-state-2"),
        ("received", "2011-10-02"),
        ("note", "Nota DM-2"),
    ];
    let sent = send(&assistant, &application, &fields, "nota.txt", NOTE);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let page = assistant.get(&application).body;
    let file = format!("/en/files/{}", between(&page, "href=\"/en/files/", "\""));
    let of_applications = "application for observer status";
    for (path, thing) in [
        ("/en/applications", of_applications),
        (application.as_str(), of_applications),
        (file.as_str(), of_applications),
        ("/en/hand-over/dossier", "presidency"),
        ("/en/console", "console"),
        ("/en/letters", "outbox"),
    ] {
        let readers = readers(thing);
        let mut seen = 0;
        for offer in &offers {
            let expected = readers[&class(offer)][place(&offer.party)];
            let visit = site.take(&offer.filled);
            let answer = visit.get(path);
            let found = answer.status == 200;
            assert_eq!(found, expected, "{path}: {offer:?}");
            seen += usize::from(found);
            if !found {
                let nothing = visit.get("/en/applications/nothing");
                let plain = |answer: &Answer, path: &str| answer.body.replace(path, "");
                assert_eq!(answer.status, 404);
                assert_eq!(
                    plain(&answer, &path.replace("/en/", "")).len(),
                    plain(&nothing, "applications/nothing").len(),
                    "{path}: {offer:?}"
                );
            }
        }
        assert!(seen > 0 && seen < offers.len(), "{path}: {seen}");
    }
    // These are for everybody who is in, and say to each what is theirs.
    for offer in offers.iter().step_by(3) {
        let visit = site.take(&offer.filled);
        for path in [
            "/en/desk",
            "/en/people",
            "/en/hand-over",
            "/en/rights",
            "/en/welcome",
            "/en/my-meetings",
            "/en/account",
        ] {
            assert_eq!(visit.get(path).status, 200, "{path}: {offer:?}");
        }
    }
}

#[test]
fn a_candidacy_is_announced_heard_and_put_on_record() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let guatemala = speaker(&site, &offers, "Guatemala");
    let page = guatemala.get("/en/hand-over").body;
    let meeting = between(
        &page,
        "<select id=\"meeting\" name=\"meeting\" required><option value=\"",
        "\"",
    );
    let announce = |party: &str, term: &str| {
        format!("do=announce&party={party}&term={term}&meeting={meeting}")
    };
    // For a term that is agreed, for somebody else.
    refused(
        &guatemala.post("/en/hand-over", &announce("guatemala", "2012")),
        "the members have agreed",
    );
    refused(
        &guatemala.post("/en/hand-over", &announce("nicaragua", "2013")),
        "from your seat",
    );
    let done = guatemala.post("/en/hand-over", &announce("guatemala", "2013"));
    assert_eq!(
        (done.status, done.to()),
        (303, "/en/hand-over"),
        "{}",
        done.body
    );

    // The plenary hears it; civil society has a slot there and no more, and the public was told nothing.
    let heard = |visit: &Visit<'_>| {
        visit
            .get("/en/hand-over")
            .body
            .contains("<h3>Guatemala, 2013</h3>")
    };
    for offer in &offers {
        let expected = ["member", "observer-state", "observer-organization"]
            .iter()
            .any(|kind| readers("session: vm")[&class(offer)][0] && !kind.is_empty());
        let visit = site.take(&offer.filled);
        assert_eq!(heard(&visit), expected, "{offer:?}");
    }
    for path in [
        "/en/register",
        "/en/register?kind=CandidacyAnnounced",
        "/api/v1/acts",
        "/en/presidencies",
    ] {
        let page = site.ask("GET", path, "", "").body;
        // A page says what was asked of it in its own address.
        let asked = path.contains("kind=");
        assert!(asked || !page.contains("Candidacy"), "{path}");
        assert!(!page.contains("Guatemala, 2013"), "{path}");
    }

    // Who presides puts on record what the members agreed, and everybody reads it.
    let act = between(
        &guatemala.get("/en/hand-over").body,
        "name=\"act\" value=\"",
        "\"",
    );
    let designate = format!("do=designate&act={act}&note=Acta%20de%20la%20plenaria");
    refused(
        &guatemala.post("/en/hand-over", &designate),
        "from your seat",
    );
    let chair = speaker(&site, &offers, "Dominican Republic");
    assert!(
        chair
            .get("/en/desk")
            .body
            .contains("Guatemala announced its candidacy")
    );
    let done = chair.post("/en/hand-over", &designate);
    assert_eq!(done.status, 303, "{}", done.body);
    refused(
        &chair.post("/en/hand-over", &designate),
        "does not stand any more",
    );
    assert!(!heard(&chair), "nothing is open for that term");
    for path in ["/en/presidencies", "/es/presidencias"] {
        let page = site.ask("GET", path, "", "").body;
        assert!(
            page.contains("2013") && page.contains("Guatemala"),
            "{path}"
        );
    }

    // The upcoming Presidency chooses its theme; nobody chooses another's.
    let theme = |presidency: &str| {
        format!("do=theme&presidency={presidency}&es=Migraci%C3%B3n%20segura&en=Safe%20migration")
    };
    refused(
        &chair.post("/en/hand-over", &theme("ppt-2012")),
        "from your seat",
    );
    let panama = speaker(&site, &offers, "Panama");
    refused(
        &panama.post("/en/hand-over", "do=theme&presidency=ppt-2012&es=Uno&en="),
        "both languages",
    );
    assert_eq!(panama.post("/en/hand-over", &theme("ppt-2012")).status, 303);
    assert!(
        site.ask("GET", "/en/presidencies", "", "")
            .body
            .contains("Safe migration")
    );
    assert!(
        site.ask("GET", "/es/presidencias", "", "")
            .body
            .contains("Migración segura")
    );
}

#[test]
fn an_application_says_what_was_received_and_never_what_is_met() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let assistant = site.take(&seat(&offers, "Secretariat", "Assistant"));
    let apply = |es: &str, day: &str| {
        format!("kind=observer_state&es={es}&en=Atlantis&received={day}&note=DM-1")
    };
    refused(
        &assistant.post("/en/applications", &apply("", "2011-10-01")),
        "both languages",
    );
    refused(
        &assistant.post("/en/applications", &apply("Atl", "someday")),
        "That is no day",
    );
    refused(
        &assistant.post("/en/applications", &apply("Atl", "2031-10-01")),
        "still to come",
    );
    let done = assistant.post("/en/applications", &apply("Atl%C3%A1ntida", "2011-10-01"));
    assert_eq!(done.status, 303, "{}", done.body);
    let path = done.to().to_owned();
    refused(
        &assistant.post("/en/applications", &apply("Atl%C3%A1ntida", "2011-10-01")),
        "stands already",
    );

    let member = speaker(&site, &offers, "Honduras");
    let page = member.get(&path).body;
    assert_eq!(page.matches("Document pending.").count(), 9, "{page}");
    assert!(page.contains("documents received for 0 of 9 criteria"));
    for word in ["criterion is met", "fulfilled", "eligible", "admitted"] {
        let said = page.matches(word).count();
        // Only in the sentences that say that it is not for the program to say.
        assert!(said <= 1, "{word}: {said}");
    }
    // A member reads and does not keep the file.
    let document = "criterion=criterion-observer-state-1&received=2011-10-02&note=Nota%20DM-2";
    refused(&member.post(&path, document), "from your seat");
    refused(
        &assistant.post(&path, &document.replace("state-1", "organization-1")),
        "no criterion",
    );
    assert_eq!(assistant.post(&path, document).status, 303);
    let page = member.get(&path).body;
    assert!(
        page.contains("documents received for 1 of 9 criteria"),
        "{page}"
    );
    assert!(page.contains("Nota DM-2"));
    let received = between(
        &assistant.get(&path).body,
        "name=\"document\" value=\"",
        "\"",
    );
    let take_out = format!("do=return&document={received}&note=Otra%20solicitud");
    assert_eq!(assistant.post(&path, &take_out).status, 303);
    refused(&assistant.post(&path, &take_out), "not in the file");
    assert!(
        member
            .get(&path)
            .body
            .contains("documents received for 0 of 9 criteria")
    );

    // For whoever may not see applications there is none, nor a trace in what anybody may read.
    let observer = offers
        .iter()
        .find(|offer| class(offer) == "observer-state")
        .unwrap();
    let observer = site.take(&observer.filled);
    for visit_path in [path.as_str(), "/en/applications"] {
        let answer = observer.get(visit_path);
        assert_eq!(answer.status, 404);
        assert!(!answer.body.contains("Atlantis"));
    }
    assert!(!observer.get("/en/desk").body.contains("Atlantis"));
    for path in [
        "/en/register",
        "/api/v1/acts",
        "/en/search?q=Atlantis",
        "/sitemap.xml",
    ] {
        let page = site.ask("GET", path, "", "").body.replace("q=Atlantis", "");
        let asked = page
            .replace("value=\"Atlantis\"", "")
            .replace("“Atlantis”", "");
        assert!(
            !asked.contains("/applications") && !asked.contains("ApplicationReceived"),
            "{path}"
        );
    }
    assert_eq!(assistant.post(&path, "do=withdraw").status, 303);
    refused(&assistant.post(&path, "do=withdraw"), "does not stand");
}

#[test]
fn a_seat_reads_what_it_may_do_and_why_not() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    for (class_of, policy) in [
        ("observer-state", "closed-door-is-for-members"),
        (
            "it-specialist",
            "closed-door-admits-the-secretariat-by-the-presidency",
        ),
        ("focal-point", "closed-door-papers-are-read-by-rank"),
    ] {
        let offer = offers.iter().find(|offer| class(offer) == class_of);
        let Some(offer) = offer else {
            panic!("{class_of}")
        };
        let page = site.take(&offer.filled).get("/en/rights").body;
        let section = between(
            &page,
            "<h2>Paper of the closed-door session</h2>",
            "</section>",
        );
        assert!(section.contains("See: no"), "{class_of}: {section}");
        assert!(section.contains(policy), "{class_of}: {section}");
    }
    let minister = speaker(&site, &offers, "Honduras").get("/es/derechos").body;
    let section = between(
        &minister,
        "<h2>Documento de la sesión a puerta cerrada</h2>",
        "</section>",
    );
    assert!(section.contains("Ver: sí"), "{section}");
    // What is near says which clause did not hold.
    let section = between(&minister, "<h2>Presidencia Pro-Témpore</h2>", "</section>");
    assert!(section.contains("principal.troika"), "{section}");
}

#[test]
fn the_desk_says_what_was_done_since_the_last_visit() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let observer = offers
        .iter()
        .find(|offer| class(offer) == "observer-state")
        .unwrap();
    let first = speaker(&site, &offers, "Honduras").get("/en/desk").body;
    assert!(first.contains("This is your first visit"), "{first}");
    site.take(&observer.filled).get("/en/desk");
    // Looking again in the same visit changes nothing of it.
    let again = speaker(&site, &offers, "Honduras").get("/en/desk").body;
    assert!(
        again.contains("Nothing new of what this seat sees"),
        "{again}"
    );
    let assistant = site.take(&seat(&offers, "Secretariat", "Assistant"));
    let apply = "kind=observer_state&es=Atl&en=Atlantis&received=2011-10-01";
    assert_eq!(assistant.post("/en/applications", apply).status, 303);
    let visit = speaker(&site, &offers, "Honduras");
    for _ in 0..2 {
        let news = visit.get("/en/desk").body;
        assert!(news.contains("Application received: Atlantis"), "{news}");
    }
    let observer = site.take(&observer.filled).get("/en/desk").body;
    assert!(
        observer.contains("Nothing new of what this seat sees"),
        "{observer}"
    );
    assert!(!observer.contains("Atlantis"));
}

#[test]
fn somebody_new_finds_who_is_who_and_what_was_decided_on_their_subject() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let visit = speaker(&site, &offers, "Honduras");
    let page = visit.get("/en/welcome").body;
    let own = offers
        .iter()
        .find(|offer| offer.party == "Honduras")
        .unwrap();
    assert!(page.contains(&own.person), "{page}");
    assert!(page.contains("Dominican Republic") && page.contains("Panama"));
    let subject = between(
        &page,
        "<select id=\"subject\" name=\"subject\"><option value=\"",
        "\"",
    );
    let page = visit.get(&format!("/en/welcome?subject={subject}")).body;
    assert!(page.contains("<h3>Documents on "), "{page}");
    assert!(page.contains("/en/documents/"), "{page}");
    assert_eq!(visit.get("/en/welcome?subject=nothing").status, 200);
    // Civil society sees its own people and nobody else's.
    let network = offers
        .iter()
        .find(|offer| class(offer) == "civil-society")
        .unwrap();
    let page = site.take(&network.filled).get("/en/welcome").body;
    assert!(
        page.contains(&network.person) && !page.contains(&own.person),
        "{page}"
    );
}

const NOTE: &str = "Nota verbal 114, de 3 de octubre de 2011.";

#[test]
fn a_paper_is_looked_at_kept_and_given_to_those_who_see_what_it_is_of() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let assistant = site.take(&seat(&offers, "Secretariat", "Assistant"));
    let apply = "kind=observer_state&es=Atl&en=Atlantis&received=2011-10-01";
    let path = assistant.post("/en/applications", apply).to().to_owned();
    let fields = [
        ("criterion", "criterion-observer-state-2"),
        ("received", "2011-10-02"),
        ("note", "Nota DM-2"),
    ];
    for (name, content, says) in [
        ("nota.txt", "", "The file is empty"),
        ("nota.pdf", NOTE, "not of the kind that its name says"),
        ("nota.html", "<script>alert(1)</script>", "are not taken"),
        ("nota.txt", "<script>alert(1)</script>", "are not taken"),
        (
            "nota.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
            "are not taken",
        ),
        ("tabla.csv", "a,b\n=cmd|'/c calc'!A1,2\n", "holds formulas"),
    ] {
        refused(&send(&assistant, &path, &fields, name, content), says);
    }
    let too_large = "x".repeat(20 * 1024 * 1024 + 1);
    refused(
        &send(&assistant, &path, &fields, "nota.txt", &too_large),
        "larger than 20 MB",
    );
    // Nothing of these was recorded.
    assert!(assistant.get(&path).body.contains("for 0 of 9 criteria"));

    // Whoever may not enter it leaves nothing here.
    let member = speaker(&site, &offers, "Honduras");
    refused(
        &send(&member, &path, &fields, "nota.txt", NOTE),
        "from your seat",
    );
    let done = send(&assistant, &path, &fields, "Nota de Juana Pérez.txt", NOTE);
    assert_eq!(done.status, 303, "{}", done.body);
    let page = member.get(&path).body;
    assert!(
        !page.contains("Juana"),
        "the name of a file may be somebody's: {page}"
    );
    let href = format!("/en/files/{}", between(&page, "href=\"/en/files/", "\""));
    let file = member.get(&href);
    assert_eq!((file.status, file.body.as_str()), (200, NOTE));
    for header in [
        "content-type: text/plain; charset=utf-8",
        "content-disposition: attachment; filename=",
        "x-content-type-options: nosniff",
        "content-security-policy: sandbox; default-src 'none'",
        "cache-control: no-store",
    ] {
        assert!(
            file.head.to_lowercase().contains(header),
            "{header}: {}",
            file.head
        );
    }
    assert!(!file.head.contains("Juana"));
    // For whoever does not see the application there is no such file, nor for anybody by another act.
    for offer in offers
        .iter()
        .filter(|offer| class(offer) == "observer-state" || class(offer) == "focal-point")
    {
        assert_eq!(site.take(&offer.filled).get(&href).status, 404, "{offer:?}");
    }
    let length = between(&page, "TEXT, ", " B");
    assert_eq!(length, NOTE.len().to_string());
    assert_eq!(
        member.get("/en/files/00000000000000000000000000").status,
        404
    );
    assert_eq!(site.ask("GET", &href, "", "").to(), "/en/sign-in");
}

#[test]
fn a_mandate_comes_with_its_note_and_is_read_by_who_manages_the_people() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let honduras = speaker(&site, &offers, "Honduras");
    let path = "/en/people/honduras/new";
    let fields = [
        ("seat", "deputy"),
        ("person", "new"),
        ("name", "Nadie Conocido"),
        ("language", "es"),
        ("note", "Nota 7-2011"),
    ];
    refused(
        &send(&honduras, path, &fields, "mandato.docm", NOTE),
        "are not taken",
    );
    let people = honduras.get("/en/people/honduras").body;
    assert!(!people.contains("Nadie Conocido"), "{people}");
    let done = send(&honduras, path, &fields, "mandato.txt", NOTE);
    assert_eq!(done.status, 200, "{}", done.body);
    let people = honduras.get("/en/people/honduras").body;
    let href = format!("/en/files/{}", between(&people, "href=\"/en/files/", "\""));
    assert_eq!(honduras.get(&href).body, NOTE);
    // The Secretariat repairs on notes, and so reads them; another member sees who sits there, and not the note.
    let assistant = site.take(&seat(&offers, "Secretariat", "Assistant"));
    assert_eq!(assistant.get(&href).body, NOTE);
    let panama = speaker(&site, &offers, "Panama");
    assert!(
        !panama
            .get("/en/people/honduras")
            .body
            .contains("/en/files/")
    );
    assert_eq!(panama.get(&href).status, 404);
}

/// The same meeting as member, observer and public: for the others the closed door does not exist.
#[test]
fn one_meeting_is_shown_to_each_as_far_as_they_may_be_in_it() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let door = "closed";
    let member = speaker(&site, &offers, "Honduras");
    let page = member.get("/en/my-meetings/vm-2011").body;
    assert!(page.contains("<h2>Plenary</h2>"), "{page}");
    assert!(page.contains("Closed-door session"), "{page}");
    let of = |name: &str| {
        let offer = offers.iter().find(|offer| class(offer) == name);
        site.take(&offer.unwrap().filled)
    };
    for name in [
        "observer-state",
        "observer-organization",
        "civil-society",
        "it-specialist",
    ] {
        let page = of(name).get("/en/my-meetings/vm-2011");
        assert_eq!(page.status, 200, "{name}");
        assert!(page.body.contains("<h2>Plenary</h2>"), "{name}");
        let said = page
            .body
            .to_lowercase()
            .replace(&offers[0].seat.to_lowercase(), "");
        assert!(!said.contains(door), "{name}: {}", page.body);
    }
    let public = site.ask("GET", "/en/meetings/vm-2011", "", "");
    assert_eq!(public.status, 200);
    assert!(
        !public.body.to_lowercase().contains(door),
        "{}",
        public.body
    );
    assert_eq!(
        site.ask("GET", "/en/my-meetings/vm-2011", "", "").to(),
        "/en/sign-in"
    );

    // Observer states are not in the consultation group, nor anybody but members in a network.
    let groups: Vec<String> = member
        .get("/en/my-meetings")
        .body
        .split("href=\"/en/my-meetings/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect();
    assert!(groups.len() > 20, "{groups:?}");
    let state = of("observer-state");
    let seen = state.get("/en/my-meetings").body;
    for group in &groups {
        let expected = group.starts_with("vm-");
        let page = state.get(&format!("/en/my-meetings/{group}"));
        assert_eq!(page.status == 200, expected, "{group}");
        assert_eq!(
            seen.contains(&format!("/en/my-meetings/{group}\"")),
            expected,
            "{group}"
        );
    }
}

#[test]
fn the_focal_points_of_a_branch_are_listed_country_by_country() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let focal = offers
        .iter()
        .find(|offer| class(offer) == "focal-point")
        .unwrap();
    let branch = focal.seat.split(": ").nth(1).unwrap();
    let member = speaker(&site, &offers, "Honduras");
    let list = member.get("/en/people").body;
    let href = list.split(&format!("\">{branch}</a>")).next().unwrap();
    let href = href.rsplit("href=\"").next().unwrap().to_owned();
    let page = member.get(&href).body;
    assert!(
        page.contains(&format!("<h2>{}</h2>", focal.party)) && page.contains(&focal.person),
        "{page}"
    );
    assert!(
        !member
            .get("/en/people?branch=nothing")
            .body
            .contains(&focal.person)
    );
    // Who does not see these people does not find them here either.
    let network = offers
        .iter()
        .find(|offer| class(offer) == "civil-society")
        .unwrap();
    assert!(
        !site
            .take(&network.filled)
            .get(&href)
            .body
            .contains(&focal.person)
    );
}
