//! Hash tiles as C2SP `tlog-tiles` has them: pieces of the tree, 256 hashes wide, from which anybody makes proofs.
//!
//! A tile of level 0 holds leaves; each hash in a tile of level l+1 is the root over a full tile of level l. Full tiles
//! never change. The last of a level is partial, and its width is in its name.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use crate::{DecodeError, Hash, merkle};

/// How many hashes a full tile holds.
pub const WIDTH: u16 = 256;
/// How many levels of the tree one level of tiles spans.
pub(crate) const HEIGHT: u32 = 8;
const LEVEL_MAX: u8 = 63;
/// The index of a tile is below 2^56, which is 17 digits.
const PATH_MAX: usize = 64;

/// The name of a tile; as text its path, such as `tile/0/x001/234` or `tile/1/000.p/17`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    level: u8,
    index: u64,
    // INVARIANT: 1 to WIDTH.
    width: u16,
}

impl Tile {
    /// The tile with this place and width. `None` if no tree has it: a level over 63, or a width not in 1 to 256.
    pub fn new(level: u8, index: u64, width: u16) -> Option<Self> {
        (level <= LEVEL_MAX && (1..=WIDTH).contains(&width)).then_some(Self {
            level,
            index,
            width,
        })
    }

    /// The tile at this place of a tree, as wide as it is there. `None` if the tree does not reach it.
    pub fn of_tree(level: u8, index: u64, size: u64) -> Option<Self> {
        let hashes = hashes_at(level, size);
        let before = index.checked_mul(WIDTH.into())?;
        let width = hashes.checked_sub(before)?.min(WIDTH.into());
        Self::new(level, index, u16::try_from(width).ok()?)
    }

    /// All tiles of a tree, those of level 0 first.
    pub fn all(size: u64) -> impl Iterator<Item = Self> {
        (0..=LEVEL_MAX)
            .take_while(move |level| hashes_at(*level, size) > 0)
            .flat_map(move |level| (0..).map_while(move |index| Self::of_tree(level, index, size)))
    }

    /// 0 for leaves.
    pub fn level(&self) -> u8 {
        self.level
    }

    /// The place in its level.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// How many hashes it holds.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// The positions that it covers. `None` if they are past what can be counted, so in no tree.
    pub fn positions(&self) -> Option<Range<u64>> {
        let span = 1_u64.checked_shl(HEIGHT * u32::from(self.level))?;
        let first = self.index.checked_mul(WIDTH.into())?;
        let end = first.checked_add(self.width.into())?;
        Some(first.checked_mul(span)?..end.checked_mul(span)?)
    }

    /// Whether a tree of this size holds the whole tile: what a larger tree adds is not to be shown before its time.
    pub fn is_in(&self, size: u64) -> bool {
        self.positions()
            .is_some_and(|positions| positions.end <= size)
    }

    /// The hashes of the tile, from the leaves at [`positions`](Tile::positions).
    ///
    /// `None` if the leaves are not as many as these.
    pub fn hashes(&self, leaves: &[Hash]) -> Option<Vec<Hash>> {
        let positions = self.positions()?;
        if positions.end - positions.start != leaves.len() as u64 {
            return None;
        }
        let span = leaves.len() / usize::from(self.width);
        Some(leaves.chunks(span).map(merkle::root).collect())
    }

    /// The hashes in the bytes of the tile.
    ///
    /// # Errors
    /// The bytes are not 32 for each hash.
    pub fn decode(&self, bytes: &[u8]) -> Result<Vec<Hash>, DecodeError> {
        let (hashes, rest) = bytes.as_chunks();
        if !rest.is_empty() || hashes.len() != usize::from(self.width) {
            return Err(DecodeError::Tile {
                tile: *self,
                found: bytes.len(),
            });
        }
        Ok(hashes.iter().copied().map(Hash::from_bytes).collect())
    }
}

/// The bytes of a tile with these hashes.
pub fn encode(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// How many hashes a tree has at a level of tiles.
fn hashes_at(level: u8, size: u64) -> u64 {
    size.checked_shr(HEIGHT * u32::from(level)).unwrap_or(0)
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tile/{}/", self.level)?;
        let digits = self.index.to_string();
        let digits = format!("{digits:0>len$}", len = digits.len().next_multiple_of(3));
        let last = digits.len() - 3;
        for place in (0..last).step_by(3) {
            write!(f, "x{}/", &digits[place..place + 3])?;
        }
        f.write_str(&digits[last..])?;
        if self.width < WIDTH {
            write!(f, ".p/{}", self.width)?;
        }
        Ok(())
    }
}

impl FromStr for Tile {
    type Err = DecodeError;

    fn from_str(path: &str) -> Result<Self, DecodeError> {
        parse(path)
            .filter(|tile| tile.to_string() == path)
            .ok_or_else(|| DecodeError::word("the path of a hash tile", path))
    }
}

/// Reads more than is right: what is read has to be written the same again.
fn parse(path: &str) -> Option<Tile> {
    if path.len() > PATH_MAX {
        return None;
    }
    let (level, rest) = path.strip_prefix("tile/")?.split_once('/')?;
    let (index, width) = match rest.split_once(".p/") {
        Some((index, width)) => (index, width.parse().ok()?),
        None => (rest, WIDTH),
    };
    let digits: String = index.chars().filter(char::is_ascii_digit).collect();
    Tile::new(level.parse().ok()?, digits.parse().ok()?, width)
}

/// Why a proof cannot be read out of tiles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    #[error("a tree of size {size} has no proof for {asked}")]
    NotInTree { asked: u64, size: u64 },
    #[error("the tile `{tile}` is missing")]
    Missing { tile: Tile },
    #[error("the tile `{tile}` holds {found} hashes")]
    Width { tile: Tile, found: usize },
}

/// A tree of which tiles can be had, wherever they are.
///
/// It believes what it reads: a proof from false tiles is a false proof, which its verification shows.
#[derive(Debug)]
pub struct TileTree<R> {
    size: u64,
    read: R,
}

impl<R: FnMut(Tile) -> Option<Vec<Hash>>> TileTree<R> {
    /// The tree of this size; `read` gives the hashes of a tile, or `None` if it cannot be had.
    pub fn new(size: u64, read: R) -> Self {
        Self { size, read }
    }

    /// The root of the tree.
    ///
    /// # Errors
    /// A tile is missing or not as wide as its name says.
    pub fn root(&mut self) -> Result<Hash, TileError> {
        match self.size {
            0 => Ok(Hash::of(b"")),
            size => self.over(0..size),
        }
    }

    /// The proof that the leaf at `position` is in the tree; the same as [`merkle::inclusion_proof`].
    ///
    /// # Errors
    /// There is no such leaf, or a tile is missing or not as wide as its name says.
    pub fn inclusion_proof(&mut self, position: u64) -> Result<Vec<Hash>, TileError> {
        let size = self.size;
        if position >= size {
            let asked = position;
            return Err(TileError::NotInTree { asked, size });
        }
        let (mut within, mut proof) = (0..size, Vec::new());
        while within.end - within.start > 1 {
            let (left, right) = split(&within);
            let beside = if position < right.start {
                within = left;
                right
            } else {
                within = right;
                left
            };
            proof.push(self.over(beside)?);
        }
        proof.reverse();
        Ok(proof)
    }

    /// The proof that the tree began with that of size `old`; the same as [`merkle::consistency_proof`].
    ///
    /// # Errors
    /// The tree is smaller, or a tile is missing or not as wide as its name says.
    pub fn consistency_proof(&mut self, old: u64) -> Result<Vec<Hash>, TileError> {
        let size = self.size;
        if old > size {
            return Err(TileError::NotInTree { asked: old, size });
        }
        if old == 0 {
            return Ok(Vec::new());
        }
        let (mut within, mut proof) = (0..size, Vec::new());
        while old < within.end {
            let (left, right) = split(&within);
            let beside = if old <= right.start {
                within = left;
                right
            } else {
                within = right;
                left
            };
            proof.push(self.over(beside)?);
        }
        // Where the old tree is one complete part of the new, its root is known to the reader.
        if within.start > 0 {
            proof.push(self.over(within)?);
        }
        proof.reverse();
        Ok(proof)
    }

    /// The root over a part of the tree as the tree is split.
    fn over(&mut self, part: Range<u64>) -> Result<Hash, TileError> {
        let len = part.end - part.start;
        if len.is_power_of_two() {
            return self.complete(len.trailing_zeros(), part.start);
        }
        let (left, right) = split(&part);
        Ok(merkle::node(&self.over(left)?, &self.over(right)?))
    }

    /// The root over 2^height leaves, which stand within one tile.
    fn complete(&mut self, height: u32, first: u64) -> Result<Hash, TileError> {
        let level = height / HEIGHT;
        let place = first >> (level * HEIGHT);
        let index = place / u64::from(WIDTH);
        let level = u8::try_from(level).expect("at most 63 / 8");
        let tile = Tile::of_tree(level, index, self.size).expect("the part is in the tree");
        let hashes = (self.read)(tile).ok_or(TileError::Missing { tile })?;
        let found = hashes.len();
        if found != usize::from(tile.width) {
            return Err(TileError::Width { tile, found });
        }
        let from = usize::try_from(place % u64::from(WIDTH)).expect("below 256");
        Ok(merkle::root(&hashes[from..from + (1 << (height % HEIGHT))]))
    }
}

/// Into the largest complete part and the rest, for a part of at least two leaves.
fn split(part: &Range<u64>) -> (Range<u64>, Range<u64>) {
    let middle = part.start + (1 << (part.end - part.start - 1).ilog2());
    (part.start..middle, middle..part.end)
}
