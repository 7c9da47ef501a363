//! One walk through everything that is answered, as each class of seat and as the public: what is found is compared with
//! the matrix of the policies, nothing more and nothing less.
//!
//! Things that not everybody may read are put on record first, each with words that stand nowhere else. Each walker then
//! follows every link from its own desk, and asks besides for every address that any other walker found.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::collections::{BTreeMap, BTreeSet};

mod served;

use served::{Answer, Offer, Served, Visit, between, seat, send};

const MATRIX: &str = include_str!("../../../rules/rcm-2011/matrix.csv");
const SEATS: &str = include_str!("../../../rules/rcm-2011/seats.toml");

const PAPER: &str = "Nota verbal con la que se envía el documento: copia-de-alcatraz.";

/// Who reads: by class of seat, whether a party is the own one, and its place in the Troika (outside, former, current,
/// upcoming).
struct Readers(BTreeMap<(String, bool, usize), bool>);

impl Readers {
    /// Of those rows of the matrix: a relation has a row only where it changes an answer.
    fn of(action: &str, thing: &str) -> Self {
        let mut readers = BTreeMap::new();
        for own in [false, true] {
            for line in MATRIX.lines() {
                let cells = cells(line);
                let counts = cells[1].is_empty() || own && cells[1] == "own";
                if !counts || cells[2] != action || cells[3] != thing {
                    continue;
                }
                for (place, column) in [4, 5, 6, 7].into_iter().enumerate() {
                    let cell = Some(&cells[column]).filter(|cell| !cell.is_empty());
                    let may = cell.unwrap_or(&cells[4]).starts_with("may");
                    readers.insert((cells[0].clone(), own, place), may);
                }
            }
        }
        assert!(!readers.is_empty(), "{action} {thing}");
        Self(readers)
    }

    /// Nobody whom the matrix does not name.
    fn may(&self, who: &Walker, party: Option<&str>) -> bool {
        let own = party == Some(who.party.as_str());
        let row = (who.class.clone(), own, who.place);
        self.0.get(&row).copied().unwrap_or(false)
    }
}

/// The cells of a line, of which some are quoted.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            other => cells.last_mut().unwrap().push(other),
        }
    }
    assert_eq!(cells.len(), 8, "{line}");
    cells
}

/// Somebody who walks.
struct Walker {
    class: String,
    party: String,
    person: String,
    place: usize,
}

impl Walker {
    fn of(offer: &Offer) -> Self {
        Self {
            class: class(&offer.seat),
            party: offer.party.clone(),
            person: offer.person.clone(),
            // October 2011.
            place: match offer.party.as_str() {
                "Mexico" => 1,
                "Dominican Republic" => 2,
                "Panama" => 3,
                _ => 0,
            },
        }
    }
}

fn block_of(seat: &str) -> &'static str {
    let name = seat.split(": ").next().unwrap();
    let found = SEATS
        .split("[[seat]]")
        .find(|block| block.contains(&format!("en = \"{name}\"")));
    found.unwrap()
}

fn class(seat: &str) -> String {
    between(block_of(seat), "id = \"", "\"")
}

fn kind(seat: &str) -> String {
    between(block_of(seat), "kind = \"", "\"")
}

/// Words that stand nowhere but in one thing, and who may read it.
struct Secret {
    words: String,
    /// The name in the matrix, for a message.
    thing: String,
    readers: Readers,
    /// The party whose it is.
    party: Option<String>,
    /// Whoever may read it comes upon it by following links. An id stands only where something is done with it.
    shown: bool,
}

impl Secret {
    fn new(words: impl Into<String>, thing: &str, party: Option<&str>) -> Self {
        Self {
            words: words.into(),
            thing: thing.to_owned(),
            readers: Readers::of("read", thing),
            party: party.map(str::to_owned),
            shown: true,
        }
    }

    fn id(words: impl Into<String>, thing: &str, party: Option<&str>) -> Self {
        Self {
            shown: false,
            ..Self::new(words, thing, party)
        }
    }

    /// Whether a text says it. A name that ends in a number is not the beginning of another.
    fn is_in(&self, text: &str) -> bool {
        let ends = |at: usize| {
            let next = text[at + self.words.len()..].chars().next();
            !next.is_some_and(char::is_numeric) || self.words.ends_with('-')
        };
        text.match_indices(&self.words).any(|(at, _)| ends(at))
    }

    fn may_be_read_by(&self, who: &Walker) -> bool {
        self.words == who.person || self.readers.may(who, self.party.as_deref())
    }
}

/// What is answered to the public, by its address: the whole of it, for it must not change by what is closed.
fn published(site: &Served) -> BTreeMap<String, Answer> {
    let mut paths: BTreeSet<String> = located(&site.get("/sitemap.xml").body);
    assert!(paths.len() > 500, "{}", paths.len());
    let described: serde_json::Value =
        serde_json::from_str(&site.get("/api/v1/openapi.json").body).unwrap();
    for path in described["paths"].as_object().unwrap().keys() {
        match path.strip_suffix("/{id}") {
            None => drop(paths.insert(format!("/api/v1{path}"))),
            Some(collection) => {
                let list = site.get(&format!("/api/v1{collection}")).body;
                let items = list.split("\"id\":\"").skip(1).map(|rest| {
                    let id = rest.split('"').next().unwrap();
                    format!("/api/v1{collection}/{id}")
                });
                paths.extend(items.take(40));
            }
        }
    }
    for language in ["es", "en"] {
        for day in ["1996-03-14", "2005-06-30", "2011-10-01"] {
            for page in [
                "",
                "/presidencias",
                "/presidencies",
                "/registro",
                "/register",
            ] {
                paths.insert(format!("/{language}{page}?on={day}"));
            }
        }
        paths.insert(format!("/{language}/feed.atom"));
        paths.insert(format!("/{language}/nada-de-esto"));
    }
    let more = [
        "/",
        "/sitemap.xml",
        "/robots.txt",
        "/checkpoint",
        "/tile/0/000",
        "/tile/1/000",
        "/en/register?kind=SeatFilled",
        "/en/register?kind=ApplicationReceived",
        "/es/registro?kind=CandidacyAnnounced",
        "/en/search?q=SeatFilled",
        "/api/v1/acts?kind=SeatFilled",
        "/api/v1/acts/00000000000000000000000000",
    ];
    paths.extend(more.map(str::to_owned));
    let ask = |path: String| {
        let answer = site.get(&path);
        assert!(answer.status < 500, "{path}: {}", answer.status);
        (path, answer)
    };
    paths.into_iter().map(ask).collect()
}

fn located(map: &str) -> BTreeSet<String> {
    let addresses = map.split("<loc>").skip(1);
    let addresses = addresses.map(|rest| rest.split("</loc>").next().unwrap());
    addresses
        .map(|address| {
            format!(
                "/{}",
                address.split('/').skip(3).collect::<Vec<_>>().join("/")
            )
        })
        .collect()
}

/// But for the clock: the instant at which it was given, and the minute as of which it is.
fn same(one: &Answer, other: &Answer) -> bool {
    let head = |answer: &Answer| -> Vec<String> {
        let as_of = answer.head.lines().find(|line| line.starts_with("as-of: "));
        assert!(
            as_of.is_none_or(|line| line.ends_with(":00.000Z")),
            "{as_of:?}"
        );
        let lines = answer
            .head
            .lines()
            .filter(|line| !line.starts_with("date: ") && !line.starts_with("as-of: "));
        lines.map(str::to_owned).collect()
    };
    one.status == other.status && head(one) == head(other) && one.body == other.body
}

/// The addresses on this site to which a page leads.
fn links(answer: &Answer) -> BTreeSet<String> {
    let found = ["href=\"", "src=\"", "action=\"", "data-live=\""].into_iter();
    let found = found.flat_map(|start| answer.body.split(start).skip(1));
    found
        .filter_map(|rest| rest.split('"').next())
        .map(|link| link.split('#').next().unwrap().replace("&#38;", "&"))
        .map(|link| link.replace("&amp;", "&"))
        .filter(|link| link.starts_with('/') && !link.starts_with("/assets/"))
        .collect()
}

/// Only a demonstration lets everybody choose a seat, and says there who sits where.
fn of_the_demonstration(path: &str) -> bool {
    path.ends_with("/take-a-seat") || path.ends_with("/tomar-asiento")
}

/// Does what not everybody may know, and says what it was.
fn put_on_record(site: &Served, offers: &[Offer]) -> Vec<Secret> {
    let mut secrets = Vec::new();
    let of_applications = "application for observer status";
    let assistant = site.take(&seat(offers, "Secretariat", "Assistant"));
    let coordinator = site.take(&seat(offers, "Secretariat", "Coordinator"));
    let honduras = site.take(&seat(offers, "Honduras", "Designated speaker"));
    let guatemala = site.take(&seat(offers, "Guatemala", "Designated speaker"));

    let apply =
        "kind=observer_state&es=Pel%C3%ADcano&en=Pelicania&received=2011-10-01&note=Albatros-1";
    let application = assistant.post("/en/applications", apply).to().to_owned();
    let act = application.rsplit('/').next().unwrap();
    assert_eq!(act.len(), 26, "{application}");
    let fields = [
        ("criterion", "criterion-observer-state-2"),
        ("received", "2011-10-02"),
        ("note", "Cormorán-2"),
    ];
    let sent = send(&assistant, &application, &fields, "nota.txt", PAPER);
    assert_eq!(sent.status, 303, "{}", sent.body);
    secrets.extend(
        ["Pelicania", "Albatros-1", "Cormorán-2", "copia-de-alcatraz"]
            .map(|words| Secret::new(words, of_applications, None)),
    );
    secrets.push(Secret::new(act, of_applications, None));

    // Announced in a plenary, and heard by whoever is in it.
    let meeting = between(
        &guatemala.get("/en/hand-over").body,
        "name=\"meeting\" required><option value=\"",
        "\"",
    );
    let announce = format!("do=announce&party=guatemala&term=2013&meeting={meeting}");
    assert_eq!(guatemala.post("/en/hand-over", &announce).status, 303);
    secrets.push(Secret::new("<h3>Guatemala, 2013</h3>", "session: vm", None));

    // A deputy of Honduras with a mandate: who sits there, and by which note, is for whoever sees its people; the note itself
    // for whoever manages them, or repairs on notes.
    let fields = [
        ("seat", "deputy"),
        ("person", "new"),
        ("name", "Nadie Frailecillo"),
        ("email", "frailecillo@honduras.example"),
        ("language", "es"),
        ("note", "Mandato Gaviota-3"),
    ];
    let paper = PAPER.replace("alcatraz", "gaviota");
    let done = send(
        &honduras,
        "/en/people/honduras/new",
        &fields,
        "mandato.txt",
        &paper,
    );
    assert_eq!(done.status, 200, "{}", done.body);
    for words in ["Nadie Frailecillo", "frailecillo@honduras.example"] {
        secrets.push(Secret::new(words, "people: member", Some("Honduras")));
    }
    let of_member = "people: member";
    let mut managing = Readers::of("manage", of_member);
    for (row, may) in Readers::of("repair", of_member).0 {
        *managing.0.entry(row).or_default() |= may;
    }
    secrets.push(Secret::new(
        "Mandato Gaviota-3",
        of_member,
        Some("Honduras"),
    ));
    secrets.push(Secret {
        readers: managing,
        ..Secret::new("copia-de-gaviota", of_member, Some("Honduras"))
    });

    // A list that somebody prepares, and has not taken in.
    let list =
        "País;Puesto;Nombre;Correo\nHonduras;Punto focal;Rosa Charrán;charran@ministry.example\n";
    let sent = send(&coordinator, "/en/lists", &[], "lista.csv", list);
    assert_eq!(sent.status, 303, "{}", sent.body);
    let person = offers
        .iter()
        .find(|offer| offer.seat.starts_with("Coordinator"));
    secrets.push(Secret {
        words: "Rosa Charrán".to_owned(),
        thing: format!("prepared by {}", person.unwrap().person),
        readers: Readers(BTreeMap::from([(
            ("coordinator".to_owned(), false, 0),
            true,
        )])),
        party: None,
        shown: false,
    });

    // A consultation in mid-round: the text is for all members, an answer for its state and those who conduct it, what a
    // delegation says among itself for nobody else; and one that only the Troika has.
    let list = honduras.get("/en/consultations").body;
    let id = between(&list, "<h2><a href=\"/en/consultations/", "\"");
    let path = format!("/en/consultations/{id}");
    for form in [
        "do=state&answer=agrees_with_reservation&words=Somormujo-5&in_place_of=",
        "do=say&remark=Zarapito-6",
    ] {
        let done = honduras.post(&path, form);
        assert_eq!(done.status, 303, "{}", done.body);
    }
    let course = "party=dominican-republic&topic_es=Avoceta-7&topic_en=Avoceta-7&now_es=Ya&now_en=Now&agreed_es=Todos\
        &agreed_en=All&matter=ordinary&text_es=Uno.&text_en=One.";
    let presidency = site.take(&seat(offers, "Dominican Republic", "Designated speaker"));
    let submitted = presidency.post("/en/consultations/new", course);
    assert_eq!(submitted.status, 303, "{}", submitted.body);
    for (words, thing, party) in [
        ("Date and venue of a workshop", "consultation, round", None),
        ("Fecha y sede de un taller", "consultation, round", None),
        (
            "Somormujo-5",
            "position, round, term running",
            Some("Honduras"),
        ),
        ("Zarapito-6", "workroom", Some("Honduras")),
        ("Avoceta-7", "consultation, troika", None),
    ] {
        secrets.push(Secret::new(words, thing, party));
    }

    // An informal consultation: what is asked is for all members, an answer for its state and those who conduct it, while the
    // others have not answered.
    let asks = "kind=comments&topic_es=Vencejo-8&topic_en=Vencejo-8&text_es=Uno.&text_en=One.&matter=ordinary&asked=all\
        &readers=members";
    let asked = presidency.post("/en/informal-consultations/new", asks);
    assert_eq!(asked.status, 303, "{}", asked.body);
    let said = honduras.post(asked.to(), "do=answer&words=Charrancito-9");
    assert_eq!(said.status, 303, "{}", said.body);
    for (words, thing, party) in [
        ("Vencejo-8", "informal consultation", None),
        ("Charrancito-9", "informal answer, held", Some("Honduras")),
    ] {
        secrets.push(Secret::new(words, thing, party));
    }

    // Who sits where, from the start.
    for offer in offers {
        let of_kind = format!("people: {}", kind(&offer.seat));
        secrets.push(Secret::new(&offer.person, &of_kind, Some(&offer.party)));
        secrets.push(Secret::id(&offer.filled, &of_kind, Some(&offer.party)));
    }
    // What meetings there are to be in, and what is in them.
    secrets.push(Secret::new(
        "<h2>Closed-door session</h2>",
        "session: vm, closed door",
        None,
    ));
    secrets.push(Secret::new(
        "<h2>Sesión a puerta cerrada</h2>",
        "session: vm, closed door",
        None,
    ));
    // Civil society has a place on the agenda of these; the matrix asks about one network with slots for both.
    for (start, thing) in [
        ("rcgm-", "session: rcgm, with slots"),
        ("net-tip-", "session: net-tip, with slots"),
        ("net-cp-", "session: net-tip, with slots"),
    ] {
        secrets.push(Secret::new(
            format!("href=\"/en/my-meetings/{start}"),
            thing,
            None,
        ));
        secrets.push(Secret::new(
            format!("href=\"/es/mis-reuniones/{start}"),
            thing,
            None,
        ));
    }
    secrets
}

#[test]
fn nobody_comes_upon_more_or_less_than_the_matrix_says() {
    let site = Served::demo();
    let offers = site.offers("/en/take-a-seat");
    let before = published(&site);
    let secrets = put_on_record(&site, &offers);

    // What is closed leaves no trace in what is open: not a count, an id, a position or a tag.
    let after = published(&site);
    let changed = |path: &&String| {
        !after
            .get(*path)
            .is_some_and(|now| same(&before[*path], now))
    };
    let changed: Vec<&String> = before.keys().filter(changed).collect();
    assert!(changed.is_empty(), "{changed:?}");
    assert_eq!(before.len(), after.len());
    for (path, answer) in &after {
        for secret in &secrets {
            let told = secret.is_in(&answer.body) || secret.is_in(&answer.head);
            assert!(!told, "{path} tells the public of {}", secret.words);
        }
        for kind in [
            "SeatFilled",
            "ApplicationReceived",
            "CandidacyAnnounced",
            "ConsultationSubmitted",
            "PositionStated",
            "InformalOpened",
            "InformalAnswered",
        ] {
            // A page says what was asked of it in its own address.
            let told = answer.body.contains(kind) && !path.contains(kind);
            assert!(!told, "{path} knows of {kind}");
        }
        for room in [
            "/en/people",
            "/es/personas",
            "/applications",
            "/solicitudes",
            "/consultations",
            "/consultas",
        ] {
            assert!(
                !answer.body.contains(&format!("{room}\"")),
                "{path} leads to {room}"
            );
        }
    }

    // One of each class, in each place of the Troika.
    let mut walked = BTreeSet::new();
    let walkers: Vec<(Walker, Visit<'_>)> = offers
        .iter()
        .map(|offer| (Walker::of(offer), offer))
        .filter(|(walker, _)| walked.insert((walker.class.clone(), walker.place)))
        .map(|(walker, offer)| (walker, site.take(&offer.filled)))
        .collect();
    let classes: BTreeSet<&String> = walkers.iter().map(|(walker, _)| &walker.class).collect();
    assert!(classes.len() >= 18, "{classes:?}");

    let mut walk = Walk::new(&after, &secrets);
    let came_upon: Vec<BTreeSet<usize>> = walkers
        .iter()
        .map(|(walker, visit)| walk.by_links(walker, visit))
        .collect();
    // Now what another found, by its address, in each form in which it could be asked for.
    let mut inside: BTreeSet<String> = walk.inside.clone();
    for path in &walk.inside {
        let plain = path.split('?').next().unwrap();
        inside.insert(format!("{plain}?on=2005-06-30"));
    }
    for offer in &offers {
        for form in [
            "/en/register/acts/",
            "/en/register/verify/",
            "/api/v1/acts/",
            "/record?act=",
            "/proof?act=",
        ] {
            inside.insert(form.to_owned() + &offer.filled);
        }
    }
    let forms = comity_web::inside::patterns();
    inside.extend(forms.into_iter().filter(|pattern| !pattern.contains('{')));
    assert!(inside.len() > 800, "{}", inside.len());
    let public = Walker {
        class: "public".to_owned(),
        party: String::new(),
        person: String::new(),
        place: 0,
    };
    let nobody = Visit {
        site: &site,
        cookie: String::new(),
    };
    let all: Vec<(&Walker, &Visit<'_>)> = walkers
        .iter()
        .map(|(walker, visit)| (walker, visit))
        .chain([(&public, &nobody)])
        .collect();
    std::thread::scope(|scope| {
        let parts = all.chunks(all.len().div_ceil(4));
        let walks = parts.map(|part| {
            let after = &after;
            let mut walk = Walk::new(after, &secrets);
            let inside = &inside;
            scope.spawn(move || {
                for (place, (walker, visit)) in part.iter().enumerate() {
                    for path in inside {
                        walk.ask(walker, visit, path);
                    }
                    // All of them together read everything that is published, and each what everybody reads.
                    for (path, public) in after.iter().skip(place).step_by(part.len()) {
                        walk.reads_the_same(walker, visit, path, public);
                    }
                }
                walk
            })
        });
        for done in walks.collect::<Vec<_>>() {
            walk.join(done.join().unwrap());
        }
    });

    for ((walker, _), came_upon) in walkers.iter().zip(&came_upon) {
        for (place, secret) in secrets.iter().enumerate() {
            if secret.shown && secret.may_be_read_by(walker) && !came_upon.contains(&place) {
                walk.faults.push(format!(
                    "{} of {} does not come upon {} ({})",
                    walker.class, walker.party, secret.words, secret.thing
                ));
            }
        }
    }
    walk.every_address_was_asked_for();
    assert!(
        walk.faults.is_empty(),
        "{} faults:\n{}",
        walk.faults.len(),
        walk.faults.join("\n")
    );
}

/// What was asked for and found on the way.
struct Walk<'a> {
    published: &'a BTreeMap<String, Answer>,
    secrets: &'a [Secret],
    /// Every address behind the door that somebody was led to.
    inside: BTreeSet<String>,
    /// With which status each was answered, to anybody.
    statuses: BTreeMap<String, BTreeSet<u16>>,
    faults: Vec<String>,
}

impl<'a> Walk<'a> {
    fn new(published: &'a BTreeMap<String, Answer>, secrets: &'a [Secret]) -> Self {
        Self {
            published,
            secrets,
            inside: BTreeSet::new(),
            statuses: BTreeMap::new(),
            faults: Vec::new(),
        }
    }

    fn join(&mut self, other: Self) {
        for (path, statuses) in other.statuses {
            self.statuses.entry(path).or_default().extend(statuses);
        }
        self.faults.extend(other.faults);
    }

    /// Asks for one page, and holds what it says against the matrix. Absent where it is what everybody reads.
    fn ask(
        &mut self,
        walker: &Walker,
        visit: &Visit<'_>,
        path: &str,
    ) -> Option<(Answer, BTreeSet<usize>)> {
        if of_the_demonstration(path) {
            return None;
        }
        let answer = visit.get(path);
        self.statuses
            .entry(path.to_owned())
            .or_default()
            .insert(answer.status);
        if answer.status >= 500 {
            self.faults.push(format!("{path}: {}", answer.status));
        }
        let mut found = BTreeSet::new();
        for (place, secret) in self.secrets.iter().enumerate() {
            if !secret.is_in(&answer.body) {
                continue;
            }
            found.insert(place);
            // Who looked at a party's people is its own to read, from wherever they looked.
            let trail = path.contains("/trail") || path.contains("/miradas");
            if !secret.may_be_read_by(walker) && !trail && !path.contains(&secret.words) {
                self.faults.push(format!(
                    "{path} tells {} of {}: {} ({})",
                    walker.class, walker.party, secret.words, secret.thing
                ));
            }
        }
        Some((answer, found))
    }

    fn reads_the_same(&mut self, walker: &Walker, visit: &Visit<'_>, path: &str, public: &Answer) {
        let answer = visit.get(path);
        self.compare(walker, path, &answer, public);
    }

    fn compare(&mut self, walker: &Walker, path: &str, answer: &Answer, public: &Answer) {
        if !same(answer, public) {
            let fault = format!("{path} is another page for {}", walker.class);
            self.faults.push(fault);
        }
    }

    /// Follows every link from the desk, in both languages; gives back which secrets were come upon.
    fn by_links(&mut self, walker: &Walker, visit: &Visit<'_>) -> BTreeSet<usize> {
        let mut waiting: BTreeSet<String> =
            ["/en/desk", "/es/escritorio"].map(str::to_owned).into();
        let mut known = waiting.clone();
        let mut came_upon = BTreeSet::new();
        while let Some(path) = waiting.pop_first() {
            let Some((answer, found)) = self.ask(walker, visit, &path) else {
                continue;
            };
            came_upon.extend(found);
            if let Some(public) = self.published.get(&path) {
                self.compare(walker, &path, &answer, public);
                continue;
            }
            self.inside.insert(path.clone());
            waiting.extend(
                links(&answer)
                    .into_iter()
                    .filter(|link| known.insert(link.clone())),
            );
        }
        came_upon
    }

    /// Each address that the program knows was asked for, and answered to somebody where it is a page.
    fn every_address_was_asked_for(&mut self) {
        for pattern in comity_web::inside::patterns() {
            let matching = self
                .statuses
                .iter()
                .filter(|(path, _)| fits(&pattern, path));
            let statuses: BTreeSet<u16> = matching
                .flat_map(|(_, statuses)| statuses)
                .copied()
                .collect();
            let ends = |words: [&str; 2]| words.iter().any(|word| pattern.ends_with(word));
            // Each is for whoever holds a token of its own, or leads elsewhere; other tests hold them.
            let apart = of_the_demonstration(&pattern)
                || ends(["/sign-in/{id}", "/entrar/{id}"])
                || ends(["/deadlines/{id}", "/agenda/{id}"])
                || ends(["/ministries/{id}", "/ministerios/{id}"])
                || ends(["/ministries", "/ministerios"]);
            let answered = [200, 303, 405]
                .iter()
                .any(|status| statuses.contains(status));
            if !apart && !answered {
                self.faults
                    .push(format!("{pattern} was not walked: {statuses:?}"));
            }
        }
    }
}

fn fits(pattern: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap();
    let (pattern, path): (Vec<&str>, Vec<&str>) =
        (pattern.split('/').collect(), path.split('/').collect());
    let mut pairs = pattern.iter().zip(&path);
    pattern.len() == path.len() && pairs.all(|(wanted, given)| *wanted == "{id}" || wanted == given)
}
