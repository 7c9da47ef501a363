//! What is done from a seat: by whom, for whom, and until when. The judge here is a plain one; the policies of a process
//! have tests of their own.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use comity_conference::{
    ActId, CandidacyAnnounced, CandidacyWithdrawn, Command, PersonId, PolicyDocuments, SeatFilled,
    SeatVacated,
};
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
            (Action::EnterReceived, Class::Presidency) => office == "coordinator",
            (Action::Announce, Class::Presidency) => office == "speaker",
            (Action::ChooseTheme, Class::Presidency) => {
                office == "speaker" && rights.troika != Troika::Outside
            }
            (Action::HandOver | Action::Decide, Class::Presidency) => {
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

/// Nobody may anything.
#[derive(Debug)]
struct Closed;

impl Judge for Closed {
    fn may(&self, _: &Rights, _: Action, _: &Class) -> Answer {
        Answer {
            allowed: false,
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
            Some("closed") => Ok(Arc::new(Closed)),
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
        Kind::BodyEstablished => Fact::BodyEstablished(serde_json::from_value(body).unwrap()),
        Kind::MeetingHeld => Fact::MeetingHeld(serde_json::from_value(body).unwrap()),
        other => panic!("{other:?} is not of this conference"),
    }
}

fn fact(kind: Kind, body: serde_json::Value) -> Row {
    Row {
        fact: fact_of(kind, body),
        provenance: Provenance::at("book", "1"),
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
    let body = serde_json::json!({"id": "vm", "kind": "vice_ministerial", "name": text("vm"), "summary": text("vm")});
    rows.push(fact(Kind::BodyEstablished, body));
    let body = serde_json::json!({"id": "vm-2011", "body": "vm", "date": "2011-06"});
    rows.push(fact(Kind::MeetingHeld, body));
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
            file: None,
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

fn announce(party: &str, note: Option<&str>) -> Command {
    Command::AnnounceCandidacy(CandidacyAnnounced {
        party: party.into(),
        term: "2013".parse().unwrap(),
        meeting: "vm-2011".into(),
        note: note.map(str::to_owned),
    })
}

/// A speaker of each member and a coordinator.
async fn seated(registrar: &Registrar) -> [ActId; 3] {
    let coordinator = seat("coordinator", "secretariat", ANA, None);
    let coordinator = done(registrar, Seat::Operator, "c", coordinator)
        .await
        .unwrap()[0];
    let of = |party| seat("speaker", party, BRUNO, Some("note"));
    let honduras = done(registrar, coordinator, "h", of("honduras"))
        .await
        .unwrap()[0];
    let panama = done(registrar, coordinator, "p", of("panama"))
        .await
        .unwrap()[0];
    [coordinator, honduras, panama]
}

#[tokio::test]
async fn a_member_announces_itself_and_the_secretariat_enters_it_on_a_note() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register, NOW).await;
    let [coordinator, honduras, panama] = seated(&registrar).await;
    for (from, command) in [
        // For another, also on a note: only the Secretariat enters what it received.
        (honduras.into(), announce("panama", None)),
        (honduras.into(), announce("panama", Some("note"))),
        (coordinator.into(), announce("panama", None)),
        (
            Capacity::from(Seat::Operator),
            announce("panama", Some("note")),
        ),
        (Seat::Public.into(), announce("panama", Some("note"))),
    ] {
        let refused = done(&registrar, from, "x", command).await.unwrap_err();
        assert!(
            matches!(refused, Refusal::NotPermitted { .. }),
            "{refused:?}"
        );
    }
    let own = done(&registrar, panama, "own", announce("panama", None))
        .await
        .unwrap()[0];
    let entered = announce("honduras", Some("note 114"));
    done(&registrar, coordinator, "entered", entered)
        .await
        .unwrap();

    let withdraw = |note: Option<&str>| {
        Command::WithdrawCandidacy(CandidacyWithdrawn {
            announced: own,
            note: note.map(str::to_owned),
        })
    };
    let refused = done(&registrar, honduras, "w", withdraw(None))
        .await
        .unwrap_err();
    assert!(
        matches!(refused, Refusal::NotPermitted { .. }),
        "{refused:?}"
    );

    // Who presides puts on record what the members agreed; the one to follow does not.
    let designate = || Command::DesignatePresidency {
        announced: own,
        note: None,
    };
    let refused = done(&registrar, panama, "d", designate())
        .await
        .unwrap_err();
    assert!(
        matches!(refused, Refusal::NotPermitted { .. }),
        "{refused:?}"
    );
    done(&registrar, honduras, "d2", designate()).await.unwrap();

    let theme = |presidency: &str| Command::ChooseTheme {
        presidency: presidency.into(),
        theme: comity_rules::Text::new("Un tema", "A theme"),
        note: None,
    };
    // Each for its own.
    for (from, presidency) in [
        (honduras, "ppt-2012"),
        (panama, "ppt-2011"),
        (coordinator, "ppt-2012"),
    ] {
        let refused = done(&registrar, from, "t", theme(presidency))
            .await
            .unwrap_err();
        assert!(
            matches!(refused, Refusal::NotPermitted { .. }),
            "{presidency}"
        );
    }
    done(&registrar, panama, "t2", theme("ppt-2012"))
        .await
        .unwrap();
}

#[tokio::test]
async fn an_amendment_changes_who_may_what_from_its_act_on() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = begun(&register, NOW).await;
    let amend = |policies: &str| {
        let documents: BTreeMap<String, String> = [
            ("policies.cedar", policies),
            ("schema.cedarschema", ""),
            ("seats.toml", SEATS),
        ]
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into();
        let seats = comity_rules::seat_classes(SEATS).unwrap();
        Command::AmendRules {
            rules: Arc::new(Rules::parse(RCM).unwrap().seated(seats)),
            documents,
            why: comity_rules::Text::new("Cambia algo", "Something changes"),
            note: "Decisión 4".into(),
        }
    };
    let coordinator = seat("coordinator", "secretariat", ANA, None);
    let coordinator = done(&registrar, Seat::Operator, "c", coordinator)
        .await
        .unwrap()[0];
    let before = registrar.state().rules_hash;
    let refused = done(&registrar, coordinator, "a0", amend("closed"))
        .await
        .unwrap_err();
    assert!(
        matches!(refused, Refusal::NotPermitted { .. }),
        "{refused:?}"
    );
    // Policies that nobody can read change nothing.
    let refused = done(&registrar, Seat::Operator, "a1", amend("unheard of"))
        .await
        .unwrap_err();
    assert!(matches!(refused, Refusal::Unavailable(_)), "{refused:?}");
    assert_eq!(registrar.state().rules_hash, before);
    done(&registrar, Seat::Operator, "a2", amend("closed"))
        .await
        .unwrap();
    assert_ne!(registrar.state().rules_hash, before);
    let speaker = seat("speaker", "honduras", BRUNO, Some("note"));
    let refused = done(&registrar, coordinator, "s", speaker.clone())
        .await
        .unwrap_err();
    assert!(
        matches!(refused, Refusal::NotPermitted { .. }),
        "{refused:?}"
    );
    // Read again from the register, it is so still.
    drop(registrar);
    let registrar = open(&register, NOW).await;
    let refused = done(&registrar, coordinator, "s2", speaker)
        .await
        .unwrap_err();
    assert!(
        matches!(refused, Refusal::NotPermitted { .. }),
        "{refused:?}"
    );
}

/// A hand-over and an act of the Presidency at the same time: one comes first, and what follows is judged after it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_hand_over_and_an_act_beside_it_one_comes_first() {
    let (mut before, mut after) = (0, 0);
    for round in 0..40 {
        let register = Arc::new(MemoryRegister::new());
        let registrar = begun(&register, NOW).await;
        let [_, honduras, panama] = seated(&registrar).await;
        let own = done(&registrar, panama, "own", announce("panama", None))
            .await
            .unwrap()[0];
        let hand_over = Command::HandOverPresidency {
            presidency: "ppt-2012".into(),
            from: None,
            zone: "America/Panama".into(),
        };
        let designate = Command::DesignatePresidency {
            announced: own,
            note: None,
        };
        let handed = done(&registrar, honduras, "hand-over", hand_over);
        let designated = done(&registrar, honduras, "designate", designate);
        // By turns the one or the other is sent first.
        let (handed, designated) = if round % 2 == 0 {
            tokio::join!(handed, designated)
        } else {
            let (designated, handed) = tokio::join!(designated, handed);
            (handed, designated)
        };
        let handed = handed.unwrap()[0];
        let acts = &registrar.state().conference.acts;
        let place = |id| acts.iter().position(|line| line.id == id).unwrap();
        match designated {
            Ok(made) => {
                assert!(place(made[0]) < place(handed), "it was still in office");
                before += 1;
            }
            Err(refusal) => {
                let said = refusal.to_string();
                assert!(matches!(refusal, Refusal::NotPermitted { .. }), "{said}");
                assert!(
                    registrar
                        .state()
                        .conference
                        .presidencies
                        .get("ppt-2013")
                        .is_none()
                );
                after += 1;
            }
        }
    }
    assert!(
        before > 0 && after > 0,
        "both orders were seen: {before}, {after}"
    );
}
