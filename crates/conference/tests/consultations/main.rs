//! The written consultation: each refusal with its neighbour that is in order, both sides of each instant, every variant of
//! the rules, and what has to hold of the procedure (C-01…C-13, V-01…V-06).

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

#[path = "../consulting/mod.rs"]
mod consulting;

mod answers;
mod circulation;
mod comments;
mod demands;
mod late;
mod objections;
mod outcomes;
mod rounds;
mod troika;
mod values;
mod variants;

use std::collections::BTreeSet;

use comity_conference::{ActId, Consult};

use consulting::{Room, nobodys};

/// What goes before; the consultation that comes of it.
type Given = fn(&mut Room) -> ActId;

/// A step that is refused, and one beside it that is in order.
struct Scenario {
    code: &'static str,
    because: &'static str,
    room: fn() -> Room,
    given: Given,
    refused: fn(&mut Room, ActId) -> Consult,
    /// The least that has to be otherwise.
    but: fn(&mut Room, ActId) -> Consult,
}

/// Under the rules as they ship.
fn refusal(
    code: &'static str,
    because: &'static str,
    given: Given,
    refused: fn(&mut Room, ActId) -> Consult,
    but: fn(&mut Room, ActId) -> Consult,
) -> Scenario {
    Scenario {
        code,
        because,
        room: Room::new,
        given,
        refused,
        but,
    }
}

impl Scenario {
    fn under(self, room: fn() -> Room) -> Self {
        Self { room, ..self }
    }

    fn holds(&self) {
        let mut room = (self.room)();
        let id = (self.given)(&mut room);
        let step = (self.refused)(&mut room, id);
        let refused = room.refuses(step);
        assert_eq!(refused.code(), self.code, "{}: {refused}", self.because);
        assert!(!refused.to_string().is_empty());
        let step = (self.but)(&mut room, id);
        if let Err(refused) = room.tries(step) {
            panic!("{}, but then: {} {refused}", self.because, refused.code());
        }
        room.holds_together();
    }
}

/// No consultation was submitted.
fn nothing(_: &mut Room) -> ActId {
    nobodys()
}

fn all() -> Vec<Scenario> {
    let tables = [
        troika::refusals(),
        rounds::refusals(),
        answers::refusals(),
        objections::refusals(),
        late::refusals(),
        outcomes::refusals(),
        circulation::refusals(),
        comments::refusals(),
        variants::refusals(),
    ];
    tables.into_iter().flatten().collect()
}

#[test]
fn what_is_refused_is_in_order_as_soon_as_the_reason_is_gone() {
    for scenario in all() {
        scenario.holds();
    }
}

#[test]
fn no_reason_for_a_refusal_is_forgotten() {
    let reached: BTreeSet<String> = all()
        .iter()
        .map(|scenario| scenario.code.to_owned())
        .collect();
    let codes = (801..=839).chain([856]);
    let codes: BTreeSet<String> = codes.map(|number| format!("E-0{number}")).collect();
    let own = reached.iter().filter(|code| code.starts_with("E-08"));
    assert_eq!(own.cloned().collect::<BTreeSet<_>>(), codes);
}
