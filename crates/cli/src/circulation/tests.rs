//! The letters of a consultation: to whom, once, in one conversation, with the deadline; and what the record says of them.

mod copied;
mod daily;
pub(crate) mod held;
mod nodes;
mod presides;
mod term;
mod unreached;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use comity_conference::{Passage, PolicyDocuments, Reached};
use comity_directory::{Directory, MemoryDirectory, PersonId};
use comity_post::{Carrier, HELD, Letter, Mailbox, NotCarried, Outbox};
use comity_register::{MemoryRegister, Register};
use comity_registrar::{Clock as _, OnDifference, Registrar, StartingClock, Timestamp};
use comity_rules::Rules;
use futures_util::future::BoxFuture;

use crate::commands::{calendar, policies};
use crate::postman::Postman;
use crate::{embedded, illustration, loading, seating};

/// Takes every letter, but for addresses of one country.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bag(Arc<Mutex<Vec<Letter>>>);

pub(crate) const REFUSED: &str = "@honduras.example";

impl Carrier for Bag {
    fn check<'a>(&'a self, _: &'a Mailbox) -> BoxFuture<'a, Result<(), NotCarried>> {
        Box::pin(async { Ok(()) })
    }

    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), NotCarried>> {
        Box::pin(async move {
            if letter.to.address.ends_with(REFUSED) {
                let why = "550 no such box".to_owned();
                return Err(NotCarried::Refused { why });
            }
            self.0.lock().unwrap().push(letter.clone());
            Ok(())
        })
    }
}

impl Bag {
    /// What came since, by the address, as it goes over the wire.
    pub(crate) fn empty(&self) -> BTreeMap<String, String> {
        let letters = std::mem::take(&mut *self.0.lock().unwrap());
        let wire = |letter: &Letter| {
            let bytes = letter.message().unwrap().formatted();
            String::from_utf8(bytes).unwrap().replace("=\r\n", "")
        };
        letters
            .iter()
            .map(|letter| (letter.to.address.clone(), wire(letter)))
            .collect()
    }
}

pub(crate) struct Ground {
    pub(crate) registrar: Registrar,
    pub(crate) clock: StartingClock,
    pub(crate) postman: Postman,
    pub(crate) bag: Bag,
}

impl Ground {
    /// A conference with its record on Wednesday 12 October 2011, everybody with an address in their country, and a postman who
    /// has read all that was.
    pub(crate) async fn new() -> Self {
        Self::over(
            Arc::new(MemoryRegister::new()),
            Arc::new(MemoryDirectory::new()),
        )
        .await
    }

    /// One whose rules differ in some choices of the procedure, each with what it is otherwise.
    async fn choosing(choices: &[(&str, &str)]) -> Self {
        let (_, mut text) = embedded::rules_text(None).unwrap();
        for (key, value) in choices {
            let (before, after) = text.split_once(&format!("[consultation.{key}]")).unwrap();
            let (row, rest) = after.split_once("value = \"").unwrap();
            let (_, rest) = rest.split_once('"').unwrap();
            text = format!("{before}[consultation.{key}]{row}value = \"{value}\"{rest}");
        }
        let (register, directory) = (MemoryRegister::new(), MemoryDirectory::new());
        Self::by(
            Arc::new(register),
            Arc::new(directory),
            Rules::parse(&text).unwrap(),
        )
        .await
    }

    async fn over(register: Arc<dyn Register>, directory: Arc<dyn Directory>) -> Self {
        Self::by(register, directory, embedded::rules(None).unwrap()).await
    }

    async fn by(register: Arc<dyn Register>, directory: Arc<dyn Directory>, rules: Rules) -> Self {
        let documents: PolicyDocuments = policies::adoptable(None, &rules).unwrap();
        let clock = StartingClock::at("2011-10-12T16:00:00Z".parse().unwrap());
        let instants = loading::instants(Some(Arc::new(clock.clone())));
        let registrar = loading::registrar(register, instants).await.unwrap();
        loading::adopt(&registrar, rules, documents, loading::Purpose::Work)
            .await
            .unwrap();
        calendar::adopt(&registrar, embedded::calendar(None).unwrap().unwrap())
            .await
            .unwrap();
        loading::import(&registrar, None, OnDifference::Refuse)
            .await
            .unwrap();
        seating::demonstration(&registrar, &directory)
            .await
            .unwrap();
        let state = registrar.state();
        for holding in state.conference.seats.values() {
            let id: PersonId = holding.filled.person.as_str().parse().unwrap();
            let mut person = directory.get(&id).await.unwrap().unwrap();
            person.email = Some(format!("{}@{}.example", id, holding.filled.party.as_str()));
            directory.put(&person).await.unwrap();
        }
        let ground = Self::node(registrar, directory, clock, Bag::default());
        ground.postman.outbox.set_open(true).await.unwrap();
        ground.round().await;
        ground.bag.empty();
        ground
    }

    fn node(
        registrar: Registrar,
        directory: Arc<dyn Directory>,
        clock: StartingClock,
        bag: Bag,
    ) -> Self {
        let postman = Postman {
            registrar: registrar.clone(),
            outbox: Outbox::new(Arc::clone(&directory)),
            directory,
            clock: Arc::new(clock.clone()),
            carrier: Box::new(bag.clone()),
            from: "Secretaría Técnica <st@conference.example>"
                .parse::<Mailbox>()
                .unwrap(),
            address: "https://conference.example".to_owned(),
            links: false,
        };
        Self {
            registrar,
            clock,
            postman,
            bag,
        }
    }

    pub(crate) async fn round(&self) {
        self.round_at(self.clock.now()).await;
    }

    pub(crate) async fn round_at(&self, now: Timestamp) {
        self.postman.round(now).await.unwrap();
    }

    /// What is put in now, and what is held until then.
    pub(crate) async fn until_let_go(&self) {
        self.round().await;
        // A second more: the machine's clock may be set while a test runs.
        let over = HELD + jiff::SignedDuration::from_secs(1);
        self.clock.forward_to(self.clock.now() + over);
        self.round().await;
    }

    pub(crate) fn forward(&self, to: &str) {
        self.clock.forward_to(to.parse().unwrap());
    }
}

/// The countries of addresses.
pub(crate) fn countries(letters: &BTreeMap<String, String>) -> Vec<&str> {
    let mut found: Vec<&str> = letters
        .keys()
        .filter_map(|address| address.split('@').nth(1)?.strip_suffix(".example"))
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

const OTHERS: [&str; 9] = [
    "belize",
    "canada",
    "costa-rica",
    "el-salvador",
    "guatemala",
    "mexico",
    "nicaragua",
    "panama",
    "united-states",
];

#[tokio::test]
async fn a_round_is_told_to_all_once_and_recalled_to_who_has_not_answered() {
    let ground = Ground::new().await;
    illustration::consult(&ground.registrar).await.unwrap();
    ground.until_let_go().await;
    let letters = ground.bag.empty();
    let mut everybody = OTHERS.to_vec();
    everybody.extend(["dominican-republic"]);
    everybody.sort_unstable();
    assert_eq!(
        countries(&letters),
        everybody,
        "all members but the one whose server refuses"
    );
    let guatemala = letters
        .iter()
        .find(|(to, _)| to.ends_with("@guatemala.example"))
        .unwrap()
        .1;
    for part in [
        "Fecha y sede de un taller",
        "19 de octubre de 2011, 24:00 (America/Guatemala)",
        "DTEND:20111020T060000Z",
        "text/calendar; charset=utf-8; method=PUBLISH",
        "https://conference.example/es/consultas/",
        "References: <consultation.",
    ] {
        let plain = decoded(guatemala);
        assert!(plain.contains(part), "{part}: {plain}");
    }
    assert!(
        !decoded(guatemala).contains("ocho de la ma"),
        "the text is read on the site"
    );

    // The record says how each was reached; the Troika's own letters are no notices of the round.
    let round = |registrar: &Registrar| {
        let state = registrar.state();
        let found = state.conference.consultations.values().next().unwrap();
        found.last_round().unwrap().clone()
    };
    let opened = round(&ground.registrar);
    for party in opened.opened.terms.keys() {
        let expected = if party.as_str() == "honduras" {
            Reached::Refused
        } else {
            Reached::HandedOver
        };
        assert_eq!(opened.reached(party).0, expected, "{}", party.as_str());
        assert!(!opened.is_noted(party, Passage::Acknowledged));
    }
    // Nobody is told twice, however often the postman comes by.
    ground.round().await;
    ground.round().await;
    assert!(ground.bag.empty().is_empty());

    // From 18 October, Tuesday, on two working days are left, as its page counts them: by each capital's own clock.
    ground.forward("2011-10-18T05:59:00Z");
    ground.round().await;
    let early = ground.bag.empty();
    assert!(
        !countries(&early).contains(&"guatemala"),
        "it is still Monday there"
    );
    assert!(
        countries(&early).contains(&"canada"),
        "it is Tuesday in Ottawa"
    );
    ground.forward("2011-10-18T16:00:00Z");
    ground.round().await;
    let mut recalled: Vec<String> = countries(&early).into_iter().map(str::to_owned).collect();
    let later = ground.bag.empty();
    recalled.extend(countries(&later).into_iter().map(str::to_owned));
    recalled.sort();
    let holiday = "costa-rica";
    let mut due = OTHERS.to_vec();
    due.retain(|party| *party != holiday);
    assert_eq!(recalled, due, "not the one that answered, each once");
    assert!(decoded(later.values().next().unwrap()).contains("Quedan 2 días hábiles"));

    // The last day, and nothing after it.
    ground.forward("2011-10-19T16:00:00Z");
    ground.round().await;
    let last = ground.bag.empty();
    assert_eq!(countries(&last), OTHERS);
    for (address, wire) in &last {
        // Its term ends a day later: there it has two days.
        let said = if address.ends_with("@costa-rica.example") {
            "Quedan 2 días hábiles"
        } else {
            "Hoy es el último día hábil"
        };
        assert!(decoded(wire).contains(said), "{address}");
    }
    ground.forward("2011-10-21T16:00:00Z");
    ground.round().await;
    assert!(
        ground.bag.empty().is_empty(),
        "a term that is over is not recalled"
    );
}

/// What a program that reads letters makes of the wire: quoted-printable and base64 texts.
pub(crate) fn decoded(wire: &str) -> String {
    let mut out = Vec::new();
    let bytes = wire.as_bytes();
    let mut place = 0;
    while place < bytes.len() {
        let escape = wire
            .get(place + 1..place + 3)
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[place], escape) {
            (b'=', Some(byte)) => {
                out.push(byte);
                place += 3;
            }
            (byte, _) => {
                out.push(byte);
                place += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}
