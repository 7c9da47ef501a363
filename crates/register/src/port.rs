use futures_util::future::BoxFuture;

use crate::merkle::Frontier;
use crate::{ActId, CommandId, Error, Hash, Head, Record, Run, Sealed, Stretches};

/// Where records are kept: append and read, and nothing else.
///
/// The contract, which [`conformance`](mod@crate::conformance) holds every implementation to:
///
/// - **Durable on return.** When [`append`](Register::append_sealed) answers `Committed`, the records outlive a crash of the
///   process and of the machine. (The register in memory is the exception: it is for tests and demonstrations.)
/// - **Contiguous from 0.** Positions are 0, 1, 2, …; there is no gap, and none is reused.
/// - **All or nothing.** A batch is in the register whole, with its commit, or not at all. A reader never sees part
///   of one.
/// - **Nothing changes.** What was read once at a position is read there always, byte for byte. There is no update
///   and no delete.
/// - **One writer wins.** Of several appends that expect the same head one commits; the others get `Moved`, wrote
///   nothing, and are told the head that won. Size and root are both compared, so that a writer who holds another
///   history of the same length is stopped.
/// - **Who retries.** The caller, and only by deciding again on the new head: the store never rebases a batch. After
///   [`Error::OutcomeUnknown`] the caller asks [`by_command`](Register::by_command) before it sends again. Any other
///   error wrote nothing.
/// - **What a crash leaves.** The last committed head, and with it every record below its size. A crash during
///   `append` leaves the batch whole or leaves nothing of it; there is no state to repair.
/// - **Dropping the future** of an append is like a crash of it: the caller reads the head again.
///
/// Reads may be sent from several tasks at once and see whole commits only.
pub trait Register: Send + Sync + std::fmt::Debug + 'static {
    /// The last commit, or [`Head::empty`].
    fn head(&self) -> BoxFuture<'_, Result<Head, Error>>;

    /// Up to `limit` records from position `from` on, in order. Past the end: nothing.
    fn read(&self, from: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Stored>, Error>>;

    /// As [`read`](Register::read), with the index columns as they are stored beside each record.
    ///
    /// This is for [`verify`](crate::verify), and returns what is stored without looking whether it makes sense.
    fn read_indexed(&self, from: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Indexed>, Error>>;

    /// As [`read`](Register::read), in one piece and with the leaves as they are stored, for whoever replays the whole.
    fn read_run(&self, from: u64, limit: usize) -> BoxFuture<'_, Result<Run, Error>> {
        Box::pin(async move { Run::of_records(from, &self.read(from, limit).await?) })
    }

    /// Takes the edge of the tree from somebody who has replayed all records and held their leaves against those stored,
    /// so that it need not be made once more from all leaves before the first append. An edge that is not that of the
    /// head is noticed then, as any other.
    fn take_edge<'a>(&'a self, edge: &'a Frontier) -> BoxFuture<'a, ()> {
        let _ = edge;
        Box::pin(std::future::ready(()))
    }

    /// Appends the records as one batch if the register still stands at `expected`.
    ///
    /// The records carry their positions: `expected.size` and on. Refused before anything is written: an empty
    /// batch, a misplaced record, a record that is not canonical, an instant before the one above it, and an act id
    /// or a command with ordinal that is there already.
    fn append_sealed(
        &self,
        expected: Head,
        records: Vec<Sealed>,
    ) -> BoxFuture<'_, Result<Appended, Error>>;

    /// As [`append_sealed`](Register::append_sealed), for whoever has not encoded the records.
    fn append(
        &self,
        expected: Head,
        records: Vec<Record>,
    ) -> BoxFuture<'_, Result<Appended, Error>> {
        self.append_sealed(expected, records.into_iter().map(Sealed::new).collect())
    }

    /// Puts a whole history into a register that holds nothing, byte for byte and commit by commit, and answers with
    /// its head.
    ///
    /// All or nothing, whatever the history's length: nobody sees part of it, and an error or a crash on the way leaves
    /// the register empty. Refused with [`Error::NotEmpty`] where a record stands already, and for an act id or a
    /// command with ordinal that occurs twice.
    fn fill<'a>(&'a self, history: &'a mut dyn Stretches) -> BoxFuture<'a, Result<Head, Error>>;

    /// The records that a command made, by ordinal; none if the command is unknown.
    fn by_command<'a>(
        &'a self,
        command: &'a CommandId,
    ) -> BoxFuture<'a, Result<Vec<Stored>, Error>>;

    /// What [`by_command`](Register::by_command) answers for each of these commands, in the order asked.
    ///
    /// One question to the store, however many commands a batch holds.
    fn by_commands<'a>(
        &'a self,
        commands: &'a [CommandId],
    ) -> BoxFuture<'a, Result<Vec<Vec<Stored>>, Error>>;

    /// The record of an act.
    fn by_act<'a>(&'a self, act: &'a ActId) -> BoxFuture<'a, Result<Option<Stored>, Error>>;

    /// Up to `limit` commits of size `from_size` or more, the smallest first.
    fn commits(&self, from_size: u64, limit: usize) -> BoxFuture<'_, Result<Vec<Commit>, Error>>;

    /// Waits until the register holds more than `size` records, and answers with its head then.
    fn grown_past(&self, size: u64) -> BoxFuture<'_, Result<Head, Error>>;
}

/// What came of an append.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "a lost race is a value"]
pub enum Appended {
    /// The batch is in the register, which now stands here.
    Committed(Head),
    /// Somebody else was first, or the caller holds another history; the register stands here.
    Moved(Head),
}

/// The end of one batch.
pub type Commit = Head;

/// A record as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its place, from 0.
    pub position: u64,
    /// The bytes, exactly.
    pub blob: Vec<u8>,
}

impl Stored {
    /// The record that the bytes say.
    ///
    /// # Errors
    /// What is stored is not a record.
    pub fn decode(&self) -> Result<Record, Error> {
        Record::decode(&self.blob).map_err(|source| Error::Unreadable {
            position: self.position,
            source,
        })
    }
}

/// The columns beside a record, as they are stored; `verify` compares them with the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    pub act: String,
    pub command: String,
    pub ordinal: i64,
    pub at: String,
    pub kind: String,
    pub leaf: Vec<u8>,
}

impl Index {
    /// The columns that belong beside a record with these bytes.
    pub fn of(record: &Record, leaf: &Hash) -> Self {
        Self {
            act: record.act.to_string(),
            command: record.command.to_string(),
            ordinal: record.ordinal.into(),
            at: record.at.to_string(),
            kind: record.kind.to_string(),
            leaf: leaf.as_bytes().to_vec(),
        }
    }

    /// That the act is in the register already.
    pub fn act_known(&self) -> Error {
        match self.act.parse() {
            Ok(act) => Error::DuplicateAct { act },
            Err(_) => Self::no_word("act", &self.act),
        }
    }

    /// That the command has an act with this ordinal already.
    pub fn ordinal_known(&self) -> Error {
        match (self.command.parse(), u32::try_from(self.ordinal)) {
            (Ok(command), Ok(ordinal)) => Error::DuplicateOrdinal { command, ordinal },
            _ => Self::no_word("command", &self.command),
        }
    }

    fn no_word(column: &str, word: &str) -> Error {
        Error::Inconsistent {
            table: "records",
            row: 0,
            what: format!("its {column} is `{word}`"),
        }
    }
}

/// A record with its columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indexed {
    pub stored: Stored,
    pub index: Index,
}
