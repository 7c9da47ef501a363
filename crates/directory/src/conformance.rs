//! What every directory must do, as small cases that run on any of them.
//!
//! An adapter writes a [`Ground`] and one line, `comity_directory::conformance!(ground())`, as for the register.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use jiff::Timestamp;

use crate::{Directory, Drawer, Forgotten, Kept, Person, PersonId};

/// Where the cases run.
pub trait Ground: Send + Sync {
    /// The directory: new when it is opened first, with what it holds when it is opened again.
    fn open(&self) -> BoxFuture<'_, Arc<dyn Directory>>;

    /// Puts away what the case left. Not called for a case that failed, so that one can look.
    fn clear(self) -> BoxFuture<'static, ()>
    where
        Self: Sized,
    {
        Box::pin(async {})
    }
}

/// Makes one `#[tokio::test]` of each case. The argument gives a future of `Option<impl Ground>`, once for each case.
#[macro_export]
macro_rules! conformance {
    ($ground:expr) => {
        $crate::conformance!($ground;
            a_new_directory_knows_nobody
            who_is_put_is_found
            who_is_put_again_is_replaced
            people_are_listed_page_by_page
            who_is_forgotten_is_gone
            forgetting_nobody_is_in_order
            hostile_names_come_back_as_they_went
            people_are_found_by_their_address_whatever_its_case
            what_is_kept_is_found_by_key_and_by_person
            drawers_do_not_share_keys
            a_drawer_is_listed_page_by_page
            what_is_taken_is_taken_once
            a_place_is_claimed_once
            what_is_over_is_swept_and_nothing_else
            who_is_forgotten_leaves_nothing_in_a_drawer
        );
    };
    ($ground:expr; $($case:ident)+) => {
        $(
            #[tokio::test]
            async fn $case() {
                let Some(ground) = $ground.await else {
                    return;
                };
                $crate::conformance::$case(&ground).await;
                $crate::conformance::Ground::clear(ground).await;
            }
        )+
    };
}

/// A person with an id and a name that follow from a number.
pub fn person(number: u8) -> Person {
    Person {
        email: number
            .is_multiple_of(2)
            .then(|| format!("number{number}@delegation.example")),
        phone: number
            .is_multiple_of(3)
            .then(|| format!("+504 2222 000{number}")),
        language: Some("es".to_owned()),
        zone: Some("America/Tegucigalpa".to_owned()),
        confirmed_at: number
            .is_multiple_of(2)
            .then(|| Timestamp::from_second(i64::from(number)).expect("a second after 1970")),
        ..Person::new(
            PersonId::from_bytes([number; 16]),
            &format!("Delegate Number{number}"),
        )
    }
}

async fn all(directory: &dyn Directory) -> Vec<Person> {
    directory.list(None, 1000).await.expect("a list")
}

pub async fn a_new_directory_knows_nobody(ground: &impl Ground) {
    let directory = ground.open().await;
    assert!(all(&*directory).await.is_empty());
    assert_eq!(directory.get(&person(1).id).await.expect("a look-up"), None);
}

pub async fn who_is_put_is_found(ground: &impl Ground) {
    let directory = ground.open().await;
    for number in [2, 1] {
        directory
            .put(&person(number))
            .await
            .expect("a person is kept");
    }
    assert_eq!(
        directory.get(&person(1).id).await.expect("a look-up"),
        Some(person(1))
    );
    let again = ground.open().await;
    assert_eq!(all(&*again).await, [person(1), person(2)]);
}

pub async fn who_is_put_again_is_replaced(ground: &impl Ground) {
    let directory = ground.open().await;
    directory.put(&person(2)).await.expect("a person is kept");
    let renamed = Person {
        name: "Another Name".to_owned(),
        email: None,
        ..person(2)
    };
    directory.put(&renamed).await.expect("a person is kept");
    assert_eq!(all(&*directory).await, [renamed]);
}

pub async fn people_are_listed_page_by_page(ground: &impl Ground) {
    let directory = ground.open().await;
    for number in (1..=5).rev() {
        directory
            .put(&person(number))
            .await
            .expect("a person is kept");
    }
    let mut found: Vec<Person> = Vec::new();
    loop {
        let after = found.last().map(|last| last.id);
        let page = directory.list(after.as_ref(), 2).await.expect("a page");
        assert!(page.len() <= 2);
        if page.is_empty() {
            break;
        }
        found.extend(page);
    }
    assert_eq!(found, (1..=5).map(person).collect::<Vec<_>>());
    assert!(directory.list(None, 0).await.expect("a page").is_empty());
}

pub async fn who_is_forgotten_is_gone(ground: &impl Ground) {
    let directory = ground.open().await;
    for number in 1..=3 {
        directory
            .put(&person(number))
            .await
            .expect("a person is kept");
    }
    let forgotten = directory
        .forget(&person(2).id)
        .await
        .expect("a person is forgotten");
    assert_eq!(forgotten, Forgotten::Something);
    assert_eq!(directory.get(&person(2).id).await.expect("a look-up"), None);
    assert_eq!(all(&*ground.open().await).await, [person(1), person(3)]);
}

pub async fn forgetting_nobody_is_in_order(ground: &impl Ground) {
    let directory = ground.open().await;
    directory.put(&person(1)).await.expect("a person is kept");
    for _ in 0..2 {
        let forgotten = directory
            .forget(&person(2).id)
            .await
            .expect("nobody is forgotten");
        assert_eq!(forgotten, Forgotten::Nothing);
    }
    assert_eq!(all(&*directory).await, [person(1)]);
}

pub async fn hostile_names_come_back_as_they_went(ground: &impl Ground) {
    let directory = ground.open().await;
    for (number, name) in (1..).zip([
        "",
        "'; DROP TABLE persons; --",
        "名前 \u{202e}\u{1f600}",
        "a\nb\\\"c",
    ]) {
        let person = Person {
            name: name.to_owned(),
            ..person(number)
        };
        directory.put(&person).await.expect("a person is kept");
        assert_eq!(
            directory.get(&person.id).await.expect("a look-up"),
            Some(person)
        );
    }
}

/// Something in a drawer, of a person with a number.
fn kept(drawer: Drawer, key: &str, number: Option<u8>, until: Option<i64>) -> Kept {
    Kept {
        drawer,
        key: key.to_owned(),
        person: number.map(|number| person(number).id),
        until: until.map(|second| Timestamp::from_second(second).expect("a second")),
        body: format!("{{\"key\":\"{key}\"}}"),
    }
}

async fn keep(directory: &dyn Directory, kept: &Kept) {
    directory.keep(kept).await.expect("it is kept");
}

pub async fn people_are_found_by_their_address_whatever_its_case(ground: &impl Ground) {
    let directory = ground.open().await;
    let written = Person {
        email: Some("Number4@Delegation.Example".to_owned()),
        ..person(4)
    };
    for person in [person(1), person(2), person(3), written.clone()] {
        directory.put(&person).await.expect("a person is kept");
    }
    let by = async |email: &str| directory.by_email(email).await.expect("a look-up");
    assert_eq!(by("NUMBER2@delegation.example").await, [person(2)]);
    assert_eq!(by("number4@delegation.example").await, [written]);
    for nobody in ["number1@delegation.example", "%", "", "number2"] {
        assert_eq!(by(nobody).await, [], "{nobody}");
    }
}

pub async fn what_is_kept_is_found_by_key_and_by_person(ground: &impl Ground) {
    let directory = ground.open().await;
    let first = kept(Drawer::Session, "a", Some(1), Some(100));
    let second = kept(Drawer::Session, "b", Some(1), None);
    let other = kept(Drawer::Session, "c", Some(2), None);
    let nobodys = kept(Drawer::Session, "d", None, None);
    for kept in [&second, &first, &other, &nobodys] {
        keep(&*directory, kept).await;
    }
    let again = ground.open().await;
    let found = again.look(Drawer::Session, "a").await.expect("a look");
    assert_eq!(found, Some(first.clone()));
    assert_eq!(
        again.look(Drawer::Session, "e").await.expect("a look"),
        None
    );
    let own = again.of(Drawer::Session, &person(1).id).await;
    assert_eq!(own.expect("a list"), [first, second.clone()]);
    let changed = Kept {
        body: "{}".to_owned(),
        ..second
    };
    keep(&*again, &changed).await;
    let found = again.look(Drawer::Session, "b").await.expect("a look");
    assert_eq!(found, Some(changed));
}

pub async fn drawers_do_not_share_keys(ground: &impl Ground) {
    let directory = ground.open().await;
    for drawer in Drawer::ALL {
        keep(&*directory, &kept(drawer, "k", Some(1), None)).await;
    }
    let taken = directory.take(Drawer::Link, "k").await.expect("a taking");
    assert!(taken.is_some());
    for drawer in Drawer::ALL {
        let found = directory.look(drawer, "k").await.expect("a look");
        assert_eq!(found.is_some(), drawer != Drawer::Link, "{drawer:?}");
    }
}

pub async fn a_drawer_is_listed_page_by_page(ground: &impl Ground) {
    let directory = ground.open().await;
    // Keys are ordered by their bytes in every store, whatever language it speaks.
    let keys = ["B", "a", "a/1", "b", "z", "ñ"];
    for (number, key) in (1..).zip(keys) {
        let whose = (number != 3).then_some(number);
        keep(&*directory, &kept(Drawer::Notice, key, whose, None)).await;
        keep(&*directory, &kept(Drawer::Batch, key, whose, None)).await;
    }
    let mut found: Vec<String> = Vec::new();
    loop {
        let after = found.last().map(String::as_str);
        let page = directory.contents(Drawer::Notice, after, 2).await;
        let page = page.expect("a page");
        assert!(page.len() <= 2);
        if page.is_empty() {
            break;
        }
        found.extend(page.into_iter().map(|kept| kept.key));
    }
    assert_eq!(found, keys);
    let other = directory.contents(Drawer::Link, None, 9).await;
    assert_eq!(other.expect("a page"), []);
}

pub async fn what_is_taken_is_taken_once(ground: &impl Ground) {
    let directory = ground.open().await;
    keep(&*directory, &kept(Drawer::Link, "k", Some(1), None)).await;
    let takes = (0..8).map(|_| directory.take(Drawer::Link, "k"));
    let taken = futures_util::future::join_all(takes).await;
    let got = taken
        .into_iter()
        .filter_map(|taken| taken.expect("a taking"))
        .count();
    assert_eq!(got, 1);
}

pub async fn a_place_is_claimed_once(ground: &impl Ground) {
    let directory = ground.open().await;
    let claims: Vec<Kept> = (1..=8)
        .map(|number| kept(Drawer::Notice, "k", Some(number), None))
        .collect();
    let told =
        futures_util::future::join_all(claims.iter().map(|claim| directory.claim(claim))).await;
    let mut told: Vec<bool> = told
        .into_iter()
        .map(|told| told.expect("a claim"))
        .collect();
    let first = told.iter().position(|told| *told).expect("one gets it");
    told[first] = false;
    assert_eq!(told, [false; 8], "and no other");
    let held = directory.look(Drawer::Notice, "k").await.expect("a look");
    assert_eq!(held.as_ref(), Some(&claims[first]));
    directory.take(Drawer::Notice, "k").await.expect("a taking");
    assert!(directory.claim(&claims[0]).await.expect("a claim"));
}

pub async fn what_is_over_is_swept_and_nothing_else(ground: &impl Ground) {
    let directory = ground.open().await;
    for (key, until) in [("a", Some(99)), ("b", Some(100)), ("c", None)] {
        keep(&*directory, &kept(Drawer::Session, key, Some(1), until)).await;
    }
    let before = Timestamp::from_second(100).expect("a second");
    assert_eq!(directory.sweep(before).await.expect("a sweep"), 1);
    let left = directory.of(Drawer::Session, &person(1).id).await;
    let left: Vec<String> = left
        .expect("a list")
        .into_iter()
        .map(|kept| kept.key)
        .collect();
    assert_eq!(left, ["b", "c"]);
}

pub async fn who_is_forgotten_leaves_nothing_in_a_drawer(ground: &impl Ground) {
    let directory = ground.open().await;
    for number in 1..=2 {
        directory
            .put(&person(number))
            .await
            .expect("a person is kept");
        for drawer in Drawer::ALL {
            let key = format!("k{number}");
            keep(&*directory, &kept(drawer, &key, Some(number), None)).await;
        }
    }
    directory.forget(&person(1).id).await.expect("a forgetting");
    for drawer in Drawer::ALL {
        let gone = directory.of(drawer, &person(1).id).await.expect("a list");
        assert_eq!(gone, [], "{drawer:?}");
        let stays = directory.of(drawer, &person(2).id).await.expect("a list");
        assert_eq!(stays.len(), 1, "{drawer:?}");
    }
}
