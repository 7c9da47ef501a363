//! The outbox: each letter once, sent by one, tried again and given up.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod mixed;

use std::sync::Arc;

use comity_directory::{Directory, Drawer, MemoryDirectory, Person, PersonId};
use comity_post::{GIVEN_UP, Matter, NotCarried, Notice, Outbox, State, TURN_LASTS, stock};
use jiff::{SignedDuration, Timestamp};
use mixed::Mixed;

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn now() -> Timestamp {
    "2012-02-01T15:00:00Z".parse().unwrap()
}

fn after(span: SignedDuration) -> Timestamp {
    now() + span
}

fn person(number: u8) -> PersonId {
    PersonId::from_bytes([number; 16])
}

fn outbox() -> (Arc<MemoryDirectory>, Outbox) {
    let directory = Arc::new(MemoryDirectory::new());
    let outbox = Outbox::new(Arc::clone(&directory) as Arc<dyn Directory>);
    (directory, outbox)
}

fn invitation(number: u8) -> Notice {
    let about = Matter::Invitation {
        filled: "act".to_owned(),
    };
    Notice::new("act", person(number), about, now())
}

fn later() -> Result<(), NotCarried> {
    Err(NotCarried::Later {
        why: "busy".to_owned(),
    })
}

#[tokio::test]
async fn a_letter_is_put_in_once() {
    let (_, outbox) = outbox();
    assert!(outbox.put(&invitation(1)).await.unwrap());
    let sent = outbox.done(invitation(1), Ok(()), now()).await.unwrap();
    assert_eq!(sent.now, State::Sent { at: now() });
    assert!(!outbox.put(&invitation(1)).await.unwrap());
    assert_eq!(outbox.all().await.unwrap(), [sent], "it stays sent");
    assert!(outbox.put(&invitation(2)).await.unwrap(), "another person");
    let other = Notice::new("act", person(1), Matter::ConfirmData, now());
    assert!(outbox.put(&other).await.unwrap(), "another matter");
    let all = outbox.all().await.unwrap();
    let told = stock(&all);
    assert_eq!((told.waiting, told.sent, told.returned), (2, 1, 0));
    assert_eq!(outbox.of(&person(1)).await.unwrap().len(), 2);
}

#[tokio::test]
async fn of_many_that_would_send_a_letter_one_does() {
    let (_, outbox) = outbox();
    let letter = invitation(1);
    outbox.put(&letter).await.unwrap();
    let wants = (0..32).map(|_| outbox.turn(&letter, now()));
    let got = futures_util::future::join_all(wants).await;
    assert_eq!(
        got.into_iter().filter(|got| *got.as_ref().unwrap()).count(),
        1
    );
    // One that died has it no longer than some minutes.
    let edge = after(TURN_LASTS);
    assert!(!outbox.turn(&letter, edge - SECOND).await.unwrap());
    let wants = (0..32).map(|_| outbox.turn(&letter, edge));
    let got = futures_util::future::join_all(wants).await;
    assert_eq!(
        got.into_iter().filter(|got| *got.as_ref().unwrap()).count(),
        1
    );
    outbox.done(letter.clone(), later(), edge).await.unwrap();
    assert!(
        outbox.turn(&letter, edge).await.unwrap(),
        "it was given back"
    );
    assert_eq!(outbox.all().await.unwrap().len(), 1, "turns are no letters");
}

#[tokio::test]
async fn a_letter_is_tried_again_ever_more_rarely_and_then_given_up() {
    let (_, outbox) = outbox();
    let mut letter = invitation(1);
    outbox.put(&letter).await.unwrap();
    let mut at = now();
    let mut waits = Vec::new();
    while let State::Waiting { next, .. } = letter.now {
        assert!(letter.is_due(next) && !letter.is_due(next - SECOND));
        waits.push(next.duration_since(at).as_secs() / 60);
        at = next;
        letter = outbox.done(letter, later(), at).await.unwrap();
    }
    assert_eq!(waits[..7], [0, 1, 5, 15, 60, 240, 240]);
    assert_eq!(letter.now, State::Returned { at });
    assert!(at.duration_since(now()) >= GIVEN_UP);
    assert_eq!(letter.why.as_deref(), Some("not now: busy"));
    // Somebody looked after it.
    assert!(outbox.again(&letter.key(), at).await.unwrap());
    assert!(!outbox.again(&letter.key(), at).await.unwrap(), "it waits");
    assert!(outbox.all().await.unwrap()[0].is_due(at));
    assert!(!outbox.again("!cursor", at).await.unwrap());
}

#[tokio::test]
async fn an_address_that_takes_nothing_is_not_tried_again() {
    let (_, outbox) = outbox();
    outbox.put(&invitation(1)).await.unwrap();
    let refused = Err(NotCarried::Refused {
        why: "550 no such user".to_owned(),
    });
    let letter = outbox.done(invitation(1), refused, now()).await.unwrap();
    assert_eq!(letter.now, State::Returned { at: now() });
    // Of an unknown outcome it is sent again, under the same name.
    outbox.put(&invitation(2)).await.unwrap();
    let unknown = Err(NotCarried::Unknown {
        why: "gone".to_owned(),
    });
    let again = outbox.done(invitation(2), unknown, now()).await.unwrap();
    assert!(again.is_waiting());
    assert_eq!(again.letter_id(), invitation(2).letter_id());
    assert!(again.why.unwrap().contains("unknown outcome"));
}

#[tokio::test]
async fn nothing_goes_out_before_it_is_opened_and_it_knows_how_far_it_read() {
    let (_, outbox) = outbox();
    assert!(!outbox.is_open().await.unwrap());
    outbox.set_open(true).await.unwrap();
    assert!(outbox.is_open().await.unwrap());
    outbox.set_open(false).await.unwrap();
    outbox.set_open(false).await.unwrap();
    assert!(!outbox.is_open().await.unwrap());
    assert_eq!(outbox.cursor().await.unwrap(), None);
    outbox.set_cursor(7).await.unwrap();
    assert_eq!(outbox.cursor().await.unwrap(), Some(7));
    assert_eq!(outbox.all().await.unwrap(), []);
}

#[tokio::test]
async fn who_is_forgotten_is_not_written_of_again() {
    let (directory, outbox) = outbox();
    let ana = Person::new(person(1), "Ana");
    directory.put(&ana).await.unwrap();
    outbox.put(&invitation(1)).await.unwrap();
    assert!(outbox.turn(&invitation(1), now()).await.unwrap());
    assert_eq!(outbox.of(&person(1)).await.unwrap(), [invitation(1)]);
    directory.forget(&person(1)).await.unwrap();
    outbox.done(invitation(1), later(), now()).await.unwrap();
    assert_eq!(outbox.all().await.unwrap(), []);
    let held = directory.contents(Drawer::Notice, None, 9).await.unwrap();
    assert_eq!(held, [], "no turn names them either");
    // What went out is kept for a time, and what waits for good.
    outbox.put(&invitation(2)).await.unwrap();
    outbox.put(&invitation(3)).await.unwrap();
    outbox.done(invitation(2), Ok(()), now()).await.unwrap();
    directory
        .sweep(after(SignedDuration::from_hours(401 * 24)))
        .await
        .unwrap();
    assert_eq!(outbox.all().await.unwrap(), [invitation(3)]);
}

#[tokio::test]
async fn a_letter_that_another_put_off_meanwhile_is_not_dropped() {
    let (_, outbox) = outbox();
    outbox.put(&invitation(1)).await.unwrap();
    let put_off = outbox.done(invitation(1), later(), now()).await.unwrap();
    assert!(outbox.turn(&put_off, now()).await.unwrap());
    outbox.dropped(put_off.clone(), now()).await.unwrap();
    assert_eq!(outbox.all().await.unwrap()[0], put_off, "it waits");
    assert!(
        outbox.turn(&put_off, now()).await.unwrap(),
        "the turn was given back"
    );
    // So is one that another has sent.
    outbox.put(&invitation(2)).await.unwrap();
    let sent = outbox.done(invitation(2), Ok(()), now()).await.unwrap();
    outbox.dropped(sent.clone(), now()).await.unwrap();
    assert_eq!(outbox.of(&person(2)).await.unwrap(), [sent]);
    // One that is due and has nothing to say is put away.
    outbox.put(&invitation(3)).await.unwrap();
    outbox.dropped(invitation(3), now()).await.unwrap();
    let held = outbox.of(&person(3)).await.unwrap();
    assert_eq!(held[0].now, State::Dropped { at: now() });
}

#[tokio::test]
async fn a_letter_that_was_held_for_long_is_tried_as_often_as_any() {
    let (_, outbox) = outbox();
    outbox.put(&invitation(1)).await.unwrap();
    // The outbox was opened weeks after the seat was filled.
    let opened = after(SignedDuration::from_hours(30 * 24));
    let letter = outbox.done(invitation(1), later(), opened).await.unwrap();
    assert!(letter.is_waiting(), "{:?}", letter.now);
}

/// Who dies in its turn leaves it to another, again and again; and a sweep in between frees no number.
#[tokio::test]
async fn turns_that_were_never_given_back_are_followed_by_one_each() {
    let (directory, outbox) = outbox();
    let letter = invitation(1);
    let other = Notice::new("act", person(1), Matter::ConfirmData, now());
    outbox.put(&letter).await.unwrap();
    let mut at = now();
    for _ in 0..12 {
        let wants = (0..16).map(|_| outbox.turn(&letter, at));
        let got = futures_util::future::join_all(wants).await;
        let got = got.into_iter().filter(|got| *got.as_ref().unwrap());
        assert_eq!(got.count(), 1);
        at += TURN_LASTS;
        directory.sweep(at).await.unwrap();
        assert!(!outbox.turn(&letter, at - SECOND).await.unwrap());
    }
    assert!(outbox.turn(&other, at).await.unwrap(), "of another letter");
    outbox.done(letter.clone(), Ok(()), at).await.unwrap();
    assert!(
        !outbox.turn(&other, at).await.unwrap(),
        "only its own is given back"
    );
    assert!(outbox.turn(&letter, at).await.unwrap());
}

/// Nodes do not step together: between any two calls of one, others make theirs.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_nodes_one_sends_however_their_steps_mix() {
    for seed in 0..400 {
        let mixed = Arc::new(Mixed::new(seed));
        let outbox = Outbox::new(Arc::clone(&mixed) as Arc<dyn Directory>);
        let letter = invitation(1);
        outbox.put(&letter).await.unwrap();
        // One died in its turn, which is over.
        assert!(outbox.turn(&letter, now()).await.unwrap());
        let wants = (0..12).map(|_| {
            let (outbox, letter) = (outbox.clone(), letter.clone());
            tokio::spawn(async move { outbox.turn(&letter, after(TURN_LASTS)).await.unwrap() })
        });
        let got = futures_util::future::join_all(wants).await;
        let got = got.into_iter().filter(|got| *got.as_ref().unwrap()).count();
        assert_eq!(got, 1, "seed {seed}");
    }
}
