//! Whatever text is taken for a note, a checkpoint, a key or a proof: refused, or written again to the same text; and no
//! text is believed that a key did not sign.
#![no_main]

use std::fmt::Display;
use std::str::FromStr;
use std::sync::LazyLock;

use comity_register::{Checkpoint, ConsistencyProof, Head, InclusionProof, Note, SigningKey, VerifierKey};
use libfuzzer_sys::fuzz_target;

static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::from_seed("rcm.example/register", &[7; 32]).expect("a name"));

fn same<T: FromStr + Display>(text: &str) -> Option<T> {
    let read = text.parse::<T>().ok()?;
    assert_eq!(read.to_string(), text, "one value is written in one way");
    Some(read)
}

fuzz_target!(|text: &str| {
    same::<Checkpoint>(text);
    same::<VerifierKey>(text);
    let keys = [KEY.verifier().clone()];
    if let Some(note) = same::<Note>(text) {
        // The fuzzer does not know the key's seed, and no signature by it is in the corpus.
        assert!(Checkpoint::open(&note, &keys).is_err());
    }
    if let Some(proof) = same::<InclusionProof>(text) {
        assert!(proof.verify(text.as_bytes(), &keys).is_err());
    }
    if let Some(proof) = same::<ConsistencyProof>(text) {
        let kept = Checkpoint::new("rcm.example/register", Head::empty()).expect("a name");
        assert!(proof.verify(&kept, &keys).is_err());
    }
    if let Ok(key) = text.parse::<SigningKey>() {
        assert_eq!(key.secret_text(), text);
    }
});
