//! A term that is extended, and a round that is closed early, where the rules of a process allow them.

use comity_conference::{
    ActId, Answer, Consult, ConsultationWithdrawn, OpenRound, Report, StatePosition,
};
use comity_registrar::{Capacity, Command};
use comity_rules::Text;

use super::*;
use crate::illustration::{Speaker, speaker};

async fn conducts(ground: &Ground, step: impl FnOnce(ActId) -> Consult) {
    let state = ground.registrar.state();
    let id = *state.conference.consultations.keys().next().unwrap();
    let presiding: Speaker = speaker(&ground.registrar, "dominican-republic".to_owned()).unwrap();
    let command = Command::Consult(Box::new(step(id)));
    let from = Capacity::Held(presiding.1);
    let done = ground.registrar.submit(from, loading::fresh_id(), command);
    done.await.unwrap();
}

/// Every member that was asked agrees, the one that proposed a change too.
async fn everybody_agrees(ground: &Ground) {
    let state = ground.registrar.state();
    let (id, found) = state.conference.consultations.iter().next().unwrap();
    let round = found.last_round().unwrap();
    for party in round.opened.terms.keys() {
        let (_, from) = speaker(&ground.registrar, party.to_string()).unwrap();
        let standing = round.standing(party);
        let step = Consult::State(StatePosition {
            consultation: *id,
            party: party.clone(),
            answer: Answer::Agrees,
            words: None,
            changes: Vec::new(),
            comments: Vec::new(),
            text: None,
            in_place_of: standing.map(|stated| stated.act).collect(),
            received: None,
        });
        let command = Command::Consult(Box::new(step));
        let from = Capacity::Held(from);
        let done = ground.registrar.submit(from, loading::fresh_id(), command);
        done.await.unwrap();
    }
}

#[tokio::test]
async fn an_extension_is_told_to_all_with_the_entry_that_takes_the_place_of_the_one_before() {
    let ground = Ground::choosing(&[("extension", "once")]).await;
    illustration::consult(&ground.registrar).await.unwrap();
    ground.until_let_go().await;
    let opened = ground.bag.empty();
    conducts(&ground, |consultation| Consult::Extend {
        consultation,
        note: None,
    })
    .await;
    ground.round().await;
    let extended = ground.bag.empty();
    assert_eq!(countries(&extended), countries(&opened), "all who had it");
    let of = |letters: &BTreeMap<String, String>| {
        let mut letters = letters.iter();
        let (_, wire) = letters
            .find(|(to, _)| to.ends_with("@guatemala.example"))
            .unwrap();
        decoded(wire)
    };
    let (before, after) = (of(&opened), of(&extended));
    let line = |letter: &str, name: &str| {
        let line = letter.lines().find(|line| line.starts_with(name));
        line.unwrap_or_else(|| panic!("{name} in {letter}"))
            .trim()
            .to_owned()
    };
    assert_eq!(line(&before, "UID:"), line(&after, "UID:"));
    assert_eq!(line(&before, "SEQUENCE:"), "SEQUENCE:0");
    assert_eq!(line(&after, "SEQUENCE:"), "SEQUENCE:1");
    assert_eq!(line(&before, "DTEND:"), "DTEND:20111020T060000Z");
    assert!(line(&after, "DTEND:") > line(&before, "DTEND:"));
    assert!(after.contains("Se prorrogó el plazo"), "{after}");
    ground.round().await;
    assert!(ground.bag.empty().is_empty(), "each is told once");
}

#[tokio::test]
async fn a_round_that_is_closed_early_is_told_to_all() {
    let ground = Ground::choosing(&[("early_close", "all_agree")]).await;
    illustration::consult(&ground.registrar).await.unwrap();
    ground.until_let_go().await;
    let opened = ground.bag.empty();
    everybody_agrees(&ground).await;
    conducts(&ground, |consultation| Consult::CloseEarly {
        consultation,
        note: None,
    })
    .await;
    ground.round().await;
    let closed = ground.bag.empty();
    assert_eq!(countries(&closed), countries(&opened));
    for wire in closed.values() {
        let letter = decoded(wire);
        assert!(
            letter.contains("antes de que terminara") || letter.contains("before its term"),
            "{letter}"
        );
        // The entry that came with the round is taken back.
        assert!(letter.contains("STATUS:CANCELLED"), "{letter}");
        assert!(letter.contains("SEQUENCE:2"), "{letter}");
    }
}

#[tokio::test]
async fn another_round_takes_the_place_of_the_entry_and_a_withdrawal_takes_it_back() {
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    ground.until_let_go().await;
    let words = || Text::new("Por decir algo.", "To say something.");
    let guatemala = |letters: BTreeMap<String, String>| {
        let mut letters = letters.into_iter();
        let found = letters.find(|(to, _)| to.ends_with("@guatemala.example"));
        decoded(&found.unwrap().1)
    };
    let uid = |letter: &str| {
        let line = letter.lines().find(|line| line.starts_with("UID:"));
        line.unwrap().trim().to_owned()
    };
    let first = guatemala(ground.bag.empty());
    assert!(first.contains("SEQUENCE:0"));
    conducts(&ground, |consultation| {
        Consult::Open(OpenRound {
            consultation,
            seen: None,
            text: None,
            why: Some(words()),
            knowingly: true,
            note: None,
            uncertain: Vec::new(),
        })
    })
    .await;
    ground.until_let_go().await;
    let second = guatemala(ground.bag.empty());
    assert_eq!(uid(&second), uid(&first));
    assert!(second.contains("SEQUENCE:3"), "{second}");
    conducts(&ground, |consultation| {
        Consult::Withdraw(ConsultationWithdrawn {
            consultation,
            why: words(),
            note: None,
        })
    })
    .await;
    // At once, and not only with the report.
    ground.round().await;
    let withdrawn = guatemala(ground.bag.empty());
    assert!(withdrawn.contains("retiró una consulta"), "{withdrawn}");
    assert_eq!(uid(&withdrawn), uid(&first));
    assert!(
        withdrawn.contains("STATUS:CANCELLED") && withdrawn.contains("SEQUENCE:5"),
        "{withdrawn}"
    );
    conducts(&ground, |consultation| {
        Consult::Report(Report {
            consultation,
            words: words(),
            public: false,
            note: None,
        })
    })
    .await;
    ground.until_let_go().await;
    let report = guatemala(ground.bag.empty());
    assert_eq!(uid(&report), uid(&first));
    assert!(
        report.contains("STATUS:CANCELLED") && report.contains("SEQUENCE:5"),
        "{report}"
    );
}
