//! Any commands, in order and not, against a model of the procedure.

use std::cell::Cell;

use comity_conference::{ActId, Answer, Consult, Disposition, Reaction};
use jiff::{SignedDuration, ToSpan};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::consulting::model::{Model, Seen};
use crate::consulting::steps::*;
use crate::consulting::{MEMBERS, Room, at};
use crate::{Counts, DaysOff, any_answer, declare, is_full_for_all, rooms};

/// What is tried next.
#[derive(Debug, Clone)]
enum Try {
    React {
        member: usize,
        consents: bool,
    },
    Method {
        member: usize,
    },
    Resubmit {
        text: u16,
    },
    Open {
        text: Option<u16>,
        why: bool,
    },
    Extend,
    CloseEarly,
    State {
        member: usize,
        kind: Answer,
        seen: Seen,
    },
    /// The change of the answer at this place, counted from the last one.
    Dispose {
        back: usize,
        disposition: Disposition,
    },
    Reply {
        back: usize,
    },
    Certify,
    Launch,
    Refer,
    Withdraw,
    Report,
    Declare {
        member: usize,
        ahead: i64,
    },
    /// Hours pass.
    Wait {
        hours: i64,
    },
    /// The close comes, or nearly.
    Close {
        early: bool,
    },
    /// All that may stand in the way is taken out of it, as far as that is in order.
    Settle,
    /// What leads to the first round.
    Prepare,
}

fn any_try() -> impl Strategy<Value = Try> {
    let member = || 0_usize..5;
    let seen =
        prop_oneof![6 => Just(Seen::All), 1 => Just(Seen::Nothing), 1 => Just(Seen::Something)];
    let kind =
        prop_oneof![3 => any_answer(), 3 => Just(Answer::Agrees), 2 => Just(Answer::Objects)];
    let disposition = prop_oneof![
        3 => Just(Disposition::NotTaken),
        1 => Just(Disposition::Taken),
        1 => Just(Disposition::InPart),
    ];
    let goes_on = prop_oneof![
        3 => (member(), prop::bool::weighted(0.8)).prop_map(|(member, consents)| Try::React { member, consents }),
        3 => member().prop_map(|member| Try::Method { member }),
        1 => (7_u16..10).prop_map(|text| Try::Resubmit { text }),
        3 => (prop::option::weighted(0.5, 7_u16..10), any::<bool>()).prop_map(|(text, why)| Try::Open { text, why }),
        2 => Just(Try::Extend),
        3 => Just(Try::CloseEarly),
        16 => (member(), kind, seen).prop_map(|(member, kind, seen)| Try::State { member, kind, seen }),
        4 => (0_usize..6, disposition).prop_map(|(back, disposition)| Try::Dispose { back, disposition }),
        4 => (0_usize..6).prop_map(|back| Try::Reply { back }),
        8 => Just(Try::Certify),
        6 => Just(Try::Launch),
        1 => Just(Try::Report),
        2 => (member(), 0_i64..12).prop_map(|(member, ahead)| Try::Declare { member, ahead }),
        3 => (1_i64..60).prop_map(|hours| Try::Wait { hours }),
        6 => prop::bool::weighted(0.3).prop_map(|early| Try::Close { early }),
        5 => Just(Try::Settle),
        2 => Just(Try::Prepare),
    ];
    // The exits end a case early, so they are rare.
    prop_oneof![300 => goes_on, 1 => Just(Try::Refer), 1 => Just(Try::Withdraw)]
}

struct Driven {
    room: Room,
    id: ActId,
    model: Model,
    counts: Counts,
    declared: DaysOff,
}

impl Driven {
    fn new(rules: usize, consented: bool) -> Self {
        let (room, counts) = &rooms()[rules];
        let mut room = room.clone();
        let id = if consented {
            ready(&mut room)
        } else {
            submitted(&mut room)
        };
        let model = Model::new(room.procedure(), consented);
        Self {
            room,
            id,
            model,
            counts: *counts,
            declared: DaysOff::new(),
        }
    }

    /// Tries it on both; they have to agree whether it is in order.
    fn tries(&mut self, tried: &Try) -> Result<(), TestCaseError> {
        let id = self.id;
        let now = self.room.now;
        let text = |version: u16| if version == 0 { text() } else { other(version) };
        let (step, expected): (Consult, bool) = match tried {
            Try::React { member, consents } => {
                let reaction = if *consents {
                    Reaction::Consents
                } else {
                    Reaction::DoesNotConsent
                };
                (
                    reacts(id, MEMBERS[*member], reaction),
                    self.model.react(*member, *consents),
                )
            }
            Try::Method { member } => (
                method(id, MEMBERS[*member]),
                self.model.consent_to_method(*member),
            ),
            Try::Resubmit { text: version } => {
                (resubmit(id, text(*version)), self.model.resubmit(*version))
            }
            Try::Open { text: version, why } => {
                let mut opening = first(id);
                opening.text = version.map(text);
                opening.why = why.then(words);
                return self.opens(Consult::Open(opening), *version, *why);
            }
            Try::Extend => return self.extends(),
            Try::CloseEarly => (close_early(id), self.model.close_early(now)),
            Try::State { member, kind, seen } => return self.states(*member, *kind, *seen),
            Try::Dispose { back, disposition } => {
                let Some(position) = self.model.back(*back) else {
                    return Ok(());
                };
                let step = Consult::Dispose(dispose(id, position, *disposition));
                (step, self.model.dispose(position, *disposition))
            }
            Try::Reply { back } => {
                let Some(objection) = self.model.back(*back) else {
                    return Ok(());
                };
                (replies(id, objection), self.model.reply(objection))
            }
            Try::Certify => (certify(id), self.model.certify(now)),
            Try::Launch => return self.launches(),
            Try::Refer => (refer(id), self.model.leave()),
            Try::Withdraw => (withdraw(id), self.model.leave()),
            Try::Report => (report(id), self.model.report()),
            Try::Declare { member, ahead } => {
                let day = jiff::tz::Offset::UTC.to_datetime(now).date() + ahead.days();
                if self.room.carries_out(&declare(*member, day)).is_ok() {
                    self.declared.insert((*member, day));
                }
                return Ok(());
            }
            Try::Settle => {
                for back in 0..6 {
                    self.tries(&Try::Dispose {
                        back,
                        disposition: Disposition::NotTaken,
                    })?;
                    self.tries(&Try::Reply { back })?;
                }
                for member in 0..5 {
                    self.states(member, Answer::StandsAside, Seen::All)?;
                }
                return Ok(());
            }
            Try::Prepare => {
                for member in 0..5 {
                    self.tries(&Try::React {
                        member,
                        consents: true,
                    })?;
                    self.tries(&Try::Method { member })?;
                }
                return self.tries(&Try::Open {
                    text: None,
                    why: false,
                });
            }
            Try::Wait { hours } => {
                self.room.now += SignedDuration::from_hours(*hours);
                return Ok(());
            }
            Try::Close { early } => {
                let closes_at = self.model.closes_at().filter(|closes_at| *closes_at > now);
                let lead = SignedDuration::from_millis(i64::from(*early));
                self.room.now = closes_at.map_or(now, |closes_at| closes_at - lead);
                return Ok(());
            }
        };
        prop_assert_eq!(self.room.tries(step).is_ok(), expected, "{:?}", tried);
        Ok(())
    }

    fn opens(&mut self, step: Consult, text: Option<u16>, why: bool) -> Result<(), TestCaseError> {
        let now = self.room.now;
        let expected = self.model.may_open(text, why, now);
        let done = self.room.tries(step);
        prop_assert_eq!(
            done.is_ok(),
            expected,
            "open {:?} {}: {:?}",
            text,
            why,
            done
        );
        if expected {
            let opened = self.room.round(self.id).opened.clone();
            is_full_for_all(&opened, self.counts, &self.declared)?;
            self.model.open(text, now, opened.closes_at);
        }
        Ok(())
    }

    fn extends(&mut self) -> Result<(), TestCaseError> {
        let expected = self.model.may_extend(self.room.now);
        prop_assert_eq!(self.room.tries(extend(self.id)).is_ok(), expected);
        if expected {
            self.model.extend(self.room.round(self.id).closes_at());
        }
        Ok(())
    }

    fn states(&mut self, member: usize, kind: Answer, seen: Seen) -> Result<(), TestCaseError> {
        let now = self.room.now;
        let named = self.model.named(member, seen);
        let expected = self.model.may_state(member, kind, &named, now);
        let done = self
            .room
            .tries(instead(self.id, MEMBERS[member], kind, named.clone()));
        prop_assert_eq!(
            done.is_ok(),
            expected,
            "{} {:?} {:?}: {:?}",
            member,
            kind,
            seen,
            done
        );
        if let Ok(act) = done {
            self.model.state(member, kind, &named, act, now);
        }
        Ok(())
    }

    /// Nothing is launched that lacks what the procedure asks for.
    fn launches(&mut self) -> Result<(), TestCaseError> {
        let now = self.room.now;
        let expected = self.model.launch(now);
        prop_assert_eq!(self.room.tries(launch(self.id)).is_ok(), expected);
        if !expected {
            return Ok(());
        }
        let found = self.room.found(self.id);
        let first = &found.rounds[0];
        let consented = found.submitted.troika.iter().all(|party| {
            let reacted = &found.reactions[party];
            reacted.reaction == Reaction::Consents && reacted.act < first.act
        });
        prop_assert!(consented, "the Troika consents before the first round");
        let last = found.last_round().unwrap();
        let (certificate, certified_at) = found.certified.unwrap();
        prop_assert!(
            certificate > last.act && certified_at >= last.closes_at() && last.closes_at() <= now
        );
        if last.closed_early.is_none() {
            prop_assert!(last.terms().values().all(|term| term.ends_at <= now));
        }
        Ok(())
    }
}

/// Random commands, in order and not, while the clock moves: the conference takes what the procedure takes and nothing else;
/// what was launched stays as it is; a replay gives the same.
#[test]
fn a_consultation_follows_the_procedure_whatever_is_tried() {
    let config = Config {
        failure_persistence: None,
        ..Config::with_cases(512)
    };
    let tries = prop::collection::vec(any_try(), 20..110);
    let (launched, reported, answered_late) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let count = |counter: &Cell<u32>, more: bool| counter.set(counter.get() + u32::from(more));
    let done = TestRunner::new(config).run(
        &(0_usize..7, prop::bool::weighted(0.7), tries),
        |(rules, consented, tries)| {
            let mut driven = Driven::new(rules, consented);
            let mut at_the_end = None;
            for tried in &tries {
                // The table of holidays ends with the year.
                if driven.room.now > at("2012-10-01T00:00:00Z") {
                    break;
                }
                driven.tries(tried)?;
                let found = driven.room.found(driven.id);
                if found.end.is_some() && at_the_end.is_none() {
                    at_the_end = Some(found.clone());
                }
            }
            if let Some(before) = at_the_end {
                driven.tries(&Try::Report)?;
                let mut after = driven.room.found(driven.id).clone();
                prop_assert!(after.reported.take().is_some());
                after.report = None;
                prop_assert!(after == before, "something changed after the end");
                count(&reported, true);
            }
            count(&launched, driven.model.launched);
            count(
                &answered_late,
                driven.model.launched && driven.model.has_replied(),
            );
            driven.room.holds_together();
            Ok(())
        },
    );
    done.unwrap_or_else(|failed| panic!("{failed}"));
    // Otherwise it says little.
    let found = [launched.get(), reported.get(), answered_late.get()];
    assert!(
        found
            .iter()
            .zip([15, 50, 4])
            .all(|(count, least)| *count >= least),
        "{found:?}"
    );
}
