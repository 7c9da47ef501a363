//! Which decoder reads the records: replay with its hash check, from bytes to typed bodies, leaves and root.
//!
//! The records are made by `comity-register`, so canonical JSON is what is measured; the binary form holds the same
//! values and stands there as a point of reference only.

use std::hint::black_box;
use std::time::{Duration, Instant};

use comity_register::merkle::{self, Frontier};
use comity_register::{ActId, Hash, Head, Object, Record, RecordedAt, Salt};
use serde::{Deserialize, Serialize};
use serde_json::json;

const RECORDS: u64 = 100_000;
const PASSES: usize = 5;
const AIM_PER_SECOND: f64 = 300_000.0;

/// What acts of four kinds say: names in two languages, days, parties, sums, hashes of texts kept elsewhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
enum Body {
    AgendaAdopted {
        session: u32,
        items: Vec<Item>,
        text: Text,
    },
    PositionGiven {
        session: u32,
        item: u32,
        position: String,
        parties: Vec<String>,
        text: Text,
        on: String,
    },
    ContributionPaid {
        party: String,
        year: u32,
        cents: i64,
        currency: String,
        printed: String,
        lines: Lines,
        note: Text,
    },
    DocumentCirculated {
        symbol: String,
        to: Vec<Addressee>,
        due_on: String,
        files: Vec<Text>,
    },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Item {
    number: u32,
    title: Bilingual,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Bilingual {
    en: String,
    es: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Text {
    hash: Hash,
    language: String,
    bytes: u64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Lines {
    source: String,
    from: u32,
    to: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Addressee {
    party: String,
    seat: String,
    capacity: String,
}

/// The envelope for the two decoders that are not the register's own.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Envelope<'a, Nested> {
    act: &'a str,
    actor: Nested,
    at: &'a str,
    body: Nested,
    command: &'a str,
    effective: Option<&'a str>,
    kind: &'a str,
    ordinal: u32,
    origin: Nested,
    position: u64,
    rules: &'a str,
    salt: &'a str,
    version: u32,
}

/// As compact as the values go: ids and hashes as bytes, the body typed in place.
#[derive(Serialize, Deserialize)]
struct Compact<'a> {
    act: [u8; 16],
    #[serde(borrow)]
    actor: &'a str,
    at: i64,
    body: Body,
    command: &'a str,
    effective: Option<&'a str>,
    kind: &'a str,
    ordinal: u32,
    origin: &'a str,
    position: u64,
    rules: [u8; 32],
    salt: [u8; 16],
    version: u32,
}

type Decode = fn(&[u8]) -> Body;

/// Prints the table.
pub fn run() {
    let (records, bodies): (Vec<_>, Vec<_>) = (0..RECORDS).map(record).unzip();
    let json: Vec<Vec<u8>> = records.iter().map(Record::encode).collect();
    let binary: Vec<Vec<u8>> = records
        .iter()
        .zip(&bodies)
        .map(|(record, body)| compact(record, body))
        .collect();
    let body_bytes: Vec<usize> = records
        .iter()
        .map(|record| record.body.as_str().len())
        .collect();
    let mean = body_bytes.iter().sum::<usize>() / body_bytes.len();
    let (min, max) = (
        body_bytes.iter().min().expect("records"),
        body_bytes.iter().max().expect("records"),
    );
    println!(
        "{RECORDS} records, bodies of {min} to {max} bytes ({mean} on average), best of {PASSES} passes"
    );
    println!();
    println!(
        "| decoder | bytes a record | threads | decode, records/s | MB/s | with leaf and root, records/s | MB/s |"
    );
    println!("|---|---:|---:|---:|---:|---:|---:|");

    let forms: [(&str, &[Vec<u8>], Decode); 3] = [
        ("JSON, serde_json", &json, serde_json),
        ("JSON, sonic-rs", &json, sonic),
        ("postcard (reference)", &binary, postcard),
    ];
    for (name, blobs, decode) in forms {
        for (blob, body) in blobs.iter().zip(&bodies) {
            assert_eq!(&decode(blob), body, "{name} reads what was written");
        }
        for threads in [1, 2] {
            row(name, blobs, decode, threads);
        }
    }
    println!();
    println!("the aim is {AIM_PER_SECOND} records/s with leaf and root on two cores");
}

fn row(name: &str, blobs: &[Vec<u8>], decode: Decode, threads: usize) {
    let bytes: usize = blobs.iter().map(Vec::len).sum();
    let decoding = best(|| {
        share(blobs, threads, |blob| {
            black_box(decode(blob));
        });
    });
    let mut heads = Vec::new();
    let replay = best(|| heads.push(replay(blobs, decode, threads)));
    assert!(
        heads.iter().all(|head| *head == heads[0]),
        "every pass gives the same root"
    );
    let speed = |took: Duration| {
        let seconds = took.as_secs_f64();
        format!(
            "{:.0} | {:.0}",
            blobs.len() as f64 / seconds,
            bytes as f64 / seconds / 1e6
        )
    };
    println!(
        "| {name} | {} | {threads} | {} | {} |",
        bytes / blobs.len(),
        speed(decoding),
        speed(replay)
    );
}

/// Decodes and hashes on some threads, then grows the tree on one.
fn replay(blobs: &[Vec<u8>], decode: Decode, threads: usize) -> Head {
    let leaves = share(blobs, threads, |blob| {
        black_box(decode(blob));
        merkle::leaf(blob)
    });
    let mut frontier = Frontier::new();
    frontier.extend(leaves);
    frontier.head()
}

fn share<T: Send>(blobs: &[Vec<u8>], threads: usize, each: impl Fn(&[u8]) -> T + Sync) -> Vec<T> {
    let each = &each;
    std::thread::scope(|scope| {
        let part = |part: &'_ [Vec<u8>]| part.iter().map(|blob| each(blob)).collect::<Vec<T>>();
        let parts = blobs.chunks(blobs.len().div_ceil(threads));
        let running: Vec<_> = parts
            .map(|blobs| scope.spawn(move || part(blobs)))
            .collect();
        running
            .into_iter()
            .flat_map(|thread| thread.join().expect("no thread panics"))
            .collect()
    })
}

fn best(mut pass: impl FnMut()) -> Duration {
    let timed = (0..PASSES).map(|_| {
        let started = Instant::now();
        pass();
        started.elapsed()
    });
    timed.min().expect("at least one pass")
}

fn serde_json(blob: &[u8]) -> Body {
    let record = Record::decode(blob).expect("a record");
    let body = record.body.parse().expect("a body");
    black_box(record);
    body
}

fn sonic(blob: &[u8]) -> Body {
    let envelope: Envelope<'_, sonic_rs::LazyValue<'_>> =
        sonic_rs::from_slice(blob).expect("a record");
    let body = sonic_rs::from_str(envelope.body.as_raw_str()).expect("a body");
    // The same owned record as the register makes, so that the decoders differ in the decoding only.
    let object = |nested: &sonic_rs::LazyValue<'_>| Box::<str>::from(nested.as_raw_str());
    black_box((
        envelope.act.parse::<ActId>().expect("an act id"),
        envelope.at.parse::<RecordedAt>().expect("an instant"),
        envelope.rules.parse::<Hash>().expect("a hash"),
        envelope.salt.parse::<Salt>().expect("a salt"),
        [envelope.command, envelope.kind].map(Box::<str>::from),
        [
            object(&envelope.actor),
            object(&envelope.body),
            object(&envelope.origin),
        ],
    ));
    body
}

fn postcard(blob: &[u8]) -> Body {
    let compact: Compact<'_> = postcard::from_bytes(blob).expect("a record");
    black_box((
        [compact.command, compact.kind, compact.actor, compact.origin].map(Box::<str>::from),
        compact.act,
        compact.at,
        compact.rules,
        compact.salt,
    ));
    compact.body
}

fn compact(record: &Record, body: &Body) -> Vec<u8> {
    let compact = Compact {
        act: *record.act.as_bytes(),
        actor: record.actor.as_str(),
        at: record.at.timestamp().as_millisecond(),
        body: body.clone(),
        command: record.command.as_str(),
        effective: record
            .effective
            .as_ref()
            .map(comity_register::Effective::as_str),
        kind: record.kind.as_str(),
        ordinal: record.ordinal,
        origin: record.origin.as_str(),
        position: record.position,
        rules: *record.rules.as_bytes(),
        salt: *record.salt.as_bytes(),
        version: record.version,
    };
    postcard::to_stdvec(&compact).expect("a value without maps of unknown length")
}

fn record(position: u64) -> (Record, Body) {
    let chance = Hash::of(&position.to_be_bytes());
    let half = |from: usize| {
        <[u8; 16]>::try_from(&chance.as_bytes()[from..from + 16]).expect("16 of 32 bytes")
    };
    let (kind, body) = body(position, chance);
    let instant = jiff::Timestamp::from_millisecond(
        1_318_687_200_000 + i64::try_from(position).expect("few"),
    );
    let object =
        |value: serde_json::Value| Object::new(&value).expect("a value with a canonical form");
    let record = Record {
        act: ActId::from_bytes(half(0)),
        command: ActId::from_bytes(half(16)).into(),
        ordinal: 0,
        position,
        at: RecordedAt::new(instant.expect("a day of October 2011"))
            .expect("a day of October 2011"),
        effective: position
            .is_multiple_of(3)
            .then(|| "2011-10-15".parse().expect("a date")),
        origin: object(
            json!({"recorded": {"source": "minutes-2011", "lines": [position % 900, position % 900 + 4]}}),
        ),
        actor: object(
            json!({"person": "7c1d4f", "seat": "HN-1", "capacity": "delegate", "party": "HN"}),
        ),
        rules: Hash::of(b"rules"),
        kind: kind.parse().expect("a kind"),
        version: 1,
        salt: Salt::from_bytes(half(8)),
        body: Object::new(&body).expect("a body with a canonical form"),
    };
    (record, body)
}

fn body(position: u64, chance: Hash) -> (&'static str, Body) {
    let byte = |place: usize| u32::from(chance.as_bytes()[place]);
    let text = || Text {
        hash: chance,
        language: "es".to_owned(),
        bytes: 4_000 + u64::from(byte(1)),
    };
    let some = |least: u32, most: u32| least + byte(2) % (most - least + 1);
    let parties = [
        "BZ", "CA", "CR", "DO", "SV", "US", "GT", "HN", "MX", "NI", "PA",
    ];
    let party = |place: u32| parties[(byte(3) + place) as usize % parties.len()].to_owned();
    match position % 4 {
        0 => (
            "AgendaAdopted",
            Body::AgendaAdopted {
                session: 16,
                items: (1..=some(2, 5)).map(item).collect(),
                text: text(),
            },
        ),
        1 => (
            "PositionGiven",
            Body::PositionGiven {
                session: 16,
                item: byte(4),
                position: "in favour, with an explanation of position to be annexed to the report"
                    .to_owned(),
                parties: (0..some(3, 11)).map(party).collect(),
                text: text(),
                on: "2011-10-15".to_owned(),
            },
        ),
        2 => (
            "ContributionPaid",
            Body::ContributionPaid {
                party: party(0),
                year: 2011,
                cents: i64::from(byte(5)) * 100_000,
                currency: "USD".to_owned(),
                printed: "US$ 12 500,00 (doce mil quinientos dólares), depósito del 15 de octubre"
                    .to_owned(),
                lines: Lines {
                    source: "technical-secretariat-accounts-2011".to_owned(),
                    from: byte(6),
                    to: byte(6) + 2,
                },
                note: text(),
            },
        ),
        _ => (
            "DocumentCirculated",
            Body::DocumentCirculated {
                symbol: format!("RCM/XVI/DOC/{}/Rev.1", byte(7)),
                to: (0..some(3, 9))
                    .map(|place| addressee(party(place)))
                    .collect(),
                due_on: "2011-11-15".to_owned(),
                files: (0..2).map(|_| text()).collect(),
            },
        ),
    }
}

fn item(number: u32) -> Item {
    let en = "Report on the activities of the Presidency Pro-Tempore".to_owned();
    let es = "Informe de actividades de la Presidencia Pro Témpore y «próximos pasos»".to_owned();
    Item {
        number,
        title: Bilingual { en, es },
    }
}

fn addressee(party: String) -> Addressee {
    Addressee {
        seat: format!("{party}-1"),
        party,
        capacity: "delegate".to_owned(),
    }
}
