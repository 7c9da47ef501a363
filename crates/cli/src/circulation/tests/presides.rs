//! V-05, over hand-overs at any instant: nobody but the Presidency that is in office at that instant conducts a consultation.

use comity_conference::{
    ActId, ActionLaunched, Certify, ChangeDisposed, Consult, ConsultationReferred,
    ConsultationResubmitted, ConsultationWithdrawn, Disposition, ObjectionAnswered, OpenRound,
    Report,
};
use comity_registrar::{Capacity, Command, Refusal};
use comity_rules::Text;
use jiff::SignedDuration;

use super::*;
use crate::illustration::{course, speaker};

const SEEDS: u64 = 8;
/// The clock of the ground goes on: so long before the hand-over everything is asked that is asked before it, in milliseconds.
const EDGE: i64 = 60_000;
const BEFORE: &str = "dominican-republic";
const AFTER: &str = "panama";

/// SplitMix64.
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Everything that only the Presidency does. The first are refused as out of order when it asks, and change nothing.
fn steps(consultation: ActId, party: &str) -> Vec<Consult> {
    let words = || Text::new("Por decir algo.", "To say something.");
    vec![
        Consult::Extend {
            consultation,
            note: None,
        },
        Consult::CloseEarly {
            consultation,
            note: None,
        },
        Consult::Launch(ActionLaunched {
            consultation,
            words: None,
        }),
        Consult::Report(Report {
            consultation,
            words: words(),
            public: false,
            note: None,
        }),
        // Of an answer that nobody gave.
        Consult::Dispose(ChangeDisposed {
            consultation,
            position: consultation,
            change: 0,
            disposition: Disposition::NotTaken,
            why: words(),
            note: None,
        }),
        Consult::AnswerObjection(ObjectionAnswered {
            consultation,
            objection: consultation,
            reply: words(),
            note: None,
        }),
        Consult::Open(OpenRound {
            consultation,
            seen: None,
            text: None,
            why: Some(words()),
            uncertain: Vec::new(),
            knowingly: true,
            note: None,
        }),
        Consult::Certify(Certify {
            consultation,
            seen: None,
            words: words(),
        }),
        Consult::Resubmit(ConsultationResubmitted {
            consultation,
            text: vec![words()],
            note: None,
        }),
        Consult::Refer(ConsultationReferred {
            consultation,
            why: words(),
            note: None,
        }),
        Consult::Withdraw(ConsultationWithdrawn {
            consultation,
            why: words(),
            note: None,
        }),
        Consult::Submit(course(party)),
    ]
}

/// How many of those are out of order whoever asks.
const HARMLESS: usize = 6;

#[tokio::test]
async fn only_the_presidency_in_office_at_that_instant_conducts() {
    let (mut refused, mut asked) = (0, 0);
    for seed in 0..SEEDS {
        let mut dice = seed;
        let ground = Ground::new().await;
        illustration::consult(&ground.registrar).await.unwrap();
        let state = ground.registrar.state();
        let id = *state.conference.consultations.keys().next().unwrap();
        let speakers: Vec<(String, Capacity)> = OTHERS
            .iter()
            .chain(&[BEFORE])
            .filter_map(|party| speaker(&ground.registrar, (*party).to_owned()))
            .map(|(party, filled)| (party, Capacity::Held(filled)))
            .collect();
        assert_eq!(speakers.len(), 10);
        let of = |wanted: &str| {
            let mut speakers = speakers.iter();
            speakers.find(|(party, _)| party == wanted).unwrap().1
        };
        let submit = async |from: Capacity, command: Command| {
            let id = loading::fresh_id();
            ground.registrar.submit(from, id, command).await
        };
        // A minute to three weeks from now: while the round runs, at its end, or after it.
        let now = ground.clock.now();
        let span = EDGE + i64::try_from(next(&mut dice) % (21 * 86_400_000)).unwrap();
        let handed_over = now + SignedDuration::from_millis(span);
        let hand_over = Command::HandOverPresidency {
            presidency: "ppt-2012".to_owned(),
            from: Some(handed_over),
            zone: "America/Panama".to_owned(),
        };
        submit(of(BEFORE), hand_over).await.unwrap();
        let between = i64::try_from(next(&mut dice) % span.unsigned_abs()).unwrap();
        let later = i64::try_from(next(&mut dice) % (30 * 86_400_000)).unwrap();
        let millis = [
            between.min(span - EDGE),
            span - EDGE,
            span + 1,
            span + 1 + later,
        ];
        for at in millis.map(|millis| now + SignedDuration::from_millis(millis)) {
            ground.clock.forward_to(at);
            let presides = if at < handed_over { BEFORE } else { AFTER };
            let in_time = || (ground.clock.now() < handed_over) == (at < handed_over);
            for (party, from) in &speakers {
                for (number, step) in steps(id, party).into_iter().enumerate() {
                    let own = party == presides;
                    if own && number >= HARMLESS {
                        continue;
                    }
                    let name = step.name();
                    let outcome = submit(*from, Command::Consult(Box::new(step))).await;
                    let denied = matches!(outcome, Err(Refusal::NotPermitted { .. }));
                    assert_eq!(
                        denied, !own,
                        "seed {seed}: {party} {name} at {at}: {outcome:?}"
                    );
                    assert!(outcome.is_err(), "{name} is out of order");
                    assert!(in_time(), "the machine took a minute");
                    asked += usize::from(own);
                    refused += usize::from(!own);
                }
            }
        }
    }
    println!("{refused} steps of others refused, {asked} of the Presidency in office heard");
    assert!(refused > 1_000 && asked > 100);
}
