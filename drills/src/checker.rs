//! The child that looks after a fault: opens the register as the program does, compares it with what the senders know,
//! and sends again what was not answered.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::{Context, Result};
use comity_register::{CommandId, Register, verify};

use crate::ledger::Ledger;
use crate::node::{self, Place};

#[derive(Debug, clap::Args)]
pub struct Checker {
    #[command(flatten)]
    pub place: Place,
    /// What the senders know; brought up to date.
    #[arg(long)]
    pub ledger: PathBuf,
    /// How many acts the register holds beside those of the ledger.
    #[arg(long, default_value_t = node::PREPARED)]
    pub beside: u64,
}

/// What a look at a register found. Everything but the first five must be 0.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Findings {
    pub acknowledged: u64,
    /// Unanswered, and in the register whole.
    pub whole: u64,
    /// Unanswered, and not in the register.
    pub absent: u64,
    /// Sent again and answered.
    pub resent: u64,
    pub records: u64,
    /// Acknowledged, and not in the register or with other acts.
    pub lost: u64,
    /// In the register in part.
    pub torn: u64,
    /// Records that no command accounts for once, or acts that occur again.
    pub doubled: u64,
}

impl Findings {
    const NAMES: [&str; 8] = [
        "acknowledged",
        "whole",
        "absent",
        "resent",
        "records",
        "lost",
        "torn",
        "doubled",
    ];

    fn numbers(&mut self) -> [&mut u64; 8] {
        [
            &mut self.acknowledged,
            &mut self.whole,
            &mut self.absent,
            &mut self.resent,
            &mut self.records,
            &mut self.lost,
            &mut self.torn,
            &mut self.doubled,
        ]
    }

    /// One line, which `read` understands.
    pub fn line(mut self) -> String {
        let words: Vec<String> = Self::NAMES
            .into_iter()
            .zip(self.numbers())
            .map(|(name, number)| format!("{name}={number}"))
            .collect();
        words.join(" ")
    }

    pub fn read(line: &str) -> Result<Self> {
        let mut findings = Self::default();
        for (name, number) in Self::NAMES.into_iter().zip(findings.numbers()) {
            let value = line
                .split(' ')
                .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
                .with_context(|| format!("`{line}` does not say `{name}`"))?;
            *number = value.parse()?;
        }
        Ok(findings)
    }

    /// What a round added to a drill.
    pub fn add(&mut self, mut round: Self) {
        for (sum, number) in self.numbers().into_iter().zip(round.numbers()) {
            *sum += *number;
        }
    }
}

pub async fn run(options: Checker) -> Result<()> {
    let mut ledger = Ledger::load(&options.ledger)?;
    let register = options.place.open().await?;
    let mut findings = Findings::default();
    verify(register.as_ref(), |_| {})
        .await
        .map_err(|fault| anyhow::anyhow!("the register does not verify: {fault}"))?;
    for (id, told) in &ledger.commands {
        compare(register.as_ref(), id, told.as_deref(), &mut findings).await?;
    }
    let registrar = node::registrar(register.clone()).await?;
    let mut distinct = BTreeSet::new();
    for (id, told) in &mut ledger.commands {
        if told.is_none() {
            let settled = node::submit(&registrar, id)
                .await?
                .with_context(|| format!("`{id}` was refused when it was sent again"))?;
            findings.resent += 1;
            *told = Some(settled.acts.iter().map(ToString::to_string).collect());
        }
        for act in told.iter().flatten() {
            if !distinct.insert(act.clone()) {
                findings.doubled += 1;
            }
        }
    }
    // Every record but the first two is of one command, and each command has as many as it makes.
    findings.records = register.head().await?.size;
    let expected: u64 = ledger.commands.keys().map(|id| node::acts_of(id)).sum();
    if findings.lost == 0 {
        findings.doubled += findings.records.abs_diff(expected + options.beside);
    }
    verify(register.as_ref(), |_| {})
        .await
        .map_err(|fault| anyhow::anyhow!("the register does not verify afterwards: {fault}"))?;
    ledger.save(&options.ledger)?;
    println!("{}", findings.line());
    Ok(())
}

/// What the register holds of a command, against what its sender was told.
async fn compare(
    register: &dyn Register,
    id: &str,
    told: Option<&[String]>,
    findings: &mut Findings,
) -> Result<()> {
    let command: CommandId = id.parse()?;
    let held: Vec<String> = register
        .by_command(&command)
        .await?
        .iter()
        .map(|stored| Ok(stored.decode()?.act.to_string()))
        .collect::<Result<_>>()?;
    let whole = held.len() as u64 == node::acts_of(id);
    match told {
        Some(told) if whole && told == held => findings.acknowledged += 1,
        Some(_) if held.is_empty() => {
            eprintln!("lost: `{id}` was acknowledged and is not there");
            findings.lost += 1;
        }
        Some(told) => {
            eprintln!("lost: `{id}` was acknowledged as {told:?} and is {held:?}");
            findings.lost += 1;
            findings.torn += u64::from(!whole);
        }
        None if held.is_empty() => findings.absent += 1,
        None if whole => findings.whole += 1,
        None => {
            eprintln!("torn: `{id}` has {} acts", held.len());
            findings.torn += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_read_as_they_were_written() {
        let findings = Findings {
            acknowledged: 7,
            doubled: 1,
            ..Findings::default()
        };
        assert_eq!(Findings::read(&findings.line()).unwrap(), findings);
        assert!(Findings::read("acknowledged=7").is_err());
    }
}
