use std::collections::{HashMap, VecDeque};

use futures_util::future::join;

use crate::merkle::{self, Frontier};
use crate::said::Said;
use crate::{ActId, Commit, Error, Fault, Flaw, Hash, Head, Indexed, RecordedAt, Register};

const PAGE: usize = 1_000;

/// After so many rows it is seen to that the store is kept busy.
const ROWS_AT_A_TIME: usize = 32;

/// What a register that holds together says of itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Where it stands.
    pub head: Head,
    /// The instant of its last record.
    pub last_at: Option<RecordedAt>,
    /// The number of batches that made it.
    pub commits: u64,
}

/// Reads the whole register again and checks everything that it says of itself.
///
/// For each record: the next position, the canonical form to the last byte, the position inside, an instant not before
/// the one above, every index column, an act and an ordinal that are new. For each commit: the root of the tree. At the
/// end: the head. `progress` hears after each page how many records were checked. A register that grows meanwhile is
/// followed to its end.
///
/// # Errors
/// The first fault.
pub async fn verify(
    register: &dyn Register,
    mut progress: impl FnMut(u64),
) -> Result<Verified, Fault> {
    let mut check = Check::new();
    let mut ahead = Ahead::read(register, 0).await;
    loop {
        let Ahead { stored, page } = ahead;
        let page = page.map_err(|error| check.fault(Flaw::Unread(error)))?;
        if page.is_empty() {
            return check.end(register, stored).await;
        }
        let next = check.frontier.size() + page.len().min(PAGE) as u64;
        check.read_commits(register, next + 1).await?;
        // The store reads on while this page is checked.
        let (read, checked) = join(Ahead::read(register, next), check.page(&page)).await;
        checked?;
        ahead = read;
        progress(check.frontier.size());
    }
}

/// A page, and where the register stood before it was read.
struct Ahead {
    stored: Result<Head, Error>,
    page: Result<Vec<Indexed>, Error>,
}

impl Ahead {
    /// The order matters in a register that grows: the head before the records before the commits, so that each is
    /// covered by what is read after it.
    async fn read(register: &dyn Register, from: u64) -> Self {
        let stored = register.head().await;
        // With one record more, which shows whether a second stands where the last does.
        let page = match register.read_indexed(from, PAGE + 1).await {
            Ok(page) => Ok(page),
            // One row that cannot be read must not hide where it stands.
            Err(_) => register.read_indexed(from, 1).await,
        };
        Self { stored, page }
    }
}

struct Check {
    frontier: Frontier,
    last_good: Head,
    last_at: Option<RecordedAt>,
    acts: HashMap<ActId, u64>,
    /// By the beginning of a hash of command and ordinal: a register may hold as many commands as acts, and their
    /// names would weigh more than all else here.
    ordinals: HashMap<[u8; 16], u64>,
    commits: u64,
    /// Commits that were read and not yet reached.
    ahead: VecDeque<Commit>,
    /// Why the commit after those could not be read; told when it is reached.
    unread: Option<Error>,
}

impl Check {
    fn new() -> Self {
        Self {
            frontier: Frontier::new(),
            last_good: Head::empty(),
            last_at: None,
            acts: HashMap::new(),
            ordinals: HashMap::new(),
            commits: 0,
            ahead: VecDeque::new(),
            unread: None,
        }
    }

    fn fault(&self, flaw: Flaw) -> Fault {
        Fault {
            position: self.frontier.size(),
            flaw: Box::new(flaw),
            last_good: self.last_good,
        }
    }

    async fn page(&mut self, page: &[Indexed]) -> Result<(), Fault> {
        for (place, row) in page.iter().enumerate().take(PAGE) {
            let next = page.get(place + 1).map(|row| row.stored.position);
            if next == Some(row.stored.position) {
                return Err(self.fault(Flaw::Doubled));
            }
            self.row(row)?;
            if place % ROWS_AT_A_TIME == 0 {
                tokio::task::yield_now().await;
            }
        }
        Ok(())
    }

    /// Reads commits until they reach `size` or end.
    async fn read_commits(&mut self, register: &dyn Register, size: u64) -> Result<(), Fault> {
        loop {
            let reached = self
                .ahead
                .back()
                .map_or(self.frontier.size(), |commit| commit.size);
            if reached >= size || self.unread.is_some() {
                return Ok(());
            }
            let from = if self.commits == 0 && self.ahead.is_empty() {
                0
            } else {
                reached + 1
            };
            let page = match register.commits(from, PAGE).await {
                Ok(page) => page,
                Err(_) => match register.commits(from, 1).await {
                    Ok(page) => page,
                    Err(error) => {
                        self.unread = Some(error);
                        return Ok(());
                    }
                },
            };
            if page.is_empty() {
                return Ok(());
            }
            if page[0].size == 0 {
                return Err(self.fault(Flaw::EmptyCommit));
            }
            self.ahead.extend(page);
        }
    }

    fn row(&mut self, row: &Indexed) -> Result<(), Fault> {
        let position = self.frontier.size();
        if row.stored.position != position {
            return Err(self.fault(Flaw::Missing));
        }
        let said = Said::read(&row.stored.blob).map_err(|error| self.fault(Flaw::Form(error)))?;
        if said.position != position {
            return Err(self.fault(Flaw::Position {
                says: said.position,
            }));
        }
        if let Some(before) = self.last_at.filter(|before| said.at < *before) {
            return Err(self.fault(Flaw::TimeWentBack {
                at: said.at,
                before,
            }));
        }
        let leaf = merkle::leaf(&row.stored.blob);
        if let Some(flaw) = said.column_flaw(&row.index, &leaf) {
            return Err(self.fault(flaw));
        }
        if let Some(flaw) = self.repeated(&said) {
            return Err(self.fault(flaw));
        }
        let Some(commit) = self.ahead.front().copied() else {
            let flaw = self.unread.take().map(Flaw::Unread);
            return Err(self.fault(flaw.unwrap_or(Flaw::NotCommitted)));
        };
        self.frontier.push(leaf);
        self.last_at = Some(said.at);
        if commit.size == self.frontier.size() {
            self.commit(commit)?;
        }
        Ok(())
    }

    /// What the record repeats of one above it, which a store without its unique columns would take.
    fn repeated(&mut self, said: &Said<'_>) -> Option<Flaw> {
        let position = self.frontier.size();
        let act = said.act;
        if let Some(above) = self.acts.insert(act, position) {
            return Some(Flaw::ActTwice { act, above });
        }
        let name = [said.command.as_bytes(), b"/", &said.ordinal.to_be_bytes()].concat();
        let above = self.ordinals.insert(short(&name), position)?;
        Some(Flaw::OrdinalTwice {
            command: said
                .command
                .parse()
                .expect("the word of a command was looked at"),
            ordinal: said.ordinal,
            above,
        })
    }

    fn commit(&mut self, commit: Commit) -> Result<(), Fault> {
        if commit.root != self.frontier.root() {
            let position = self.last_good.size;
            return Err(Fault {
                position,
                flaw: Box::new(Flaw::Root { commit }),
                last_good: self.last_good,
            });
        }
        self.ahead.pop_front();
        self.last_good = commit;
        self.commits += 1;
        Ok(())
    }

    async fn end(
        mut self,
        register: &dyn Register,
        stored: Result<Head, Error>,
    ) -> Result<Verified, Fault> {
        let records = self.frontier.head();
        // Without a record no page made us look at the commits.
        self.read_commits(register, records.size + 1).await?;
        if let Some(error) = self.unread.take() {
            return Err(self.fault(Flaw::Unread(error)));
        }
        let stored = stored.map_err(|error| self.fault(Flaw::Unread(error)))?;
        if stored.size > records.size {
            return Err(self.fault(Flaw::Missing));
        }
        if stored != records {
            return Err(self.fault(Flaw::Head { stored, records }));
        }
        Ok(Verified {
            head: records,
            last_at: self.last_at,
            commits: self.commits,
        })
    }
}

fn short(bytes: &[u8]) -> [u8; 16] {
    let hash = Hash::of(bytes);
    let (short, _) = hash
        .as_bytes()
        .split_first_chunk()
        .expect("a hash has 32 bytes");
    *short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::Shelf;
    use crate::{Appended, Index, MemoryRegister, Record, conformance};

    /// Five records in the commits 2, 3 and 5.
    async fn filled() -> MemoryRegister {
        let register = MemoryRegister::new();
        for (from, to) in [(0, 2), (2, 3), (3, 5)] {
            let head = register.head().await.unwrap();
            let records = (from..to)
                .map(|position| conformance::record("a", position))
                .collect();
            assert!(matches!(
                register.append(head, records).await.unwrap(),
                Appended::Committed(_)
            ));
        }
        register
    }

    /// Tampers with five records and expects the fault: what it says, and the size of the last good head.
    async fn check(tamper: impl FnOnce(&mut Shelf), says: &str, last_good: u64) {
        let register = filled().await;
        tamper(&mut register.shelf());
        let fault = verify(&register, |_| {}).await.unwrap_err();
        let (words, head) = fault
            .to_string()
            .split_once("; the last good head is ")
            .map(own)
            .unwrap();
        assert_eq!(words, says);
        assert_eq!(head, fault.last_good.to_string());
        assert_eq!(fault.last_good.size, last_good);
        let untouched = filled().await.commits(last_good, 1).await.unwrap();
        assert_eq!(
            fault.last_good,
            if last_good == 0 {
                Head::empty()
            } else {
                untouched[0]
            }
        );
    }

    fn own((a, b): (&str, &str)) -> (String, String) {
        (a.to_owned(), b.to_owned())
    }

    /// Puts another record in a place, with columns and leaf that fit it.
    fn replace(shelf: &mut Shelf, place: usize, record: &Record) {
        let blob = record.encode();
        shelf.rows[place].index = Index::of(record, &merkle::leaf(&blob));
        shelf.rows[place].stored.blob = blob;
    }

    #[tokio::test]
    async fn a_sound_register_is_told_with_its_end() {
        let register = filled().await;
        let mut progress = Vec::new();
        let verified = verify(&register, |checked| progress.push(checked))
            .await
            .unwrap();
        assert_eq!(verified.head, register.head().await.unwrap());
        assert_eq!(verified.commits, 3);
        assert_eq!(
            verified.last_at.unwrap().to_string(),
            "2011-10-15T14:00:00.004Z"
        );
        assert_eq!(progress, [5]);
    }

    #[tokio::test]
    async fn missing_records_are_found() {
        check(
            |shelf| drop(shelf.rows.remove(1)),
            "position 1: the record is missing",
            0,
        )
        .await;
        check(
            |shelf| drop(shelf.rows.remove(0)),
            "position 0: the record is missing",
            0,
        )
        .await;
        check(
            |shelf| drop(shelf.rows.pop()),
            "position 4: the record is missing",
            3,
        )
        .await;
        check(
            |shelf| shelf.rows.clear(),
            "position 0: the record is missing",
            0,
        )
        .await;
    }

    #[tokio::test]
    async fn bytes_that_are_no_record_are_found() {
        let form = "position 3: the bytes are not a record in canonical form: ";
        check(
            |shelf| shelf.rows[3].stored.blob.truncate(20),
            &format!("{form}the text is not the JSON that a record is made of"),
            3,
        )
        .await;
        check(
            |shelf| shelf.rows[3].stored.blob.insert(1, b' '),
            &format!("{form}the bytes differ from their canonical form at byte 1"),
            3,
        )
        .await;
    }

    #[tokio::test]
    async fn a_record_in_another_place_is_found() {
        let record = conformance::record("a", 4);
        check(
            |shelf| replace(shelf, 3, &record),
            "position 3: the record says that it stands at position 4",
            3,
        )
        .await;
    }

    #[tokio::test]
    async fn time_that_goes_back_is_found() {
        let record = Record {
            at: conformance::record("a", 0).at,
            ..conformance::record("a", 2)
        };
        let says = "position 2: the record says 2011-10-15T14:00:00.000Z, before 2011-10-15T14:00:00.001Z above it";
        check(|shelf| replace(shelf, 2, &record), says, 2).await;
    }

    #[tokio::test]
    async fn a_rewritten_record_is_found_by_the_tree() {
        let record = conformance::record("b", 4);
        let commit = filled().await.head().await.unwrap();
        let says = format!(
            "position 3: from here to size 5 the records do not give the root of the commit, {}",
            commit.root
        );
        check(|shelf| replace(shelf, 4, &record), &says, 3).await;
    }

    #[tokio::test]
    async fn a_rewritten_commit_is_found() {
        let root = Hash::of(b"x");
        let says = format!(
            "position 2: from here to size 3 the records do not give the root of the commit, {root}"
        );
        check(|shelf| shelf.commits[1].root = root, &says, 2).await;
    }

    #[tokio::test]
    async fn records_after_the_last_commit_are_found() {
        check(
            |shelf| shelf.commits.truncate(2),
            "position 3: the record is not covered by a commit",
            3,
        )
        .await;
        check(
            |shelf| shelf.commits.clear(),
            "position 0: the record is not covered by a commit",
            0,
        )
        .await;
    }

    #[tokio::test]
    async fn a_commit_without_records_is_found() {
        let stray = Head {
            size: 9,
            root: Hash::of(b"x"),
        };
        check(
            |shelf| shelf.commits.push(stray),
            "position 5: the record is missing",
            5,
        )
        .await;
        let empty = Head {
            size: 0,
            root: Hash::of(b""),
        };
        check(
            |shelf| shelf.commits.insert(0, empty),
            "position 0: a commit says size 0",
            0,
        )
        .await;
    }

    #[tokio::test]
    async fn columns_that_differ_are_found() {
        let says = "position 3: the index column `kind` says `X` and the record `StatementMade`";
        check(|shelf| shelf.rows[3].index.kind = "X".to_owned(), says, 3).await;
        let says = "position 0: the index column `ordinal` says `-1` and the record `0`";
        check(|shelf| shelf.rows[0].index.ordinal = -1, says, 0).await;
        let leaf = merkle::leaf(&conformance::record("a", 0).encode());
        let says = format!("position 0: the index column `leaf` says `00` and the record `{leaf}`");
        check(|shelf| shelf.rows[0].index.leaf = vec![0], &says, 0).await;
    }

    #[tokio::test]
    async fn a_fault_says_what_to_do() {
        let register = filled().await;
        register.shelf().rows[0].index.kind = "X".to_owned();
        let fault = verify(&register, |_| {}).await.unwrap_err();
        assert_eq!(
            fault.hint(),
            "the record itself is sound; keep a copy as it is, and restore from a copy that verifies"
        );
    }
}
