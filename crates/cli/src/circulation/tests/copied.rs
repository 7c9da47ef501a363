//! Copies of what the Secretariat entered (C.3-9), and the letter that asks for consent to the written procedure.

use comity_conference::{
    ActId, Answer, CirculationNoted, Consult, ConsultationReferred, MethodConsented, OpenRound,
    Reaction, StatePosition, TroikaReacted,
};
use comity_registrar::{Capacity, Command};
use comity_rules::Text;
use comity_view::Language;
use comity_web::inside::Indoors as _;

use super::*;
use crate::illustration::{Cast, Speaker, course, speaker};

const NOTE: &str = "Nota 7";

impl Ground {
    pub(super) async fn enters(&self, command: Command) -> ActId {
        let state = self.registrar.state();
        let mut held = state.conference.held_seats(self.registrar.now());
        let coordinator = held.find(|(_, held)| held.filled.seat.as_str() == "coordinator");
        let from = Capacity::Held(coordinator.unwrap().0);
        let done = self.registrar.submit(from, loading::fresh_id(), command);
        done.await.unwrap().acts[0]
    }

    async fn enters_step(&self, step: Consult) -> ActId {
        self.enters(Command::Consult(Box::new(step))).await
    }

    fn consultation_begun(&self) -> ActId {
        let state = self.registrar.state();
        *state.conference.consultations.keys().next().unwrap()
    }
}

fn answer(consultation: ActId, party: &str) -> Consult {
    Consult::State(StatePosition {
        consultation,
        party: party.into(),
        answer: Answer::NoObjection,
        words: None,
        changes: Vec::new(),
        comments: Vec::new(),
        text: None,
        in_place_of: Vec::new(),
        received: Some(comity_conference::Received {
            by: comity_conference::Channel::Note,
            on: "2011-10-12".parse().unwrap(),
            reference: NOTE.to_owned(),
            file: None,
        }),
    })
}

fn reacted(consultation: ActId, party: &str, note: Option<&str>) -> Consult {
    Consult::React(TroikaReacted {
        consultation,
        party: party.into(),
        reaction: Reaction::Consents,
        text: None,
        words: None,
        note: note.map(Into::into),
    })
}

fn consents(consultation: ActId, party: &str, note: Option<&str>) -> Consult {
    Consult::ConsentToMethod(MethodConsented {
        consultation,
        party: party.into(),
        note: note.map(Into::into),
    })
}

/// Each letter that came, with a word by which it is known.
fn only(letters: &BTreeMap<String, String>, party: &str, said: &str) {
    assert_eq!(countries(letters), [party], "{said}");
    for wire in letters.values() {
        let letter = decoded(wire);
        assert!(letter.contains(said), "{said}: {letter}");
        assert!(!letter.contains("BEGIN:VCALENDAR"), "{letter}");
    }
}

#[tokio::test]
async fn what_is_entered_is_copied_to_whoever_sent_it() {
    let ground = Ground::new().await;
    let cast = Cast::of(&ground.registrar).unwrap();
    let submit = Consult::Submit(course(&cast.presidency.0));
    let id = cast.step(&cast.presidency, submit).await.unwrap();
    ground.round().await;
    ground.bag.empty();
    ground.enters_step(reacted(id, "panama", Some(NOTE))).await;
    ground.round().await;
    only(
        &ground.bag.empty(),
        "panama",
        "asentó la reacción preliminar",
    );
    // What a state says itself is copied to nobody.
    let mexico: Speaker = speaker(&ground.registrar, "mexico".to_owned()).unwrap();
    cast.step(&mexico, reacted(id, "mexico", None))
        .await
        .unwrap();
    ground.round().await;
    assert!(ground.bag.empty().is_empty());

    let open = Consult::Open(OpenRound {
        consultation: id,
        seen: None,
        text: None,
        why: None,
        uncertain: Vec::new(),
        knowingly: true,
        note: Some(NOTE.into()),
    });
    ground.enters_step(open).await;
    ground.round().await;
    only(
        &ground.bag.empty(),
        "dominican-republic",
        "una actuación de la Presidencia",
    );
    ground.until_let_go().await;
    ground.bag.empty();
    ground.enters_step(answer(id, "guatemala")).await;
    ground.round().await;
    only(
        &ground.bag.empty(),
        "guatemala",
        "hasta el cierre de la ronda",
    );
    let noted = |passage| {
        Consult::Note(CirculationNoted {
            consultation: id,
            round: 1,
            party: "belize".into(),
            passage,
            note: Some(NOTE.into()),
        })
    };
    ground.enters_step(noted(Passage::Escalated)).await;
    ground.round().await;
    assert!(ground.bag.empty().is_empty(), "the state did not say it");
    ground.enters_step(noted(Passage::Acknowledged)).await;
    ground.round().await;
    let receipt = ground.bag.empty();
    assert_eq!(countries(&receipt), ["belize"]);
    ground
        .enters_step(Consult::Refer(ConsultationReferred {
            consultation: id,
            why: Text::new("Por decir algo.", "To say something."),
            note: Some(NOTE.into()),
        }))
        .await;
    ground.round().await;
    let letters = ground.bag.0.lock().unwrap().clone();
    let copies = letters
        .iter()
        .filter(|letter| letter.text.contains("una actuación de la Presidencia"));
    let to: Vec<&str> = copies.map(|letter| letter.to.address.as_str()).collect();
    assert!(
        !to.is_empty()
            && to
                .iter()
                .all(|to| to.ends_with("@dominican-republic.example"))
    );
    // Besides, all who were asked are told that nothing is due any more.
    let told = letters
        .iter()
        .filter(|letter| letter.text.contains("remitió el asunto"));
    let told: std::collections::BTreeSet<&str> = told
        .filter_map(|letter| {
            letter
                .to
                .address
                .split('@')
                .nth(1)?
                .strip_suffix(".example")
        })
        .collect();
    assert_eq!(told.len(), OTHERS.len() + 1, "{told:?}");
}

/// The Presidency learns at once of an objection after the close, and its state of the answer.
#[tokio::test]
async fn a_late_objection_is_told_to_the_presidency_and_its_answer_to_the_state() {
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    let cast = Cast::of(&ground.registrar).unwrap();
    ground.until_let_go().await;
    let id = ground.consultation_begun();
    let guatemala: Speaker = speaker(&ground.registrar, "guatemala".to_owned()).unwrap();
    let state = |answer, in_place_of: &[ActId]| {
        Consult::State(StatePosition {
            consultation: id,
            party: "guatemala".into(),
            answer,
            words: None,
            changes: Vec::new(),
            comments: Vec::new(),
            text: None,
            in_place_of: in_place_of.to_vec(),
            received: None,
        })
    };
    ground.bag.empty();
    // In time it is on the board, and nobody is written to.
    let first = cast
        .step(&guatemala, state(Answer::Objects, &[]))
        .await
        .unwrap();
    ground.round().await;
    assert!(ground.bag.empty().is_empty());
    let second = cast
        .step(&guatemala, state(Answer::Agrees, &[first]))
        .await
        .unwrap();
    ground.forward("2011-10-25T16:00:00Z");
    ground.round().await;
    ground.bag.empty();
    let alone = |matters: &[&str]| {
        let alone = matters.iter();
        alone
            .filter(|of| **of == "letter-consultation-to-one")
            .count()
    };
    assert_eq!(alone(&ground.matters().await), 0);
    let objection = cast
        .step(&guatemala, state(Answer::Objects, &[second]))
        .await
        .unwrap();
    ground.round().await;
    only(
        &ground.bag.empty(),
        "dominican-republic",
        "presentó una objeción después del cierre",
    );
    let objected = alone(&ground.matters().await);
    assert!(objected > 0);
    let reply = Consult::AnswerObjection(comity_conference::ObjectionAnswered {
        consultation: id,
        objection,
        reply: Text::new("Se toma nota.", "It is noted."),
        note: None,
    });
    cast.step(&cast.presidency, reply).await.unwrap();
    ground.round().await;
    only(&ground.bag.empty(), "guatemala", "contestó la objeción");
    // A withdrawal is on the board.
    cast.step(&guatemala, state(Answer::StandsAside, &[objection]))
        .await
        .unwrap();
    ground.round().await;
    assert!(ground.bag.empty().is_empty());
    // Whoever looks after the letters does not read there who objected: one word stands for all that goes to one party alone.
    let matters = ground.matters().await;
    assert!(alone(&matters) > objected, "{matters:?}");
    for of in matters {
        assert!(!of.contains("object") && !of.contains("repl"), "{of}");
    }
}

#[tokio::test]
async fn a_copy_of_an_answer_after_the_close_does_not_say_that_it_can_be_corrected() {
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    ground.until_let_go().await;
    let id = ground.consultation_begun();
    let objects = |note| {
        let Consult::State(stated) = answer(id, "guatemala") else {
            unreachable!("an answer")
        };
        let answer = Answer::Objects;
        let words = Some("Por las fechas.".to_owned());
        let received = stated.received.clone().filter(|_| note);
        Consult::State(StatePosition {
            answer,
            words,
            received,
            ..stated
        })
    };
    ground.forward("2011-10-25T16:00:00Z");
    ground.round().await;
    ground.bag.empty();
    ground.enters_step(objects(true)).await;
    ground.round().await;
    let mut copy = ground.bag.empty();
    let told = copy.extract_if(.., |to, _| to.ends_with("@dominican-republic.example"));
    only(
        &told.collect(),
        "dominican-republic",
        "presentó una objeción",
    );
    only(&copy, "guatemala", "después del cierre");
    let letter = decoded(copy.values().next().unwrap());
    assert!(!letter.contains("hasta el cierre de la ronda"), "{letter}");
}

#[tokio::test]
async fn where_nobody_speaks_for_a_state_whoever_has_the_notices_gets_the_copy() {
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    ground.until_let_go().await;
    let focal = ground.focal_point("mexico").await;
    ground.nobody_speaks_for("mexico").await;
    ground.round().await;
    ground.bag.empty();
    let id = ground.consultation_begun();
    // The board says so, to whoever sees how each was reached.
    let unspoken = |party: &str, seat: &str| {
        let visitor = ground.visitor(party, seat);
        let inside = ground.house().inside(&visitor, Language::En).unwrap();
        let round = inside.consultation(&id.to_string()).unwrap().round.unwrap();
        let lines = round.members.into_iter().filter(|line| line.unspoken);
        lines.map(|line| line.party.clone()).collect::<Vec<_>>()
    };
    assert_eq!(unspoken("secretariat", "coordinator"), ["mexico"]);
    assert!(unspoken("guatemala", "speaker").is_empty());
    ground.enters_step(answer(id, "mexico")).await;
    ground.round().await;
    let copy = ground.bag.empty();
    assert_eq!(copy.keys().collect::<Vec<_>>(), [&focal]);
}

#[tokio::test]
async fn each_member_is_asked_once_whether_it_agrees_to_decide_in_writing() {
    let ground = Ground::choosing(&[("method_consent", "needed")]).await;
    let cast = Cast::of(&ground.registrar).unwrap();
    let submit = Consult::Submit(course(&cast.presidency.0));
    let id = cast.step(&cast.presidency, submit).await.unwrap();
    ground.round().await;
    ground.bag.empty();
    let [first, second] = &cast.troika[..] else {
        panic!("{:?}", cast.troika)
    };
    cast.step(first, reacted(id, &first.0, None)).await.unwrap();
    ground.round().await;
    assert!(
        ground.bag.empty().is_empty(),
        "one of the Troika is awaited"
    );
    cast.step(second, reacted(id, &second.0, None))
        .await
        .unwrap();
    // One agrees before the postman comes by: it is asked no more.
    let belize: Speaker = speaker(&ground.registrar, "belize".to_owned()).unwrap();
    cast.step(&belize, consents(id, "belize", None))
        .await
        .unwrap();
    ground.round().await;
    let asked = ground.bag.empty();
    let mut due = OTHERS.to_vec();
    due.retain(|party| *party != "belize");
    assert_eq!(
        countries(&asked),
        due,
        "all but the one that presides and the one that agreed"
    );
    for wire in asked.values() {
        let letter = decoded(wire);
        assert!(
            letter.contains("manifieste antes su conformidad"),
            "{letter}"
        );
    }
    ground.round().await;
    assert!(ground.bag.empty().is_empty(), "each once");
    ground.enters_step(consents(id, "canada", Some(NOTE))).await;
    ground.round().await;
    let copy = ground.bag.empty();
    assert_eq!(countries(&copy), ["canada"]);
}
