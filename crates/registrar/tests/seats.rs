//! What is done from a seat: by whom, for whom, and until when. The judge here is a plain one; the policies of a process
//! have tests of their own.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_conference::{ActId, Command, PersonId, PolicyDocuments, SeatFilled, SeatVacated};
use comity_policy::{Action, Answer, Class, Judge, Near, Policy, Rights, Troika};
use comity_register::MemoryRegister;
use comity_registrar::{
    Capacity, Courts, Fact, Instants, Kind, OnDifference, Opening, Provenance, Refusal, Registrar,
    Row, Seat, StartingClock, SystemChance, SystemClock,
};
use comity_rules::Rules;

const RCM: &str = include_str!("../../../rules/rcm-2011/rules.toml");
const SEATS: &str = include_str!("../../../rules/rcm-2011/seats.toml");
const ANA: &str = "200b6vrb20e3mr48fq7am7ps6b";
const BRUNO: &str = "7zzzzzzzzzzzzzzzzzzzzzzzzz";

/// A speaker manages its own people, a coordinator repairs, the operator seats the secretariat, who presides hands over.
#[derive(Debug)]
struct Plain;

impl Judge for Plain {
    fn may(&self, rights: &Rights, action: Action, class: &Class) -> Answer {
        let office = rights.office.as_str();
        let allowed = match (action, class) {
            (Action::Manage, Class::People { of, of_kind }) => {
                (office == "speaker" && *of == rights.party)
                    || (office == "operator" && of_kind.as_str() == "secretariat")
            }
            (Action::Repair, Class::People { .. }) => office == "coordinator",
            (Action::HandOver, Class::Presidency) => {
                office == "speaker" && rights.troika == Troika::Current
            }
            _ => false,
        };
        Answer {
            allowed,
            policy: Arc::new(Policy::default_denial()),
        }
    }

    fn near(&self, _: &Rights, _: Action, _: &Class) -> Vec<Near> {
        Vec::new()
    }
}

#[derive(Debug)]
struct PlainCourts;

impl Courts for PlainCourts {
    fn open(&self, documents: &PolicyDocuments) -> Result<Arc<dyn Judge>, String> {
        match documents.get("policies.cedar").map(String::as_str) {
            Some("plain") => Ok(Arc::new(Plain)),
            other => Err(format!("{other:?}")),
        }
    }
}

async fn open(register: &Arc<MemoryRegister>, now: &str) -> Registrar {
    let opening = Opening {
        courts: Some(Arc::new(PlainCourts)),
        ..Opening::default()
    };
    open_with(register, now, opening).await
}

async fn open_with(register: &Arc<MemoryRegister>, now: &str, opening: Opening) -> Registrar {
    let instants = Instants {
        conference: Arc::new(StartingClock::at(now.parse().unwrap())),
        system: Arc::new(SystemClock),
    };
    let register: Arc<MemoryRegister> = Arc::clone(register);
    Registrar::open_at(
        register,
        instants,
        Arc::new(SystemChance),
        opening,
        |_, _| {},
    )
    .await
    .unwrap()
}

async fn done(
    registrar: &Registrar,
    from: impl Into<Capacity>,
    id: &str,
    command: Command,
) -> Result<Vec<ActId>, Refusal> {
    let settled = registrar.submit(from, id.parse().unwrap(), command).await?;
    Ok(settled.acts)
}

fn fact_of(kind: Kind, body: serde_json::Value) -> Fact {
    match kind {
        Kind::SourceRegistered => Fact::SourceRegistered(serde_json::from_value(body).unwrap()),
        Kind::PartyAdmitted => Fact::PartyAdmitted(serde_json::from_value(body).unwrap()),
        Kind::PresidencyAgreed => Fact::PresidencyAgreed(serde_json::from_value(body).unwrap()),
        other => panic!("{other:?} is not of this conference"),
    }
}

fn fact(kind: Kind, body: serde_json::Value) -> Row {
    Row {
        fact: fact_of(kind, body),
        provenance: Provenance {
            source: "book".into(),
            lines: "1".into(),
            printed: Default::default(),
            note: None,
            inferred: false,
        },
    }
}

/// A conference of two members that preside one after the other.
async fn begun(register: &Arc<MemoryRegister>, now: &str) -> Registrar {
    let registrar = open(register, now).await;
    let documents: BTreeMap<String, String> = [
        ("policies.cedar", "plain"),
        ("schema.cedarschema", ""),
        ("seats.toml", SEATS),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .into();
    let adopt = Command::AdoptRules {
        rules: Arc::new(Rules::parse(RCM).unwrap()),
        documents,
        register: "0123456789abcdef".into(),
        demo: false,
    };
    done(&registrar, Seat::Operator, "rules", adopt)
        .await
        .unwrap();
    let text = |text: &str| serde_json::json!({"es": text, "en": text});
    let mut rows = vec![fact(
        Kind::SourceRegistered,
        serde_json::json!({"id": "book", "title": text("A book"), "publisher": text("Somebody"),
            "published": "2011-10", "summary": text("A book.")}),
    )];
    for id in ["honduras", "panama"] {
        let body = serde_json::json!({"id": id, "kind": "member", "name": text(id)});
        rows.push(fact(Kind::PartyAdmitted, body));
    }
    for (party, year) in [("honduras", "2011"), ("panama", "2012")] {
        let body = serde_json::json!({"id": format!("ppt-{year}"), "party": party, "term": year, "agreed": "2010"});
        rows.push(fact(Kind::PresidencyAgreed, body));
    }
    let record = Command::RecordFacts {
        rows,
        on_difference: OnDifference::Refuse,
    };
    done(&registrar, Seat::Operator, "record", record)
        .await
        .unwrap();
    registrar
}

fn seat(seat: &str, party: &str, person: &str, note: Option<&str>) -> Command {
    Command::FillSeat {
        seat: Box::new(SeatFilled {
            seat: seat.into(),
            party: party.into(),
            person: PersonId::new(person).unwrap(),
            branch: None,
            purpose: None,
            meeting: None,
            until: None,
            note: note.map(str::to_owned),
        }),
        replace: false,
    }
}

fn vacate(filled: ActId) -> Command {
    Command::VacateSeat(SeatVacated { filled, note: None })
}

const NOW: &str = "2011-11-02T12:00:00Z";

#[tokio::test]
async fn the_first_seat_comes_from_the_operator_and_the_others_from_it() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register, NOW).await;
    for (from, command) in [
        (Seat::Public, seat("coordinator", "secretariat", ANA, None)),
        (
            Seat::Operator,
            seat("speaker", "honduras", ANA, Some("note")),
        ),
        (
            Seat::Public,
            vacate(ActId::new("00000000000000000000009999").unwrap()),
        ),
    ] {
        let refused = done(&registrar, from, "refused", command)
            .await
            .unwrap_err();
        assert!(matches!(refused, Refusal::NotPermitted { .. }), "{refused}");
    }
    let coordinator = seat("coordinator", "secretariat", ANA, None);
    let coordinator = done(&registrar, Seat::Operator, "coordinator", coordinator)
        .await
        .unwrap()[0];
    // The secretariat repairs, on a note and not without.
    let speaker = |note| seat("speaker", "honduras", BRUNO, note);
    let refused = done(&registrar, coordinator, "bare", speaker(None))
        .await
        .unwrap_err();
    assert!(matches!(refused, Refusal::NotPermitted { .. }), "{refused}");
    let speaker = done(&registrar, coordinator, "noted", speaker(Some("Nota 7")))
        .await
        .unwrap()[0];
    // And the country itself goes on.
    done(
        &registrar,
        speaker,
        "minister",
        seat("vice-minister", "honduras", ANA, None),
    )
    .await
    .unwrap();
    let other = seat("vice-minister", "panama", ANA, None);
    let refused = done(&registrar, speaker, "other", other).await.unwrap_err();
    assert!(matches!(refused, Refusal::NotPermitted { .. }), "{refused}");
}

#[tokio::test]
async fn who_left_a_seat_does_nothing_from_it() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register, NOW).await;
    let fill = seat("coordinator", "secretariat", ANA, None);
    let coordinator = done(&registrar, Seat::Operator, "fill", fill)
        .await
        .unwrap()[0];
    done(&registrar, Seat::Operator, "vacate", vacate(coordinator))
        .await
        .unwrap();
    let command = seat("speaker", "honduras", BRUNO, Some("Nota 7"));
    let refused = done(&registrar, coordinator, "late", command)
        .await
        .unwrap_err();
    assert!(matches!(refused, Refusal::SeatNotHeld), "{refused}");
}

#[tokio::test]
async fn an_act_says_from_which_seat_for_whom_and_in_which_capacity() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register, NOW).await;
    let fill = seat("coordinator", "secretariat", ANA, None);
    let coordinator = done(&registrar, Seat::Operator, "c", fill).await.unwrap()[0];
    let fill = seat("speaker", "honduras", BRUNO, Some("Nota 7"));
    let speaker = done(&registrar, coordinator, "s", fill).await.unwrap()[0];
    let hand_over = Command::HandOverPresidency {
        presidency: "ppt-2012".into(),
        from: None,
        zone: "America/Panama".into(),
    };
    let act = done(&registrar, speaker, "h", hand_over).await.unwrap()[0];
    let record = registrar
        .record(Seat::Public, &act.to_string())
        .await
        .unwrap()
        .unwrap();
    let text = String::from_utf8(record.blob).unwrap();
    for part in [
        format!("\"person\":\"{BRUNO}\""),
        "\"for_party\":\"honduras\"".into(),
        "\"capacity\":\"presidency\"".into(),
        "\"seat\":\"speaker\"".into(),
    ] {
        assert!(text.contains(&part), "{part} in {text}");
    }
    // Who holds a seat is not the public's.
    let closed = registrar
        .record(Seat::Public, &speaker.to_string())
        .await
        .unwrap();
    assert!(closed.is_none());
}

/// An act of the Presidency and the hand-over at the same time: the register has one order, and either is explained by it.
#[tokio::test]
async fn the_presidency_leaves_with_the_hand_over() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register, NOW).await;
    let fill = seat("coordinator", "secretariat", ANA, None);
    let coordinator = done(&registrar, Seat::Operator, "c", fill).await.unwrap()[0];
    let fill = seat("speaker", "honduras", BRUNO, Some("Nota 7"));
    let speaker = done(&registrar, coordinator, "s", fill).await.unwrap()[0];
    let hand_over = |zone: &str| Command::HandOverPresidency {
        presidency: "ppt-2012".into(),
        from: None,
        zone: zone.into(),
    };
    let (first, second) = tokio::join!(
        done(&registrar, speaker, "first", hand_over("America/Panama")),
        done(
            &registrar,
            speaker,
            "second",
            hand_over("America/Tegucigalpa")
        ),
    );
    let refused = match (first, second) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        both => panic!("exactly one is in order: {both:?}"),
    };
    assert!(matches!(refused, Refusal::NotPermitted { .. }), "{refused}");
}

#[tokio::test]
async fn a_node_started_anew_knows_the_seats_and_one_without_courts_gives_no_rights() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register, NOW).await;
    let fill = seat("coordinator", "secretariat", ANA, None);
    let coordinator = done(&registrar, Seat::Operator, "c", fill).await.unwrap()[0];
    let again = open(&register, NOW).await;
    assert!(
        again
            .state()
            .conference
            .same_as(&registrar.state().conference)
    );
    let command = || seat("speaker", "honduras", BRUNO, Some("Nota 7"));
    done(&again, coordinator, "again", command()).await.unwrap();
    let bare = open_with(&register, NOW, Opening::default()).await;
    let command = seat("speaker", "panama", BRUNO, Some("Nota 7"));
    let refused = done(&bare, coordinator, "bare", command).await.unwrap_err();
    assert!(matches!(refused, Refusal::NotPermitted { .. }), "{refused}");
}
