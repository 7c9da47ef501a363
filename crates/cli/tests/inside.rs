//! What is behind the door, over the real program: the way in, what each seat sees and does not, and forms from elsewhere.
//! The matrix of the policies says what has to be seen; nothing more and nothing less is.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

mod served;

use served::{Answer, Served, Visit, between, seat};

fn hrefs<'a>(page: &'a str, start: &str) -> BTreeSet<&'a str> {
    let links = page
        .split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    links.filter(|link| link.starts_with(start)).collect()
}

const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../rules/rcm-2011");

/// Which classes of seat may read the people of which kinds of party, of another party and of their own.
fn readers() -> BTreeMap<(String, String), [bool; 2]> {
    let matrix = std::fs::read_to_string(format!("{RULES}/matrix.csv")).unwrap();
    let mut readers: BTreeMap<(String, String), [bool; 2]> = BTreeMap::new();
    for line in matrix.lines() {
        let cells: Vec<&str> = line.split(',').collect();
        let (Some(kind), "read") = (cells[3].strip_prefix("people: "), cells[2]) else {
            continue;
        };
        let may = cells[4].starts_with("may");
        let answers = readers
            .entry((cells[0].to_owned(), kind.to_owned()))
            .or_insert([may, may]);
        // A relation has a row where it changes an answer; it stands behind the plain one.
        if cells[1] == "own" {
            answers[1] = may;
        }
    }
    readers
}

/// Each class of seat by its English name, with its kind.
fn classes() -> BTreeMap<String, (String, String)> {
    let text = std::fs::read_to_string(format!("{RULES}/seats.toml")).unwrap();
    let value = |block: &str, key: &str| between(block, &format!("{key} = \""), "\"");
    let blocks = text.split("[[seat]]").skip(1);
    blocks
        .map(|block| {
            (
                value(block, "en"),
                (value(block, "id"), value(block, "kind")),
            )
        })
        .collect()
}

#[test]
fn every_seat_sees_the_people_that_the_policies_give_it_and_no_others() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let (classes, readers) = (classes(), readers());
    // The secretariat sees all parties: from it come their addresses.
    let coordinator = site.take(&seat(&offers, "Secretariat", "Coordinator"));
    let all = coordinator.get("/en/people").body;
    let parties: Vec<(String, String)> = all
        .split("<a href=\"/en/people/")
        .skip(1)
        .map(|rest| {
            let (id, rest) = rest.split_once('"').unwrap();
            (id.to_owned(), between(rest, ">", "</a>"))
        })
        .collect();
    assert!(parties.len() > 25, "{parties:?}");
    let mut walked = BTreeSet::new();
    for offer in &offers {
        let name = offer.seat.split(": ").next().unwrap();
        let (class, kind) = &classes[name];
        // One of each class, of each kind of party.
        if !walked.insert(class) {
            continue;
        }
        let visit = site.take(&offer.filled);
        let list = visit.get("/en/people").body;
        for (id, label) in &parties {
            let other = offers.iter().find(|other| other.party == *label);
            let of_kind = other.map_or(id.as_str(), |other| {
                &classes[other.seat.split(": ").next().unwrap()].1
            });
            let own = usize::from(*label == offer.party);
            let expected = readers[&(class.clone(), of_kind.to_owned())][own];
            let page = visit.get(&format!("/en/people/{id}"));
            let seen = page.status == 200;
            assert_eq!(
                seen, expected,
                "{class} ({kind}) at the people of {id} ({of_kind})"
            );
            assert_eq!(
                list.contains(&format!("\"/en/people/{id}\"")),
                expected,
                "{class}: {id}"
            );
            if !seen {
                assert_eq!(page.status, 404);
                for hidden in offers.iter().filter(|hidden| hidden.party == *label) {
                    assert!(!page.body.contains(&hidden.person), "{class}: {id}");
                }
            }
        }
    }
    assert!(walked.len() >= 18, "{walked:?}");
}

#[test]
fn whoever_is_not_signed_in_is_led_to_the_door() {
    let site = Served::demo();
    for (es, en) in [
        ("/es/escritorio", "/en/desk"),
        ("/es/personas", "/en/people"),
        ("/es/personas/honduras", "/en/people/honduras"),
        ("/es/personas/honduras/nuevo", "/en/people/honduras/new"),
        ("/es/traspaso", "/en/hand-over"),
        ("/es/cuenta", "/en/account"),
        ("/es/cuenta/contrasena", "/en/account/password"),
        ("/es/personas/honduras/miradas", "/en/people/honduras/trail"),
        ("/es/cartas", "/en/letters"),
        ("/es/contactos.csv", "/en/contacts.csv"),
        ("/es/contactos.vcf", "/en/contacts.vcf"),
        ("/es/listas/x", "/en/lists/x"),
        ("/es/solicitudes", "/en/applications"),
        ("/es/solicitudes/x", "/en/applications/x"),
        ("/es/archivos/x", "/en/files/x"),
        ("/es/derechos", "/en/rights"),
        ("/es/bienvenida", "/en/welcome"),
        ("/es/traspaso/expediente", "/en/hand-over/dossier"),
        ("/es/consola", "/en/console"),
        ("/es/mis-reuniones", "/en/my-meetings"),
        ("/es/mis-reuniones/vm-2011", "/en/my-meetings/vm-2011"),
    ] {
        for (path, door) in [(es, "/es/entrar"), (en, "/en/sign-in")] {
            for cookie in ["", "Cookie: session=\r\n", "Cookie: session=0000\r\n"] {
                let answer = site.ask("GET", path, cookie, "");
                assert_eq!((answer.status, answer.to()), (303, door), "{path}");
            }
            let answer = site.ask("POST", path, "", "name=x");
            assert_eq!((answer.status, answer.to()), (303, door), "{path}");
        }
    }
    let answer = site.ask("DELETE", "/en/desk", "", "");
    assert_eq!(answer.status, 405);
}

/// A link that never was and one that was used are answered alike.
#[test]
fn a_link_says_nothing_about_who_has_one() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let visit = site.take(&seat(&offers, "Dominican Republic", "Designated speaker"));
    let form = "seat=high-ranking-official&person=new&name=Nobody%20Known&language=en";
    let page = visit.post("/en/people/dominican-republic/new", form);
    assert_eq!(page.status, 200, "{}", page.body);
    let link = format!("/en/sign-in/{}", between(&page.body, "/en/sign-in/", "<"));
    let knocked = site.get(&link);
    assert!(knocked.body.contains("Nobody Known"), "{}", knocked.body);
    assert!(knocked.head.contains("referrer-policy: no-referrer"));
    assert_eq!(site.get(&link).status, 200, "who looks does not use it up");
    let entered = site.ask("POST", &link, "", "");
    assert_eq!((entered.status, entered.to()), (303, "/en/desk"));
    let used = site.get(&link);
    let never = site.get(&format!("/en/sign-in/{}", "0".repeat(64)));
    let nonsense = site.get("/en/sign-in/nonsense");
    assert_eq!(
        (used.status, never.status, nonsense.status),
        (410, 410, 410)
    );
    let token = link.rsplit('/').next().unwrap();
    let plain = |answer: &Answer, token: &str| answer.body.replace(token, "TOKEN");
    let alike = plain(&used, token);
    assert_eq!(alike, plain(&never, &"0".repeat(64)));
    assert_eq!(alike, plain(&nonsense, "nonsense"));
    let again = site.ask("POST", &link, "", "");
    assert_eq!(again.status, 410);
    // The person sits where they were put, and no further.
    let person = Visit {
        site: &site,
        cookie: entered.cookie().unwrap(),
    };
    let desk = person.get("/en/desk").body;
    assert!(
        desk.contains("High-ranking official, Dominican Republic"),
        "{desk}"
    );
    assert_eq!(person.get("/en/people/dominican-republic/new").status, 404);
    assert_eq!(
        person
            .post("/en/people/dominican-republic/new", form)
            .status,
        404
    );
}

#[test]
fn a_form_from_another_site_is_refused_and_the_cookie_is_strict() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let filled = &offers[0].filled;
    let body = format!("seat={filled}");
    for headers in [
        "Sec-Fetch-Site: cross-site\r\nOrigin: https://elsewhere.example\r\n",
        "Sec-Fetch-Site: same-site\r\n",
        "Origin: https://elsewhere.example\r\n",
        "Origin: null\r\n",
    ] {
        let answer = site.ask("POST", "/en/take-a-seat", headers, &body);
        assert_eq!(answer.status, 403, "{headers}");
        assert_eq!(answer.cookie(), None);
    }
    let answer = site.ask(
        "POST",
        "/en/take-a-seat",
        "Sec-Fetch-Site: same-origin\r\n",
        &body,
    );
    let cookie = answer
        .head
        .lines()
        .find(|line| line.starts_with("set-cookie"))
        .unwrap();
    for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let visit = site.take(filled);
    let desk = visit.get("/en/desk");
    for part in [
        "cache-control: no-store",
        "x-robots-tag: noindex",
        "content-security-policy: default-src 'none'",
    ] {
        assert!(desk.head.contains(part), "{}", desk.head);
    }
    assert!(!desk.head.contains("etag"), "{}", desk.head);
}

#[test]
fn whoever_signs_out_is_out() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let visit = site.take(&offers[0].filled);
    assert_eq!(visit.get("/en/desk").status, 200);
    let left = visit.post("/en/sign-out", "");
    assert!(left.head.contains("Max-Age=0"), "{}", left.head);
    let cleared = "clear-site-data: \"cache\", \"storage\"";
    assert!(left.head.contains(cleared), "{}", left.head);
    assert_eq!(visit.get("/en/desk").status, 303);
}

#[test]
fn a_form_with_faults_says_which_and_keeps_what_was_written() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let visit = site.take(&seat(&offers, "Dominican Republic", "Designated speaker"));
    let path = "/en/people/dominican-republic/new";
    let form = "seat=deputy&person=new&name=&email=not-an-address&until=soon&note=";
    let page = visit.post(path, form);
    assert_eq!(page.status, 422);
    for part in [
        "Write the name",
        "Write an address",
        "Write the whole day",
        "needs the reference of the note",
        "not-an-address",
    ] {
        assert!(page.body.contains(part), "{part}");
    }
    let late = "seat=focal-point&person=new&name=A&branch=interior&until=2001-01-01";
    let page = visit.post(path, late);
    assert_eq!(page.status, 422);
    assert!(
        page.body.contains("The last day is over already."),
        "{}",
        page.body
    );
    let hostile =
        "seat=focal-point&person=new&name=%3Cscript%3Ealert(1)%3C/script%3E&branch=interior";
    let page = visit.post(path, hostile);
    assert_eq!(page.status, 200);
    let people = visit.get("/en/people/dominican-republic").body;
    assert!(!people.contains("<script>alert"), "{people}");
    assert!(people.contains("&#60;script&#62;alert(1)"), "{people}");
}

/// The Presidency hands over: from then on its powers are the other side's, and the one before goes on reading.
#[test]
fn a_hand_over_is_lived_from_both_sides() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let outgoing = site.take(&seat(&offers, "Dominican Republic", "Designated speaker"));
    let incoming = site.take(&seat(&offers, "Panama", "Designated speaker"));
    let bare = site.take(&seat(&offers, "Dominican Republic", "Deputy, without"));
    let observer = site.take(&seat(&offers, "Argentina", "Representative"));
    let presides = "Presidency Pro-Témpore in office</span>";
    assert!(outgoing.get("/en/desk").body.contains(presides));
    assert!(!incoming.get("/en/desk").body.contains(presides));
    let form = "presidency=ppt-2012&at=&zone=America%2FPanama";
    for refused in [&incoming, &bare, &observer] {
        let page = refused.post("/en/hand-over", form);
        assert_eq!(page.status, 422);
        assert!(
            page.body.contains("cannot be done from your seat"),
            "{}",
            page.body
        );
    }
    let wrong = outgoing.post(
        "/en/hand-over",
        "presidency=ppt-2012&zone=America%2FNowhere",
    );
    assert_eq!(wrong.status, 422);
    let done = outgoing.post("/en/hand-over", form);
    assert_eq!((done.status, done.to()), (303, "/en/hand-over"));
    assert!(!outgoing.get("/en/desk").body.contains(presides));
    assert!(incoming.get("/en/desk").body.contains(presides));
    assert_eq!(outgoing.get("/en/people/panama").status, 200);
    let again = outgoing.post("/en/hand-over", form);
    assert_eq!(again.status, 422);
    // Whoever is not signed in reads who presides now, and who did until yesterday.
    let presides = |path: &str| {
        let page = site.get(path).body;
        let facts = page
            .split("Presidency Pro-Témpore")
            .nth(1)
            .unwrap()
            .to_owned();
        let first = |name: &str| facts.find(name).unwrap_or(usize::MAX);
        first("Panama") < first("Dominican Republic")
    };
    assert!(presides("/en"), "{}", site.get("/en").body);
    assert!(
        !presides("/en?on=2011-10-14"),
        "{}",
        site.get("/en?on=2011-10-14").body
    );
    // It is an act, and anybody may see it.
    let register = site.get("/en/register?kind=PresidencyHandedOver").body;
    assert_eq!(
        hrefs(&register, "/en/register/acts/").len(),
        1,
        "{register}"
    );
}

/// Who looked is told to the party that was looked at, and to nobody else; its own people leave no trace.
#[test]
fn a_party_reads_who_looked_at_its_people() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let honduras = site.take(&seat(&offers, "Honduras", "Designated speaker"));
    let panama = site.take(&seat(&offers, "Panama", "Designated speaker"));
    let coordinator = site.take(&seat(&offers, "Secretariat", "Coordinator"));
    let path = "/en/people/honduras";
    assert_eq!(honduras.get(path).status, 200);
    let trail = honduras.get(&format!("{path}/trail"));
    assert_eq!(trail.status, 200);
    assert!(
        trail.body.contains("Nobody of another party"),
        "{}",
        trail.body
    );
    for _ in 0..3 {
        assert_eq!(panama.get(path).status, 200);
    }
    // Also where somebody is named or ended, and not only on the page itself.
    assert_eq!(
        coordinator
            .get(&format!("{path}/new?seat=vice-minister"))
            .status,
        200
    );
    let trail = honduras.get(&format!("{path}/trail")).body;
    let seats = trail.matches("<li><h3>").count();
    assert_eq!(seats, 2, "once a day for each seat: {trail}");
    assert!(
        trail.contains("Designated speaker of a member, Panama"),
        "{trail}"
    );
    for other in [&panama, &coordinator] {
        assert_eq!(other.get(&format!("{path}/trail")).status, 404);
        assert!(!other.get(path).body.contains("/trail"));
    }
    // Another whose name begins alike is another party.
    assert!(
        !panama
            .get("/en/people/panama/trail")
            .body
            .contains("Honduras</h3>")
    );
}

/// Whoever manages the people of a party is told who can see them: as the matrix has it.
#[test]
fn who_can_see_this_is_what_the_matrix_says() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let (classes, readers) = (classes(), readers());
    let speaker = site.take(&seat(&offers, "Honduras", "Designated speaker"));
    let page = speaker.get("/en/people/honduras").body;
    let told = between(&page, "Who can see this</summary>", "</details>");
    for (name, (class, _)) in &classes {
        let line = told
            .split("<li>")
            .find(|line| line.starts_with(name.as_str()));
        let expected = readers
            .get(&(class.clone(), "member".to_owned()))
            .copied()
            .unwrap_or_default();
        let found = line.map_or([false; 2], |line| {
            [!line.contains("of the same party only"), true]
        });
        // A class of another kind of party has no member's people of its own.
        let member = classes[name].1 == "member";
        assert_eq!(found[0], expected[0], "{name}: {told}");
        assert!(!member || found[1] == expected[1], "{name}: {told}");
    }
    let reader = site.take(&seat(&offers, "Dominican Republic", "Deputy, without"));
    let own = reader.get("/en/people/dominican-republic");
    assert_eq!(own.status, 200);
    assert!(!own.body.contains("Who can see this</summary>"));
}

/// Who may see the letters is what the matrix says; a demonstration sends none.
#[test]
fn letters_are_nobodys_but_whose_the_matrix_says() {
    let matrix = std::fs::read_to_string(format!("{RULES}/matrix.csv")).unwrap();
    let may = |class: &str, action: &str| {
        let start = format!("{class},,{action},outbox,may");
        matrix.lines().any(|line| line.starts_with(&start))
    };
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let classes = classes();
    let mut seen = 0;
    for offer in &offers {
        let (class, _) = &classes[offer.seat.split(": ").next().unwrap()];
        let visit = site.take(&offer.filled);
        let page = visit.get("/en/letters");
        assert_eq!(page.status == 200, may(class, "read"), "{class}");
        let way = visit.get("/en/desk").body.contains("\"/en/letters\"");
        assert_eq!(way, may(class, "read"), "{class}");
        let sent = visit.post("/en/letters", "open=yes").status;
        assert_eq!(sent == 303, may(class, "manage"), "{class}");
        if page.status == 200 {
            // To whom and about what, and no address.
            assert!(page.body.contains("Consultation: round opened"));
            assert!(!page.body.contains("@"), "{}", page.body);
            let topic = "Date and venue of a workshop";
            let sees = visit.get("/en/consultations").body.contains(topic);
            assert_eq!(page.body.contains(topic), sees, "{class}");
            assert!(page.body.contains(", Honduras</p>"), "{}", page.body);
            seen += 1;
        } else {
            assert_eq!((page.status, sent), (404, 404));
        }
    }
    assert_eq!(seen, 3, "of {}", offers.len());
}

/// The secretariat repairs on a note, and lets nobody in as somebody else.
#[test]
fn the_secretariat_fills_a_countrys_seat_on_a_note_only() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let assistant = site.take(&seat(&offers, "Secretariat", "Assistant"));
    let path = "/en/people/honduras/new";
    let form = "seat=vice-minister&person=new&name=Somebody&language=es";
    let bare = assistant.post(path, form);
    assert_eq!(bare.status, 422);
    assert!(
        bare.body.contains("cannot be done from your seat"),
        "{}",
        bare.body
    );
    let noted = assistant.post(path, &format!("{form}&note=Nota%207"));
    assert_eq!(noted.status, 200);
    // Its own seats are the Coordinator's to fill.
    let own = assistant.get("/en/people/secretariat/new");
    assert_eq!(own.status, 404);
    let speaker = seat(&offers, "Honduras", "Designated speaker");
    let first = assistant.post(&format!("/en/seats/{speaker}/invitation"), "");
    assert_eq!(first.status, 200, "nobody came in from this seat yet");
    let visit = site.take(&speaker);
    assert_eq!(visit.get("/en/desk").status, 200);
    let refused = assistant.post(&format!("/en/seats/{speaker}/invitation"), "");
    assert_eq!(refused.status, 403);
    let other = seat(&offers, "Panama", "Designated speaker");
    assert_eq!(visit.get(&format!("/en/seats/{other}/vacate")).status, 404);
    assert_eq!(
        visit
            .post(&format!("/en/seats/{other}/vacate"), "note=x")
            .status,
        404
    );
}

/// Whoever sat there when the form was drawn is replaced, and nobody who came since.
#[test]
fn a_seat_for_one_is_taken_from_whom_the_form_named() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let visit = site.take(&seat(&offers, "Dominican Republic", "Designated speaker"));
    let path = "/en/people/dominican-republic/new";
    let drawn = visit.get(&format!("{path}?seat=immigration-director")).body;
    assert!(drawn.contains("who leaves it with this act"), "{drawn}");
    let replaces = between(&drawn, "name=\"replaces\" value=\"", "\"");
    let form = |name: &str| {
        format!("seat=immigration-director&person=new&name={name}&replaces={replaces}")
    };
    assert_eq!(visit.post(path, &form("First")).status, 200);
    let late = visit.post(path, &form("Second"));
    assert_eq!(late.status, 422);
    assert!(
        late.body.contains("Somebody else holds this seat."),
        "{}",
        late.body
    );
    let people = visit.get("/en/people/dominican-republic").body;
    assert!(
        people.contains("<b>First</b>") && !people.contains("<b>Second</b>"),
        "{people}"
    );
}

#[test]
fn init_prints_the_way_into_the_first_seat_and_invite_another() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_comity"))
            .args(arguments)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let printed = run(&["init", "--data", data]);
    let first = format!("/en/sign-in/{}", between(&printed, "/en/sign-in/", "\n"));
    let printed = run(&["invite", "--data", data]);
    let second = format!("/en/sign-in/{}", between(&printed, "/en/sign-in/", "\n"));
    let site = Served::start(&["serve", "--data", data]);
    // Also beside a program that serves.
    let printed = run(&["invite", "--data", data]);
    let third = format!("/en/sign-in/{}", between(&printed, "/en/sign-in/", "\n"));
    assert_eq!(site.get(&second).status, 410);
    let second = third;
    assert_eq!(site.get(&first).status, 410, "the one before works no more");
    assert_eq!(
        site.get("/en/take-a-seat").status,
        404,
        "only a demonstration has it"
    );
    let entered = site.ask("POST", &second, "", "");
    assert_eq!((entered.status, entered.to()), (303, "/en/desk"));
    let visit = Visit {
        site: &site,
        cookie: entered.cookie().unwrap(),
    };
    let desk = visit.get("/en/desk").body;
    assert!(
        desk.contains("Coordinator of the Technical Secretariat"),
        "{desk}"
    );
    let confirmed = visit.post(
        "/en/account",
        "name=Ana+L%C3%B3pez&email=ana%40st.example&language=es&zone=America%2FCosta_Rica",
    );
    assert_eq!((confirmed.status, confirmed.to()), (303, "/en/account"));
    assert!(visit.get("/en/account").body.contains("Ana López"));
}
