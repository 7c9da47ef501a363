//! Signed notes against the vectors of others, and everything that must not be believed.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use comity_register::{
    Checkpoint, ConsistencyProof, Hash, Head, InclusionProof, Note, SigningKey, Untrusted,
    VerifierKey, merkle,
};
use proptest::prelude::*;

/// From the tests of golang.org/x/mod/sumdb/note, which the specification was made from.
const VKEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const SKEY: &str = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const NOTE: &str = "If you think cryptography is the answer to your problem,\n\
    then you don't know what your problem is.\n\n\
    — PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
const ENOCH: &str = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";

const ORIGIN: &str = "rcm.example/register";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(ORIGIN, &[seed; 32]).unwrap()
}

fn leaves(count: u8) -> Vec<Hash> {
    (0..count).map(|place| merkle::leaf(&[place])).collect()
}

fn checkpoint(size: u8) -> Checkpoint {
    let head = Head {
        size: size.into(),
        root: merkle::root(&leaves(size)),
    };
    Checkpoint::new(ORIGIN, head).unwrap()
}

fn refused<T: std::str::FromStr<Err: std::fmt::Display> + std::fmt::Debug>(text: &str, says: &str) {
    assert_eq!(text.parse::<T>().unwrap_err().to_string(), says, "{text:?}");
}

#[test]
fn the_vectors_of_others_are_read_and_written_alike() {
    let key: SigningKey = SKEY.parse().unwrap();
    assert_eq!(key.verifier().to_string(), VKEY);
    assert_eq!(key.secret_text(), SKEY);
    let (text, _) = NOTE.rsplit_once("\n—").unwrap();
    assert_eq!(Note::sign(text, &key).unwrap().to_string(), NOTE);
    let note: Note = NOTE.parse().unwrap();
    assert_eq!(note.to_string(), NOTE);
    assert_eq!(note.text(), text);
    let keys: Vec<VerifierKey> = [ENOCH, VKEY].map(|key| key.parse().unwrap()).into();
    assert_eq!(note.verified_by(&keys).unwrap(), [&keys[1]]);
    for key in keys {
        assert_eq!(key.to_string().parse::<VerifierKey>().unwrap(), key);
    }
}

#[test]
fn a_note_signed_in_other_ways_is_read() {
    // From the specification: the text has blank lines, the key is not known here.
    let poem = "Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n\n\
        — quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n";
    let note: Note = poem.parse().unwrap();
    assert!(note.text().ends_with("ed è subito sera.\n"));
    let keys = [VKEY.parse().unwrap()];
    assert!(matches!(note.verified_by(&keys), Err(Untrusted::Unsigned)));
    // A growth proof with two signatures, of which one is a cosignature of another kind.
    let proof = "old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n\
        jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n\nexample.com/behind-the-sofa\n20852163\n\
        CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n\
        — example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=\n";
    let read: ConsistencyProof = proof.parse().unwrap();
    assert_eq!((read.old_size, read.hashes.len()), (20_852_014, 2));
    assert_eq!(read.to_string(), proof);
}

#[test]
fn a_mangled_key_is_no_key() {
    for from in 0..VKEY.len() {
        for to in from + 1..=VKEY.len() {
            if to - from < VKEY.len() {
                VKEY[from..to].parse::<VerifierKey>().unwrap_err();
            }
        }
    }
    for place in 0..VKEY.len() {
        let mut bytes = VKEY.as_bytes().to_vec();
        bytes[place] += 1;
        let text = String::from_utf8(bytes).unwrap();
        text.parse::<VerifierKey>().unwrap_err();
    }
    // Right ids for a key that is too long, and for a kind of signature that is not known.
    for key in [
        "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
        "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    ] {
        refused::<VerifierKey>(key, &format!("`{key}` is not a verifier key"));
    }
    // The neutral point, and the same point written with a y that is not reduced.
    let mut one = [0; 32];
    one[0] = 1;
    VerifierKey::new("a", &one).unwrap_err();
    let mut unreduced = [0xff; 32];
    (unreduced[0], unreduced[31]) = (0xee, 0x7f);
    VerifierKey::new("a", &unreduced).unwrap_err();
    for name in ["", "a b", "a+b", "a\n", "a\u{2003}"] {
        SigningKey::from_seed(name, &[7; 32]).unwrap_err();
    }
}

#[test]
fn a_secret_is_told_to_nobody() {
    let key: SigningKey = SKEY.parse().unwrap();
    assert_eq!(format!("{key:?}"), "SigningKey(PeterNeumann+c74f20a3)");
    let mangled = SKEY.replace("c74f20a3", "c74f20a4");
    refused::<SigningKey>(&mangled, "the text is not a signing key");
    refused::<SigningKey>(VKEY, "the text is not a signing key");
}

#[test]
fn only_a_note_is_read_as_one() {
    let line = "— a AAAAAAA=\n";
    for (note, says) in [
        ("", "line 1 of the note is not ended by a line feed"),
        (
            "a\n",
            "line 1 of the note is not followed by a blank line and signatures",
        ),
        (
            "a\n\n",
            "line 2 of the note is not followed by 1 to 32 signatures",
        ),
        (
            "a\r\n\n— a AAAAAAA=\n",
            "line 1 of the note is not without control characters",
        ),
        (
            "a\n\n— a AAAAAAA=",
            "line 3 of the note is not ended by a line feed",
        ),
        (
            "a\n\n-- a AAAAAAA=\n",
            "line 3 of the note is not a signature",
        ),
        (
            "a\n\n— a  AAAAAAA=\n",
            "line 3 of the note is not a signature",
        ),
        (
            "a\n\n— a b AAAAAAA=\n",
            "line 3 of the note is not a signature",
        ),
        (
            "a\n\n— a+ AAAAAAA=\n",
            "line 3 of the note is not a signature",
        ),
        (
            "a\n\n— a AAAAAA==\n",
            "line 3 of the note is not a signature",
        ),
        (
            "a\n\n— a AAAAAAB=\n",
            "line 3 of the note is not a signature",
        ),
        (
            "a\n\n— a AAAAAAA\n",
            "line 3 of the note is not a signature",
        ),
    ] {
        refused::<Note>(note, says);
    }
    let many = |count| format!("a\n\n{}", line.repeat(count));
    many(32).parse::<Note>().unwrap();
    refused::<Note>(
        &many(33),
        "line 2 of the note is not followed by 1 to 32 signatures",
    );
    let long = format!("{}\n\n{line}", "a".repeat(1 << 18));
    refused::<Note>(
        &long,
        "line 1 of the note is not that of a note of at most 256 KiB",
    );
    Note::sign("no line feed", &key(1)).unwrap_err();
}

#[test]
fn a_checkpoint_is_believed_for_a_trusted_signature_only() {
    let (old, new, stranger) = (key(1), key(2), key(3));
    let trusted = [old.verifier().clone(), new.verifier().clone()];
    let note = checkpoint(5).sign(&old);
    assert_eq!(Checkpoint::open(&note, &trusted).unwrap(), checkpoint(5));
    // While one key succeeds another, whoever trusts either believes.
    let both = checkpoint(5).sign(&old).also_signed_by(&new);
    for key in &trusted {
        let opened = Checkpoint::open(&both, std::slice::from_ref(key)).unwrap();
        assert_eq!(opened, checkpoint(5));
    }
    assert_eq!(both.to_string().parse::<Note>().unwrap(), both);
    let unsigned = Checkpoint::open(&checkpoint(5).sign(&stranger), &trusted).unwrap_err();
    assert_eq!(
        unsigned.to_string(),
        "none of the trusted keys signed the note"
    );
    // One good signature does not make up for a false one.
    let forged = both.to_string().replacen("5\n", "6\n", 1);
    let forged = Checkpoint::open(&forged.parse().unwrap(), &trusted).unwrap_err();
    let id = trusted[0].id();
    assert_eq!(
        forged.to_string(),
        format!("the signature in the name of `{ORIGIN}` is not by its key {id}")
    );
    let other = SigningKey::from_seed("other.example", &[1; 32]).unwrap();
    let error = Checkpoint::open(&checkpoint(5).sign(&other), &[other.verifier().clone()]);
    assert_eq!(
        error.unwrap_err().to_string(),
        format!("the checkpoint is of `{ORIGIN}`, and no trusted key of that name signed it")
    );
    let text = Note::sign("a statement\n", &old).unwrap();
    assert!(matches!(
        Checkpoint::open(&text, &trusted),
        Err(Untrusted::Form(_))
    ));
}

#[test]
fn a_record_is_believed_where_it_stands() {
    let keys = [key(1).verifier().clone()];
    for (size, position) in [(1, 0), (2, 1), (7, 6), (7, 2), (8, 5)] {
        let proof = InclusionProof {
            position: position.into(),
            hashes: merkle::inclusion_proof(&leaves(size), position.into()).unwrap(),
            checkpoint: checkpoint(size).sign(&key(1)),
        };
        let proof: InclusionProof = proof.to_string().parse().unwrap();
        assert_eq!(proof.verify(&[position], &keys).unwrap(), checkpoint(size));
        assert_eq!(
            proof
                .verify(&[position + 1], &keys)
                .unwrap_err()
                .to_string(),
            format!(
                "the proof does not lead from the record at position {position} to the root at size {size}"
            )
        );
        proof.verify(&[position], &[]).unwrap_err();
    }
}

#[test]
fn growth_is_believed_from_the_kept_checkpoint() {
    let keys = [key(1).verifier().clone()];
    let proof = |old: u8, new: u8| ConsistencyProof {
        old_size: old.into(),
        hashes: merkle::consistency_proof(&leaves(new), old.into()).unwrap(),
        checkpoint: checkpoint(new).sign(&key(1)),
    };
    for (old, new) in [(0, 5), (1, 5), (3, 5), (4, 5), (5, 5)] {
        let proof: ConsistencyProof = proof(old, new).to_string().parse().unwrap();
        assert_eq!(
            proof.verify(&checkpoint(old), &keys).unwrap(),
            checkpoint(new)
        );
    }
    let error = proof(3, 5).verify(&checkpoint(2), &keys).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the proof starts at size 3 and the kept checkpoint has size 2"
    );
    let head = Head {
        size: 3,
        root: Hash::of(b"another history"),
    };
    let kept = Checkpoint::new(ORIGIN, head).unwrap();
    let error = proof(3, 5).verify(&kept, &keys).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the register of size 5 is not shown to begin with that of size 3"
    );
    let kept = Checkpoint::new("other.example", checkpoint(3).head()).unwrap();
    let error = proof(3, 5).verify(&kept, &keys).unwrap_err();
    assert!(matches!(error, Untrusted::OtherRegister { .. }), "{error}");
}

#[test]
fn only_a_proof_is_read_as_one() {
    let note = checkpoint(2).sign(&key(1)).to_string();
    let hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    let head = "c2sp.org/tlog-proof@v1\n";
    for (text, says) in [
        (
            String::new(),
            "line 1 of the proof is not `c2sp.org/tlog-proof@v1`",
        ),
        (
            format!("{head}extra AA==\nindex 0\n\n{note}"),
            "line 2 of the proof is not `index` with a position in decimal digits",
        ),
        (
            format!("{head}index 00\n\n{note}"),
            "line 2 of the proof is not `index` with a position in decimal digits",
        ),
        (
            format!("{head}index 0\n{note}"),
            "line 3 of the proof is not a hash in base 64, one of at most 63",
        ),
        (
            format!("{head}index 0\n{hash}AAAA\n\n{note}"),
            "line 4 of the proof is not a hash in base 64, one of at most 63",
        ),
        (
            format!("{head}index 0\n{hash}"),
            "line 4 of the proof is not a hash or a blank line, ended by a line feed",
        ),
        (
            format!("{head}index 0\n{}\n{note}", hash.repeat(64)),
            "line 66 of the proof is not a hash in base 64, one of at most 63",
        ),
        (
            format!("{head}index 0\n\n"),
            "line 1 of the note is not ended by a line feed",
        ),
    ] {
        refused::<InclusionProof>(&text, says);
    }
    refused::<ConsistencyProof>(
        &format!("old +1\n\n{note}"),
        "line 1 of the proof is not `old` with a size in decimal digits",
    );
}

proptest! {
    #[test]
    fn no_text_makes_the_parsers_panic(text in "(old |c2sp.org/tlog-proof@v1\nindex |)?[—+ \na0A=é\t]{0,60}") {
        let _ = text.parse::<Note>();
        let _ = text.parse::<VerifierKey>();
        let _ = text.parse::<SigningKey>();
        let _ = text.parse::<InclusionProof>();
        let _ = text.parse::<ConsistencyProof>();
    }

    #[test]
    fn a_note_that_is_read_is_written_the_same(text in "[—+ \na0A=é]{0,30}\n\n(— a A{6}[A-Za-z0-9+/]{2}\n){1,3}") {
        if let Ok(note) = text.parse::<Note>() {
            prop_assert_eq!(note.to_string(), text);
        }
    }

    #[test]
    fn a_note_with_another_byte_is_not_believed(place in 0_usize..1_000, flip in 1_u8..128) {
        let keys = [key(1).verifier().clone()];
        let mut bytes = checkpoint(5).sign(&key(1)).to_string().into_bytes();
        let place = place % bytes.len();
        bytes[place] ^= flip;
        if let Some(note) = String::from_utf8(bytes).ok().and_then(|text| text.parse::<Note>().ok()) {
            prop_assert!(Checkpoint::open(&note, &keys).is_err());
        }
    }
}
