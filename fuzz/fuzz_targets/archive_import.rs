//! Whatever stands in an export's acts and commits, under a manifest that fits them: refused, and then the register holds
//! nothing; or taken, and then it goes out again as the same bytes. And whatever bytes are taken for a manifest: an answer,
//! never a panic.
#![no_main]

use std::path::Path;

use comity_archive::{Cut, Error, Export, NewExport, refill};
use comity_register::merkle::{self, Frontier};
use comity_register::{Checkpoint, Head, MemoryRegister, Register};
use futures_executor::block_on;
use libfuzzer_sys::fuzz_target;

const ORIGIN: &str = "rcm.example/register";

/// The head that lines of records add up to, so that a good history is not refused for its root alone.
fn head(acts: &[u8]) -> Head {
    let mut frontier = Frontier::new();
    for line in acts.split_inclusive(|byte| *byte == b'\n') {
        frontier.push(merkle::leaf(line.strip_suffix(b"\n").unwrap_or(line)));
    }
    frontier.head()
}

fn forge(out: &Path, acts: &[u8], commits: &[u8]) {
    let head = head(acts);
    let mut export = NewExport::begin(out, ORIGIN, head).expect("an empty place");
    let checkpoint = Checkpoint::new(ORIGIN, head).expect("a name").to_string();
    for (name, content) in [("acts.jsonl", acts), ("commits.csv", commits), ("checkpoint.txt", checkpoint.as_bytes())] {
        export.add(name, content).expect("room on the disk");
    }
    export.finish().expect("room on the disk");
}

fn import(folder: &Path, register: &MemoryRegister) -> Result<Head, Error> {
    let export = Export::open(folder, |_, _| {})?;
    block_on(refill(register, folder, export.segments(), Cut::Nothing, |_| {}))
}

fuzz_target!(|data: &[u8]| {
    // Neither lines of records nor a manifest hold a zero.
    let mut parts = data.splitn(3, |byte| *byte == 0);
    let (acts, commits) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let manifest = parts.next();
    let place = tempfile::tempdir().expect("room on the disk");
    let (out, again) = (place.path().join("out"), place.path().join("again"));
    forge(&out, acts, commits);
    let register = MemoryRegister::new();
    let taken = import(&out, &register);
    let held = block_on(register.head()).expect("memory answers");
    match taken {
        Err(_) => assert_eq!(held, Head::empty(), "nothing stays of what was refused"),
        Ok(found) => {
            assert_eq!((found, held), (head(acts), head(acts)));
            let mut export = NewExport::begin(&again, ORIGIN, held).expect("an empty place");
            block_on(export.acts(&register, |_| {})).expect("what was taken goes out again");
            export.finish().expect("room on the disk");
            for (name, content) in [("acts.jsonl", acts), ("commits.csv", commits)] {
                assert_eq!(std::fs::read(again.join(name)).expect("it was written"), content, "{name}");
            }
        }
    }
    if let Some(bytes) = manifest {
        std::fs::write(out.join("manifest.json"), bytes).expect("room on the disk");
        let _ = Export::open(&out, |_, _| {});
    }
});
