use std::collections::BTreeSet;

use crate::merkle::Frontier;
use crate::{Error, Head, Indexed, Record, RecordedAt, Sealed};

/// One record ready to be stored.
pub type Row = Indexed;

/// Records checked, ready to be stored: what every register does before it touches its store.
#[derive(Debug)]
pub struct Batch {
    expected: Head,
    // INVARIANT: never empty.
    records: Vec<Record>,
    rows: Vec<Row>,
    leaves: Vec<crate::Hash>,
}

impl Batch {
    /// Checks the records and holds them against each other.
    ///
    /// # Errors
    /// The batch is empty, a record is misplaced, not canonical, earlier than the one before it, or has the act id or
    /// the command and ordinal of another.
    pub fn new(expected: Head, sealed: Vec<Sealed>) -> Result<Self, Error> {
        let Some(first) = sealed.first() else {
            return Err(Error::EmptyBatch);
        };
        let (mut acts, mut ordinals) = (BTreeSet::new(), BTreeSet::new());
        let mut before = first.record().at;
        for (position, sealed) in (expected.size..).zip(&sealed) {
            let record = sealed.record();
            if record.position != position {
                return Err(Error::Misplaced {
                    expected: position,
                    found: record.position,
                });
            }
            if record.at < before {
                return Err(Error::TimeWentBack {
                    position,
                    at: record.at,
                    before,
                });
            }
            before = record.at;
            if !acts.insert(record.act) {
                return Err(Error::DuplicateAct { act: record.act });
            }
            if !ordinals.insert((&record.command, record.ordinal)) {
                return Err(Error::DuplicateOrdinal {
                    command: record.command.clone(),
                    ordinal: record.ordinal,
                });
            }
            sealed.check_form()?;
        }
        let count = sealed.len();
        let (mut records, mut rows) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut leaves = Vec::with_capacity(count);
        for (record, row, leaf) in sealed.into_iter().map(Sealed::into_parts) {
            records.push(record);
            rows.push(row);
            leaves.push(leaf);
        }
        Ok(Self {
            expected,
            records,
            rows,
            leaves,
        })
    }

    /// The head that the batch was made for.
    pub fn expected(&self) -> Head {
        self.expected
    }

    /// The records, in order.
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// What to store for each record, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Refuses the batch if its first record was recorded before the last one in the store.
    ///
    /// # Errors
    /// Time would go back, or the stored instant is none.
    pub fn follows(&self, last_at: Option<&str>) -> Result<(), Error> {
        let Some(last_at) = last_at else {
            return Ok(());
        };
        let before: RecordedAt = last_at.parse().map_err(|_| Error::Inconsistent {
            table: "records",
            row: self.expected.size.saturating_sub(1),
            what: format!("`{last_at}` is not an instant"),
        })?;
        let at = self.records[0].at;
        if at < before {
            return Err(Error::TimeWentBack {
                position: self.expected.size,
                at,
                before,
            });
        }
        Ok(())
    }

    /// The edge of the tree once the batch is in.
    ///
    /// # Errors
    /// The edge given does not stand at the head that the batch expects: the stored leaves contradict the commits.
    pub fn grown(&self, frontier: &Frontier) -> Result<Frontier, Error> {
        let stands = frontier.head();
        if stands != self.expected {
            let what = format!(
                "the stored leaves give the root {} at size {}",
                stands.root, stands.size
            );
            return Err(Error::Inconsistent {
                table: "commits",
                row: self.expected.size,
                what,
            });
        }
        let mut frontier = frontier.clone();
        frontier.extend(self.leaves.iter().copied());
        Ok(frontier)
    }
}
