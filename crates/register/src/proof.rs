//! Proofs as files that are verified without asking the register: C2SP `tlog-proof` for a record, and for growth the
//! form in which C2SP `tlog-witness` sends it. Each carries the signed checkpoint that it leads to.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::{Checkpoint, DecodeError, Hash, Note, Untrusted, VerifierKey, merkle};

const INCLUSION: &str = "c2sp.org/tlog-proof@v1";
/// No tree of 2^63 records has a longer proof.
const HASHES_MAX: usize = 63;

/// That a record stands at a position of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InclusionProof {
    pub position: u64,
    pub hashes: Vec<Hash>,
    pub checkpoint: Note,
}

impl InclusionProof {
    /// The checkpoint of the register that these bytes are a record of.
    ///
    /// # Errors
    /// The checkpoint is not signed by a trusted key of its register, or the record is not under its root.
    pub fn verify(&self, blob: &[u8], keys: &[VerifierKey]) -> Result<Checkpoint, Untrusted> {
        let checkpoint = Checkpoint::open(&self.checkpoint, keys)?;
        let (leaf, head) = (merkle::leaf(blob), checkpoint.head());
        if !merkle::verify_inclusion(&leaf, self.position, &head, &self.hashes) {
            let (position, size) = (self.position, head.size);
            return Err(Untrusted::Inclusion { position, size });
        }
        Ok(checkpoint)
    }
}

impl fmt::Display for InclusionProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{INCLUSION}\nindex {}", self.position)?;
        write_rest(f, &self.hashes, &self.checkpoint)
    }
}

impl FromStr for InclusionProof {
    type Err = DecodeError;

    /// Strict: without the line `extra`, which we do not write.
    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let rest = text
            .strip_prefix(INCLUSION)
            .and_then(|rest| rest.strip_prefix('\n'))
            .ok_or_else(|| wrong(1, "`c2sp.org/tlog-proof@v1`"))?;
        let (position, rest) = parse_number(rest, "index ")
            .ok_or_else(|| wrong(2, "`index` with a position in decimal digits"))?;
        let (hashes, checkpoint) = parse_rest(rest, 3)?;
        Ok(Self {
            position,
            hashes,
            checkpoint,
        })
    }
}

/// That the register began with what it was at an earlier size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsistencyProof {
    pub old_size: u64,
    pub hashes: Vec<Hash>,
    pub checkpoint: Note,
}

impl ConsistencyProof {
    /// The later checkpoint, shown to hold everything that the kept one did, unchanged.
    ///
    /// # Errors
    /// The later checkpoint is not signed by a trusted key of its register, or is not of the register or the size that
    /// was kept, or the register was cut or rewritten between the two.
    pub fn verify(&self, kept: &Checkpoint, keys: &[VerifierKey]) -> Result<Checkpoint, Untrusted> {
        let later = Checkpoint::open(&self.checkpoint, keys)?;
        if later.origin() != kept.origin() {
            return Err(Untrusted::OtherRegister {
                kept: kept.origin().to_owned(),
                found: later.origin().to_owned(),
            });
        }
        let (old, new) = (kept.head(), later.head());
        if self.old_size != old.size {
            return Err(Untrusted::OtherSize {
                kept: old.size,
                found: self.old_size,
            });
        }
        if !merkle::verify_consistency(&old, &new, &self.hashes) {
            return Err(Untrusted::Consistency {
                old: old.size,
                new: new.size,
            });
        }
        Ok(later)
    }
}

impl fmt::Display for ConsistencyProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old_size)?;
        write_rest(f, &self.hashes, &self.checkpoint)
    }
}

impl FromStr for ConsistencyProof {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let (old_size, rest) = parse_number(text, "old ")
            .ok_or_else(|| wrong(1, "`old` with a size in decimal digits"))?;
        let (hashes, checkpoint) = parse_rest(rest, 2)?;
        Ok(Self {
            old_size,
            hashes,
            checkpoint,
        })
    }
}

fn write_rest(f: &mut fmt::Formatter<'_>, hashes: &[Hash], checkpoint: &Note) -> fmt::Result {
    for hash in hashes {
        writeln!(f, "{}", STANDARD.encode(hash.as_bytes()))?;
    }
    write!(f, "\n{checkpoint}")
}

fn parse_number<'a>(text: &'a str, word: &str) -> Option<(u64, &'a str)> {
    let (digits, rest) = text.strip_prefix(word)?.split_once('\n')?;
    let number: u64 = digits.parse().ok()?;
    // `+7` and `007` are read by the library, and are no way to write it.
    (number.to_string() == digits).then_some((number, rest))
}

/// The hashes up to the blank line, and the note after it.
fn parse_rest(mut rest: &str, first: usize) -> Result<(Vec<Hash>, Note), DecodeError> {
    let mut hashes = Vec::new();
    loop {
        let number = first + hashes.len();
        let (line, after) = rest
            .split_once('\n')
            .ok_or_else(|| wrong(number, "a hash or a blank line, ended by a line feed"))?;
        rest = after;
        if line.is_empty() {
            return Ok((hashes, rest.parse()?));
        }
        let hash = STANDARD
            .decode(line)
            .ok()
            .and_then(|bytes| Hash::try_from(bytes.as_slice()).ok())
            .filter(|_| hashes.len() < HASHES_MAX)
            .ok_or_else(|| wrong(number, "a hash in base 64, one of at most 63"))?;
        hashes.push(hash);
    }
}

fn wrong(line: usize, what: &'static str) -> DecodeError {
    DecodeError::Proof { line, what }
}
