//! The letters of a round are held, listed, stopped, let go, and tried on oneself; the Troika is asked anew.

use comity_conference::{Consult, ConsultationResubmitted, Reaction, TroikaReacted};
use comity_post::{Enclosed, HELD, State};
use comity_registrar::Clock as _;
use comity_rules::Text;
use comity_view::Language;
use comity_web::inside::{
    Held, InMailing, Indoors as _, LettersOf, Mailing, Mailings as _, NotDone, Visitor,
};
use jiff::SignedDuration;

use super::*;
use crate::illustration::{Cast, course, speaker};
use crate::indoors::House;

const SECOND: SignedDuration = SignedDuration::from_secs(1);

impl Ground {
    pub(crate) fn house(&self) -> House {
        let directory = Arc::clone(&self.postman.directory);
        House::new(self.registrar.clone(), directory, false)
            .with_clock(self.clock.clone())
            .with_letters(Some(self.postman.outbox.clone()), false)
    }

    /// What the page of all letters says that each is about.
    pub(crate) async fn matters(&self) -> Vec<&'static str> {
        let letters = self.house().letters().await.unwrap().unwrap();
        letters.lines.iter().map(|line| line.matter).collect()
    }

    /// Somebody in a seat, who proved lately who they are.
    pub(crate) fn visitor(&self, party: &str, seat: &str) -> Visitor {
        let state = self.registrar.state();
        let mut held = state.conference.held_seats(self.registrar.now());
        let (filled, holding) = held
            .find(|(_, held)| *held.filled.party == *party && *held.filled.seat == *seat)
            .unwrap_or_else(|| panic!("{seat} of {party}"));
        let person = holding.filled.person.as_str().to_owned();
        let card = comity_web::inside::Card {
            email: Some(format!("{person}@{party}.example")),
            ..Default::default()
        };
        Visitor {
            session: String::new(),
            person,
            card,
            seat: Some(filled.to_string()),
            proven: true,
            begun_at: self.clock.now(),
        }
    }

    pub(crate) fn presidency(&self) -> Visitor {
        let (party, filled) = speaker(&self.registrar, "dominican-republic".to_owned()).unwrap();
        let state = self.registrar.state();
        let seat = state.conference.seats[&filled].filled.seat.to_string();
        self.visitor(&party, &seat)
    }

    fn consultation(&self) -> String {
        let state = self.registrar.state();
        let found = state.conference.consultations.keys().next();
        found.unwrap().to_string()
    }

    async fn mailing(&self, visitor: &Visitor) -> Option<Mailing> {
        let house = self.house();
        let inside = house.inside(visitor, Language::En).unwrap();
        let parties: Vec<String> = inside
            .consulted_parties()
            .into_iter()
            .map(|(id, _)| id)
            .collect();
        let of = self.consultation();
        let found = house.mailing(
            visitor,
            LettersOf::Consultation(&of),
            &parties,
            Language::En,
        );
        found.await.unwrap()
    }

    async fn done(&self, visitor: &Visitor, what: InMailing) -> Result<(), NotDone> {
        let (house, of) = (self.house(), self.consultation());
        house
            .in_mailing(visitor, LettersOf::Consultation(&of), what)
            .await
            .unwrap()
    }

    pub(crate) fn acts(&self) -> usize {
        self.registrar.state().conference.acts.len()
    }
}

/// Those of a list, by address.
pub(crate) fn addresses(mailing: &Mailing) -> Vec<String> {
    let mut found: Vec<String> = mailing
        .lines
        .iter()
        .filter_map(|line| line.email.clone())
        .collect();
    found.sort();
    found
}

pub(crate) fn code(done: Result<(), NotDone>) -> String {
    done.unwrap_err().code
}

#[tokio::test]
async fn nothing_goes_out_at_nine_fifty_nine_and_everything_at_ten_to_whom_the_list_names() {
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    let presidency = ground.presidency();
    // Before whoever sends has read of it, the list and the instant stand already.
    let listed = ground.mailing(&presidency).await.unwrap();
    assert!(matches!(listed.held, Held::Until(_)), "{:?}", listed.held);
    ground.round().await;
    assert!(ground.bag.empty().is_empty());
    let mailing = ground.mailing(&presidency).await.unwrap();
    let Held::Until(at) = mailing.held else {
        panic!("{:?}", mailing.held)
    };
    assert_eq!(addresses(&mailing), addresses(&listed));
    assert!(
        mailing
            .lines
            .iter()
            .all(|line| line.state == Some("letter-waiting"))
    );
    assert!(mailing.lines.iter().all(|line| !line.seats.is_empty()));
    ground.round_at(at - SECOND).await;
    assert!(ground.bag.empty().is_empty(), "9:59");
    ground.round_at(at).await;
    let mut went: Vec<String> = ground.bag.empty().into_keys().collect();
    let refused = |address: &String| address.ends_with(REFUSED);
    went.extend(addresses(&mailing).into_iter().filter(refused));
    went.sort();
    assert_eq!(went, addresses(&mailing), "exactly the list");
    ground.clock.forward_to(at + SECOND);
    let after = ground.mailing(&presidency).await.unwrap();
    assert_eq!(after.held, Held::No);
    for line in &after.lines {
        let expected = if line.party == "honduras" {
            "letter-returned"
        } else {
            "letter-sent"
        };
        assert_eq!(line.state, Some(expected), "{}", line.party);
    }
    assert_eq!(
        code(ground.done(&presidency, InMailing::Stop).await),
        "nothing-waits"
    );
}

#[tokio::test]
async fn letters_are_stopped_and_sent_by_who_conducts_or_enters_and_by_nobody_else() {
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    ground.round().await;
    ground.bag.empty();
    let acts = ground.acts();
    let presidency = ground.presidency();
    let (party, filled) = speaker(&ground.registrar, "honduras".to_owned()).unwrap();
    let seat = {
        let state = ground.registrar.state();
        state.conference.seats[&filled].filled.seat.to_string()
    };
    let honduras = ground.visitor(&party, &seat);
    let assistant = ground.visitor("secretariat", "assistant");
    let unproven = Visitor {
        proven: false,
        ..presidency.clone()
    };
    for what in [InMailing::Stop, InMailing::SendNow, InMailing::TestCopy] {
        let refused = code(ground.done(&honduras, what).await);
        assert_eq!(refused, NotDone::NOT_PERMITTED);
        assert_eq!(
            code(ground.done(&unproven, what).await),
            NotDone::PROVE_AGAIN
        );
    }
    assert!(ground.mailing(&honduras).await.is_none(), "no addresses");
    assert!(ground.mailing(&assistant).await.is_some());
    // A test copy is of a round that is not open yet.
    let copy = ground.done(&presidency, InMailing::TestCopy).await;
    assert_eq!(code(copy), "not-now");

    ground.done(&assistant, InMailing::Stop).await.unwrap();
    let mailing = ground.mailing(&presidency).await.unwrap();
    assert!(
        matches!(mailing.held, Held::Stopped(_)),
        "{:?}",
        mailing.held
    );
    assert!(
        mailing
            .lines
            .iter()
            .all(|line| line.state == Some("letter-stopped"))
    );
    ground.clock.forward_to(ground.clock.now() + HELD + HELD);
    ground.round().await;
    assert!(ground.bag.empty().is_empty(), "stopped");
    assert_eq!(ground.acts(), acts, "the round stays as it is on record");
    ground.done(&presidency, InMailing::SendNow).await.unwrap();
    ground.round().await;
    assert_eq!(countries(&ground.bag.empty()).len(), 10);
    ground.round().await;
    assert!(
        ground.bag.empty().is_empty(),
        "one for a person and a matter"
    );
}

#[tokio::test]
async fn what_is_sent_now_waits_no_longer_and_a_stop_before_it_was_put_in_holds() {
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    let presidency = ground.presidency();
    ground.done(&presidency, InMailing::Stop).await.unwrap();
    ground.until_let_go().await;
    assert!(ground.bag.empty().is_empty());
    ground.done(&presidency, InMailing::SendNow).await.unwrap();
    ground.round().await;
    assert_eq!(countries(&ground.bag.empty()).len(), 10);

    // Of a round that is over there is nothing to ask for any more: its letters are put away.
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    ground.round().await;
    ground
        .done(&ground.presidency(), InMailing::Stop)
        .await
        .unwrap();
    ground.forward("2011-10-30T16:00:00Z");
    ground.round().await;
    ground.bag.empty();
    let waiting = ground.postman.outbox.waiting().await.unwrap();
    assert!(
        waiting.iter().all(|notice| !notice.about.is_held()),
        "{waiting:?}"
    );
    let all = ground.postman.outbox.all().await.unwrap();
    let held = all.iter().filter(|notice| notice.about.is_held());
    assert!(held.clone().count() > 0);
    for notice in held {
        assert!(matches!(notice.now, State::Dropped { .. }), "{notice:?}");
    }
}

#[tokio::test]
async fn a_test_copy_goes_to_whoever_asks_alone_and_leaves_no_trace_on_record() {
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    ground.until_let_go().await;
    ground.forward("2011-10-30T16:00:00Z");
    ground.round().await;
    ground.bag.empty();
    let acts = ground.acts();
    let (presidency, assistant) = (
        ground.presidency(),
        ground.visitor("secretariat", "assistant"),
    );
    let mailing = ground.mailing(&presidency).await.unwrap();
    assert_eq!(mailing.held, Held::NotOpened);
    assert!(mailing.lines.iter().all(|line| line.state.is_none()));
    assert_eq!(countries_of(&mailing).len(), 11);
    for visitor in [&presidency, &assistant] {
        ground.done(visitor, InMailing::TestCopy).await.unwrap();
        ground.round().await;
        let letters = ground.bag.empty();
        let to = visitor.card.email.clone().unwrap();
        assert_eq!(letters.keys().collect::<Vec<_>>(), [&to]);
        let text = decoded(&letters[&to]);
        for part in [
            "[Copia de prueba]",
            "copia de prueba, enviada solo a usted",
            "(America/Santo_Domingo)",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("VCALENDAR"), "no term runs");
        let seen = ground.mailing(visitor).await.unwrap().test_copy;
        assert_eq!(seen.unwrap().0, "letter-sent");
    }
    assert_eq!(ground.acts(), acts, "no trace on record");
    let nowhere = Visitor {
        card: Default::default(),
        ..presidency
    };
    let copy = ground.done(&nowhere, InMailing::TestCopy).await;
    assert_eq!(code(copy), "no-own-address");
    assert_eq!(
        code(ground.done(&assistant, InMailing::Stop).await),
        "not-now"
    );
}

fn countries_of(mailing: &Mailing) -> Vec<&str> {
    let mut found: Vec<&str> = mailing
        .lines
        .iter()
        .map(|line| line.party.as_str())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[tokio::test]
async fn the_troika_is_told_of_each_text_once() {
    let ground = Ground::new().await;
    let cast = Cast::of(&ground.registrar).unwrap();
    let submit = Consult::Submit(course(&cast.presidency.0));
    let consultation = cast.step(&cast.presidency, submit).await.unwrap();
    ground.round().await;
    let first = ground.bag.empty();
    assert_eq!(countries(&first), ["mexico", "panama"]);
    let reacted = TroikaReacted {
        consultation,
        party: cast.troika[0].0.as_str().into(),
        reaction: Reaction::DoesNotConsent,
        text: None,
        words: None,
        note: None,
    };
    cast.step(&cast.troika[0], Consult::React(reacted))
        .await
        .unwrap();
    ground.round().await;
    assert!(ground.bag.empty().is_empty(), "a reaction asks nobody");
    for text in ["Otro texto.", "Y otro."] {
        let resubmitted = ConsultationResubmitted {
            consultation,
            text: vec![Text::new(text, "Another text.")],
            note: None,
        };
        let step = Consult::Resubmit(resubmitted);
        cast.step(&cast.presidency, step).await.unwrap();
        ground.round().await;
        ground.round().await;
        let again = ground.bag.empty();
        assert_eq!(countries(&again), ["mexico", "panama"], "{text}");
        assert_eq!(again.len(), first.len());
        let letter = decoded(again.values().next().unwrap());
        assert!(letter.contains("otro texto de una l"), "{letter}");
        assert!(!letter.contains(text), "the text is read on the site");
    }
}

#[tokio::test]
async fn a_letter_that_may_have_arrived_is_shown_as_such_and_goes_again_under_its_name() {
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    ground.round().await;
    let presidency = ground.presidency();
    let outbox = &ground.postman.outbox;
    // Not one whose server refuses.
    let own: PersonId = presidency.person.parse().unwrap();
    let waiting = outbox.of(&own).await.unwrap();
    let one = waiting.into_iter().find(|notice| notice.about.is_held());
    let one = one.unwrap();
    let lost = Err(NotCarried::Unknown {
        why: "the connection ended".to_owned(),
    });
    let now = ground.clock.now();
    let tried = outbox.done(one.clone(), lost, now).await.unwrap();
    let mailing = ground.mailing(&presidency).await.unwrap();
    let shown = mailing
        .lines
        .iter()
        .filter(|line| line.state == Some("letter-uncertain"));
    assert_eq!(shown.count(), 1);
    ground.bag.empty();
    ground.done(&presidency, InMailing::SendNow).await.unwrap();
    let State::Waiting { next, .. } = tried.now else {
        panic!("{tried:?}")
    };
    ground.round_at(next).await;
    let letters = ground.bag.0.lock().unwrap().clone();
    let again = letters.iter().filter(|letter| letter.id == one.letter_id());
    let again: Vec<_> = again.collect();
    assert_eq!(again.len(), 1, "under its name");
    assert_eq!(again[0].date, now, "with the date that it had");
    let stamp = |entry: &Enclosed| match entry {
        Enclosed::Deadline(entry) => entry.stamp,
        Enclosed::Days(_) => panic!("a deadline"),
    };
    assert_eq!(again[0].entry.as_ref().map(stamp), Some(now));
    let mailing = ground.mailing(&presidency).await.unwrap();
    let shown = |line: &comity_web::inside::MailingLine| line.state == Some("letter-uncertain");
    assert!(!mailing.lines.iter().any(shown));
}

/// The designated speaker's answer binds a state: a session that was left open gives none.
#[tokio::test]
async fn an_answer_is_taken_only_from_who_lately_showed_who_they_are() {
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    let (party, filled) = speaker(&ground.registrar, "honduras".to_owned()).unwrap();
    let seat = ground.registrar.state().conference.seats[&filled]
        .filled
        .seat
        .to_string();
    let proven = ground.visitor(&party, &seat);
    let wish = || {
        let answer = comity_web::inside::Consult::State {
            id: ground.consultation(),
            party: party.clone(),
            answer: "no_objection".to_owned(),
            words: None,
            changes: Vec::new(),
            comments: Vec::new(),
            text: None,
            in_place_of: Vec::new(),
            received: None,
        };
        comity_web::inside::Wish::Consult(Box::new(answer), None)
    };
    let left_open = Visitor {
        proven: false,
        ..proven.clone()
    };
    let house = ground.house();
    let refused = house.wish(&left_open, wish()).await.unwrap().unwrap_err();
    assert_eq!(refused.code, NotDone::PROVE_AGAIN);
    house.wish(&proven, wish()).await.unwrap().unwrap();
}
