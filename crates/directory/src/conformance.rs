//! What every directory must do, as small cases that run on any of them.
//!
//! An adapter writes a [`Ground`] and one line, `comity_directory::conformance!(ground())`, as for the register.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use crate::{Directory, Forgotten, Person, PersonId};

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
        id: PersonId::from_bytes([number; 16]),
        name: format!("Delegate Number{number}"),
        email: number
            .is_multiple_of(2)
            .then(|| format!("number{number}@delegation.example")),
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
