//! Checkpoints, their signatures, tiles and proofs, as others will hold them against the register.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use comity_record::{RecordFile, read};
use comity_register::tile::TileTree;
use comity_register::{
    Checkpoint, ConsistencyProof, InclusionProof, MemoryRegister, Note, Register, SigningKey, Tile,
    VerifierKey, merkle,
};
use comity_registrar::{
    ActProof, Chance, Clock, Command, CommandId, GrowthProof, Instants, OnDifference, Registrar,
    Seat, Settled,
};
use comity_rules::Rules;
use jiff::Timestamp;

const RULES: &str = include_str!("../../../rules/rcm-2011/rules.toml");
const ORIGIN: &str = "rcm-2011/register/test";
const FIRST_DAY: &str = "2011-10-15T12:00:00Z";

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

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(ORIGIN, &[seed; 32]).unwrap()
}

fn verifier(seed: u8) -> VerifierKey {
    key(seed).verifier().clone()
}

/// A register that is opened at one instant after another.
struct Scene {
    register: Arc<MemoryRegister>,
    opened: AtomicU64,
}

impl Scene {
    fn new() -> Self {
        Self {
            register: Arc::new(MemoryRegister::new()),
            opened: AtomicU64::new(0),
        }
    }

    async fn at(&self, now: &str, held: &[u8]) -> Registrar {
        let register: Arc<dyn Register> = self.register.clone();
        let clock = Arc::new(FixedClock(now.parse().unwrap()));
        let instants = Instants {
            conference: clock.clone(),
            system: clock,
        };
        // Ids of different openings must not meet.
        let first_id = 1_000_000 * self.opened.fetch_add(1, Ordering::Relaxed);
        let chance = Arc::new(Counting(AtomicU64::new(first_id)));
        let keyring: Vec<SigningKey> = held.iter().map(|seed| key(*seed)).collect();
        Registrar::open(register, instants, chance, |_, _| {})
            .await
            .unwrap()
            .signing_with(Arc::new(keyring))
    }

    async fn begun(&self, held: &[u8]) -> Registrar {
        let registrar = self.at(FIRST_DAY, held).await;
        let adopt = Command::AdoptRules {
            rules: Arc::new(Rules::parse(RULES).unwrap()),
            documents: Default::default(),
            register: "test".into(),
            demo: false,
        };
        submit(&registrar, "rules", adopt).await;
        registrar
    }
}

async fn submit(registrar: &Registrar, id: &str, command: Command) -> Settled {
    let id: CommandId = id.parse().unwrap();
    registrar.submit(Seat::Operator, id, command).await.unwrap()
}

async fn adopt_key(registrar: &Registrar, seed: u8) -> Settled {
    let key = verifier(seed).to_string();
    let command = Command::AdoptCheckpointKey { key };
    submit(registrar, &format!("key-{seed}"), command).await
}

/// As many parties as are asked for, so that the tree has more than one tile.
fn parties(count: usize) -> Command {
    let mut text = String::from(
        "[[source]]\nid = \"book\"\nlines = \"1\"\ntitle = { en = \"B\", es = \"L\" }\npublisher = { en = \"TS\", es = \"ST\" }\npublished = \"2011-10\"\nsummary = { en = \"A book.\", es = \"Un libro.\" }\n",
    );
    for number in 0..count {
        text.push_str(&format!(
            "[[party]]\nid = \"land-{number}\"\nkind = \"member\"\nlines = \"1\"\nname = {{ en = \"L\", es = \"P\" }}\n"
        ));
    }
    let files = [RecordFile {
        name: "test.toml",
        text: &text,
    }];
    let rows = read(&files, "book").unwrap();
    Command::RecordFacts {
        rows: rows.into_iter().map(|row| row.row).collect(),
        on_difference: OnDifference::Refuse,
    }
}

fn signed(registrar: &Registrar) -> Option<Note> {
    registrar.sign(&registrar.public_checkpoint().unwrap())
}

#[tokio::test]
async fn nothing_is_signed_with_a_key_that_the_register_has_not_adopted() {
    let scene = Scene::new();
    let registrar = scene.begun(&[1, 2]).await;
    assert_eq!(signed(&registrar), None, "the keys lie there, unadopted");
    adopt_key(&registrar, 1).await;
    let note = signed(&registrar).unwrap();
    let checkpoint = Checkpoint::open(&note, &[verifier(1)]).unwrap();
    assert_eq!(checkpoint, registrar.public_checkpoint().unwrap());
    assert_eq!(checkpoint.origin(), ORIGIN);
    Checkpoint::open(&note, &[verifier(2)]).unwrap_err();
    // The same register without the file.
    assert_eq!(signed(&scene.at(FIRST_DAY, &[2]).await), None);
}

/// Both sides of the day on which the old key falls silent: 62 days after its successor came.
#[tokio::test]
async fn a_key_signs_beside_its_successor_for_two_mailings() {
    let scene = Scene::new();
    let registrar = scene.begun(&[1, 2]).await;
    adopt_key(&registrar, 1).await;
    adopt_key(&scene.at("2011-10-20T12:00:00Z", &[]).await, 2).await;
    for (now, held, signers) in [
        ("2011-10-20T12:00:00Z", &[1, 2][..], &[2, 1][..]),
        ("2011-12-21T11:59:59Z", &[1, 2], &[2, 1]),
        ("2011-12-21T12:00:00Z", &[1, 2], &[2]),
        // What is not at hand does not sign.
        ("2011-10-20T12:00:00Z", &[1], &[1]),
        ("2011-10-20T12:00:00Z", &[2], &[2]),
        ("2011-12-21T12:00:00Z", &[1], &[]),
    ] {
        let registrar = scene.at(now, held).await;
        let keys = [verifier(2), verifier(1)];
        let note = signed(&registrar);
        let found = note
            .as_ref()
            .map_or(Ok(Vec::new()), |note| note.verified_by(&keys));
        let found: Vec<_> = found.unwrap().into_iter().map(VerifierKey::id).collect();
        let wanted: Vec<_> = signers.iter().map(|seed| verifier(*seed).id()).collect();
        assert_eq!(found, wanted, "{now}, held {held:?}");
    }
}

#[tokio::test]
async fn what_is_given_out_holds_by_itself() {
    let scene = Scene::new();
    let first = scene.begun(&[1]).await;
    adopt_key(&first, 1).await;
    let kept = Checkpoint::open(&signed(&first).unwrap(), &[verifier(1)]).unwrap();
    let settled = submit(&first, "parties", parties(600)).await;
    let keys = [verifier(1)];
    // Through the text, as it travels.
    for place in [0, 253, 254, 255, 509, 510, 600] {
        let act = settled.acts[place].to_string();
        let ActProof::Proven(proof) = first.act_proof(Seat::Public, &act).await.unwrap() else {
            panic!("act {place} is proven")
        };
        let proof: InclusionProof = proof.to_string().parse().unwrap();
        let blob = first
            .record(Seat::Public, &act)
            .await
            .unwrap()
            .unwrap()
            .blob;
        let checkpoint = proof.verify(&blob, &keys).unwrap();
        assert_eq!(checkpoint, first.public_checkpoint().unwrap());
        let mut other = blob.clone();
        other[10] ^= 1;
        proof.verify(&other, &keys).unwrap_err();
    }
    let GrowthProof::Proven(growth) = first.growth_proof(kept.head().size).await.unwrap() else {
        panic!("growth is proven")
    };
    let growth: ConsistencyProof = growth.to_string().parse().unwrap();
    assert_eq!(growth.verify(&kept, &keys).unwrap().head().size, 603);
}

#[tokio::test]
async fn proofs_and_tiles_are_those_of_the_leaves_at_every_size_of_the_past() {
    let scene = Scene::new();
    let registrar = scene.begun(&[1]).await;
    adopt_key(&registrar, 1).await;
    submit(&registrar, "parties", parties(600)).await;
    let records = scene.register.read(0, 1_000).await.unwrap();
    let leaves: Vec<_> = records.iter().map(|r| merkle::leaf(&r.blob)).collect();
    for old in [0, 1, 2, 255, 256, 257, 512, 602, 603] {
        let GrowthProof::Proven(proof) = registrar.growth_proof(old).await.unwrap() else {
            panic!("growth from {old} is proven")
        };
        let hashes = merkle::consistency_proof(&leaves, old).unwrap();
        assert_eq!(proof.hashes, hashes, "from {old}");
    }
    assert_eq!(
        registrar.growth_proof(604).await.unwrap(),
        GrowthProof::Beyond
    );
    let mut tiles = std::collections::BTreeMap::new();
    for tile in Tile::all(603) {
        let bytes = registrar.tile(tile).await.unwrap().unwrap();
        tiles.insert(tile, tile.decode(&bytes).unwrap());
    }
    let mut tree = TileTree::new(603, |tile| tiles.get(&tile).cloned());
    assert_eq!(tree.root().unwrap(), registrar.public_head().root);
}

/// What was entered today is in no proof, no tile and no checkpoint before midnight.
#[tokio::test]
async fn what_the_public_checkpoint_does_not_cover_is_not_given_out() {
    let scene = Scene::new();
    adopt_key(&scene.begun(&[1]).await, 1).await;
    let second = scene.at("2011-10-16T08:00:00Z", &[1]).await;
    let settled = submit(&second, "parties", parties(3)).await;
    let act = settled.acts[1].to_string();
    assert_eq!(second.public_head().size, 2);
    assert_eq!(
        second.act_proof(Seat::Public, &act).await.unwrap(),
        ActProof::Pending
    );
    let tile = |width| Tile::new(0, 0, width).unwrap();
    assert!(second.tile(tile(2)).await.unwrap().is_some());
    assert_eq!(second.tile(tile(3)).await.unwrap(), None);
    assert_eq!(second.growth_proof(3).await.unwrap(), GrowthProof::Beyond);
    // The operator sees where it stands all the same.
    assert_eq!(second.live_checkpoint().unwrap().head().size, 6);
    let third = scene.at("2011-10-17T00:00:00Z", &[1]).await;
    assert!(matches!(
        third.act_proof(Seat::Public, &act).await.unwrap(),
        ActProof::Proven(_)
    ));
    assert!(third.tile(tile(6)).await.unwrap().is_some());
}

#[tokio::test]
async fn an_act_that_is_not_there_is_told_so() {
    let scene = Scene::new();
    let registrar = scene.begun(&[]).await;
    for act in ["", "nonsense", "7zzzzzzzzzzzzzzzzzzzzzzzzz"] {
        assert_eq!(
            registrar.act_proof(Seat::Public, act).await.unwrap(),
            ActProof::Unknown,
            "{act}"
        );
    }
    let acts = adopt_key(&registrar, 1).await.acts;
    assert_eq!(
        registrar
            .act_proof(Seat::Public, &acts[0].to_string())
            .await
            .unwrap(),
        ActProof::Unsigned,
        "there is an act and no key at hand"
    );
}
