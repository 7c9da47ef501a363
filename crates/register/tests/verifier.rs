//! The second verifier, `tools/verify.py`, agrees with the first on what is good and what is bad; and the page that it
//! is written from, `docs/verify.md`, is true. Where there is no `python3` the verifier's cases are left out.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use comity_register::conformance::record;
use comity_register::{
    Checkpoint, ConsistencyProof, Hash, Head, InclusionProof, Note, Record, SigningKey, Tile,
    VerifierKey, merkle,
};
use tempfile::TempDir;

const PAGE: &str = include_str!("../../../docs/verify.md");
const ORIGIN: &str = "rcm.example/register";

fn tool() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tools/verify.py")
}

/// The interpreter itself: what is found as `python3` may be a slow stand-in for it.
fn python() -> Option<&'static Path> {
    static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
    let find = || {
        let output = Command::new("python3")
            .args(["-c", "import sys; print(sys.executable)"])
            .output()
            .ok()
            .filter(|output| output.status.success());
        let Some(output) = output else {
            // Past the capture of the test harness, so that it is seen.
            let line = b"the second verifier is left out: python3 is not there\n";
            std::io::stderr().write_all(line).unwrap();
            return None;
        };
        Some(String::from_utf8(output.stdout).unwrap().trim_end().into())
    };
    PYTHON.get_or_init(find).as_deref()
}

/// A folder for the files of a case, where the verifier can run.
fn folder() -> Option<TempDir> {
    python().map(|_| tempfile::tempdir().unwrap())
}

/// What the second verifier says of these files, with its exit code.
fn ask(folder: &TempDir, command: &str, files: &[&[u8]]) -> (i32, String) {
    let paths = files.iter().enumerate().map(|(place, bytes)| {
        let path = folder.path().join(place.to_string());
        std::fs::write(&path, bytes).unwrap();
        path
    });
    let output = Command::new(python().unwrap())
        .args(["-B", "-I", "-S"])
        .arg(tool())
        .arg(command)
        .args(paths)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(said).unwrap(),
    )
}

/// Both verifiers agree.
fn agree(folder: &TempDir, command: &str, files: &[&[u8]], ours: bool) {
    let (code, said) = ask(folder, command, files);
    assert_eq!(code == 0, ours, "{command}: {said}");
    assert!(
        said.starts_with(if ours { "good: " } else { "bad: " }),
        "{command}: {said}"
    );
}

struct Register {
    blobs: Vec<Vec<u8>>,
    leaves: Vec<Hash>,
    key: SigningKey,
}

impl Register {
    fn new(size: u64) -> Self {
        let blobs: Vec<_> = (0..size)
            .map(|position| record("a", position).encode())
            .collect();
        Self {
            leaves: blobs.iter().map(|blob| merkle::leaf(blob)).collect(),
            blobs,
            key: SigningKey::from_seed(ORIGIN, &[7; 32]).unwrap(),
        }
    }

    fn keys(&self) -> [VerifierKey; 1] {
        [self.key.verifier().clone()]
    }

    fn keys_file(&self) -> Vec<u8> {
        format!("{}\n", self.key.verifier()).into_bytes()
    }

    fn checkpoint(&self, size: usize) -> Checkpoint {
        let head = Head {
            size: size as u64,
            root: merkle::root(&self.leaves[..size]),
        };
        Checkpoint::new(ORIGIN, head).unwrap()
    }

    fn note(&self, size: usize) -> Note {
        self.checkpoint(size).sign(&self.key)
    }

    fn inclusion(&self, position: u64, size: usize) -> InclusionProof {
        InclusionProof {
            position,
            hashes: merkle::inclusion_proof(&self.leaves[..size], position).unwrap(),
            checkpoint: self.note(size),
        }
    }

    fn consistency(&self, old: u64, size: usize) -> ConsistencyProof {
        ConsistencyProof {
            old_size: old,
            hashes: merkle::consistency_proof(&self.leaves[..size], old).unwrap(),
            checkpoint: self.note(size),
        }
    }

    fn lines(&self) -> Vec<u8> {
        self.blobs
            .iter()
            .flat_map(|blob| [blob, b"\n".as_slice()].concat())
            .collect()
    }
}

/// The bytes with each place of a few changed, once each.
fn altered(bytes: &[u8], count: usize) -> Vec<Vec<u8>> {
    let step = bytes.len().div_ceil(count);
    let places = (0..bytes.len()).step_by(step);
    let flip = |place: usize| {
        let mut altered = bytes.to_vec();
        altered[place] ^= 1 << (place % 7);
        altered
    };
    places.map(flip).collect()
}

fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

#[test]
fn both_verifiers_agree_on_checkpoints() {
    let Some(folder) = folder() else {
        return;
    };
    let register = Register::new(5);
    let (keys, note) = (register.keys_file(), register.note(5).to_string());
    let next = SigningKey::from_seed(ORIGIN, &[8; 32]).unwrap();
    let both = register.note(5).also_signed_by(&next).to_string();
    let stranger = register.checkpoint(5).sign(&next).to_string();
    let statement = Note::sign("a statement\n", &register.key).unwrap();
    let mut notes = vec![note.clone().into_bytes(), both.into_bytes()];
    notes.push(stranger.into_bytes());
    notes.push(statement.to_string().into_bytes());
    notes.push(Vec::new());
    notes.push(note.trim_end().as_bytes().to_vec());
    notes.push(note.replace('\n', "\r\n").into_bytes());
    let line = "— other.example AAAAAAA=\n";
    for more in [
        line.repeat(31),
        line.repeat(32),
        line.replace("other", "o\u{2003}r"),
    ] {
        notes.push(format!("{note}{more}").into_bytes());
    }
    notes.push(format!("{}\n\n{line}", "a".repeat(1 << 18)).into_bytes());
    notes.extend(altered(note.as_bytes(), 25));
    let mut good = 0;
    for note in notes {
        let ours = text(&note)
            .and_then(|note| note.parse::<Note>().ok())
            .is_some_and(|note| Checkpoint::open(&note, &register.keys()).is_ok());
        good += usize::from(ours);
        agree(&folder, "checkpoint", &[&keys, &note], ours);
    }
    assert_eq!(good, 3, "signed by the key, by one more, and by 31 more");
    for bad in altered(&keys, 8) {
        let ours = text(&bad).is_some_and(|key| {
            key.strip_suffix('\n')
                .is_some_and(|key| key.parse::<VerifierKey>().is_ok())
        });
        agree(&folder, "checkpoint", &[&bad, note.as_bytes()], ours);
    }
}

#[test]
fn both_verifiers_agree_on_records() {
    let Some(folder) = folder() else {
        return;
    };
    let register = Register::new(11);
    let keys = register.keys_file();
    let check = |blob: &[u8], proof: &[u8]| {
        let ours = text(proof)
            .and_then(|proof| proof.parse::<InclusionProof>().ok())
            .is_some_and(|proof| proof.verify(blob, &register.keys()).is_ok());
        agree(&folder, "record", &[&keys, blob, proof], ours);
        ours
    };
    for (position, size) in [(0, 1), (1, 2), (4, 7), (6, 7), (10, 11), (3, 8)] {
        let proof = register.inclusion(position, size).to_string();
        assert!(check(&register.blobs[position as usize], proof.as_bytes()));
        assert!(!check(
            &register.blobs[position as usize ^ 1 ^ 2],
            proof.as_bytes()
        ));
    }
    let proof = register.inclusion(4, 11);
    for bad in altered(proof.to_string().as_bytes(), 20) {
        check(&register.blobs[4], &bad);
    }
    let mut long = proof.clone();
    long.hashes.push(register.leaves[0]);
    assert!(!check(&register.blobs[4], long.to_string().as_bytes()));
    let mut short = proof.clone();
    short.hashes.pop();
    assert!(!check(&register.blobs[4], short.to_string().as_bytes()));
    let mut beyond = proof;
    beyond.position = 11;
    assert!(!check(&register.blobs[4], beyond.to_string().as_bytes()));
    for bad in altered(&register.blobs[4], 5) {
        assert!(!check(
            &bad,
            register.inclusion(4, 11).to_string().as_bytes()
        ));
    }
}

#[test]
fn both_verifiers_agree_on_growth() {
    let Some(folder) = folder() else {
        return;
    };
    let register = Register::new(11);
    let keys = register.keys_file();
    let check = |kept: &Note, proof: &[u8]| {
        let kept_checkpoint = Checkpoint::open(kept, &register.keys()).unwrap();
        let ours = text(proof)
            .and_then(|proof| proof.parse::<ConsistencyProof>().ok())
            .is_some_and(|proof| proof.verify(&kept_checkpoint, &register.keys()).is_ok());
        let kept = kept.to_string();
        agree(&folder, "grew", &[&keys, kept.as_bytes(), proof], ours);
        ours
    };
    for (old, new) in [(0, 4), (1, 2), (3, 7), (4, 7), (6, 11), (8, 11), (11, 11)] {
        let proof = register.consistency(old, new).to_string();
        assert!(
            check(&register.note(old as usize), proof.as_bytes()),
            "{old} {new}"
        );
        assert!(!check(&register.note(5), proof.as_bytes()), "{old} {new}");
    }
    // The history that was rewritten behind a checkpoint that somebody kept.
    let other = Register::new(11);
    let mut rewritten = Register::new(11);
    rewritten.leaves[2] = merkle::leaf(b"another");
    for old in [3, 4, 6, 11] {
        let proof = rewritten.consistency(old, 11).to_string();
        assert!(!check(&other.note(old as usize), proof.as_bytes()), "{old}");
    }
    for bad in altered(register.consistency(6, 11).to_string().as_bytes(), 20) {
        check(&register.note(6), &bad);
    }
    let mut cut = register.consistency(3, 7);
    cut.checkpoint = register.note(2);
    assert!(!check(&register.note(3), cut.to_string().as_bytes()));
}

#[test]
fn both_verifiers_agree_on_whole_registers() {
    let Some(folder) = folder() else {
        return;
    };
    let keys = Register::new(0).keys_file();
    for size in [0, 1, 5, 12] {
        let register = Register::new(size as u64);
        let note = register.note(size).to_string();
        agree(
            &folder,
            "register",
            &[&keys, note.as_bytes(), &register.lines()],
            true,
        );
    }
    let register = Register::new(12);
    let note = register.note(12).to_string();
    let bad = |edit: &dyn Fn(&mut Vec<Vec<u8>>)| {
        let mut register = Register::new(12);
        edit(&mut register.blobs);
        agree(
            &folder,
            "register",
            &[&keys, note.as_bytes(), &register.lines()],
            false,
        );
    };
    bad(&|blobs| drop(blobs.pop()));
    bad(&|blobs| drop(blobs.remove(3)));
    bad(&|blobs| blobs.swap(3, 4));
    bad(&|blobs| blobs.insert(3, blobs[3].clone()));
    bad(&|blobs| blobs.push(record("x", 12).encode()));
    bad(&|blobs| blobs[3] = record("x", 3).encode());
    bad(&|blobs| blobs[3].insert(1, b' '));
    for lines in altered(&register.lines(), 20) {
        agree(
            &folder,
            "register",
            &[&keys, note.as_bytes(), &lines],
            false,
        );
    }
    // Signed, and yet no register: the root is over bytes that are no records, or over records that do not follow.
    let signed = |edit: &dyn Fn(&mut String)| {
        let mut bad = Register::new(3);
        let mut text = String::from_utf8(bad.blobs[1].clone()).unwrap();
        let before = text.clone();
        edit(&mut text);
        assert_ne!(text, before);
        bad.leaves[1] = merkle::leaf(text.as_bytes());
        bad.blobs[1] = text.into_bytes();
        let note = bad.note(3).to_string();
        let files = [&*keys, note.as_bytes(), &bad.lines()];
        agree(&folder, "register", &files, false);
        Record::decode_strictly(&bad.blobs[1])
    };
    let of_no_form: [&dyn Fn(&mut String); 13] = [
        &|text| text.insert(1, ' '),
        &|text| *text = text.replace("\"position\":1", "\"position\":\"1\""),
        &|text| *text = text.replace("\"ordinal\":0", "\"ordinal\":false"),
        &|text| *text = text.replace("\"ordinal\":0", "\"ordinal\":4294967296"),
        &|text| *text = text.replace("\"version\":1", "\"version\":-1"),
        &|text| *text = text.replace("\"kind\":\"", "\"kind\":\"x"),
        &|text| *text = text.replace("\"salt\":\"", "\"salt\":\"0"),
        &|text| *text = text.replace("\"rules\":\"", "\"rules\":\"0"),
        &|text| *text = text.replace("\"command\":\"", "\"command\":\"A"),
        &|text| *text = text.replace("\"act\":\"", "\"act\":\"8"),
        &|text| *text = text.replace(",\"body\":", ",\"bodi\":"),
        &|text| *text = text.replace("\"at\":\"2", "\"at\":\"+2"),
        &|text| *text = text.replace(",\"body\":{", ",\"body\":{\"\u{e9}\":0,"),
    ];
    for edit in of_no_form {
        signed(edit).unwrap_err();
    }
    // Each is a record, but not one that may stand there.
    let twice = |text: &mut String| {
        let first = String::from_utf8(Register::new(1).blobs.remove(0)).unwrap();
        *text = first.replace("\"position\":0", "\"position\":1");
    };
    signed(&twice).unwrap();
    signed(&|text| *text = text.replace("\"position\":1", "\"position\":2")).unwrap();
    let year = |text: &mut String| *text = text.replace("\"at\":\"20", "\"at\":\"19");
    signed(&year).unwrap();
}

/// What stands in a fence on the page after this marker.
fn fenced(marker: &str) -> &'static str {
    let (_, after) = PAGE
        .split_once(&format!("<!-- {marker} -->\n```text\n"))
        .unwrap();
    after.split_once("```").unwrap().0
}

fn page_register() -> Register {
    let record_page = include_str!("../../../docs/record.md");
    let (_, after) = record_page.split_once("```json\n").unwrap();
    let lines = after.split_once("```").unwrap().0.lines();
    let blobs: Vec<_> = lines.map(|line| line.as_bytes().to_vec()).collect();
    Register {
        leaves: blobs.iter().map(|blob| merkle::leaf(blob)).collect(),
        blobs,
        key: SigningKey::from_seed(ORIGIN, &[0; 32]).unwrap(),
    }
}

#[test]
fn the_example_of_the_page_is_true() {
    let register = page_register();
    let key = format!("{}\n", register.key.verifier());
    assert_eq!(fenced("key"), key);
    assert_eq!(fenced("checkpoint"), register.note(3).to_string());
    assert_eq!(fenced("record"), register.inclusion(1, 3).to_string());
    assert_eq!(fenced("growth"), register.consistency(1, 3).to_string());
    assert_eq!(fenced("kept"), register.note(1).to_string());
    for tile in ["tile/0/x001/x234/067", "tile/0/000.p/3", "tile/1/000"] {
        assert_eq!(tile.parse::<Tile>().unwrap().to_string(), tile);
        assert!(PAGE.contains(&format!("`{tile}`")), "{tile}");
    }
}

#[test]
fn the_second_verifier_believes_the_example_and_is_short() {
    let Some(folder) = folder() else {
        return;
    };
    let register = page_register();
    let keys = fenced("key").as_bytes();
    let (checkpoint, proof) = (fenced("checkpoint").as_bytes(), fenced("record").as_bytes());
    let (kept, growth) = (fenced("kept").as_bytes(), fenced("growth").as_bytes());
    agree(&folder, "checkpoint", &[keys, checkpoint], true);
    agree(&folder, "record", &[keys, &register.blobs[1], proof], true);
    agree(&folder, "grew", &[keys, kept, growth], true);
    agree(
        &folder,
        "register",
        &[keys, checkpoint, &register.lines()],
        true,
    );
    let (code, said) = ask(&folder, "nothing", &[keys]);
    assert_eq!(code, 1);
    assert!(said.contains("verify.py checkpoint KEYS NOTE"), "{said}");
    let source = std::fs::read_to_string(tool()).unwrap();
    assert!(
        source.lines().count() <= 150,
        "it is to be read in one sitting"
    );
}
