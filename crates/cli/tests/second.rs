//! Two verifiers and one verdict: the program, and `tools/verify.py`, which was written from `docs/verify.md` alone.
//!
//! A register is made with the program, what it gives out is taken over HTTP, and both judge it: as it is, and after
//! somebody was at the files. Left out, with a line that says so, where there is no Python.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use tempfile::TempDir;

const RIVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../rules/tests/river");
const VERIFY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tools/verify.py");
const TAMPER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/second/tamper.py");

fn comity(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(arguments)
        .env_remove("COMITY_DATA")
        .env_remove("COMITY_KEYS")
        .env("COMITY_LOG", "error")
        .output()
        .unwrap()
}

#[track_caller]
fn succeeds(arguments: &[&str]) -> String {
    let output = comity(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

fn python(arguments: &[&str]) -> Output {
    let mut python = Command::new("python3");
    python.args(arguments).output().unwrap()
}

fn has_python() -> bool {
    let found = Command::new("python3").arg("--version").output();
    let there = found.is_ok_and(|output| output.status.success());
    if !there {
        println!("left out: there is no python3; ./check installs it");
    }
    there
}

/// What a verifier says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Good,
    Bad,
}

use Verdict::{Bad, Good};

/// The program's verdict: code 0, or 3 for what does not verify. Anything else is a fault of the test.
#[track_caller]
fn ours(arguments: &[&str]) -> Verdict {
    let output = comity(arguments);
    match output.status.code() {
        Some(0) => Good,
        Some(3) => Bad,
        other => panic!("{arguments:?} ended with {other:?}: {output:?}"),
    }
}

#[track_caller]
fn theirs(arguments: &[&str]) -> Verdict {
    let output = python(&[&[VERIFY], arguments].concat());
    let (said, cried) = (output.stdout, String::from_utf8(output.stderr).unwrap());
    match output.status.code() {
        Some(0) if said.starts_with(b"good: ") => Good,
        Some(1) if cried.starts_with("bad: ") => Bad,
        other => panic!("{arguments:?} ended with {other:?}: {cried}"),
    }
}

/// A register with what it gave out.
struct Scene {
    folder: TempDir,
    data: String,
    /// The site, while it serves.
    site: Child,
    address: String,
    trusted: String,
    kept: String,
    checkpoint: String,
    records: String,
    acts: Vec<String>,
}

impl Scene {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = path(&folder, "data");
        let said = succeeds(&["init", "--rules", RIVER, "--data", &data]);
        let key = said
            .lines()
            .find(|line| line.starts_with("river-basin/register/"));
        let trusted = path(&folder, "trusted.txt");
        std::fs::write(&trusted, format!("{}\n", key.unwrap())).unwrap();
        let kept = path(&folder, "kept.txt");
        std::fs::write(&kept, succeeds(&["checkpoint", "--data", &data])).unwrap();
        succeeds(&["import", &format!("{RIVER}/record"), "--data", &data]);
        succeeds(&["keys", "rotate", "--data", &data]);
        let records = path(&folder, "records.txt");
        let file = path(&folder, "data/register.sqlite");
        let acts = tampered("none", &file, &records);
        let (site, address) = serve(&data);
        let scene = Self {
            checkpoint: path(&folder, "checkpoint.txt"),
            folder,
            data,
            site,
            address,
            trusted,
            kept,
            records,
            acts,
        };
        std::fs::write(&scene.checkpoint, scene.get("/checkpoint")).unwrap();
        scene
    }

    fn get(&self, target: &str) -> Vec<u8> {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {target} HTTP/1.0\r\nHost: {}\r\n\r\n",
            self.address
        )
        .unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let head = answer
            .windows(4)
            .position(|four| four == b"\r\n\r\n")
            .unwrap();
        let status = String::from_utf8_lossy(&answer[..12]).into_owned();
        assert!(status.ends_with(" 200"), "{target}: {status}");
        answer.split_off(head + 4)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = path(&self.folder, name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    #[track_caller]
    fn checkpoint(&self, note: &[u8], verdict: Verdict) {
        let file = self.write("case-checkpoint", note);
        let said = String::from_utf8_lossy(note);
        assert_eq!(
            theirs(&["checkpoint", &self.trusted, &file]),
            verdict,
            "{said}"
        );
        let arguments = ["verify", "--checkpoint", &file, "--trusted", &self.trusted];
        assert_eq!(ours(&arguments), verdict, "{said}");
    }

    #[track_caller]
    fn record(&self, record: &[u8], proof: &[u8], verdict: Verdict, case: &str) {
        let (record, proof) = (
            self.write("case-record", record),
            self.write("case-proof", proof),
        );
        assert_eq!(
            theirs(&["record", &self.trusted, &record, &proof]),
            verdict,
            "{case}"
        );
        let arguments = [
            "verify",
            "--record",
            &record,
            "--proof",
            &proof,
            "--trusted",
            &self.trusted,
        ];
        assert_eq!(ours(&arguments), verdict, "{case}");
    }

    #[track_caller]
    fn grew(&self, kept: &[u8], proof: &[u8], verdict: Verdict, case: &str) {
        let (kept, proof) = (
            self.write("case-kept", kept),
            self.write("case-growth", proof),
        );
        assert_eq!(
            theirs(&["grew", &self.trusted, &kept, &proof]),
            verdict,
            "{case}"
        );
        let arguments = [
            "verify",
            "--grew",
            &kept,
            "--proof",
            &proof,
            "--trusted",
            &self.trusted,
        ];
        assert_eq!(ours(&arguments), verdict, "{case}");
    }

    /// The register after somebody was at its file: held to the checkpoint, and by itself.
    #[track_caller]
    fn register(&self, case: &str, verdict: Verdict, by_itself: Verdict) {
        let copy = PathBuf::from(path(&self.folder, &format!("copy-{case}")));
        std::fs::create_dir(&copy).unwrap();
        for suffix in ["", "-wal", "-shm"] {
            let name = format!("register.sqlite{suffix}");
            let from = Path::new(&self.data).join(&name);
            if from.exists() {
                std::fs::copy(from, copy.join(&name)).unwrap();
            }
        }
        let records = self.write(&format!("records-{case}.txt"), "");
        tampered(
            case,
            copy.join("register.sqlite").to_str().unwrap(),
            &records,
        );
        let said = theirs(&["register", &self.trusted, &self.checkpoint, &records]);
        assert_eq!(said, verdict, "{case}");
        let data = copy.to_str().unwrap();
        let held = [
            "verify",
            "--data",
            data,
            "--checkpoint",
            &self.checkpoint,
            "--trusted",
            &self.trusted,
        ];
        assert_eq!(ours(&held), verdict, "{case}");
        assert_eq!(ours(&held[..3]), by_itself, "{case}, by itself");
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = self.site.kill();
        let _ = self.site.wait();
    }
}

fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().unwrap().to_owned()
}

fn serve(data: &str) -> (Child, String) {
    let mut site = Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(["serve", "--data", data, "--port", "0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(site.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let address = line
        .trim()
        .trim_start_matches("http://")
        .trim_end_matches('/');
    (site, address.to_owned())
}

/// Changes the register in the file as the case says, writes its records, and answers with the ids of its acts.
#[track_caller]
fn tampered(case: &str, file: &str, records: &str) -> Vec<String> {
    let output = python(&[TAMPER, VERIFY, file, case, records]);
    let cried = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{case}: {cried}");
    let said = String::from_utf8(output.stdout).unwrap();
    said.lines().map(str::to_owned).collect()
}

/// The bytes with one of them another.
fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    bytes[at] ^= 1;
    bytes
}

#[test]
fn both_verifiers_give_one_verdict() {
    if !has_python() {
        return;
    }
    let scene = Scene::new();
    checkpoints(&scene);
    records(&scene);
    growth(&scene);
    registers(&scene);
}

fn checkpoints(scene: &Scene) {
    let note = std::fs::read(&scene.checkpoint).unwrap();
    scene.checkpoint(&note, Good);
    let end_of_origin = note.iter().position(|byte| *byte == b'\n').unwrap();
    // The size, the root, the line feeds and the whole of the signature that the trusted key made.
    for at in (end_of_origin..note.len()).step_by(7) {
        let changed = flipped(&note, at);
        // The other key's signature is not looked at by who does not trust that key.
        let text = String::from_utf8_lossy(&note);
        let trusted = text.lines().nth(5).unwrap();
        let ours_from = note.len() - trusted.len() - 1;
        if at < end_of_origin + 50 || at >= ours_from {
            scene.checkpoint(&changed, Bad);
        }
    }
    scene.checkpoint(&note[..note.len() - 1], Bad);
    scene.checkpoint(b"", Bad);
}

fn records(scene: &Scene) {
    let last = scene.acts.len() - 1;
    for place in [0, 1, last / 2, last] {
        let act = &scene.acts[place];
        let record = scene.get(&format!("/record?act={act}"));
        let proof = scene.get(&format!("/proof?act={act}"));
        scene.record(&record, &proof, Good, act);
        let other = scene.get(&format!("/proof?act={}", scene.acts[(place + 1) % last]));
        scene.record(&record, &other, Bad, "the proof of another act");
    }
    let act = &scene.acts[last / 2];
    let record = scene.get(&format!("/record?act={act}"));
    let proof = scene.get(&format!("/proof?act={act}"));
    for at in (0..record.len()).step_by(61) {
        scene.record(
            &flipped(&record, at),
            &proof,
            Bad,
            &format!("byte {at} of the record"),
        );
    }
    scene.record(
        &[&record[..], b"\n"].concat(),
        &proof,
        Bad,
        "a line feed at the end of the record",
    );
    let text = String::from_utf8(proof).unwrap();
    let mut lines: Vec<_> = text.lines().collect();
    lines.swap(2, 3);
    let swapped = lines.join("\n") + "\n";
    scene.record(
        &record,
        swapped.as_bytes(),
        Bad,
        "two hashes of the proof swapped",
    );
    lines.remove(2);
    let short = lines.join("\n") + "\n";
    scene.record(
        &record,
        short.as_bytes(),
        Bad,
        "a hash of the proof left out",
    );
}

fn growth(scene: &Scene) {
    let kept = std::fs::read(&scene.kept).unwrap();
    let latest = std::fs::read(&scene.checkpoint).unwrap();
    let proof = scene.get("/proof?old=2");
    scene.grew(&kept, &proof, Good, "since the first two acts");
    let size = String::from_utf8_lossy(&latest)
        .lines()
        .nth(1)
        .unwrap()
        .to_owned();
    let still = scene.get(&format!("/proof?old={size}"));
    scene.grew(&latest, &still, Good, "since now");
    scene.grew(&latest, &proof, Bad, "from another size than was kept");
    scene.grew(&kept, &still, Bad, "a proof from another size");
    for at in (0..proof.len()).step_by(31) {
        let text = String::from_utf8_lossy(&proof).into_owned();
        let hashes = text.find("\n\n").unwrap();
        if at < hashes {
            scene.grew(
                &kept,
                &flipped(&proof, at),
                Bad,
                &format!("byte {at} of the proof"),
            );
        }
    }
}

fn registers(scene: &Scene) {
    scene.register("none", Good, Good);
    for case in ["flipped", "deleted", "inserted", "swapped", "doubled"] {
        scene.register(case, Bad, Bad);
    }
    // These agree with themselves: only what was kept elsewhere tells.
    for case in ["rehashed", "cut"] {
        scene.register(case, Bad, Good);
    }
    let records = std::fs::read(&scene.records).unwrap();
    assert_eq!(
        records.split(|byte| *byte == b'\n').count(),
        scene.acts.len() + 1
    );
}
