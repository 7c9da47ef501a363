//! A closed act, the first of which is that somebody was erased: nothing that the public gets betrays that there is one.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use comity_register::{MemoryRegister, Register};
use comity_registrar::{ActProof, Chance, Clock, Command, Instants, Registrar, Seat};
use comity_rules::Rules;
use comity_view::{ActFilter, Language, View};
use jiff::Timestamp;

const RULES: &str = include_str!("../../../rules/rcm-2011/rules.toml");
const SOMEBODY: &str = "200b6vrb20e3mr48fq7am7ps6b";

#[derive(Debug)]
struct FixedClock(Timestamp);

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0
    }
}

#[derive(Debug)]
struct Counting(AtomicU64);

impl Chance for Counting {
    fn bytes(&self) -> [u8; 16] {
        u128::from(self.0.fetch_add(1, Ordering::Relaxed)).to_be_bytes()
    }
}

async fn at(register: &Arc<MemoryRegister>, now: &str, first_id: u64) -> Registrar {
    let register: Arc<dyn Register> = register.clone();
    let clock = Arc::new(FixedClock(now.parse().unwrap()));
    let instants = Instants {
        conference: clock.clone(),
        system: clock,
    };
    let chance = Arc::new(Counting(AtomicU64::new(first_id)));
    Registrar::open(register, instants, chance, |_, _| {})
        .await
        .unwrap()
}

async fn submit(registrar: &Registrar, id: &str, command: Command) -> String {
    let settled = registrar
        .submit(Seat::Operator, id.parse().unwrap(), command)
        .await
        .unwrap();
    settled.acts[0].to_string()
}

fn erase() -> Command {
    Command::ErasePerson {
        person: SOMEBODY.into(),
    }
}

fn view(registrar: &Registrar, seat: Seat) -> View {
    registrar.view(seat, Language::En, None).unwrap()
}

/// Everything that a page of the public is drawn from and kept by, as far as it counts acts.
fn told(registrar: &Registrar) -> String {
    let view = view(registrar, Seat::Public);
    let snapshot = view.snapshot();
    let acts = view.acts(&ActFilter::default(), 1);
    let rows: Vec<_> = acts.acts.iter().map(|row| &row.id).collect();
    let kinds: Vec<_> = acts
        .kinds
        .iter()
        .map(|option| (&option.id, option.count))
        .collect();
    let table = view.table("acts").unwrap();
    format!(
        "{} {} {} | {rows:?} {kinds:?} {} {} | {} | {} | {:?}",
        snapshot.size,
        snapshot.root,
        snapshot.open,
        acts.total,
        acts.pages,
        view.home().counts.acts,
        table.rows.len(),
        registrar.public_head(),
    )
}

#[tokio::test]
async fn an_erasure_is_seen_by_nobody_but_the_operator() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = at(&register, "2011-10-15T12:00:00Z", 0).await;
    let rules = Command::AdoptRules {
        rules: Arc::new(Rules::parse(RULES).unwrap()),
        documents: Default::default(),
        register: "test".into(),
        demo: false,
    };
    submit(&registrar, "rules", rules).await;
    let before = told(&registrar);
    let act = submit(&registrar, "erase", erase()).await;
    assert_eq!(registrar.state().head().size, 2);
    assert_eq!(told(&registrar), before);
    // Its page is that of an act that is not there, and so is its record.
    assert!(view(&registrar, Seat::Public).act_line(&act).is_none());
    assert!(view(&registrar, Seat::Public).act_link(&act).is_none());
    let unknown = ActProof::Unknown;
    assert_eq!(
        registrar.act_proof(Seat::Public, &act).await.unwrap(),
        unknown
    );
    // Also when the public head has moved past it.
    let next = at(&register, "2011-10-16T00:00:00Z", 1_000).await;
    assert_eq!(next.public_head().size, 2);
    assert_eq!(next.act_proof(Seat::Public, &act).await.unwrap(), unknown);
    assert!(
        registrar
            .record(Seat::Public, &act)
            .await
            .unwrap()
            .is_none()
    );
    // The operator sees it.
    let seen = view(&registrar, Seat::Operator);
    assert_eq!(seen.act_line(&act).unwrap().kind, "PersonErased");
    assert_eq!(seen.snapshot().size, 2);
    assert!(
        registrar
            .record(Seat::Operator, &act)
            .await
            .unwrap()
            .is_some()
    );
}

#[tokio::test]
async fn pages_of_the_public_are_kept_until_an_act_comes_that_it_may_see() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = at(&register, "2011-10-15T12:00:00Z", 0).await;
    let rules = Command::AdoptRules {
        rules: Arc::new(Rules::parse(RULES).unwrap()),
        documents: Default::default(),
        register: "test".into(),
        demo: false,
    };
    submit(&registrar, "rules", rules).await;
    let open = |registrar: &Registrar| view(registrar, Seat::Public).snapshot().open.clone();
    let before = open(&registrar);
    submit(&registrar, "erase", erase()).await;
    assert_eq!(open(&registrar), before);
    // The next day the public head has moved past it, as past any act, and the pages are as they were.
    let next = at(&register, "2011-10-16T00:00:00Z", 1_000).await;
    assert_eq!(open(&next), before);
    assert_eq!(next.public_head().size, 2);
    let key = Command::AdoptCheckpointKey {
        key: "rcm-2011/register/test+f3869a97+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop".into(),
    };
    submit(&next, "key", key).await;
    assert_ne!(open(&next), before);
}

#[tokio::test]
async fn nobody_but_the_operator_erases() {
    let register = Arc::new(MemoryRegister::new());
    let registrar = at(&register, "2011-10-15T12:00:00Z", 0).await;
    let refusal = registrar
        .submit(Seat::Public, "erase".parse().unwrap(), erase())
        .await
        .unwrap_err();
    assert!(
        refusal.to_string().contains("may not do `ErasePerson`"),
        "{refusal}"
    );
}
