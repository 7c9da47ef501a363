//! The informal consultation: each refusal with its neighbour that is in order, both sides of each edge, and what has to hold
//! whatever is answered (H-14).

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod consulting;

use std::collections::{BTreeMap, BTreeSet};

use comity_conference::{
    ActBody, ActId, Attached, Channel, CloseInformal, Command, InformalAnswered, InformalAsked,
    InformalKind, InformalOpened, InformalReaders, InformalReply, Informally, Matter, OpenInformal,
    Received, Rejection,
};
use comity_rules::Text;
use jiff::civil::{Date, date};
use proptest::prelude::*;
use proptest::test_runner::Config;

use consulting::{MEMBERS, Room, nobodys, rules_without};

/// A step that is refused, and the least other one that is in order.
struct Scenario {
    code: &'static str,
    because: &'static str,
    given: fn(&mut Room) -> ActId,
    refused: fn(&mut Room, ActId) -> Informally,
    but: fn(&mut Room, ActId) -> Informally,
}

impl Scenario {
    fn holds(&self) {
        let mut room = Room::new();
        let id = (self.given)(&mut room);
        let step = (self.refused)(&mut room, id);
        let refused = tries(&mut room, step).unwrap_err();
        assert_eq!(refused.code(), self.code, "{}: {refused}", self.because);
        assert!(!refused.to_string().is_empty());
        let step = (self.but)(&mut room, id);
        if let Err(refused) = tries(&mut room, step) {
            panic!("{}, but then: {} {refused}", self.because, refused.code());
        }
        room.holds_together();
    }
}

fn tries(room: &mut Room, step: Informally) -> Result<ActId, Rejection> {
    room.carries_out(&Command::Informally(Box::new(step)))
}

fn does(room: &mut Room, step: Informally) -> ActId {
    tries(room, step).unwrap()
}

fn asks() -> OpenInformal {
    OpenInformal {
        kind: InformalKind::SaveTheDate,
        topic: Text::new("Un taller", "A workshop"),
        text: vec![Text::new(
            "El taller es el 7.",
            "The workshop is on the 7th.",
        )],
        matter: Matter::Ordinary,
        mandate: None,
        asked: InformalAsked::All,
        first: Some(date(2011, 11, 7)),
        last: None,
        helpful_by: None,
        readers: InformalReaders::Members,
        note: None,
    }
}

fn these(parties: &[&str]) -> Informally {
    let parties = parties.iter().map(|party| (*party).into()).collect();
    Informally::Open(OpenInformal {
        asked: InformalAsked::These(parties),
        ..asks()
    })
}

fn of(matter: Matter, mandate: Option<&str>) -> Informally {
    Informally::Open(OpenInformal {
        matter,
        mandate: mandate.map(str::to_owned),
        ..asks()
    })
}

fn by(day: &str) -> Informally {
    Informally::Open(OpenInformal {
        helpful_by: Some(day.parse().unwrap()),
        ..asks()
    })
}

fn opened(room: &mut Room) -> ActId {
    does(room, Informally::Open(asks()))
}

fn of_kind(room: &mut Room, kind: InformalKind) -> ActId {
    let dated = kind == InformalKind::SaveTheDate;
    let first = asks().first.filter(|_| dated);
    let asked = OpenInformal {
        kind,
        first,
        ..asks()
    };
    does(room, Informally::Open(asked))
}

/// Asks about days.
fn on(first: Option<Date>, last: Option<Date>) -> Informally {
    Informally::Open(OpenInformal {
        first,
        last,
        ..asks()
    })
}

fn says(consultation: ActId, party: &str, words: &str) -> InformalAnswered {
    InformalAnswered {
        consultation,
        party: party.into(),
        reply: None,
        words: Some(words.to_owned()),
        in_place_of: None,
        received: None,
    }
}

fn replies(consultation: ActId, reply: InformalReply) -> Informally {
    Informally::Answer(InformalAnswered {
        reply: Some(reply),
        words: None,
        ..says(consultation, "panama", "")
    })
}

fn nominates(consultation: ActId, function: &str) -> Informally {
    let function = function.to_owned();
    replies(consultation, InformalReply::Nominates { function })
}

fn received(consultation: ActId, on: &str) -> Informally {
    Informally::Answer(InformalAnswered {
        received: Some(Received {
            by: Channel::Telephone,
            on: on.parse().unwrap(),
            reference: "Llamada de la Dirección de Migración".to_owned(),
            file: None,
        }),
        ..says(consultation, "panama", "Sí.")
    })
}

fn ends(consultation: ActId) -> CloseInformal {
    CloseInformal {
        consultation,
        summary: Text::new("Conviene a todos.", "It suits all."),
        note: None,
    }
}

fn nothing(_: &mut Room) -> ActId {
    nobodys()
}

fn refusal(
    code: &'static str,
    because: &'static str,
    given: fn(&mut Room) -> ActId,
    refused: fn(&mut Room, ActId) -> Informally,
    but: fn(&mut Room, ActId) -> Informally,
) -> Scenario {
    Scenario {
        code,
        because,
        given,
        refused,
        but,
    }
}

fn all() -> Vec<Scenario> {
    [openings(), dates(), answers(), closings()]
        .into_iter()
        .flatten()
        .collect()
}

fn openings() -> Vec<Scenario> {
    let plain = |_: &mut Room, _| Informally::Open(asks());
    vec![
        refusal(
            "E-0802",
            "nobody presides yet",
            nothing,
            |room, _| {
                room.when("2009-12-31T23:59:59.999Z");
                Informally::Open(asks())
            },
            |room, _| {
                room.when(consulting::FRIDAY);
                Informally::Open(asks())
            },
        ),
        refusal(
            "E-0803",
            "who is a member is not asked here either",
            nothing,
            |_, _| of(Matter::Membership, Some("Decisión 9")),
            plain,
        ),
        refusal(
            "E-0803",
            "nor who is an observer",
            nothing,
            |_, _| of(Matter::Observers, Some("Decisión 9")),
            plain,
        ),
        refusal(
            "E-0804",
            "a matter of the closed door asks for the mandate, whatever is asked of it",
            nothing,
            |_, _| of(Matter::ClosedDoor, None),
            |_, _| of(Matter::ClosedDoor, Some("Decisión 9")),
        ),
        refusal(
            "E-0805",
            "nothing is asked",
            nothing,
            |_, _| {
                Informally::Open(OpenInformal {
                    text: Vec::new(),
                    ..asks()
                })
            },
            plain,
        ),
        refusal(
            "E-0010",
            "the topic stands in one language",
            nothing,
            |_, _| {
                Informally::Open(OpenInformal {
                    topic: Text::new("Un taller", " "),
                    ..asks()
                })
            },
            plain,
        ),
        refusal(
            "E-0843",
            "nobody is chosen",
            nothing,
            |_, _| these(&[]),
            |_, _| these(&["panama"]),
        ),
        refusal(
            "E-0844",
            "the Presidency does not ask itself",
            nothing,
            |_, _| these(&["panama", "honduras"]),
            |_, _| these(&["panama", "mexico"]),
        ),
        refusal(
            "E-0844",
            "an observer is no member",
            nothing,
            |_, _| these(&["peru"]),
            |_, _| these(&["panama"]),
        ),
        refusal(
            "E-0844",
            "a state that left is none any more",
            nothing,
            |_, _| these(&["belize"]),
            |_, _| these(&["panama"]),
        ),
        refusal(
            "E-0845",
            "the day is over wherever one looks at a calendar",
            nothing,
            |room, _| {
                room.when("2011-10-15T12:00:00Z");
                by("2011-10-14")
            },
            |room, _| {
                room.when("2011-10-15T11:59:59.999Z");
                by("2011-10-14")
            },
        ),
    ]
}

fn dates() -> Vec<Scenario> {
    const DAY: Date = date(2011, 11, 7);
    vec![
        refusal(
            "E-0851",
            "a save-the-date asks about a day",
            nothing,
            |_, _| on(None, None),
            |_, _| on(Some(DAY), None),
        ),
        refusal(
            "E-0851",
            "the last day alone is no date",
            nothing,
            |_, _| on(None, Some(DAY)),
            |_, _| on(Some(DAY), Some(DAY)),
        ),
        refusal(
            "E-0852",
            "the last day is before the first one",
            nothing,
            |_, _| on(Some(DAY), Some(date(2011, 11, 6))),
            |_, _| on(Some(DAY), Some(date(2011, 11, 8))),
        ),
        refusal(
            "E-0853",
            "the day is over wherever one looks at a calendar",
            nothing,
            |room, _| {
                room.when("2011-11-08T12:00:00Z");
                on(Some(DAY), Some(date(2011, 11, 9)))
            },
            |room, _| {
                room.when("2011-11-08T11:59:59.999Z");
                on(Some(DAY), Some(date(2011, 11, 9)))
            },
        ),
        refusal(
            "E-0854",
            "another kind asks about no day",
            nothing,
            |_, _| comments(Some(DAY), None),
            |_, _| comments(None, None),
        ),
        refusal(
            "E-0854",
            "nor about a last one",
            nothing,
            |_, _| comments(None, Some(DAY)),
            |_, _| comments(None, None),
        ),
        refusal(
            "E-0855",
            "nobody keeps more than a month free",
            nothing,
            |_, _| on(Some(DAY), Some(date(2011, 12, 8))),
            |_, _| on(Some(DAY), Some(date(2011, 12, 7))),
        ),
    ]
}

fn comments(first: Option<Date>, last: Option<Date>) -> Informally {
    Informally::Open(OpenInformal {
        kind: InformalKind::Comments,
        first,
        last,
        ..asks()
    })
}

/// A day is one day however it is written, and a record of before, without days, is read as it was.
#[test]
fn days_stand_in_the_act_and_a_record_without_them_is_read() {
    const DAY: Date = date(2011, 11, 7);
    for (last, kept, days) in [
        (None, None, (DAY, DAY)),
        (Some(DAY), None, (DAY, DAY)),
        (
            Some(date(2011, 11, 9)),
            Some(date(2011, 11, 9)),
            (DAY, date(2011, 11, 9)),
        ),
    ] {
        let mut room = Room::new();
        let id = does(&mut room, on(Some(DAY), last));
        let opened = room.conference.informals[&id].opened.clone();
        assert_eq!((opened.first, opened.last), (Some(DAY), kept));
        assert_eq!(opened.days(), Some(days));
        let mut written = serde_json::to_value(&opened).unwrap();
        assert_eq!(written["first"], "2011-11-07");
        assert_eq!(written.get("last").is_some(), kept.is_some());
        let read: InformalOpened = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(read, opened);
        for name in ["first", "last"] {
            written.as_object_mut().unwrap().remove(name);
        }
        let read: InformalOpened = serde_json::from_value(written.clone()).unwrap();
        assert_eq!(read.kind, InformalKind::SaveTheDate);
        assert_eq!(read.days(), None);
        assert_eq!(serde_json::to_value(&read).unwrap(), written);
    }
}

fn answers() -> Vec<Scenario> {
    let yes = |_: &mut Room, id| replies(id, InformalReply::Suits);
    vec![
        refusal(
            "E-0841",
            "there is none under this id",
            opened,
            |_, _| replies(nobodys(), InformalReply::Suits),
            yes,
        ),
        refusal(
            "E-0842",
            "nothing follows the close",
            |room| {
                let id = opened(room);
                does(room, Informally::Close(ends(id)));
                id
            },
            |_, id| replies(id, InformalReply::Suits),
            |room, _| {
                let other = opened(room);
                replies(other, InformalReply::Suits)
            },
        ),
        refusal(
            "E-0846",
            "whoever asks does not answer",
            opened,
            |_, id| Informally::Answer(says(id, "honduras", "Sí.")),
            yes,
        ),
        refusal(
            "E-0846",
            "it was asked of others",
            |room| does(room, these(&["mexico", "panama"])),
            |_, id| Informally::Answer(says(id, "guatemala", "Sí.")),
            yes,
        ),
        refusal(
            "E-0847",
            "an answer stands that was not seen",
            |room| {
                let id = opened(room);
                does(room, Informally::Answer(says(id, "panama", "No.")));
                id
            },
            |_, id| replies(id, InformalReply::Suits),
            |room, id| {
                let standing = room.conference.informals[&id].standing("panama").unwrap();
                Informally::Answer(InformalAnswered {
                    in_place_of: Some(standing.act),
                    ..says(id, "panama", "Sí.")
                })
            },
        ),
        refusal(
            "E-0847",
            "nothing stands in the place of which it could come",
            opened,
            |_, id| {
                Informally::Answer(InformalAnswered {
                    in_place_of: Some(nobodys()),
                    ..says(id, "panama", "Sí.")
                })
            },
            yes,
        ),
        refusal(
            "E-0848",
            "it says what it said",
            |room| {
                let id = opened(room);
                does(room, Informally::Answer(says(id, "panama", "No.")));
                id
            },
            |room, id| {
                let standing = room.conference.informals[&id].standing("panama").unwrap();
                Informally::Answer(InformalAnswered {
                    in_place_of: Some(standing.act),
                    ..says(id, "panama", "No.")
                })
            },
            |room, id| {
                let standing = room.conference.informals[&id].standing("panama").unwrap();
                Informally::Answer(InformalAnswered {
                    in_place_of: Some(standing.act),
                    reply: Some(InformalReply::DoesNotSuit),
                    ..says(id, "panama", "No.")
                })
            },
        ),
        refusal(
            "E-0849",
            "neither a choice nor words",
            opened,
            |_, id| {
                Informally::Answer(InformalAnswered {
                    words: None,
                    ..says(id, "panama", "")
                })
            },
            yes,
        ),
        refusal(
            "E-0849",
            "a nomination of nothing",
            |room| of_kind(room, InformalKind::Nominations),
            |_, id| nominates(id, " "),
            |_, id| nominates(id, "Dirección de Migración"),
        ),
        refusal(
            "E-0829",
            "words of nothing",
            opened,
            |_, id| Informally::Answer(says(id, "panama", "\n")),
            |_, id| Informally::Answer(says(id, "panama", "Sí.\nCon gusto.")),
        ),
        refusal(
            "E-0830",
            "words without end",
            opened,
            |_, id| Informally::Answer(says(id, "panama", &"a".repeat(4_001))),
            |_, id| Informally::Answer(says(id, "panama", &"a".repeat(4_000))),
        ),
        refusal(
            "E-0011",
            "a post of more than a line or two",
            |room| of_kind(room, InformalKind::Nominations),
            |_, id| nominates(id, &"a".repeat(301)),
            |_, id| nominates(id, &"a".repeat(300)),
        ),
        refusal(
            "E-0850",
            "nobody is nominated for a day",
            opened,
            |_, id| nominates(id, "Dirección de Migración"),
            yes,
        ),
        refusal(
            "E-0850",
            "comments are asked for, and no day",
            |room| of_kind(room, InformalKind::Comments),
            |_, id| replies(id, InformalReply::DoesNotSuit),
            |_, id| Informally::Answer(says(id, "panama", "Dos observaciones.")),
        ),
        refusal(
            "E-0606",
            "it came on a day that is still to come",
            opened,
            |_, id| received(id, "2011-10-16"),
            |_, id| received(id, "2011-10-14"),
        ),
    ]
}

fn closings() -> Vec<Scenario> {
    let closes = |_: &mut Room, id| Informally::Close(ends(id));
    vec![
        refusal(
            "E-0841",
            "there is none under this id",
            opened,
            |_, _| Informally::Close(ends(nobodys())),
            closes,
        ),
        refusal(
            "E-0842",
            "it is closed once",
            |room| {
                let id = opened(room);
                does(room, Informally::Close(ends(id)));
                id
            },
            closes,
            |room, _| {
                let other = opened(room);
                Informally::Close(ends(other))
            },
        ),
        refusal(
            "E-0010",
            "the summary stands in one language",
            opened,
            |_, id| {
                Informally::Close(CloseInformal {
                    summary: Text::new("", "It suits all."),
                    ..ends(id)
                })
            },
            closes,
        ),
        refusal(
            "E-0011",
            "a summary without end",
            opened,
            |_, id| {
                Informally::Close(CloseInformal {
                    summary: Text::new("a".repeat(4_001), "It suits all."),
                    ..ends(id)
                })
            },
            |_, id| {
                Informally::Close(CloseInformal {
                    summary: Text::new("a".repeat(4_000), "It suits all."),
                    ..ends(id)
                })
            },
        ),
    ]
}

#[test]
fn what_is_refused_is_in_order_as_soon_as_the_reason_is_gone() {
    for scenario in all() {
        scenario.holds();
    }
}

#[test]
fn no_reason_for_a_refusal_is_forgotten() {
    let reached: BTreeSet<&str> = all().iter().map(|scenario| scenario.code).collect();
    for number in 841..=850 {
        let code = format!("E-0{number}");
        assert!(reached.contains(code.as_str()), "{code}");
    }
}

#[test]
fn it_needs_no_rule_of_the_written_consultation() {
    let mut room = Room::under(rules_without());
    opened(&mut room);
    assert!(matches!(room.last(), ActBody::InformalOpened(_)));
}

#[test]
fn all_are_asked_but_the_one_that_asks_observers_and_those_who_left() {
    let mut room = Room::new();
    let id = opened(&mut room);
    let consultation = &room.conference.informals[&id];
    let asked: Vec<&str> = consultation
        .opened
        .asked
        .iter()
        .map(|name| &**name)
        .collect();
    assert_eq!(asked, ["costa-rica", "guatemala", "mexico", "panama"]);
    assert_eq!(&*consultation.opened.presidency, "honduras");
}

/// No day that was named is a deadline: long after it an answer is taken as on the first day, until the close.
#[test]
fn the_day_by_which_an_answer_helps_ends_nothing() {
    let mut room = Room::new();
    let id = does(&mut room, by("2011-10-20"));
    room.when("2011-12-20T15:00:00Z");
    does(&mut room, replies(id, InformalReply::DoesNotSuit));
    assert!(room.conference.informals[&id].closed.is_none());
}

/// Who presides when it is closed says what came of it, whoever asked.
#[test]
fn the_presidency_of_the_day_closes_what_the_one_before_opened() {
    let mut room = Room::new();
    let id = opened(&mut room);
    room.when("2012-01-02T15:00:00Z");
    does(&mut room, Informally::Close(ends(id)));
    let consultation = &room.conference.informals[&id];
    assert_eq!(&*consultation.opened.presidency, "honduras");
    let end = consultation.closed.as_ref().unwrap();
    assert_eq!(&*end.closed.presidency, "panama");
}

/// How an answer came is not what it says: neither a file nor a reference changes what a state said.
#[test]
fn the_same_words_by_another_way_are_the_same_answer() {
    let mut room = Room::new();
    let id = opened(&mut room);
    let first = does(&mut room, received(id, "2011-10-14"));
    let again = Informally::Answer(InformalAnswered {
        in_place_of: Some(first),
        received: Some(Received {
            by: Channel::Note,
            on: "2011-10-14".parse().unwrap(),
            reference: "Nota 7".to_owned(),
            file: Some(Attached {
                sha256: "0f".repeat(32).as_str().into(),
                bytes: 10,
                kind: "pdf".into(),
            }),
        }),
        ..says(id, "panama", "Sí.")
    });
    assert_eq!(tries(&mut room, again).unwrap_err().code(), "E-0848");
}

/// A step of a drawn consultation: who, whether it names what stands, which words; or the close.
type Drawn = (usize, bool, u8, bool);

proptest! {
    #![proptest_config(Config::with_cases(64))]

    /// Whatever is tried in whatever order: of each member that was asked at most one answer stands, it is the last that was
    /// taken, nothing stands of anybody else, nothing changes after the close, and a replay gives the same.
    #[test]
    fn one_state_has_one_voice_and_the_close_is_the_end(
        steps in proptest::collection::vec((0..MEMBERS.len(), any::<bool>(), 0_u8..3, prop::bool::weighted(0.04)), 1..40)
    ) {
        let mut room = Room::new();
        let id = opened(&mut room);
        let mut model: BTreeMap<&str, (ActId, u8)> = BTreeMap::new();
        let mut closed = false;
        for (place, names, words, closes) in steps {
            let (place, names, words, closes): Drawn = (place, names, words, closes);
            if closes {
                let done = tries(&mut room, Informally::Close(ends(id)));
                prop_assert_eq!(done.is_ok(), !closed);
                closed = true;
                continue;
            }
            let party = MEMBERS[place];
            let standing = model.get(party).copied();
            let step = Informally::Answer(InformalAnswered {
                in_place_of: standing.map(|(act, _)| act).filter(|_| names),
                ..says(id, party, &words.to_string())
            });
            let right = match standing {
                None => true,
                Some((_, said)) => names && said != words,
            };
            let done = tries(&mut room, step);
            prop_assert_eq!(done.is_ok(), !closed && party != "honduras" && right);
            if let Ok(act) = done {
                model.insert(party, (act, words));
            }
        }
        let consultation = &room.conference.informals[&id];
        for party in MEMBERS {
            let standing = consultation.standing(party).map(|given| given.act);
            prop_assert_eq!(standing, model.get(party).map(|(act, _)| *act));
            let standing = consultation.answers.iter();
            let standing = standing.filter(|given| *given.answered.party == *party && given.replaced.is_none());
            prop_assert!(standing.count() <= 1);
        }
        prop_assert_eq!(consultation.closed.is_some(), closed);
        room.holds_together();
    }
}
