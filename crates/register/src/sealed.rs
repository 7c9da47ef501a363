use crate::{Error, Hash, Index, Indexed, Parts, Record, Stored, canonical, merkle};

/// A record with all that is stored of it: made once, by whoever decides on the record, so that whoever appends has only
/// to hand it on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    // INVARIANT: the row holds what the record encodes to, its columns, and the leaf.
    record: Record,
    row: Indexed,
    leaf: Hash,
    /// The bytes are in canonical form, as far as a quick look tells.
    in_form: bool,
}

impl Sealed {
    /// Encodes and hashes the record.
    pub fn new(record: Record) -> Self {
        let blob = record.encode();
        let leaf = merkle::leaf(&blob);
        Self {
            leaf,
            in_form: Parts::read(&blob).is_some(),
            row: Indexed {
                index: Index::of(&record, &leaf),
                stored: Stored {
                    position: record.position,
                    blob,
                },
            },
            record,
        }
    }

    pub fn record(&self) -> &Record {
        &self.record
    }

    /// The bytes that are stored.
    pub fn blob(&self) -> &[u8] {
        &self.row.stored.blob
    }

    pub fn leaf(&self) -> Hash {
        self.leaf
    }

    /// Refuses bytes that are another form of the record; it was decoded so, and says where.
    pub(crate) fn check_form(&self) -> Result<(), Error> {
        if self.in_form {
            return Ok(());
        }
        let position = self.record.position;
        canonical::check(self.blob()).map_err(|source| Error::NotCanonical { position, source })
    }

    pub(crate) fn into_parts(self) -> (Record, Indexed, Hash) {
        (self.record, self.row, self.leaf)
    }
}
