//! The drill runs itself again as the process that is killed, and as the one that looks afterwards.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::checker::Findings;
use crate::ledger::{Ledger, Said};
use crate::node::Place;
use crate::shim::Disk;

/// How a writer is started.
#[derive(Debug, Clone, Copy)]
pub struct Start<'a> {
    pub place: &'a Place,
    pub round: u64,
    pub writers: u64,
    /// How many commands each hands in; none: until it is killed.
    pub commands: Option<u64>,
    pub reads: bool,
    /// Sends a refused command again until it is taken.
    pub patient: bool,
    pub without_sync: bool,
    /// The disk that forgets, if it runs on one.
    pub disk: Option<&'a Disk>,
}

impl<'a> Start<'a> {
    /// Eight writers that go on until they are killed.
    pub fn endless(place: &'a Place, round: u64) -> Self {
        Self {
            place,
            round,
            writers: 8,
            commands: None,
            reads: false,
            patient: false,
            without_sync: false,
            disk: None,
        }
    }
}

/// What was heard of a writer for a while.
#[derive(Debug, Default)]
pub struct Heard {
    pub acknowledged: u64,
    pub refused: u64,
    pub reads: u64,
    /// Each different refusal.
    pub words: BTreeSet<String>,
}

/// A writer that runs.
#[derive(Debug)]
pub struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

fn itself(command: &str) -> Result<Command> {
    let program = std::env::current_exe().context("cannot find the drill's own program")?;
    let mut itself = Command::new(program);
    itself.arg(command).stdin(Stdio::null());
    Ok(itself)
}

impl Running {
    pub fn start(start: Start<'_>) -> Result<Self> {
        let mut command = itself("writer")?;
        command
            .args(start.place.arguments())
            .args(["--round", &start.round.to_string()])
            .args(["--writers", &start.writers.to_string()])
            .stdout(Stdio::piped());
        if let Some(commands) = start.commands {
            command.args(["--commands", &commands.to_string()]);
        }
        if start.reads {
            command.arg("--reads");
        }
        if start.patient {
            command.arg("--patient");
        }
        if start.without_sync {
            command.arg("--without-sync");
        }
        if let Some(disk) = start.disk {
            command.envs(disk.environment()).env("SHIM_ACK", "1");
        }
        let mut child = command.spawn().context("cannot start a writer")?;
        let out = child.stdout.take().context("the writer has no output")?;
        Ok(Self {
            child,
            lines: BufReader::new(out).lines(),
        })
    }

    /// The next thing that the writer says; none at its end.
    pub fn next(&mut self, ledger: &mut Ledger) -> Result<Option<Said>> {
        let line = self.lines.next().transpose()?;
        line.map(|line| ledger.note(&line)).transpose()
    }

    /// Listens until so many commands are acknowledged, where none may be refused.
    pub fn until_acknowledged(&mut self, count: u64, ledger: &mut Ledger) -> Result<()> {
        let heard = self.until(ledger, |heard| {
            heard.acknowledged >= count || heard.refused > 0
        })?;
        ensure!(
            heard.refused == 0,
            "the writer was refused: {:?}",
            heard.words
        );
        Ok(())
    }

    /// Listens until so many are acknowledged, and counts what else is said meanwhile.
    pub fn until_taken(&mut self, count: u64, ledger: &mut Ledger) -> Result<Heard> {
        self.until(ledger, |heard| heard.acknowledged >= count)
    }

    /// Listens until so many are refused.
    pub fn until_refused(&mut self, count: u64, ledger: &mut Ledger) -> Result<Heard> {
        self.until(ledger, |heard| heard.refused >= count)
    }

    /// Listens until what was heard is enough.
    pub fn until(
        &mut self,
        ledger: &mut Ledger,
        mut enough: impl FnMut(&Heard) -> bool,
    ) -> Result<Heard> {
        let mut heard = Heard::default();
        while !enough(&heard) {
            match self.next(ledger)? {
                Some(Said::Acknowledged) => heard.acknowledged += 1,
                Some(Said::Refused(words)) => {
                    heard.refused += 1;
                    heard.words.insert(words);
                }
                Some(Said::Read) => heard.reads += 1,
                Some(Said::Ready | Said::Sent) => {}
                None => bail!("the writer ended before it was killed"),
            }
        }
        Ok(heard)
    }

    /// `kill -9`, and what the writer had said before.
    pub fn kill(mut self, ledger: &mut Ledger) -> Result<()> {
        self.child.kill().context("cannot kill the writer")?;
        while self.next(ledger)?.is_some() {}
        self.child.wait().context("cannot wait for the writer")?;
        Ok(())
    }

    /// Listens to its end.
    pub fn finish(mut self, ledger: &mut Ledger) -> Result<Vec<Said>> {
        let mut said = Vec::new();
        while let Some(word) = self.next(ledger)? {
            said.push(word);
        }
        let status = self.child.wait().context("cannot wait for the writer")?;
        ensure!(status.success(), "the writer ended with {status}");
        Ok(said)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Of a drill that failed; one that ended is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Makes a register in a process of its own, so that nothing of it stays open.
pub fn prepare(place: &Place) -> Result<()> {
    let status = itself("prepare")?.args(place.arguments()).status()?;
    ensure!(status.success(), "the register could not be made");
    Ok(())
}

/// Compares the register with the ledger, sends again what is unanswered, and brings the ledger up to date.
pub fn check(place: &Place, ledger: &mut Ledger, scratch: &Path) -> Result<Findings> {
    check_saying(place, ledger, scratch, Stdio::inherit())
}

/// The same where acts must be missing: the list of them says nothing.
pub fn check_quietly(place: &Place, ledger: &mut Ledger, scratch: &Path) -> Result<Findings> {
    check_saying(place, ledger, scratch, Stdio::null())
}

fn check_saying(
    place: &Place,
    ledger: &mut Ledger,
    scratch: &Path,
    errors: Stdio,
) -> Result<Findings> {
    let path = scratch.join("ledger");
    ledger.save(&path)?;
    let output = itself("checker")?
        .args(place.arguments())
        .args(["--ledger", &path.display().to_string()])
        .stderr(errors)
        .output()
        .context("cannot start the checker")?;
    ensure!(
        output.status.success(),
        "the register did not open again or did not verify: see above"
    );
    *ledger = Ledger::load(&path)?;
    let text = String::from_utf8_lossy(&output.stdout);
    Findings::read(text.trim())
}
