//! Countries that are hard to reach: one whose mail server never has time, one for which nobody speaks yet.

use comity_conference::{SeatFilled, SeatVacated};
use comity_directory::Person;
use comity_registrar::Command;
use jiff::SignedDuration;

use super::*;
use crate::indoors::{fresh_person, named};

/// Never has time for addresses of one country.
#[derive(Debug, Clone, Default)]
struct Busy(Bag);

impl Carrier for Busy {
    fn check<'a>(&'a self, _: &'a Mailbox) -> BoxFuture<'a, Result<(), NotCarried>> {
        Box::pin(async { Ok(()) })
    }

    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), NotCarried>> {
        Box::pin(async move {
            if letter.to.address.ends_with("@panama.example") {
                let why = "451 come back later".to_owned();
                return Err(NotCarried::Later { why });
            }
            self.0.carry(letter).await
        })
    }
}

#[tokio::test]
async fn a_notice_that_is_given_up_after_days_is_on_record_as_one_that_came_back() {
    let mut ground = Ground::new().await;
    ground.postman.carrier = Box::new(Busy(ground.bag.clone()));
    illustration::consult(&ground.registrar).await.unwrap();
    ground.until_let_go().await;
    let reached = |ground: &Ground| {
        let state = ground.registrar.state();
        let found = state.conference.consultations.values().next().unwrap();
        let round = found.last_round().unwrap();
        let mut parties = round.opened.terms.keys();
        let panama = parties.find(|party| party.as_str() == "panama").unwrap();
        round.reached(panama).0
    };
    let began = ground.clock.now();
    let mut steps = 0;
    while reached(&ground) == Reached::Sent {
        assert!(
            ground.clock.now() < began + SignedDuration::from_hours(6 * 24),
            "never told"
        );
        let next = ground.clock.now() + SignedDuration::from_hours(2);
        ground.clock.forward_to(next);
        ground.round().await;
        steps += 1;
    }
    assert_eq!(reached(&ground), Reached::Refused);
    assert!(steps > 24, "it was tried for days: {steps}");
}

impl Ground {
    /// Somebody new in a country, who has its notices and does not speak for it: their address.
    pub(super) async fn focal_point(&self, party: &str) -> String {
        let id = fresh_person();
        let address = format!("{id}@{party}.example");
        let mut person = Person::new(id, "Ana Ejemplo");
        person.email = Some(address.clone());
        self.postman.directory.put(&person).await.unwrap();
        let state = self.registrar.state();
        let branch = state.rules.as_ref().unwrap().branches[0].id.clone();
        let seat = Box::new(SeatFilled {
            seat: "focal-point".into(),
            party: party.into(),
            person: named(&id),
            branch: Some((&*branch).into()),
            purpose: None,
            meeting: None,
            until: None,
            note: Some("Nota 2".to_owned()),
            file: None,
        });
        let replace = false;
        self.enters(Command::FillSeat { seat, replace }).await;
        address
    }

    /// Whoever spoke for a country leaves the seat.
    pub(super) async fn nobody_speaks_for(&self, party: &str) {
        let state = self.registrar.state();
        for (filled, held) in state.conference.held_seats(self.registrar.now()) {
            let seat = held.filled.seat.as_str();
            if *held.filled.party == *party && ["speaker", "deputy"].contains(&seat) {
                let note = Some("Nota 1".to_owned());
                self.enters(Command::VacateSeat(SeatVacated { filled, note }))
                    .await;
            }
        }
    }
}

#[tokio::test]
async fn where_nobody_speaks_for_a_country_whoever_had_the_notice_is_reminded() {
    let ground = Ground::new().await;
    let focal = ground.focal_point("mexico").await;
    illustration::consult(&ground.registrar).await.unwrap();
    ground.until_let_go().await;
    let of_country = |letters: &BTreeMap<String, String>| -> Vec<String> {
        let addresses = letters.keys().filter(|to| to.ends_with("@mexico.example"));
        addresses.cloned().collect()
    };
    let told = of_country(&ground.bag.empty());
    assert!(told.contains(&focal) && told.len() > 1, "{told:?}");
    // As long as somebody speaks for it, they alone are reminded.
    ground.forward("2011-10-18T16:00:00Z");
    ground.round().await;
    let reminded = of_country(&ground.bag.empty());
    assert!(!reminded.is_empty() && !reminded.contains(&focal));
    ground.nobody_speaks_for("mexico").await;
    ground.round().await;
    assert_eq!(of_country(&ground.bag.empty()), [focal.as_str()]);
    ground.forward("2011-10-19T16:00:00Z");
    ground.round().await;
    assert_eq!(of_country(&ground.bag.empty()), [focal.as_str()]);
}
