//! One letter a day, for whoever chose it; what has a deadline goes at once.

use comity_conference::{Consult, ConsultationWithdrawn, Report};
use comity_post::Matter;
use comity_rules::Text;

use super::*;
use crate::illustration::{Cast, speaker};

/// The person who speaks for a country, and their address.
async fn speaks(ground: &Ground, party: &str) -> (PersonId, String) {
    let (_, filled) = speaker(&ground.registrar, party.to_owned()).unwrap();
    let state = ground.registrar.state();
    let person = state.conference.seats[&filled].filled.person.as_str();
    let person: PersonId = person.parse().unwrap();
    let mut known = ground
        .postman
        .directory
        .get(&person)
        .await
        .unwrap()
        .unwrap();
    known.zone = Some("America/Guatemala".to_owned());
    known.language = Some("en".to_owned());
    ground.postman.directory.put(&known).await.unwrap();
    (person, known.email.unwrap())
}

/// Two consultations that are withdrawn and reported on, one after the other.
async fn two_reported(ground: &Ground) {
    let cast = Cast::of(&ground.registrar).unwrap();
    let state = ground.registrar.state();
    for consultation in state.conference.consultations.keys().copied() {
        let why = Text::new("Ya no hace falta.", "No longer needed.");
        let withdrawn = ConsultationWithdrawn {
            consultation,
            why: why.clone(),
            note: None,
        };
        let report = Report {
            consultation,
            words: why,
            public: false,
            note: None,
        };
        for step in [Consult::Withdraw(withdrawn), Consult::Report(report)] {
            cast.step(&cast.presidency, step).await.unwrap();
        }
    }
}

#[tokio::test]
async fn one_letter_a_day_gathers_what_has_no_deadline_and_delays_none() {
    let ground = Ground::new().await;
    let outbox = &ground.postman.outbox;
    let (person, address) = speaks(&ground, "guatemala").await;
    let (_, other) = speaks(&ground, "belize").await;
    outbox.set_daily(&person, true).await.unwrap();
    for _ in 0..2 {
        illustration::consult(&ground.registrar).await.unwrap();
    }
    ground.until_let_go().await;
    let letters = ground.bag.0.lock().unwrap().clone();
    let own = letters.iter().filter(|letter| letter.to.address == address);
    assert_eq!(own.count(), 2, "both rounds at once");
    ground.bag.empty();
    // A reminder has a deadline too.
    ground.forward("2011-10-18T16:00:00Z");
    ground.round().await;
    assert!(ground.bag.empty().contains_key(&address));

    two_reported(&ground).await;
    ground.round().await;
    let letters = ground.bag.0.lock().unwrap().clone();
    ground.bag.empty();
    let of = |address: &str, report: bool| {
        let to = letters.iter().filter(|letter| letter.to.address == address);
        let told = to.filter(|letter| {
            let says = ["informó del resultado", "reported on the result"];
            says.iter().any(|says| letter.text.contains(says)) == report
        });
        told.count()
    };
    assert_eq!(of(&other, true), 2, "who chose nothing gets each at once");
    assert_eq!(of(&address, true), 0);
    // A withdrawal takes a deadline back.
    assert_eq!((of(&other, false), of(&address, false)), (2, 2));
    // 07:00 in Guatemala is 13:00 UTC.
    ground
        .round_at("2011-10-19T12:59:59Z".parse().unwrap())
        .await;
    assert!(!ground.bag.empty().contains_key(&address));
    ground
        .round_at("2011-10-19T13:00:00Z".parse().unwrap())
        .await;
    let letters = ground.bag.empty();
    assert_eq!(letters.keys().collect::<Vec<_>>(), [&address]);
    let text = decoded(&letters[&address]);
    for part in [
        "notices of 19 October 2011",
        "There are 2 notices for you",
        "Date and venue of a workshop (illustration)",
        "reported on the result",
        "https://conference.example/en/account",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let links = text.matches("\nhttps://conference.example/en/consultations/");
    assert_eq!(links.count(), 2, "{text}");
    // Each once, and on the next day nothing more.
    for at in ["2011-10-19T13:00:02Z", "2011-10-20T13:00:00Z"] {
        ground.round_at(at.parse().unwrap()).await;
        assert!(!ground.bag.empty().contains_key(&address), "{at}");
    }
    let own = outbox.of(&person).await.unwrap();
    assert!(own.iter().all(|notice| !notice.is_waiting()), "{own:?}");
}

#[tokio::test]
async fn a_program_that_ends_after_the_letter_of_the_day_went_sends_none_of_it_again() {
    let ground = Ground::new().await;
    let outbox = &ground.postman.outbox;
    let (person, address) = speaks(&ground, "guatemala").await;
    outbox.set_daily(&person, true).await.unwrap();
    illustration::consult(&ground.registrar).await.unwrap();
    ground.until_let_go().await;
    two_reported(&ground).await;
    ground.round().await;
    ground.bag.empty();
    // It is gathered, taken away, and written down; then the program ends, before the others follow.
    let now = "2011-10-13T13:00:00Z".parse().unwrap();
    let waiting = outbox.waiting().await.unwrap();
    let new = ground.postman.gather(&waiting, now).await.unwrap();
    assert_eq!(new.len(), 1);
    assert!(matches!(&new[0].about, Matter::Daily { keys } if keys.len() == 1));
    outbox.done(new[0].clone(), Ok(()), now).await.unwrap();
    assert_eq!(
        outbox.waiting().await.unwrap().len(),
        1,
        "the one that it names"
    );
    for at in ["2011-10-13T13:00:02Z", "2011-10-14T13:00:00Z"] {
        ground.round_at(at.parse().unwrap()).await;
        assert!(!ground.bag.empty().contains_key(&address), "{at}");
    }
    assert_eq!(outbox.waiting().await.unwrap(), []);
    // Ended right after it was gathered: whoever looks next sends it, and each is in it once.
    let ground = Ground::new().await;
    let outbox = &ground.postman.outbox;
    let (person, address) = speaks(&ground, "guatemala").await;
    outbox.set_daily(&person, true).await.unwrap();
    illustration::consult(&ground.registrar).await.unwrap();
    ground.until_let_go().await;
    two_reported(&ground).await;
    ground.round().await;
    ground.bag.empty();
    let waiting = outbox.waiting().await.unwrap();
    ground.postman.gather(&waiting, now).await.unwrap();
    ground.round_at(now).await;
    ground.round_at(now).await;
    let letters = ground.bag.0.lock().unwrap().clone();
    let own = letters.iter().filter(|letter| letter.to.address == address);
    assert_eq!(own.count(), 1);
    assert_eq!(outbox.waiting().await.unwrap(), []);
}
