//! Lists of people over the real program: sent, looked through, mended, taken in, taken back; and the way out.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod served;

use served::{Answer, Served, Visit, between};

/// Takes the first seat of a party whose name begins so.
fn take<'a>(site: &'a Served, party: &str, name: &str) -> Visit<'a> {
    let page = site.ask("GET", "/en/take-a-seat", "", "").body;
    let section = page
        .split("<section>")
        .find(|section| section.contains(&format!("<h2>{party}</h2>")))
        .unwrap();
    let line = section
        .split("<li>")
        .find(|line| line.contains(&format!("<h3>{name}")))
        .unwrap_or_else(|| panic!("{name} of {party}"));
    let form = format!("seat={}", between(line, "name=\"seat\" value=\"", "\""));
    let taken = site.ask("POST", "/en/take-a-seat", "", &form);
    Visit {
        site,
        cookie: taken.cookie().unwrap(),
    }
}

fn send(visit: &Visit<'_>, name: &str, text: &str) -> Answer {
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n{text}\r\n--edge--\r\n"
    );
    let headers = format!(
        "Cookie: {}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: multipart/form-data; boundary=edge\r\n",
        visit.cookie
    );
    visit.site.ask("POST", "/en/lists", &headers, &body)
}

const LIST: &str = "País;Puesto;Nombre;Apellidos;Correo;Ramo de gobierno;Pasaporte\n\
    Honduras;Punto focal;Rosa;Irreal;rosa@ministry.example;;A123456\n\
    Panamá;Vocería designada de un país miembro;Otro;Irreal;otro@ministry.example;;A123457\n\
    Panamá;Director de nada;Luis;Supuesto;luis-at-ministry;;A123458\n\
    Honduras;Punto focal;Rosa;Irreal;ROSA@ministry.example;;A123459\n";

#[test]
fn a_list_is_mended_taken_in_and_taken_back() {
    let site = Served::start(&["demo"]);
    let assistant = take(&site, "Secretariat", "Assistant");
    let sent = send(&assistant, "lista <b>.csv", LIST);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let path = sent.to().to_owned();
    let page = assistant.get(&path);
    assert_eq!(page.status, 200);
    for part in [
        "lista &#60;b&#62;.csv",
        "Not read: by its heading it may hold data",
        "In the sheet: Director de nada",
        "In the sheet: luis-at-ministry",
        "the same person as in row 2",
    ] {
        assert!(page.body.contains(part), "{part}: {}", page.body);
    }
    // What is never taken in stands nowhere, neither here nor in what is kept.
    assert!(!page.body.contains("A12345"), "{}", page.body);
    let branch = between(&page.body, "name=\"fix.2.branch\">", "</select>");
    let branch = branch
        .split("value=\"")
        .nth(2)
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned();
    let fixes = format!(
        "fix.2.branch={branch}&fix.4.seat=consular-head&fix.4.email=luis%40ministry.example&fix.3.branch=&out.99=yes"
    );
    let looked = assistant.post(&path, &format!("{fixes}&do=look"));
    assert_eq!(looked.status, 303);
    let page = assistant.get(&path).body;
    assert!(!page.contains("Rows to be mended"), "{page}");
    assert!(page.contains("3 rows go in."), "{page}");
    // Other countries are named on a note only.
    let bare = assistant.post(&path, &format!("{fixes}&do=take"));
    assert_eq!(bare.status, 422);
    assert!(
        bare.body.contains("Write the reference of the note"),
        "{}",
        bare.body
    );
    assert!(
        !assistant
            .get("/en/people/honduras")
            .body
            .contains("Rosa Irreal")
    );
    let taken = assistant.post(&path, &format!("{fixes}&note=Nota+7-2012&do=take"));
    assert_eq!(taken.status, 303);
    let page = assistant.get(&path).body;
    assert!(page.contains("Taken in: 2 people"), "{page}");
    // Somebody speaks for Panama already: a list takes no seat from anybody.
    assert!(page.contains("Somebody else holds this seat."), "{page}");
    let honduras = assistant.get("/en/people/honduras").body;
    assert!(
        honduras.contains("Rosa Irreal") && honduras.contains("rosa@ministry.example"),
        "{honduras}"
    );
    assert!(honduras.contains("Nota 7-2012"));
    assert!(
        assistant
            .get("/en/people/panama")
            .body
            .contains("Luis Supuesto")
    );
    // Twice is once.
    assert_eq!(
        assistant
            .post(&path, &format!("{fixes}&note=x&do=take"))
            .status,
        303
    );
    assert_eq!(
        assistant
            .get("/en/people/honduras")
            .body
            .matches("Rosa Irreal</b>")
            .count(),
        1
    );
    // It is nobody else's.
    let other = take(&site, "Secretariat", "Coordinator");
    assert_eq!(other.get(&path).status, 404);
    assert_eq!(other.post(&path, "do=back").status, 404);
    let back = assistant.post(&path, "do=back");
    assert_eq!(back.status, 303);
    assert!(assistant.get(&path).body.contains("Taken back"));
    for party in ["honduras", "panama"] {
        let page = assistant.get(&format!("/en/people/{party}")).body;
        assert!(
            !page.contains("Irreal") && !page.contains("Supuesto"),
            "{page}"
        );
    }
    assert_eq!(assistant.post(&path, "do=back").status, 303);
}

#[test]
fn a_country_takes_in_its_own_list_without_a_note_and_nobody_elses() {
    let site = Served::start(&["demo"]);
    let speaker = take(&site, "Honduras", "Designated speaker");
    let list = "Country,Seat,Name,E-mail\nHonduras,Vice-Minister or Sub-Secretary,Eva Irreal,eva@ministry.example\nPanama,Vice-Minister or Sub-Secretary,Ivo Irreal,\n";
    let sent = send(&speaker, "own.csv", list);
    let path = sent.to().to_owned();
    let page = speaker.get(&path).body;
    assert!(page.contains("One row goes in."), "{page}");
    // Panama is not one of the parties that it may name people for, whatever the form says.
    assert!(!page.contains("<option value=\"panama\""), "{page}");
    let taken = speaker.post(&path, "fix.3.party=panama&do=take");
    assert_eq!(taken.status, 303);
    assert!(speaker.get(&path).body.contains("Taken in: one person"));
    assert!(!speaker.get("/en/people/panama").body.contains("Ivo Irreal"));
    for (party, seat) in [
        ("Argentina", "Representative"),
        ("Dominican Republic", "Deputy, without"),
    ] {
        let visit = take(&site, party, seat);
        let may = visit.get("/en/people").body.contains("/en/lists");
        assert_eq!(visit.get("/en/lists").status == 200, may, "{party}");
        assert_eq!(send(&visit, "x.csv", list).status == 303, may, "{party}");
    }
}

#[test]
fn what_is_no_list_is_refused_with_a_reason() {
    let site = Served::start(&["demo"]);
    let speaker = take(&site, "Honduras", "Designated speaker");
    for (text, says) in [
        ("", "no rows under its headings"),
        (
            "PK\x03\x04nothing",
            "neither an XLSX or ODS sheet nor CSV text",
        ),
        ("Name\n\0", "neither an XLSX or ODS sheet nor CSV text"),
        (&format!("Name\n{}", "a".repeat(501)), "row 2, column 1"),
        (&"Ana\n".repeat(3000), "more than 2,000 rows"),
        (&"a".repeat(2 * 1024 * 1024 + 1), "more than 2 MB"),
    ] {
        let refused = send(&speaker, "x.csv", text);
        assert_eq!(refused.status, 422, "{says}");
        assert!(refused.body.contains(says), "{says}: {}", refused.body);
    }
    let plain = speaker.post("/en/lists", "file=x");
    assert_eq!(plain.status, 400);
    let hostile = send(
        &speaker,
        "x.csv",
        "Country,Seat,Name\nHonduras,Punto focal,<script>alert(1)</script>\n",
    );
    let page = speaker.get(hostile.to());
    assert!(!page.body.contains("<script>alert"), "{}", page.body);
    let elsewhere = site.ask(
        "POST",
        "/en/lists",
        &format!(
            "Cookie: {}\r\nSec-Fetch-Site: cross-site\r\nOrigin: https://elsewhere.example\r\n",
            speaker.cookie
        ),
        "x",
    );
    assert_eq!(elsewhere.status, 403);
}

/// Whoever clicks twice takes a list in once.
#[test]
fn of_two_clicks_one_takes_it_in() {
    let site = Served::start(&["demo"]);
    let speaker = take(&site, "Honduras", "Designated speaker");
    let list = "Country,Seat,Name\nHonduras,Vice-Minister or Sub-Secretary,Eva Irreal\nHonduras,Vice-Minister or Sub-Secretary,Ivo Irreal\n";
    let path = send(&speaker, "own.csv", list).to().to_owned();
    std::thread::scope(|scope| {
        let clicks: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| speaker.post(&path, "do=take").status))
            .collect();
        for click in clicks {
            assert_eq!(click.join().unwrap(), 303);
        }
    });
    let people = speaker.get("/en/people/honduras").body;
    for name in ["Eva Irreal", "Ivo Irreal"] {
        assert_eq!(
            people.matches(&format!("<b>{name}</b>")).count(),
            1,
            "{name}"
        );
    }
    assert!(speaker.get(&path).body.contains("Taken in: 2 people"));
}

/// Whoever is not in sends nothing long.
#[test]
fn a_file_from_the_street_is_not_read() {
    let site = Served::start(&["demo"]);
    let body = format!("--edge\r\n\r\n{}\r\n--edge--\r\n", "a".repeat(20_000));
    let headers = "Content-Type: multipart/form-data; boundary=edge\r\n";
    let answer = site.ask("POST", "/en/lists", headers, &body);
    assert_eq!((answer.status, answer.to()), (303, "/en/sign-in"));
}

/// The way out holds what the pages hold, and whose data went out is told to them.
#[test]
fn contacts_go_out_to_whoever_may_see_them() {
    let site = Served::start(&["demo"]);
    let coordinator = take(&site, "Secretariat", "Coordinator");
    let sheet = coordinator.get("/es/contactos.csv");
    assert!(
        sheet.head.contains("attachment; filename=\"contacts.csv\""),
        "{}",
        sheet.head
    );
    assert!(sheet.head.contains("cache-control: no-store"));
    assert!(
        sheet.body.contains("País u organización,Puesto"),
        "{}",
        sheet.body
    );
    let lines = sheet.body.lines().count();
    assert!(lines > 25, "{lines}");
    let cards = coordinator.get("/en/contacts.vcf").body;
    assert_eq!(cards.matches("BEGIN:VCARD").count(), lines - 1);
    let observer = take(&site, "Argentina", "Representative");
    let seen = observer.get("/en/people").body;
    let own = observer.get("/en/contacts.csv").body;
    for line in own.lines().skip(1) {
        let party = line.split(',').next().unwrap();
        assert!(seen.contains(party), "{party}");
    }
    assert!(own.lines().count() < lines);
    let honduras = take(&site, "Honduras", "Designated speaker");
    let trail = honduras.get("/en/people/honduras/trail").body;
    assert!(
        trail.contains("Coordinator of the Technical Secretariat"),
        "{trail}"
    );
    assert_eq!(site.ask("GET", "/en/contacts.csv", "", "").status, 303);
}
