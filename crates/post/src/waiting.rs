//! Which letters wait, without reading all that were ever sent: beside each that waits lies a mark.

use comity_directory::{Drawer, Kept};

use crate::outbox::{PAGE, ours};
use crate::{Error, Notice, Outbox};

const MARKS: &str = "!due/";

impl Outbox {
    /// The letters that wait, by their keys.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn waiting(&self) -> Result<Vec<Notice>, Error> {
        let mut found = Vec::new();
        let mut after = MARKS.to_owned();
        loop {
            let page = self.0.contents(Drawer::Notice, Some(&after), PAGE).await?;
            let own = page.iter().take_while(|kept| kept.key.starts_with(MARKS));
            let own: Vec<&Kept> = own.collect();
            for mark in &own {
                let key = &mark.key[MARKS.len()..];
                match self.named(key).await? {
                    Some(notice) if notice.is_waiting() => found.push(notice),
                    _ => self.clear(mark, key).await?,
                }
            }
            match own.last() {
                Some(last) if own.len() == PAGE => after.clone_from(&last.key),
                _ => return Ok(found),
            }
        }
    }

    /// Marks every letter that waits. A program that ended between a letter and its mark, or that knew no marks, left some
    /// without: whoever sends does this when it begins, and now and then.
    ///
    /// # Errors
    /// The directory failed.
    pub async fn mark_all(&self) -> Result<(), Error> {
        for notice in self.all().await?.iter().filter(|all| all.is_waiting()) {
            self.mark(notice).await?;
        }
        Ok(())
    }

    /// The mark follows the letter, never the other way round: a mark too many is taken away by whoever reads it.
    pub(crate) async fn mark(&self, notice: &Notice) -> Result<(), Error> {
        let mark = mark_of(notice);
        if notice.is_waiting() {
            self.0.claim(&mark).await?;
        } else {
            self.0.take(Drawer::Notice, &mark.key).await?;
        }
        Ok(())
    }

    /// Takes a mark away whose letter does not wait, and looks again: it may have begun to wait in between, and whoever
    /// marked it found this mark still there.
    async fn clear(&self, mark: &Kept, key: &str) -> Result<(), Error> {
        self.0.take(Drawer::Notice, &mark.key).await?;
        match self.named(key).await? {
            Some(notice) if notice.is_waiting() => self.mark(&notice).await,
            _ => Ok(()),
        }
    }
}

/// It names the person, and goes with them.
fn mark_of(notice: &Notice) -> Kept {
    let key = format!("{MARKS}{}", notice.key());
    Kept {
        person: Some(notice.person),
        ..ours(&key, "{}".to_owned(), None)
    }
}
