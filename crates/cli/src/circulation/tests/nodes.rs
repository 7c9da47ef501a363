//! Two nodes on one PostgreSQL: an answer and the end of the term race, and a reminder is put once. Left out, with a line that
//! says so, where `./check` has not set a server up.

use std::collections::BTreeMap;
use std::process::Command as Process;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use comity_conference::{
    ActId, Answer, Certify, Consult, OpenRound, Round, StatePosition, TroikaReacted,
};
use comity_conference::{NotConsulted, Reaction, Rejection};
use comity_postgres::{PostgresDirectory, PostgresRegister};
use comity_registrar::{Capacity, Command, Refusal};
use comity_rules::Text;
use jiff::SignedDuration;

use super::*;
use crate::illustration::{Cast, course, speaker};

/// How long before the end of a term both begin, in milliseconds: a slow machine and a fast one see both sides of it.
const BEFORE: [i64; 5] = [200, 60, 30, 10, 3];

/// A database of its own for a test.
struct Database {
    server: String,
    name: String,
}

impl Database {
    fn new() -> Option<Self> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        #[expect(clippy::disallowed_methods, reason = "a test's own configuration")]
        let Ok(server) = std::env::var("COMITY_TEST_POSTGRES") else {
            println!("left out: no PostgreSQL is set up; ./check does it");
            return None;
        };
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("comity_terms_{}_{number}", std::process::id());
        let database = Self { server, name };
        database.execute(&format!("CREATE DATABASE {}", database.name));
        Some(database)
    }

    fn execute(&self, sql: &str) {
        let mut psql = Process::new("psql");
        let done = psql.args([&self.server, "-q", "-o", "/dev/null", "-c", sql]);
        assert!(done.status().unwrap().success(), "{sql}");
    }

    fn url(&self) -> String {
        let base = self.server.rsplit_once('/').unwrap().0;
        format!("{base}/{}", self.name)
    }

    async fn register(&self) -> Arc<dyn Register> {
        Arc::new(PostgresRegister::connect(&self.url()).await.unwrap())
    }

    async fn directory(&self) -> Arc<dyn Directory> {
        Arc::new(PostgresDirectory::connect(&self.url()).await.unwrap())
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.execute(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        }
    }
}

/// Two nodes, which send by one bag and go by one clock.
async fn two(database: &Database) -> [Ground; 2] {
    let one = Ground::over(database.register().await, database.directory().await).await;
    let instants = loading::instants(Some(Arc::new(one.clock.clone())));
    let registrar = loading::registrar(database.register().await, instants);
    let other = Ground::node(
        registrar.await.unwrap(),
        database.directory().await,
        one.clock.clone(),
        one.bag.clone(),
    );
    [one, other]
}

/// Waits until both nodes stand at the same act.
async fn agree(nodes: &[Ground; 2]) {
    let heads = || nodes.each_ref().map(|node| node.registrar.state().head());
    for _ in 0..600 {
        let [one, other] = heads();
        if one == other {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the nodes do not come together: {:?}", heads());
}

/// A round that runs, with no answer in it.
async fn opened(node: &Ground) -> (ActId, Timestamp) {
    let cast = Cast::of(&node.registrar).unwrap();
    let submit = Consult::Submit(course(&cast.presidency.0));
    let consultation = cast.step(&cast.presidency, submit).await.unwrap();
    for member in &cast.troika {
        let reacted = TroikaReacted {
            consultation,
            party: member.0.as_str().into(),
            reaction: Reaction::Consents,
            text: None,
            words: None,
            note: None,
        };
        cast.step(member, Consult::React(reacted)).await.unwrap();
    }
    let open = OpenRound {
        consultation,
        seen: None,
        text: None,
        why: None,
        uncertain: Vec::new(),
        knowingly: false,
        note: None,
    };
    let open = Consult::Open(open);
    cast.step(&cast.presidency, open).await.unwrap();
    (consultation, round(node, consultation).closes_at())
}

fn round(node: &Ground, consultation: ActId) -> Round {
    let state = node.registrar.state();
    let found = state.conference.consultations.get(&consultation).unwrap();
    found.last_round().unwrap().clone()
}

async fn submit(node: &Ground, from: ActId, step: Consult) -> Result<ActId, Refusal> {
    let command = Command::Consult(Box::new(step));
    let from = Capacity::Held(from);
    let settled = node.registrar.submit(from, loading::fresh_id(), command);
    Ok(*settled.await?.acts.last().unwrap())
}

/// The answers of all countries but the Presidency's, one after the other, across the end of the term. One of them objects.
async fn answer(
    node: &Ground,
    consultation: ActId,
    objects: &str,
) -> BTreeMap<&'static str, Result<ActId, Refusal>> {
    let mut came = BTreeMap::new();
    for party in OTHERS.into_iter().chain(["honduras"]) {
        let (_, filled) = speaker(&node.registrar, party.to_owned()).unwrap();
        let stated = StatePosition {
            consultation,
            party: party.into(),
            answer: if party == objects {
                Answer::Objects
            } else {
                Answer::Agrees
            },
            words: Some("Por la fecha.".to_owned()),
            changes: Vec::new(),
            comments: Vec::new(),
            text: None,
            in_place_of: Vec::new(),
            received: None,
        };
        came.insert(party, submit(node, filled, Consult::State(stated)).await);
    }
    came
}

/// Certifies as soon as the term is over; the answer is that of the first attempt that it does not stand against.
async fn certify(node: &Ground, consultation: ActId) -> Result<ActId, Refusal> {
    let (_, filled) = speaker(&node.registrar, "dominican-republic".to_owned()).unwrap();
    loop {
        let words = Text::new("Hay consenso.", "There is consensus.");
        let step = Consult::Certify(Certify {
            consultation,
            seen: None,
            words,
        });
        let done = submit(node, filled, step).await;
        let runs = |refusal: &Refusal| {
            let rejection = refusal.rejection();
            matches!(
                rejection,
                Some(Rejection::Consulted(NotConsulted::TermRuns { .. }))
            )
        };
        match done {
            Err(refusal) if runs(&refusal) => {}
            settled => return settled,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_that_races_with_the_end_of_the_term_is_in_time_or_refused_and_never_both() {
    let Some(database) = Database::new() else {
        return;
    };
    let nodes = two(&database).await;
    let [left, right] = &nodes;
    let (mut in_time, mut late, mut refused, mut certified) = (0, 0, 0, 0);
    for (race, before) in BEFORE.into_iter().enumerate() {
        let (consultation, closes_at) = opened(left).await;
        agree(&nodes).await;
        let before = SignedDuration::from_millis(before);
        left.clock.forward_to(closes_at - before);
        // Now among the first, now among the last; and once nobody.
        let objects = ["belize", "honduras", "panama", "nobody", "mexico"][race];
        let (came, consensus) = tokio::join!(
            answer(left, consultation, objects),
            certify(right, consultation)
        );
        agree(&nodes).await;
        let rounds = nodes.each_ref().map(|node| round(node, consultation));
        assert_eq!(
            rounds[0].answers, rounds[1].answers,
            "both nodes say the same"
        );
        let state = left.registrar.state();
        let place = |act: ActId| state.conference.acts.iter().position(|line| line.id == act);
        let certificate = consensus.as_ref().ok().and_then(|act| place(*act));
        for (party, done) in came {
            let own: Vec<_> = rounds[0]
                .answers
                .iter()
                .filter(|answer| *answer.stated.party == *party)
                .collect();
            match done {
                Err(refusal) => {
                    refused += 1;
                    assert!(own.is_empty(), "{party}: {refusal}, and yet {own:?}");
                }
                Ok(act) => {
                    assert_eq!(own.len(), 1, "{party}");
                    assert_eq!((own[0].act, own[0].late), (act, own[0].at >= closes_at));
                    let objects = own[0].stated.answer == Answer::Objects;
                    if own[0].late {
                        late += 1;
                        assert!(
                            objects,
                            "{party}: after the close only an objection is taken"
                        );
                    } else {
                        in_time += 1;
                        // What is in time was there to be counted.
                        let counted = certificate.is_none_or(|at| place(act) < Some(at));
                        assert!(counted, "{party}: in time, and after the certificate");
                        assert!(
                            certificate.is_none() || !objects,
                            "certified against {party}"
                        );
                    }
                }
            }
        }
        certified += u32::from(certificate.is_some());
        let both = nodes.each_ref().map(|node| {
            let state = node.registrar.state();
            state.conference.consultations[&consultation].certified
        });
        assert_eq!(both[0], both[1]);
        // A late objection that came after the certificate ends it.
        let mut after = rounds[0].answers.iter().map(|answer| place(answer.act));
        let lapsed = certificate.is_some_and(|at| after.any(|answer| answer > Some(at)));
        assert_eq!(both[0].is_some(), certificate.is_some() && !lapsed);
    }
    println!(
        "{} ends of a term on two nodes: {in_time} answers in time, {late} objections late, {refused} refused, {certified} certified",
        BEFORE.len()
    );
    assert!(in_time > 0 && refused > 0, "the race was none");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_that_look_at_once_put_and_send_a_reminder_once() {
    let Some(database) = Database::new() else {
        return;
    };
    let nodes = two(&database).await;
    let [left, right] = &nodes;
    opened(left).await;
    agree(&nodes).await;
    let both = async || {
        for _ in 0..3 {
            tokio::join!(left.round(), right.round());
        }
        let letters = left.bag.0.lock().unwrap().clone();
        left.bag.empty();
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        for letter in letters {
            *times.entry(letter.id).or_default() += 1;
        }
        assert!(times.values().all(|count| *count == 1), "{times:?}");
        times
    };
    // The round's own letters are held by both; a stop at one node holds at the other.
    let held = both().await;
    assert!(held.is_empty(), "{held:?}");
    let occasion = {
        let state = left.registrar.state();
        let found = state.conference.consultations.values().next().unwrap();
        found.last_round().unwrap().act.to_string()
    };
    let now = left.clock.now();
    left.postman.outbox.stop(&occasion, now).await.unwrap();
    left.clock.forward_to(now + HELD + HELD);
    assert!(both().await.is_empty());
    right
        .postman
        .outbox
        .release(&occasion, left.clock.now())
        .await
        .unwrap();
    let sent = both().await;
    assert!(
        sent.keys().all(|id| id.ends_with(".consultation-round")),
        "{sent:?}"
    );
    left.forward("2011-10-18T16:00:00Z");
    let reminded = both().await;
    // In Costa Rica the term ends a day later.
    assert_eq!(reminded.len(), OTHERS.len() - 1, "{reminded:?}");
    assert!(
        reminded
            .keys()
            .all(|id| id.ends_with(".consultation-reminder"))
    );
    println!(
        "two nodes that look at once: {} letters of a round and {} reminders, each once",
        sent.len(),
        reminded.len()
    );
}
