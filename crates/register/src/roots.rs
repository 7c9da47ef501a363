use imbl::Vector;

use crate::tile::{HEIGHT, WIDTH};
use crate::{Hash, Tile};

/// The hashes in the tiles above the leaves, gathered as the tree grows.
///
/// These are all that a proof needs beside two or three tiles of leaves, which are read where they are stored. They
/// take 32 bytes for 256 records. A clone shares everything with its original.
#[derive(Clone, Debug, Default)]
pub struct TileRoots {
    /// The hashes of level 1, of level 2, and so on.
    levels: Vec<Vector<Hash>>,
}

impl TileRoots {
    /// Takes the root over 2^height leaves, as [`Frontier::climb`](crate::merkle::Frontier::climb) tells it.
    pub fn take(&mut self, height: u32, root: Hash) {
        if !height.is_multiple_of(HEIGHT) {
            return;
        }
        let level = usize::try_from(height / HEIGHT).expect("at most 63 / 8");
        let Some(level) = level.checked_sub(1) else {
            return;
        };
        if level == self.levels.len() {
            self.levels.push(Vector::new());
        }
        self.levels[level].push_back(root);
    }

    /// The hashes of a tile above the leaves. `None` for a tile of leaves, and where the tree does not reach it.
    pub fn hashes(&self, tile: Tile) -> Option<Vec<Hash>> {
        let level = usize::from(tile.level()).checked_sub(1)?;
        let first = tile.index().checked_mul(WIDTH.into())?;
        let first = usize::try_from(first).ok()?;
        let end = first.checked_add(tile.width().into())?;
        let hashes = self.levels.get(level)?;
        (end <= hashes.len()).then(|| {
            hashes
                .focus()
                .narrow(first..end)
                .into_iter()
                .copied()
                .collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::merkle::{self, Frontier};

    fn leaves(count: u64) -> Vec<Hash> {
        (0..count)
            .map(|place| merkle::leaf(&place.to_be_bytes()))
            .collect()
    }

    #[test]
    fn every_tile_above_the_leaves_is_as_the_leaves_make_it() {
        let leaves = leaves(66_000);
        let (mut frontier, mut roots) = (Frontier::new(), TileRoots::default());
        for leaf in &leaves {
            frontier.climb(*leaf, |height, root| roots.take(height, root));
        }
        assert_eq!(frontier.root(), merkle::root(&leaves));
        let mut seen = 0;
        for tile in Tile::all(66_000).filter(|tile| tile.level() > 0) {
            let positions = tile.positions().unwrap();
            let [from, end] =
                [positions.start, positions.end].map(|place| usize::try_from(place).unwrap());
            assert_eq!(
                roots.hashes(tile),
                tile.hashes(&leaves[from..end]),
                "{tile}"
            );
            seen += 1;
        }
        assert_eq!(
            seen, 3,
            "257 hashes in two tiles of level 1, and one of level 2"
        );
    }

    #[test]
    fn what_the_tree_does_not_reach_is_not_had() {
        let (mut frontier, mut roots) = (Frontier::new(), TileRoots::default());
        for leaf in leaves(511) {
            frontier.climb(leaf, |height, root| roots.take(height, root));
        }
        let tile = |level, index, width| Tile::new(level, index, width).unwrap();
        assert!(roots.hashes(tile(1, 0, 1)).is_some());
        for absent in [tile(0, 0, 256), tile(1, 0, 2), tile(1, 1, 1), tile(2, 0, 1)] {
            assert_eq!(roots.hashes(absent), None, "{absent}");
        }
    }
}
