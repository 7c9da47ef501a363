use crate::merkle::{self, Frontier};
use crate::{Fault, Flaw, Hash, Head, Register, Stored};

const PAGE: usize = 1_000;

/// Holds the register to heads of it that were kept elsewhere: that it still begins with what each of them covered.
///
/// [`verify`](crate::verify) shows that a register agrees with itself; somebody who holds the database can cut its
/// end off, or write it anew and compute every hash again, and it still does. This finds both. A head says only that
/// something below its size was changed, so the more heads were kept, the closer the fault is told: it lies at or
/// after the largest of them that still holds. The answer is the head that the records give.
///
/// # Errors
/// The register holds fewer records than a head covers, the records give another root, or one cannot be read.
pub async fn against(register: &dyn Register, kept: &[Head]) -> Result<Head, Fault> {
    let mut kept = kept.to_vec();
    kept.sort_by_key(|head| head.size);
    let mut reading = Reading::new();
    for head in kept {
        reading.until(register, head.size).await?;
        if reading.frontier.size() < head.size {
            return Err(reading.fault(Flaw::Cut { kept: head }));
        }
        if reading.frontier.root() != head.root {
            return Err(Fault {
                position: reading.last_good.size,
                flaw: Box::new(Flaw::Rewritten { kept: head }),
                last_good: reading.last_good,
            });
        }
        reading.last_good = head;
    }
    reading.until(register, u64::MAX).await?;
    Ok(reading.frontier.head())
}

/// Holds the register to leaves of it that were kept elsewhere, such as its hash tiles of level 0: these tell the
/// very position of the first record that was changed. The answer is the head that the records give.
///
/// # Errors
/// As [`against`].
pub async fn against_leaves(register: &dyn Register, kept: &[Hash]) -> Result<Head, Fault> {
    let mut reading = Reading::new();
    for leaf in kept {
        reading.last_good = reading.frontier.head();
        let Some(record) = reading.next(register).await? else {
            let kept = Head {
                size: kept.len() as u64,
                root: merkle::root(kept),
            };
            return Err(reading.fault(Flaw::Cut { kept }));
        };
        if record != *leaf {
            let kept = *leaf;
            return Err(reading.fault(Flaw::Leaf { kept, record }));
        }
        reading.frontier.push(record);
    }
    reading.until(register, u64::MAX).await?;
    Ok(reading.frontier.head())
}

/// The records one after another, as leaves made from their bytes: the stored leaves are the database's word.
struct Reading {
    frontier: Frontier,
    last_good: Head,
    page: std::vec::IntoIter<Stored>,
}

impl Reading {
    fn new() -> Self {
        Self {
            frontier: Frontier::new(),
            last_good: Head::empty(),
            page: Vec::new().into_iter(),
        }
    }

    fn fault(&self, flaw: Flaw) -> Fault {
        Fault {
            position: self.frontier.size(),
            flaw: Box::new(flaw),
            last_good: self.last_good,
        }
    }

    /// The leaf at the end of the frontier, which is not pushed.
    async fn next(&mut self, register: &dyn Register) -> Result<Option<Hash>, Fault> {
        let position = self.frontier.size();
        if self.page.len() == 0 {
            let page = register.read(position, PAGE).await;
            self.page = page
                .map_err(|error| self.fault(Flaw::Unread(error)))?
                .into_iter();
        }
        let Some(stored) = self.page.next() else {
            return Ok(None);
        };
        if stored.position != position {
            return Err(self.fault(Flaw::Missing));
        }
        Ok(Some(merkle::leaf(&stored.blob)))
    }

    async fn until(&mut self, register: &dyn Register, size: u64) -> Result<(), Fault> {
        while self.frontier.size() < size {
            let Some(leaf) = self.next(register).await? else {
                return Ok(());
            };
            self.frontier.push(leaf);
        }
        Ok(())
    }
}
