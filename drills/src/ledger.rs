//! What the senders know: each command that was sent, and the acts that its sender was told of.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

/// Every command of a drill so far, by id.
#[derive(Debug, Default, Clone)]
pub struct Ledger {
    /// The acts that the sender was told of; none while it is unanswered.
    pub commands: BTreeMap<String, Option<Vec<String>>>,
}

/// What a writer said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Ready,
    Sent,
    Acknowledged,
    Refused(String),
    Read,
}

impl Ledger {
    /// Notes a line of a writer.
    pub fn note(&mut self, line: &str) -> Result<Said> {
        let mut words = line.split(' ');
        let (verb, id) = (words.next().unwrap_or_default(), words.next());
        match (verb, id) {
            ("ready", None) => Ok(Said::Ready),
            ("read", None) => Ok(Said::Read),
            ("sent", Some(id)) => {
                self.commands.insert(id.to_owned(), None);
                Ok(Said::Sent)
            }
            ("ack", Some(id)) => {
                let acts = words.map(str::to_owned).collect();
                self.commands.insert(id.to_owned(), Some(acts));
                Ok(Said::Acknowledged)
            }
            ("refused", Some(_)) => Ok(Said::Refused(words.collect::<Vec<_>>().join(" "))),
            _ => anyhow::bail!("the writer said `{line}`"),
        }
    }

    pub fn acknowledged(&self) -> usize {
        self.commands.values().flatten().count()
    }

    pub fn save(&self, path: &Path) -> Result<()> {
        let mut text = String::new();
        for (id, acts) in &self.commands {
            match acts {
                Some(acts) => text.push_str(&format!("ack {id} {}\n", acts.join(" "))),
                None => text.push_str(&format!("sent {id}\n")),
            }
        }
        std::fs::write(path, text)
            .with_context(|| format!("cannot write the ledger `{}`", path.display()))
    }

    pub fn load(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read the ledger `{}`", path.display()))?;
        let mut ledger = Self::default();
        for line in text.lines() {
            ledger.note(line)?;
        }
        Ok(ledger)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_comes_back_as_it_was_saved() {
        let mut ledger = Ledger::default();
        assert_eq!(ledger.note("sent r1-w0-n0").unwrap(), Said::Sent);
        assert_eq!(ledger.note("sent r1-w1-n0").unwrap(), Said::Sent);
        assert_eq!(ledger.note("ack r1-w1-n0 a b").unwrap(), Said::Acknowledged);
        assert_eq!(ledger.acknowledged(), 1);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        ledger.save(&path).unwrap();
        assert_eq!(Ledger::load(&path).unwrap().commands, ledger.commands);
        assert!(ledger.note("nonsense").is_err());
    }
}
