//! A part of a history as two files: the records, one a line, and where batches end among them.

use std::collections::VecDeque;
use std::path::Path;

use comity_register::merkle::{self, Frontier};
use comity_register::{Commit, Fault, Flaw, Head, Register, Stored};
use serde::{Deserialize, Serialize};

use crate::folder::{FileEntry, Hashed};
use crate::{Error, lines};

const PAGE_RECORDS: usize = 4_000;
const PAGE_COMMITS: usize = 10_000;

/// The records of positions `from` to `to`, `to` not included. A batch ends at `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    pub from: u64,
    pub to: u64,
    /// One record a line.
    pub acts: FileEntry,
    /// Size and root of each batch that ends after `from`.
    pub commits: FileEntry,
}

/// Reads a register from where an edge stands and holds every record to the tree while it passes.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    pub(crate) register: &'a dyn Register,
    pub(crate) edge: Frontier,
    last_good: Head,
    /// Commits that were read and not yet reached.
    ahead: VecDeque<Commit>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(register: &'a dyn Register, edge: Frontier) -> Self {
        let last_good = edge.head();
        Self {
            register,
            edge,
            last_good,
            ahead: VecDeque::new(),
        }
    }

    /// The next records below `end`, with the commits that end among them; none at the end.
    pub(crate) async fn next(
        &mut self,
        end: u64,
    ) -> Result<Option<(Vec<Stored>, Vec<Commit>)>, Error> {
        let from = self.edge.size();
        let limit = usize::try_from(end.saturating_sub(from))
            .unwrap_or(usize::MAX)
            .min(PAGE_RECORDS);
        if limit == 0 {
            return Ok(None);
        }
        let page = self.register.read(from, limit).await?;
        if page.is_empty() {
            return Err(self.fault(Flaw::Missing));
        }
        let mut commits = Vec::new();
        for stored in &page {
            if stored.position != self.edge.size() {
                return Err(self.fault(Flaw::Missing));
            }
            self.edge.push(merkle::leaf(&stored.blob));
            commits.extend(self.reached().await?);
        }
        Ok(Some((page, commits)))
    }

    async fn reached(&mut self) -> Result<Option<Commit>, Error> {
        let size = self.edge.size();
        if self.ahead.is_empty() {
            self.ahead = self.register.commits(size, PAGE_COMMITS).await?.into();
        }
        let Some(commit) = self.ahead.pop_front_if(|commit| commit.size == size) else {
            return Ok(None);
        };
        if commit.root != self.edge.root() {
            let fault = Fault {
                position: self.last_good.size,
                flaw: Box::new(Flaw::Root { commit }),
                last_good: self.last_good,
            };
            return Err(Error::Source(fault));
        }
        self.last_good = commit;
        Ok(Some(commit))
    }

    fn fault(&self, flaw: Flaw) -> Error {
        Error::Source(Fault {
            position: self.edge.size(),
            flaw: Box::new(flaw),
            last_good: self.last_good,
        })
    }
}

/// Writes what the source holds up to `end` as a segment with files of these names.
pub(crate) async fn write(
    folder: &Path,
    (acts_name, commits_name): (&str, &str),
    source: &mut Source<'_>,
    end: u64,
    progress: &mut (dyn FnMut(u64) + Send),
) -> Result<Segment, Error> {
    let from = source.edge.size();
    let mut acts = Hashed::create(&folder.join(acts_name))?;
    let mut commits = Hashed::create(&folder.join(commits_name))?;
    commits.write(lines::COMMITS_HEADER)?;
    while let Some((page, reached)) = source.next(end).await? {
        for stored in page {
            // Canonical JSON escapes line breaks; a record with one was written past the register.
            if stored.blob.contains(&b'\n') {
                return Err(Error::LineBreak {
                    position: stored.position,
                });
            }
            acts.write(&stored.blob)?;
            acts.write(b"\n")?;
        }
        for commit in reached {
            commits.write(lines::commit(&commit).as_bytes())?;
        }
        progress(source.edge.size());
    }
    Ok(Segment {
        from,
        to: source.edge.size(),
        acts: acts.finish(acts_name)?,
        commits: commits.finish(commits_name)?,
    })
}
