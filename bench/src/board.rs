//! The page of a consultation among as many states as there are, in its fortieth round, on SQLite.
//!
//! `cargo run --release -p comity-bench -- board`. It makes a register with the record, 182 further members and one consultation: 40 rounds,
//! an answer of every member in each, 10,000 comments, a change of each tenth member with what became of it, the passage of every
//! notice. The Coordinator, who sees every answer, asks for each page from 16 clients, by turns.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use comity_calendar::{Calendars, Capital, Closes, Counting, Date, FirstDay, Term, term};
use comity_conference::fact::PartyAdmitted;
use comity_conference::{
    Act, ActBody, Answer, ChangeDisposed, CirculationNoted, Comment, ConsultationSubmitted,
    Disposition, Fact, Matter, Name, Origin, Passage, PositionStated, ProposedChange, RoundOpened,
};
use comity_register::{
    ActId, Appended, CommandId, Hash, Object, Record, RecordedAt, Register, Salt,
};
use comity_registrar::{Clock, SystemClock};
use comity_rules::Text;
use comity_sqlite::SqliteRegister;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::desk::{come_in, make};
use crate::site::{Load, load_with};

const CAPITALS: &str = include_str!("../../rules/rcm-2011/calendars/capitals.tsv");
const HOLIDAYS: &str = include_str!("../../rules/rcm-2011/calendars/holidays.tsv");

/// As many states as the United Nations have.
const MEMBERS: usize = 193;
/// Those of the record.
const KNOWN: usize = 11;
const ROUNDS: usize = 40;
const COMMENTS: usize = 10_000;
const PARAGRAPHS: u16 = 12;

/// One round after another, so far apart.
const APART: SignedDuration = SignedDuration::from_hours(14 * 24);

/// Of each page in a turn.
const REQUESTS: usize = 2_000;

/// So many turns, page after page: the one in the middle by its 99th percentile counts, and the slowest is told. A shared machine
/// is not as fast from one second to the next.
const TURNS: usize = 5;

/// The limit of the issue.
const P99_MAX: Duration = Duration::from_millis(20);

pub fn run() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("threads can be started");
    runtime.block_on(measure());
}

async fn measure() {
    let folder = std::env::temp_dir().join(format!("conference-bench-{}", std::process::id()));
    let data = folder.join("data");
    let link = make(&data);
    let consultation = consult(&data).await;
    let (site, header) = come_in(&data, &link);
    println!(
        "{:<40} {:>10} {:>10} {:>10} {:>10} {:>10}",
        "a consultation, 16 clients", "bytes", "a second", "p99", "limit", "slowest"
    );
    let pages = [
        ("the board, in its last round", String::new()),
        ("the same with its letters", "?letters=yes".to_owned()),
        ("a round before", "?round=12".to_owned()),
        ("whether it changed", "/live".to_owned()),
    ];
    let path = |rest: &str| format!("/en/consultations/{consultation}{rest}");
    let mut turns: Vec<Vec<Load>> = pages.iter().map(|_| Vec::new()).collect();
    for (_, rest) in &pages {
        load_with(site.address(), &path(rest), &header, REQUESTS / 5).await;
    }
    for _ in 0..TURNS {
        for ((_, rest), loads) in pages.iter().zip(&mut turns) {
            loads.push(load_with(site.address(), &path(rest), &header, REQUESTS).await);
        }
    }
    let milliseconds = |took: Duration| took.as_secs_f64() * 1_000.0;
    for ((name, rest), mut loads) in pages.into_iter().zip(turns) {
        let bytes = crate::site::size_with(site.address(), &path(&rest), &header).await;
        loads.sort_by_key(|load| load.p99);
        let (middle, slowest) = (&loads[TURNS / 2], &loads[TURNS - 1]);
        println!(
            "{name:<40} {bytes:>10} {:>10.0} {:>7.2} ms {:>7.0} ms {:>7.2} ms{}",
            middle.per_second,
            milliseconds(middle.p99),
            milliseconds(P99_MAX),
            milliseconds(slowest.p99),
            if middle.p99 > P99_MAX { "  over" } else { "" }
        );
    }
    drop(site);
    let _ = std::fs::remove_dir_all(folder);
}

/// Appends the members and the consultation; answers with its id.
async fn consult(data: &Path) -> comity_conference::ActId {
    let register = SqliteRegister::open(&data.join("register.sqlite")).await;
    let register = register.expect("the register that was just made");
    let head = register.head().await.expect("the register answers");
    let last = register.read(head.size - 1, 1).await.expect("it is read");
    let last = Record::decode(&last[0].blob).expect("a record");
    let mut sealer = Sealer {
        next: head.size,
        rules: last.rules,
        at: last.at,
    };
    let parties: Vec<String> = KNOWN_PARTIES
        .iter()
        .map(ToString::to_string)
        .chain((KNOWN..MEMBERS).map(|number| format!("state-{number}")))
        .collect();
    let mut records: Vec<Record> = parties[KNOWN..]
        .iter()
        .map(|party| sealer.seal(ActBody::Fact(Fact::PartyAdmitted(admitted(party)))))
        .collect();
    let submitted = sealer.seal(ActBody::ConsultationSubmitted(Box::new(submitted())));
    let consultation = submitted.act.to_string();
    let consultation = comity_conference::ActId::new(&consultation).expect("an id is one");
    records.push(submitted);
    let calendars =
        Calendars::parse(CAPITALS, HOLIDAYS).expect("the table of the rules is in order");
    let capitals: Vec<&Capital> = calendars.countries().map(|(_, capital)| capital).collect();
    // The last round began the day before yesterday: its letters stand on the page for whoever asks.
    let now = SystemClock.now();
    let last = now - SignedDuration::from_hours(25);
    for round in 1..=ROUNDS {
        let before = i32::try_from(ROUNDS - round).expect("few");
        let opens_at = last - APART * before;
        let day = jiff::tz::Offset::UTC.to_datetime(opens_at).date();
        let opened = opened(consultation, round, opens_at, day, &capitals, &parties);
        records.push(sealer.seal(ActBody::RoundOpened(Box::new(opened))));
        for (place, party) in parties.iter().enumerate() {
            let noted = handed_over(consultation, round, party).into();
            records.push(sealer.seal(noted));
            let stated = stated(consultation, round, place, party);
            let proposes = !stated.changes.is_empty();
            let record = sealer.seal(ActBody::PositionStated(Box::new(stated)));
            let position = comity_conference::ActId::new(&record.act.to_string());
            records.push(record);
            // In the last round the Presidency has said nothing yet.
            if proposes && round < ROUNDS {
                let disposed = disposed(consultation, position.expect("an id is one"));
                records.push(sealer.seal(disposed.into()));
            }
        }
    }
    match register.append(head, records).await {
        Ok(Appended::Committed(_)) => consultation,
        other => panic!("the consultation was not appended: {other:?}"),
    }
}

/// The members of the record.
const KNOWN_PARTIES: [&str; KNOWN] = [
    "belize",
    "canada",
    "costa-rica",
    "dominican-republic",
    "el-salvador",
    "guatemala",
    "honduras",
    "mexico",
    "nicaragua",
    "panama",
    "united-states",
];

struct Sealer {
    next: u64,
    rules: Hash,
    at: RecordedAt,
}

impl Sealer {
    /// Enacted at the instant of the last act of the register.
    fn seal(&mut self, body: ActBody) -> Record {
        let position = self.next;
        self.next += 1;
        let act = Act {
            effective: None,
            origin: Origin::Enacted,
            body,
        };
        let hash = Hash::of(format!("board {position}").as_bytes());
        let chance: [u8; 16] = hash.as_bytes()[..16].try_into().expect("16 bytes of 32");
        let object =
            |value: &serde_json::Value| Object::new(value).expect("it has a canonical form");
        Record {
            act: ActId::from_bytes(chance),
            command: hex::encode(chance)
                .parse::<CommandId>()
                .expect("hex digits"),
            ordinal: 0,
            position,
            at: self.at,
            effective: None,
            origin: object(&json!({"enacted": true})),
            actor: object(&json!({"capacity": "operator", "seat": "operator"})),
            rules: self.rules,
            kind: act.kind().parse().expect("a kind"),
            version: 1,
            salt: Salt::from_bytes(chance),
            body: object(&act.to_json()),
        }
    }
}

fn admitted(party: &str) -> PartyAdmitted {
    let number = party.trim_start_matches("state-");
    serde_json::from_value(json!({
        "id": party,
        "kind": "member",
        "name": { "es": format!("Estado {number}"), "en": format!("State {number}") },
        "summary": { "es": "Supuesto.", "en": "Made up." },
    }))
    .expect("a party")
}

fn text(paragraph: u16, round: usize) -> Text {
    Text::new(
        format!(
            "Párrafo {paragraph} del texto de la ronda {round}, de una longitud como la que suele tener un párrafo de una línea de acción."
        ),
        format!(
            "Paragraph {paragraph} of the text of round {round}, about as long as a paragraph of a course of action is as a rule."
        ),
    )
}

fn submitted() -> ConsultationSubmitted {
    ConsultationSubmitted {
        topic: Text::new("Una medición", "A measurement"),
        why_now: Text::new("Se mide.", "It is measured."),
        why_agreed: Text::new("Por todos.", "By all."),
        matter: Matter::Ordinary,
        mandate: None,
        text: (1..=PARAGRAPHS)
            .map(|paragraph| text(paragraph, 1))
            .collect(),
        presidency: Name::new("panama"),
        troika: Vec::new(),
        note: None,
    }
}

fn opened(
    consultation: comity_conference::ActId,
    round: usize,
    opens_at: Timestamp,
    day: Date,
    capitals: &[&Capital],
    parties: &[String],
) -> RoundOpened {
    let counting = Counting {
        first_day: FirstDay::NotCounted,
        closes: Closes::EndOfDay,
    };
    let terms: BTreeMap<Name, Term> = parties
        .iter()
        .zip(capitals.iter().cycle())
        .map(|(party, capital)| {
            let term = term(day, 5, capital, counting).expect("the table reaches so far");
            (Name::new(party), term)
        })
        .collect();
    RoundOpened {
        consultation,
        presidency: Name::new("panama"),
        round: u16::try_from(round).expect("few"),
        text: (1..=PARAGRAPHS)
            .map(|paragraph| text(paragraph, round))
            .collect(),
        why: Some(Text::new("Otro texto.", "Another text.")),
        opens_at,
        closes_at: terms
            .values()
            .map(|term| term.ends_at)
            .max()
            .expect("there are members"),
        days: 5,
        terms,
        calendars: consultation,
        uncertain: Vec::new(),
        note: None,
    }
}

fn handed_over(
    consultation: comity_conference::ActId,
    round: usize,
    party: &str,
) -> CirculationNoted {
    CirculationNoted {
        consultation,
        round: u16::try_from(round).expect("few"),
        party: Name::new(party),
        passage: Passage::HandedOver,
        note: None,
    }
}

fn disposed(
    consultation: comity_conference::ActId,
    position: comity_conference::ActId,
) -> ChangeDisposed {
    ChangeDisposed {
        consultation,
        position,
        change: 0,
        disposition: Disposition::InPart,
        why: Text::new("En lo esencial.", "In essence."),
        note: None,
    }
}

/// Every member answers; the comments are spread over all.
fn stated(
    consultation: comity_conference::ActId,
    round: usize,
    place: usize,
    party: &str,
) -> PositionStated {
    let answers = MEMBERS * ROUNDS;
    let number = (round - 1) * MEMBERS + place;
    let comments = COMMENTS * (number + 1) / answers - COMMENTS * number / answers;
    let proposes = place.is_multiple_of(10);
    let paragraph = |comment: usize| u16::try_from((number + comment) % 12).expect("few") + 1;
    PositionStated {
        consultation,
        round: u16::try_from(round).expect("few"),
        party: Name::new(party),
        answer: match proposes {
            true => Answer::ProposesChange,
            false => Answer::ALL[number % 3],
        },
        words: (number % 3 == 2).then(|| "Con una declaración de una línea.".to_owned()),
        changes: (proposes.then(|| ProposedChange {
            paragraph: paragraph(0),
            words: format!("La redacción que {party} prefiere para este párrafo en la ronda {round}, de una longitud corriente."),
            why: Some("Por una razón que cabe en una línea.".to_owned()),
        }))
        .into_iter()
        .collect(),
        comments: (0..comments)
            .map(|comment| Comment {
                paragraph: paragraph(comment),
                words: format!("Comentario {comment} de {party} en la ronda {round}: una frase de longitud corriente, y algo más."),
            })
            .collect(),
        in_place_of: Vec::new(),
        received: None,
    }
}
