//! Letters that are held, stopped and let go; and which wait, told by their marks.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::Arc;

use comity_directory::{Directory, Drawer, MemoryDirectory, PersonId};
use comity_post::{HELD, Hold, InformalStep, Matter, NotCarried, Notice, Outbox, Step};
use jiff::{SignedDuration, Timestamp};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn now() -> Timestamp {
    "2012-02-01T15:00:00Z".parse().unwrap()
}

fn outbox() -> (Arc<MemoryDirectory>, Outbox) {
    let directory = Arc::new(MemoryDirectory::new());
    let outbox = Outbox::new(Arc::clone(&directory) as Arc<dyn Directory>);
    (directory, outbox)
}

fn letter(what: Step, number: u8) -> Notice {
    let of = "act".to_owned();
    let about = Matter::Consultation { of, what };
    Notice::new("act", PersonId::from_bytes([number; 16]), about, now())
}

#[tokio::test]
async fn a_letter_of_a_round_waits_ten_minutes_and_goes_as_somebody_says() {
    let (_, outbox) = outbox();
    let held = letter(Step::Round, 1);
    let goes = async |letter: &Notice, at| {
        let said = outbox.hold(&letter.occasion).await.unwrap();
        Hold::lets_go(said, letter, at)
    };
    assert_eq!(HELD.as_secs(), 600);
    assert!(!goes(&held, now() + HELD - SECOND).await);
    assert!(goes(&held, now() + HELD).await);
    // A reminder has a deadline, and is held by nothing.
    assert!(goes(&letter(Step::LastDay, 1), now()).await);
    // A stop holds for as long as nobody takes it back, and for all of its occasion.
    outbox.stop("act", now()).await.unwrap();
    assert!(!goes(&held, now() + HELD).await);
    assert!(!goes(&held, now() + HELD + HELD).await);
    let other = Notice {
        occasion: "other".to_owned(),
        ..held.clone()
    };
    assert!(goes(&other, now() + HELD).await);
    outbox.release("act", now() + SECOND).await.unwrap();
    assert!(goes(&held, now() + SECOND).await);
    // What was tried waits for its next attempt, and is not pressed.
    outbox.put(&held).await.unwrap();
    let later = Err(NotCarried::Later {
        why: "busy".to_owned(),
    });
    let tried = outbox.done(held, later, now()).await.unwrap();
    let minute = SignedDuration::from_mins(1);
    assert!(!goes(&tried, now() + minute - SECOND).await);
    assert!(goes(&tried, now() + minute).await);
    outbox.stop("act", now()).await.unwrap();
    assert!(!goes(&tried, now() + minute).await);
}

#[test]
fn of_an_informal_consultation_the_letter_that_asks_is_held_and_no_other() {
    for what in InformalStep::ALL {
        let of = "act".to_owned();
        let about = Matter::Informal { of, what };
        let one = Notice::new("act", PersonId::from_bytes([1; 16]), about, now());
        let asks = what == InformalStep::Opened;
        assert_eq!(!Hold::lets_go(None, &one, now() + HELD - SECOND), asks);
        assert!(Hold::lets_go(None, &one, now() + HELD));
    }
}

#[tokio::test]
async fn the_letters_of_an_occasion_are_listed_and_no_others() {
    let (_, outbox) = outbox();
    for number in 1..=3 {
        outbox.put(&letter(Step::Round, number)).await.unwrap();
    }
    let mut other = letter(Step::Round, 9);
    other.occasion = "act2".to_owned();
    outbox.put(&other).await.unwrap();
    assert_eq!(outbox.of_occasion("act").await.unwrap().len(), 3);
    assert_eq!(outbox.of_occasion("act2").await.unwrap(), [other]);
    assert_eq!(outbox.of_occasion("ac").await.unwrap(), []);
    outbox.stop("act", now()).await.unwrap();
    assert_eq!(outbox.all().await.unwrap().len(), 4, "a stop is no letter");
}

#[tokio::test]
async fn what_waits_is_found_by_its_mark_whoever_ended_in_between() {
    let (directory, outbox) = outbox();
    let letters = [1, 2, 3].map(|number| letter(Step::Reported, number));
    for letter in &letters {
        outbox.put(letter).await.unwrap();
        outbox.put(letter).await.unwrap();
    }
    assert_eq!(outbox.waiting().await.unwrap(), letters);
    let sent = outbox.done(letters[0].clone(), Ok(()), now()).await;
    assert_eq!(outbox.waiting().await.unwrap(), letters[1..]);
    // Ended between the letter and its mark: the mark is made good.
    let mark = |letter: &Notice| format!("!due/{}", letter.key());
    directory
        .take(Drawer::Notice, &mark(&letters[1]))
        .await
        .unwrap();
    assert_eq!(outbox.waiting().await.unwrap(), letters[2..]);
    outbox.mark_all().await.unwrap();
    assert_eq!(outbox.waiting().await.unwrap(), letters[1..]);
    // A mark too many is taken away, and a letter that came back has one again once it is to be sent.
    let refused = Err(NotCarried::Refused {
        why: "550".to_owned(),
    });
    outbox
        .done(letters[1].clone(), refused, now())
        .await
        .unwrap();
    assert!(outbox.again(&letters[1].key(), now()).await.unwrap());
    assert!(!outbox.again(&letters[1].key(), now()).await.unwrap());
    assert!(!outbox.again(&sent.unwrap().key(), now()).await.unwrap());
    assert_eq!(outbox.waiting().await.unwrap().len(), 2);
    directory.forget(&letters[2].person).await.unwrap();
    assert_eq!(outbox.waiting().await.unwrap().len(), 1);
    let kept = directory.contents(Drawer::Notice, Some("!due/"), 9).await;
    let kept = kept.unwrap().into_iter();
    assert_eq!(kept.filter(|kept| kept.key.starts_with("!due/")).count(), 1);
}

#[tokio::test]
async fn more_letters_than_a_page_holds_are_all_found() {
    let (_, outbox) = outbox();
    for number in 0..1_203_u16 {
        let mut one = letter(Step::Round, 1);
        let [high, low] = number.to_be_bytes();
        let mut bytes = [0; 16];
        (bytes[0], bytes[1]) = (high, low);
        one.person = PersonId::from_bytes(bytes);
        outbox.put(&one).await.unwrap();
    }
    assert_eq!(outbox.waiting().await.unwrap().len(), 1_203);
    assert_eq!(outbox.of_occasion("act").await.unwrap().len(), 1_203);
}

#[tokio::test]
async fn of_two_that_send_a_letter_again_one_does() {
    let (_, outbox) = outbox();
    let one = letter(Step::Reported, 1);
    outbox.put(&one).await.unwrap();
    let refused = Err(NotCarried::Refused {
        why: "550".to_owned(),
    });
    outbox.done(one.clone(), refused, now()).await.unwrap();
    let key = one.key();
    let press = (0..16).map(|_| outbox.again(&key, now()));
    let pressed = futures_util::future::join_all(press).await;
    let done = pressed.into_iter().filter(|done| *done.as_ref().unwrap());
    assert_eq!(done.count(), 1);
}
