use std::io::Write;
use std::path::{Path, PathBuf};

use futures_util::future::BoxFuture;

use crate::{Carrier, Letter, Mailbox, NotCarried};

/// Letters as files, for who has no mail server or wants to look first. Each is for its owner alone: it may hold a link.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// Letters go into this folder, which is made when the first one comes.
    pub const fn new(path: PathBuf) -> Self {
        Self(path)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> std::io::Result<()> {
        make(&self.0)?;
        let mut file = tempfile::Builder::new()
            .prefix(".new-")
            .tempfile_in(&self.0)?;
        file.write_all(bytes)?;
        file.as_file().sync_all()?;
        file.persist(self.0.join(name))?;
        Ok(())
    }
}

fn make(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path)
}

impl Carrier for Folder {
    fn hands_over(&self) -> bool {
        false
    }

    /// Where the folder is not there yet, the first letter makes it: then the one above it is looked at.
    fn check<'a>(&'a self, _: &'a Mailbox) -> BoxFuture<'a, Result<(), NotCarried>> {
        Box::pin(async move {
            let there = self.0.ancestors().find(|path| path.is_dir());
            let there = there.unwrap_or(Path::new("."));
            tempfile::tempfile_in(there)
                .map(|_| ())
                .map_err(|error| NotCarried::Later {
                    why: error.to_string(),
                })
        })
    }

    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), NotCarried>> {
        Box::pin(async move {
            let message = letter.message().map_err(|error| NotCarried::Refused {
                why: error.to_string(),
            })?;
            let safe = |c: char| {
                if c.is_ascii_alphanumeric() || "-.".contains(c) {
                    c
                } else {
                    '_'
                }
            };
            let id: String = letter.id.chars().map(safe).collect();
            let at = letter.date.strftime("%Y-%m-%dT%H%M%SZ");
            self.write(&format!("{at}.{id}.eml"), &message.formatted())
                .map_err(|error| NotCarried::Later {
                    why: error.to_string(),
                })
        })
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;
    use crate::letter::tests::letter;

    #[tokio::test]
    async fn a_letter_is_one_file_for_its_owner_alone() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("outbox");
        let folder = Folder::new(path.clone());
        for _ in 0..2 {
            folder.carry(&letter()).await.unwrap();
        }
        let mut climbing = letter();
        climbing.id = "../../etc/x".to_owned();
        folder.carry(&climbing).await.unwrap();
        let mut names: Vec<_> = std::fs::read_dir(&path)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        assert_eq!(
            names,
            [
                "2012-02-01T150000Z..._.._etc_x.eml",
                "2012-02-01T150000Z.act-1.person-2.invitation.eml"
            ]
        );
        let mode = std::fs::metadata(path.join(&names[1]))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o077, 0);
        let blocked = Folder::new(path.join(&names[1]));
        let later = blocked.carry(&letter()).await.unwrap_err();
        assert!(matches!(later, NotCarried::Later { .. }), "{later}");
    }
}
