use crate::{Error, Hash, Indexed, Stored, merkle};

/// Records that follow on one another, in one piece of memory, each with the leaf that is stored beside it: for whoever
/// replays a whole register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    first: u64,
    /// The records one after another, and where each ends.
    blobs: Vec<u8>,
    ends: Vec<usize>,
    leaves: Vec<Hash>,
}

impl Run {
    /// A run of no records, the next of which is at `first`.
    pub fn new(first: u64) -> Self {
        Self {
            first,
            ..Self::default()
        }
    }

    /// The records that lie one after another in `blobs` with these lengths; `None` where they do not add up.
    pub(crate) fn of_parts(
        first: u64,
        lengths: impl IntoIterator<Item = Option<usize>>,
        blobs: Vec<u8>,
        leaves: Vec<Hash>,
    ) -> Option<Self> {
        let mut end = 0_usize;
        let ends = lengths.into_iter().map(|length| {
            end = end.checked_add(length?)?;
            Some(end)
        });
        let ends: Vec<usize> = ends.collect::<Option<_>>()?;
        (end == blobs.len() && ends.len() == leaves.len()).then_some(Self {
            first,
            blobs,
            ends,
            leaves,
        })
    }

    /// Adds the next record.
    pub fn push(&mut self, blob: &[u8], leaf: Hash) {
        self.blobs.extend_from_slice(blob);
        self.ends.push(self.blobs.len());
        self.leaves.push(leaf);
    }

    /// How many records there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True of a run past the end of the register.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The records in order: position, bytes, and the leaf that is stored beside them.
    pub fn iter(&self) -> impl Iterator<Item = (u64, &[u8], Hash)> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        let blobs = begins
            .zip(&self.ends)
            .map(|(begin, end)| &self.blobs[begin..*end]);
        (self.first..)
            .zip(blobs)
            .zip(&self.leaves)
            .map(|((position, blob), leaf)| (position, blob, *leaf))
    }

    /// Records without leaves beside them, which then are as they should be.
    ///
    /// # Errors
    /// A record is missing.
    pub fn of_records(first: u64, records: &[Stored]) -> Result<Self, Error> {
        let mut run = Self::new(first);
        for (position, record) in (first..).zip(records) {
            follows(position, record)?;
            run.push(&record.blob, merkle::leaf(&record.blob));
        }
        Ok(run)
    }

    /// Records as rows with their columns.
    ///
    /// # Errors
    /// A record is missing, or its leaf is no hash.
    pub fn of_rows(first: u64, rows: &[Indexed]) -> Result<Self, Error> {
        let mut run = Self::new(first);
        for (position, row) in (first..).zip(rows) {
            follows(position, &row.stored)?;
            let leaf = Hash::try_from(row.index.leaf.as_slice());
            let leaf = leaf.map_err(|error| Error::Inconsistent {
                table: "records",
                row: position,
                what: error.to_string(),
            })?;
            run.push(&row.stored.blob, leaf);
        }
        Ok(run)
    }
}

fn follows(position: u64, record: &Stored) -> Result<(), Error> {
    if record.position == position {
        return Ok(());
    }
    Err(Error::Inconsistent {
        table: "records",
        row: position,
        what: "it is missing".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stored(position: u64, blob: &[u8]) -> Stored {
        let blob = blob.to_vec();
        Stored { position, blob }
    }

    #[test]
    fn records_come_out_as_they_went_in() {
        let run = Run::of_records(7, &[stored(7, b"aa"), stored(8, b""), stored(9, b"c")]).unwrap();
        let out: Vec<(u64, &[u8], Hash)> = run.iter().collect();
        let expected: [(u64, &[u8]); 3] = [(7, b"aa"), (8, b""), (9, b"c")];
        assert_eq!(
            out,
            expected.map(|(at, blob)| (at, blob, merkle::leaf(blob)))
        );
        assert_eq!(run.len(), 3);
        assert!(!run.is_empty());
        assert!(Run::of_records(7, &[]).unwrap().is_empty());
    }

    #[test]
    fn a_gap_is_named() {
        let error = Run::of_records(7, &[stored(7, b"aa"), stored(9, b"c")]).unwrap_err();
        assert!(
            matches!(error, Error::Inconsistent { row: 8, .. }),
            "{error}"
        );
        assert!(Run::of_records(6, &[stored(7, b"aa")]).is_err());
    }

    #[test]
    fn parts_that_do_not_add_up_are_no_run() {
        let leaves = |count: usize| vec![Hash::of(b""); count];
        let run = |lengths: &[Option<usize>], leaves| {
            Run::of_parts(0, lengths.iter().copied(), b"abc".to_vec(), leaves)
        };
        assert_eq!(run(&[Some(1), Some(2)], leaves(2)).unwrap().len(), 2);
        assert!(run(&[Some(1), Some(2)], leaves(1)).is_none());
        assert!(run(&[Some(1), Some(1)], leaves(2)).is_none());
        assert!(run(&[Some(1), Some(3)], leaves(2)).is_none());
        assert!(run(&[Some(3), None], leaves(2)).is_none());
        assert!(run(&[Some(1), Some(usize::MAX)], leaves(2)).is_none());
    }
}
