//! The letter of a day: what it gathers, when, and what a program that ends in between leaves.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::Arc;

use comity_directory::{Directory, MemoryDirectory, Person, PersonId};
use comity_post::{Lot, Matter, NotCarried, Notice, Outbox, State, Step, gathered};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn person() -> PersonId {
    PersonId::from_bytes([7; 16])
}

fn outbox() -> (Arc<MemoryDirectory>, Outbox) {
    let directory = Arc::new(MemoryDirectory::new());
    let outbox = Outbox::new(Arc::clone(&directory) as Arc<dyn Directory>);
    (directory, outbox)
}

fn reported(occasion: &str, since: &str) -> Notice {
    let (of, what) = (occasion.to_owned(), Step::Reported);
    let about = Matter::Consultation { of, what };
    Notice::new(occasion, person(), about, at(since))
}

fn keys(daily: &Notice) -> Vec<String> {
    match &daily.about {
        Matter::Daily { keys } => keys.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn it_gathers_from_seven_by_the_clock_of_whoever_gets_it_what_waited_then() {
    let panama = TimeZone::get("America/Panama").unwrap();
    let before = reported("one", "2012-02-01T11:59:59Z");
    let after = reported("two", "2012-02-01T12:00:00Z");
    let waiting = [before.clone(), after.clone()];
    let hour = at("2012-02-01T12:00:00Z");
    assert_eq!(
        gathered(&waiting, &panama, hour - SECOND),
        None,
        "06:59:59 in Panama"
    );
    let daily = gathered(&waiting, &panama, hour).unwrap();
    assert_eq!(keys(&daily), [before.key()]);
    assert_eq!(daily.occasion, "daily-2012-02-01");
    // By another clock it is another hour.
    let mexico = TimeZone::get("America/Mexico_City").unwrap();
    assert_eq!(gathered(&waiting, &mexico, hour), None);
    // The next day has the other; and days on which nothing looked have theirs on the next.
    let next = gathered(
        std::slice::from_ref(&after),
        &panama,
        at("2012-02-02T12:00:00Z"),
    );
    assert_eq!(keys(&next.unwrap()), [after.key()]);
    let late = gathered(&waiting, &panama, at("2012-02-04T20:00:00Z")).unwrap();
    assert_eq!(keys(&late).len(), 2);
    assert_eq!(gathered(&[], &panama, hour), None);
}

#[test]
fn what_has_a_deadline_or_was_asked_for_never_waits() {
    let of = || "act".to_owned();
    for what in Step::ALL {
        let about = Matter::Consultation { of: of(), what };
        let waits = matches!(what, Step::Launched | Step::Reported | Step::EnteredStep);
        assert_eq!(about.may_wait(), waits, "{what:?}");
    }
    for (about, waits) in [
        (Matter::Invitation { filled: of() }, false),
        (Matter::TestCopy { of: of() }, false),
        (Matter::Daily { keys: Vec::new() }, false),
        (Matter::ConfirmData, true),
    ] {
        assert_eq!(about.may_wait(), waits, "{about:?}");
    }
}

#[tokio::test]
async fn a_letter_waits_for_it_only_where_that_was_chosen() {
    let (directory, outbox) = outbox();
    directory.put(&Person::new(person(), "Ana")).await.unwrap();
    let one = reported("one", "2012-02-01T10:00:00Z");
    outbox.put(&one).await.unwrap();
    assert_eq!(outbox.lot(&one).await.unwrap(), Lot::Alone);
    outbox.set_daily(&person(), true).await.unwrap();
    assert_eq!(outbox.lot(&one).await.unwrap(), Lot::Waits);
    let of = "act".to_owned();
    for what in [
        Step::Troika,
        Step::Resubmitted,
        Step::Round,
        Step::Reminder,
        Step::LastDay,
    ] {
        let about = Matter::Consultation {
            of: of.clone(),
            what,
        };
        let timed = Notice::new("act", person(), about, one.since);
        assert_eq!(outbox.lot(&timed).await.unwrap(), Lot::Alone, "{what:?}");
    }
    outbox.set_daily(&person(), false).await.unwrap();
    outbox.set_daily(&person(), false).await.unwrap();
    assert_eq!(outbox.lot(&one).await.unwrap(), Lot::Alone);
    // What was handed over once without an answer goes on under its own name.
    outbox.set_daily(&person(), true).await.unwrap();
    let unknown = Err(NotCarried::Unknown {
        why: "gone".to_owned(),
    });
    let tried = outbox.done(one, unknown, at("2012-02-01T10:00:01Z")).await;
    assert_eq!(outbox.lot(&tried.unwrap()).await.unwrap(), Lot::Alone);
    // The choice goes with the person, and is no letter.
    assert_eq!(outbox.all().await.unwrap().len(), 1);
    directory.forget(&person()).await.unwrap();
    assert!(!outbox.is_daily(&person()).await.unwrap());
}

#[tokio::test]
async fn whoever_ends_between_two_steps_loses_nothing_and_doubles_nothing() {
    let (_, outbox) = outbox();
    outbox.set_daily(&person(), true).await.unwrap();
    let now = at("2012-02-01T13:00:00Z");
    let letters = ["one", "two"].map(|name| reported(name, "2012-02-01T06:00:00Z"));
    for letter in &letters {
        outbox.put(letter).await.unwrap();
    }
    let gather = async || gathered(&outbox.waiting().await.unwrap(), &TimeZone::UTC, now);
    let daily = gather().await.unwrap();
    assert!(outbox.put(&daily).await.unwrap());
    // It ends here: whoever looks next finds both in hand, and gathers neither again.
    for letter in &letters {
        assert_eq!(
            outbox.lot(letter).await.unwrap(),
            Lot::With(Box::new(daily.clone()))
        );
        outbox.follow(&daily, letter, now).await.unwrap();
    }
    assert_eq!(
        outbox.waiting().await.unwrap().len(),
        3,
        "none stands otherwise yet"
    );
    assert!(
        !outbox.put(&daily).await.unwrap(),
        "one for a person and a day"
    );
    // The choice is taken back: they still go with it.
    outbox.set_daily(&person(), false).await.unwrap();
    assert!(matches!(
        outbox.lot(&letters[0]).await.unwrap(),
        Lot::With(_)
    ));
    // It was sent, and ends again before the letters follow.
    let sent = outbox.done(daily, Ok(()), now).await.unwrap();
    for letter in &letters {
        assert_eq!(
            outbox.lot(letter).await.unwrap(),
            Lot::With(Box::new(sent.clone()))
        );
        outbox.follow(&sent, letter, now).await.unwrap();
        outbox.follow(&sent, letter, now).await.unwrap();
    }
    let all = outbox.all().await.unwrap();
    assert!(
        all.iter()
            .all(|letter| letter.now == State::Sent { at: now })
    );
    assert_eq!(outbox.waiting().await.unwrap(), []);
}

#[tokio::test]
async fn what_came_back_with_it_goes_again_with_it_or_alone() {
    let (_, outbox) = outbox();
    let now = at("2012-02-01T13:00:00Z");
    let letters = ["one", "two"].map(|name| reported(name, "2012-02-01T06:00:00Z"));
    for letter in &letters {
        outbox.put(letter).await.unwrap();
    }
    let daily = gathered(&letters, &TimeZone::UTC, now).unwrap();
    outbox.put(&daily).await.unwrap();
    let refused = Err(NotCarried::Refused {
        why: "550 no such box".to_owned(),
    });
    let back = outbox.done(daily, refused, now).await.unwrap();
    for letter in &letters {
        outbox.follow(&back, letter, now).await.unwrap();
    }
    let own = outbox.fresh(&letters[0]).await.unwrap().unwrap();
    assert_eq!(own.now, State::Returned { at: now });
    assert_eq!(own.why.as_deref(), Some("550 no such box"));
    // One alone: the letter of the day that came back has no say in it any more.
    let later = now + SECOND;
    assert!(outbox.again(&own.key(), later).await.unwrap());
    let own = outbox.fresh(&own).await.unwrap().unwrap();
    assert_eq!(outbox.lot(&own).await.unwrap(), Lot::Alone);
    outbox.follow(&back, &own, later).await.unwrap();
    assert!(outbox.fresh(&own).await.unwrap().unwrap().is_waiting());
    // The other with it.
    let latest = later + SECOND;
    assert!(outbox.again(&back.key(), latest).await.unwrap());
    let sent = outbox.fresh(&back).await.unwrap().unwrap();
    let sent = outbox.done(sent, Ok(()), latest).await.unwrap();
    outbox.follow(&sent, &letters[1], latest).await.unwrap();
    let other = outbox.fresh(&letters[1]).await.unwrap().unwrap();
    assert_eq!(other.now, State::Sent { at: latest });
}
