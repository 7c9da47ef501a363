use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::{DecodeError, Hash, Head};

/// The body of a C2SP checkpoint: what a signature over the head of a register signs.
///
/// # Example: the body of a register without records
///
/// ```
/// use comity_register::{Checkpoint, Head};
///
/// let checkpoint = Checkpoint::new("rcm.example/register", Head::empty())?;
/// let text = "rcm.example/register\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
/// assert_eq!(checkpoint.to_string(), text);
/// assert_eq!(text.parse::<Checkpoint>()?, checkpoint);
/// # Ok::<(), comity_register::DecodeError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    head: Head,
}

impl Checkpoint {
    /// The checkpoint of the register that has this origin.
    ///
    /// # Errors
    /// The origin is empty, or holds white space, a plus sign or a control character.
    pub fn new(origin: &str, head: Head) -> Result<Self, DecodeError> {
        if !is_name(origin) {
            return Err(wrong(1, "an origin (a name without spaces and plus signs)"));
        }
        Ok(Self {
            origin: origin.to_owned(),
            head,
        })
    }

    /// The name of the register.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Size and root.
    pub fn head(&self) -> Head {
        self.head
    }
}

impl fmt::Display for Checkpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root = STANDARD.encode(self.head.root.as_bytes());
        write!(f, "{}\n{}\n{root}\n", self.origin, self.head.size)
    }
}

impl FromStr for Checkpoint {
    type Err = DecodeError;

    /// Strict: three lines, each ended by a line feed. We write no extension lines and take none.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let mut lines = text.split_inclusive('\n');
        let mut line = |number, what| {
            let line = lines.next().and_then(|line| line.strip_suffix('\n'));
            line.ok_or_else(|| wrong(number, what))
        };
        let origin = line(1, "an origin, ended by a line feed")?;
        let size = line(2, "a size, ended by a line feed")?;
        let root = line(3, "a root, ended by a line feed")?;
        if lines.next().is_some() {
            return Err(wrong(4, "the end of the body"));
        }
        Self::new(
            origin,
            Head {
                size: parse_size(size)?,
                root: parse_root(root)?,
            },
        )
    }
}

/// Whether it can name a register or a key: not empty, no white space, no control character, no plus sign.
pub(crate) fn is_name(text: &str) -> bool {
    let accepts =
        |character: char| !character.is_whitespace() && !character.is_control() && character != '+';
    !text.is_empty() && text.chars().all(accepts)
}

fn parse_size(text: &str) -> Result<u64, DecodeError> {
    let size = text.parse::<u64>().ok();
    // `+7` and `007` are read by the library, and are other bytes than were signed.
    size.filter(|size| size.to_string() == text)
        .ok_or_else(|| wrong(2, "a size in decimal digits"))
}

fn parse_root(text: &str) -> Result<Hash, DecodeError> {
    let bytes = STANDARD
        .decode(text)
        .map_err(|_| wrong(3, "a root in base 64"))?;
    Hash::try_from(bytes.as_slice()).map_err(|_| wrong(3, "a root of 32 bytes"))
}

fn wrong(line: usize, what: &'static str) -> DecodeError {
    DecodeError::Checkpoint { line, what }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str, message: &str) {
        assert_eq!(
            text.parse::<Checkpoint>().unwrap_err().to_string(),
            message,
            "{text:?}"
        );
    }

    #[test]
    fn only_the_exact_text_is_taken() {
        let root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
        refused(
            "",
            "line 1 of the checkpoint is not an origin, ended by a line feed",
        );
        refused(
            &format!("a b\n0\n{root}\n"),
            "line 1 of the checkpoint is not an origin (a name without spaces and plus signs)",
        );
        refused(
            &format!("a\n00\n{root}\n"),
            "line 2 of the checkpoint is not a size in decimal digits",
        );
        refused(
            &format!("a\n+1\n{root}\n"),
            "line 2 of the checkpoint is not a size in decimal digits",
        );
        refused(
            &format!("a\n0\n{root}"),
            "line 3 of the checkpoint is not a root, ended by a line feed",
        );
        refused(
            "a\n0\n47DEQpj8HBSa\n",
            "line 3 of the checkpoint is not a root of 32 bytes",
        );
        refused(
            &format!("a\n0\n{root}\nx\n"),
            "line 4 of the checkpoint is not the end of the body",
        );
        refused(
            &format!("a\r\n0\r\n{root}\r\n"),
            "line 2 of the checkpoint is not a size in decimal digits",
        );
    }

    #[test]
    fn the_body_is_that_of_the_oracle() {
        for size in [0, 1, 70_000_000] {
            let head = Head {
                size,
                root: Hash::of(&size.to_be_bytes()),
            };
            let ours = Checkpoint::new("rcm.example/register", head)
                .unwrap()
                .to_string();
            let theirs = tlog_tiles::Checkpoint::from_bytes(ours.as_bytes()).unwrap();
            assert_eq!(
                (theirs.origin(), theirs.size()),
                ("rcm.example/register", size)
            );
            assert_eq!(&theirs.hash().0, head.root.as_bytes());
            assert_eq!(theirs.to_bytes(), ours.as_bytes());
        }
    }
}
