use std::collections::VecDeque;

use futures_util::future::BoxFuture;

use crate::merkle::{self, Frontier};
use crate::{Commit, Error, Fault, Flaw, Head, Index, Record, RecordedAt, Row, Stored};

/// A history that comes in from outside, followed record by record, as [`verify`](crate::verify()) would.
///
/// What is refused here never reaches a store: each record stands at the next position, is canonical to the last byte
/// and not before the one above it, and each commit has the root of the records below it. That no act and no ordinal
/// occurs twice is left to the store, which has to look anyway.
#[derive(Debug, Default)]
pub struct History {
    frontier: Frontier,
    last_at: Option<RecordedAt>,
    last_good: Option<Commit>,
    /// Commits that were given and not yet reached.
    ahead: VecDeque<Commit>,
}

impl History {
    /// A history of which nothing was seen.
    pub fn new() -> Self {
        Self::default()
    }

    /// Follows the next records, in order, and the commits that end among them or after them.
    ///
    /// # Errors
    /// The first record or commit that is not as it should be. The history is of no use then.
    pub fn follow(
        &mut self,
        blobs: Vec<Vec<u8>>,
        commits: impl IntoIterator<Item = Commit>,
    ) -> Result<Stretch, Fault> {
        for commit in commits {
            self.expect(commit)?;
        }
        let begins = self.frontier.head();
        let mut rows = Vec::with_capacity(blobs.len());
        let mut reached = Vec::new();
        for blob in blobs {
            rows.push(self.row(blob)?);
            reached.extend(self.reached()?);
        }
        Ok(Stretch {
            begins,
            frontier: self.frontier.clone(),
            rows,
            commits: reached,
        })
    }

    /// Where the history ends, if it ends with a commit.
    ///
    /// # Errors
    /// Records stand after the last commit, or a commit after the last record.
    pub fn end(&self) -> Result<Head, Fault> {
        let end = self.frontier.head();
        if self.good().size < end.size {
            return Err(Fault {
                position: self.good().size,
                ..self.fault(Flaw::NotCommitted)
            });
        }
        if !self.ahead.is_empty() {
            return Err(self.fault(Flaw::Missing));
        }
        Ok(end)
    }

    fn good(&self) -> Head {
        self.last_good.unwrap_or_else(Head::empty)
    }

    fn fault(&self, flaw: Flaw) -> Fault {
        Fault {
            position: self.frontier.size(),
            flaw: Box::new(flaw),
            last_good: self.good(),
        }
    }

    fn expect(&mut self, commit: Commit) -> Result<(), Fault> {
        let before = self.ahead.back().copied().unwrap_or_else(|| self.good());
        // A commit among records that were followed already came too late.
        if commit.size <= before.size.max(self.frontier.size()) {
            return Err(self.fault(Flaw::Commit { commit }));
        }
        self.ahead.push_back(commit);
        Ok(())
    }

    fn row(&mut self, blob: Vec<u8>) -> Result<Row, Fault> {
        let position = self.frontier.size();
        let record =
            Record::decode_strictly(&blob).map_err(|error| self.fault(Flaw::Form(error)))?;
        if record.position != position {
            return Err(self.fault(Flaw::Position {
                says: record.position,
            }));
        }
        if let Some(before) = self.last_at.filter(|before| record.at < *before) {
            return Err(self.fault(Flaw::TimeWentBack {
                at: record.at,
                before,
            }));
        }
        let leaf = merkle::leaf(&blob);
        self.frontier.push(leaf);
        self.last_at = Some(record.at);
        Ok(Row {
            index: Index::of(&record, &leaf),
            stored: Stored { position, blob },
        })
    }

    fn reached(&mut self) -> Result<Option<Commit>, Fault> {
        let size = self.frontier.size();
        let Some(commit) = self.ahead.pop_front_if(|commit| commit.size == size) else {
            return Ok(None);
        };
        if commit.root != self.frontier.root() {
            return Err(Fault {
                position: self.good().size,
                flaw: Box::new(Flaw::Root { commit }),
                last_good: self.good(),
            });
        }
        self.last_good = Some(commit);
        Ok(Some(commit))
    }
}

/// Records that follow one another, with the commits that end among them: checked, and ready to be stored as they are.
#[derive(Debug)]
pub struct Stretch {
    begins: Head,
    frontier: Frontier,
    rows: Vec<Row>,
    commits: Vec<Commit>,
}

/// One thing to store.
#[derive(Debug)]
pub enum Step<'a> {
    Record(&'a Row),
    Commit(Commit),
}

impl Stretch {
    /// What to store for each record, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The commits, the smallest first.
    pub fn commits(&self) -> &[Commit] {
        &self.commits
    }

    /// Records and commits in the order in which a register takes them: each commit after its last record.
    pub fn steps(&self) -> impl Iterator<Item = Step<'_>> {
        let mut commits = self.commits.iter().peekable();
        self.rows.iter().flat_map(move |row| {
            let size = row.stored.position + 1;
            let commit = commits.next_if(|commit| commit.size == size);
            std::iter::once(Step::Record(row)).chain(commit.map(|commit| Step::Commit(*commit)))
        })
    }
}

/// Where a whole history comes from, stretch by stretch.
pub trait Stretches: Send {
    /// The next stretch; none at the end.
    ///
    /// # Errors
    /// The history cannot be read or is not in order: [`Error::History`]. Nothing of it stays then.
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Stretch>, Error>>;
}

/// What a register keeps in mind while it is filled: that the stretches are of one history, and where it ends.
#[derive(Debug, Default)]
pub struct Filling {
    frontier: Frontier,
    committed: Option<Commit>,
}

impl Filling {
    /// Nothing has come in yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes note of the next stretch, before it is stored.
    ///
    /// # Errors
    /// It does not begin where the one before it ended.
    pub fn take(&mut self, stretch: &Stretch) -> Result<(), Error> {
        if stretch.begins != self.frontier.head() {
            return Err(Error::Misplaced {
                expected: self.frontier.size(),
                found: stretch.begins.size,
            });
        }
        self.frontier = stretch.frontier.clone();
        self.committed = stretch.commits.last().copied().or(self.committed);
        Ok(())
    }

    /// The edge of the tree over all that came in, if the last record is committed.
    ///
    /// # Errors
    /// The history ends within a batch.
    pub fn end(self) -> Result<Frontier, Error> {
        let committed = self.committed.unwrap_or_else(Head::empty);
        if committed != self.frontier.head() {
            return Err(Error::Misplaced {
                expected: committed.size,
                found: self.frontier.size(),
            });
        }
        Ok(self.frontier)
    }
}
