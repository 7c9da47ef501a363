use std::path::Path;

use anyhow::Context;
use comity_register::{
    Checkpoint, ConsistencyProof, Head, InclusionProof, Note, Register, Untrusted, VerifierKey,
    against,
};

use crate::arguments::{Verify, Where};
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::storage;

/// Verifies a register, or what a register gave out. A line that starts with `good` or `bad` says the outcome of what
/// was given out, as that of `tools/verify.py` does.
pub async fn run(options: &Verify, configuration: &Configuration) -> Result<(), Failure> {
    if let (Some(record), Some(proof)) = (&options.record, &options.proof) {
        let keys = keys(options)?;
        return judged("record", recorded(&keys, &bytes(record)?, &text(proof)?));
    }
    if let (Some(kept), Some(proof)) = (&options.grew, &options.proof) {
        let keys = keys(options)?;
        return judged("grew", grew(&keys, &text(kept)?, &text(proof)?));
    }
    let mut kept = Vec::new();
    for path in &options.checkpoints {
        let opened = checkpoint(&keys(options)?, &text(path)?);
        match opened {
            Ok(checkpoint) => kept.push(checkpoint),
            Err(_) => return judged("checkpoint", opened),
        }
    }
    let place = configuration.place_if_given(&options.place);
    match (place, kept.pop()) {
        // Nothing to hold them against: the signatures are all there is.
        (None, Some(last)) => judged("checkpoint", Ok(last)),
        (_, last) => {
            kept.extend(last);
            register(&options.place, configuration, &kept).await
        }
    }
}

/// Re-reads the register and names the first bad record; then holds it to the checkpoints that were kept.
async fn register(
    place: &Where,
    configuration: &Configuration,
    kept: &[Checkpoint],
) -> Result<(), Failure> {
    let place = configuration.place(place)?;
    let register = storage::open_unchecked(&place).await?;
    let verified = comity_register::verify(register.as_ref(), |_| {}).await;
    let verified = verified.map_err(|fault| not_verified(&fault))?;
    println!(
        "{} records in {} batches are as they should be",
        verified.head.size, verified.commits
    );
    println!("root {}", verified.head.root);
    hold(register.as_ref(), kept).await
}

async fn hold(register: &dyn Register, kept: &[Checkpoint]) -> Result<(), Failure> {
    let heads: Vec<Head> = kept.iter().map(Checkpoint::head).collect();
    let Some(largest) = heads.iter().map(|head| head.size).max() else {
        return Ok(());
    };
    against(register, &heads)
        .await
        .map_err(|fault| not_verified(&fault))?;
    println!(
        "it begins with what {} kept checkpoint(s) covered, up to size {largest}",
        heads.len()
    );
    Ok(())
}

fn not_verified(fault: &comity_register::Fault) -> Failure {
    eprintln!("the register does not verify");
    eprintln!("  {fault}");
    eprintln!("  hint: {}", fault.hint());
    Failure::NotVerified
}

fn judged(what: &str, outcome: Result<Checkpoint, Untrusted>) -> Result<(), Failure> {
    match outcome {
        Ok(checkpoint) => {
            let (origin, Head { size, root }) = (checkpoint.origin(), checkpoint.head());
            println!("good: {what}, {origin}, size {size}, root {root}");
            Ok(())
        }
        Err(why) => {
            eprintln!("bad: {what}: {why}");
            Err(Failure::NotVerified)
        }
    }
}

fn checkpoint(keys: &[VerifierKey], note: &str) -> Result<Checkpoint, Untrusted> {
    Checkpoint::open(&note.parse::<Note>()?, keys)
}

fn recorded(keys: &[VerifierKey], blob: &[u8], proof: &str) -> Result<Checkpoint, Untrusted> {
    proof.parse::<InclusionProof>()?.verify(blob, keys)
}

fn grew(keys: &[VerifierKey], kept: &str, proof: &str) -> Result<Checkpoint, Untrusted> {
    let kept = checkpoint(keys, kept)?;
    proof.parse::<ConsistencyProof>()?.verify(&kept, keys)
}

/// The keys that are trusted, one on each line of a file.
fn keys(options: &Verify) -> Result<Vec<VerifierKey>, Failure> {
    let Some(path) = &options.trusted else {
        return Err(Failure::hinted(
            anyhow::anyhow!("no keys are given to verify with"),
            Some("add `--trusted FILE`: the verifier keys that you were given, one on each line"),
        ));
    };
    let text = text(path)?;
    let keys: Result<Vec<VerifierKey>, _> = text.lines().map(str::parse).collect();
    let keys = keys.with_context(|| format!("`{}` does not hold verifier keys", path.display()));
    keys.map_err(|error| {
        Failure::hinted(
            error,
            Some("one key on each line, such as `comity init` prints"),
        )
    })
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = std::fs::read(path);
    Ok(read.with_context(|| format!("cannot read `{}`", path.display()))?)
}

/// A text, however wrong: what is no UTF-8 is in no form that is taken.
fn text(path: &Path) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&bytes(path)?).into_owned())
}
