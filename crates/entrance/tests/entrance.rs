//! Links and sessions, both sides of each of their edges.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::Arc;

use comity_directory::{Directory, Drawer, MemoryDirectory, PersonId};
use comity_entrance::{
    ABSOLUTE, CEREMONY_LASTS, DEVICE_LASTS, Entrance, IDLE, LINK_LASTS, Means, PROVEN, Token,
};
use jiff::{SignedDuration, Timestamp};

fn now() -> Timestamp {
    "2011-11-02T12:00:00Z".parse().unwrap()
}

fn after(span: SignedDuration) -> Timestamp {
    now().saturating_add(span).unwrap()
}

fn ana() -> PersonId {
    PersonId::from_bytes([1; 16])
}

fn token(number: u8) -> Token {
    Token::of([number; 32])
}

const SECOND: SignedDuration = SignedDuration::from_secs(1);

fn door() -> (Arc<MemoryDirectory>, Entrance) {
    let directory = Arc::new(MemoryDirectory::new());
    let entrance = Entrance::new(Arc::clone(&directory) as Arc<dyn Directory>);
    (directory, entrance)
}

#[tokio::test]
async fn a_link_lets_in_once() {
    let (_, door) = door();
    let wrong = door.enter_by_link(&token(9), &token(2), "", now()).await;
    assert_eq!(wrong.unwrap(), None);
    door.invite(ana(), &token(1), None, now()).await.unwrap();
    for _ in 0..2 {
        let knocked = door.knock(&token(1), now()).await.unwrap();
        assert_eq!(
            knocked.unwrap().person,
            ana(),
            "who looks does not use it up"
        );
    }
    let session = door
        .enter_by_link(&token(1), &token(2), "Firefox", now())
        .await;
    let (session, link) = session.unwrap().unwrap();
    assert_eq!((session.person, link.sent_to), (ana(), None));
    assert_eq!(door.knock(&token(1), now()).await.unwrap(), None);
    let again = door.enter_by_link(&token(1), &token(3), "", now()).await;
    assert_eq!(again.unwrap(), None);
}

#[tokio::test]
async fn a_link_ends_after_a_week_and_with_the_next_one() {
    let (_, door) = door();
    door.invite(ana(), &token(1), None, now()).await.unwrap();
    for (at, opens) in [
        (after(LINK_LASTS - SECOND), true),
        (after(LINK_LASTS), false),
    ] {
        assert_eq!(
            door.knock(&token(1), at).await.unwrap().is_some(),
            opens,
            "{at}"
        );
    }
    let late = door
        .enter_by_link(&token(1), &token(2), "", after(LINK_LASTS))
        .await;
    assert_eq!(late.unwrap(), None);
    door.invite(ana(), &token(3), None, now()).await.unwrap();
    door.invite(ana(), &token(4), None, now()).await.unwrap();
    assert_eq!(door.knock(&token(3), now()).await.unwrap(), None);
    assert!(door.knock(&token(4), now()).await.unwrap().is_some());
}

#[tokio::test]
async fn a_session_ends_when_nobody_uses_it_and_after_a_working_day() {
    let (_, door) = door();
    door.begin(ana(), Means::Link, &token(1), "", now())
        .await
        .unwrap();
    assert!(
        door.session(&token(1), after(IDLE - SECOND))
            .await
            .unwrap()
            .is_some()
    );
    // That it was used then put its end off, up to the end of the day.
    assert!(
        door.session(&token(1), after(IDLE + SECOND))
            .await
            .unwrap()
            .is_some()
    );
    let mut at = now();
    while at < after(ABSOLUTE - SECOND) {
        assert!(door.session(&token(1), at).await.unwrap().is_some(), "{at}");
        at = at.saturating_add(IDLE - SECOND).unwrap();
    }
    assert!(
        door.session(&token(1), after(ABSOLUTE - SECOND))
            .await
            .unwrap()
            .is_some()
    );
    assert_eq!(
        door.session(&token(1), after(ABSOLUTE)).await.unwrap(),
        None
    );
    door.begin(ana(), Means::Link, &token(2), "", now())
        .await
        .unwrap();
    assert_eq!(door.session(&token(2), after(IDLE)).await.unwrap(), None);
}

#[tokio::test]
async fn whoever_takes_a_seat_goes_on_under_another_token() {
    let (_, door) = door();
    door.begin(ana(), Means::Link, &token(1), "", now())
        .await
        .unwrap();
    let seat = "00000000000000000000000007";
    let session = door.sit(&token(1), &token(2), seat, now()).await.unwrap();
    assert_eq!(session.unwrap().seat.as_deref(), Some(seat));
    assert_eq!(door.session(&token(1), now()).await.unwrap(), None);
    assert!(door.session(&token(2), now()).await.unwrap().is_some());
    assert_eq!(
        door.sit(&token(1), &token(3), seat, now()).await.unwrap(),
        None
    );
}

#[tokio::test]
async fn sessions_are_listed_and_ended() {
    let (_, door) = door();
    let bruno = PersonId::from_bytes([2; 16]);
    for (number, person) in [(1, ana()), (2, ana()), (3, bruno)] {
        let agent = format!("Browser {number}\n");
        door.begin(person, Means::Link, &token(number), &agent, now())
            .await
            .unwrap();
    }
    let lines = door.sessions(&ana(), &token(2), now()).await.unwrap();
    assert_eq!(lines.len(), 2);
    let own: Vec<_> = lines.iter().filter(|line| line.own).collect();
    assert_eq!(own[0].session.agent, "Browser 2");
    let other = lines.iter().find(|line| !line.own).unwrap();
    for wrong in ["", "0", "zzzzzzzzzzzzzzzz"] {
        assert_eq!(door.end(&ana(), Some(wrong)).await.unwrap(), 0, "{wrong}");
    }
    assert_eq!(door.end(&bruno, Some(&other.handle)).await.unwrap(), 0);
    assert_eq!(door.end(&ana(), Some(&other.handle)).await.unwrap(), 1);
    assert_eq!(door.session(&token(1), now()).await.unwrap(), None);
    assert_eq!(door.end(&ana(), None).await.unwrap(), 1);
    assert!(door.session(&token(3), now()).await.unwrap().is_some());
    door.leave(&token(3)).await.unwrap();
    assert_eq!(door.session(&token(3), now()).await.unwrap(), None);
}

#[tokio::test]
async fn who_proved_who_they_are_need_not_for_a_while() {
    let (_, door) = door();
    let session = door
        .begin(ana(), Means::Link, &token(1), "", now())
        .await
        .unwrap();
    assert!(session.is_proven(after(PROVEN - SECOND)));
    assert!(!session.is_proven(after(PROVEN)));
}

/// Whoever reads the store, or a copy of it, can come in with nothing that stands there.
#[tokio::test]
async fn what_lets_in_is_kept_as_a_hash_only() {
    let (directory, door) = door();
    door.invite(ana(), &token(1), None, now()).await.unwrap();
    door.begin(ana(), Means::Link, &token(2), "", now())
        .await
        .unwrap();
    for drawer in Drawer::ALL {
        for kept in directory.of(drawer, &ana()).await.unwrap() {
            for number in [1, 2] {
                let held = format!("{} {}", kept.key, kept.body);
                assert!(!held.contains(token(number).as_str()), "{drawer:?}");
                assert_eq!(
                    door.session(&Token::read(&kept.key).unwrap(), now())
                        .await
                        .unwrap(),
                    None
                );
            }
        }
    }
    assert_eq!(format!("{:?}", token(1)), "Token(…)");
    for wrong in ["", "ab", &"A".repeat(64), &"g".repeat(64), &"a".repeat(65)] {
        assert_eq!(Token::read(wrong), None, "{wrong}");
    }
}

#[tokio::test]
async fn a_browser_is_known_for_one_person_and_for_a_time() {
    let (_, door) = door();
    door.remember(ana(), &token(1), now()).await.unwrap();
    let known = async |number: u8, person: &PersonId, at: Timestamp| {
        door.remembers(person, &token(number), at).await.unwrap()
    };
    let last = after(DEVICE_LASTS);
    assert!(known(1, &ana(), after(DEVICE_LASTS - SECOND)).await);
    assert!(!known(1, &ana(), last).await);
    assert!(!known(2, &ana(), now()).await);
    let bruno = PersonId::from_bytes([2; 16]);
    assert!(!known(1, &bruno, now()).await);
}

#[tokio::test]
async fn a_ceremony_is_ended_once_and_in_time() {
    let (_, door) = door();
    for number in [1, 2, 3] {
        door.begin_ceremony(&token(number), Some(ana()), "state", now())
            .await
            .unwrap();
    }
    assert_eq!(door.end_ceremony(&token(9), now()).await.unwrap(), None);
    let in_time = door
        .end_ceremony(&token(1), after(CEREMONY_LASTS - SECOND))
        .await;
    assert_eq!(in_time.unwrap(), Some((Some(ana()), "state".to_owned())));
    let late = door.end_ceremony(&token(2), after(CEREMONY_LASTS)).await;
    assert_eq!(late.unwrap(), None);
    door.end_ceremony(&token(3), now()).await.unwrap();
    assert_eq!(door.end_ceremony(&token(3), now()).await.unwrap(), None);
}

#[tokio::test]
async fn who_proves_again_goes_on_under_another_token() {
    let (_, door) = door();
    door.begin(ana(), Means::Link, &token(1), "", now())
        .await
        .unwrap();
    let later = after(PROVEN);
    let proven = door
        .prove(&token(1), &token(2), Means::Passkey, later)
        .await;
    let proven = proven.unwrap().unwrap();
    assert!(proven.is_proven(later));
    assert_eq!(proven.means, Means::Passkey);
    assert_eq!(door.session(&token(1), later).await.unwrap(), None);
    let again = door
        .prove(&token(1), &token(3), Means::Passkey, later)
        .await;
    assert_eq!(again.unwrap(), None);
}

#[tokio::test]
async fn a_link_that_was_sent_says_where_to() {
    let (_, door) = door();
    let to = Some("ana@ministry.example");
    door.invite(ana(), &token(1), to, now()).await.unwrap();
    let knocked = door.knock(&token(1), now()).await.unwrap().unwrap();
    assert_eq!(knocked.sent_to.as_deref(), to);
    let entered = door.enter_by_link(&token(1), &token(2), "", now()).await;
    let (_, link) = entered.unwrap().unwrap();
    assert_eq!(link.sent_to.as_deref(), to);
}
