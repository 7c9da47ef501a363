//! Hash tiles against those of others: the oracle's tiles, its paths, and the proofs of the whole tree.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use comity_register::tile::{self, TileError, TileTree, WIDTH};
use comity_register::{Hash, Tile, merkle};
use proptest::prelude::*;
use tlog_tiles::tlog;

fn leaves(count: u64) -> Vec<Hash> {
    (0..count)
        .map(|place| merkle::leaf(&place.to_be_bytes()))
        .collect()
}

/// All hashes of the tree by the hands of others.
struct Oracle(Vec<tlog::Hash>);

impl tlog::HashReader for Oracle {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog_tiles::Error> {
        let hash = |index: &u64| self.0[usize::try_from(*index).unwrap()];
        Ok(indexes.iter().map(hash).collect())
    }
}

impl Oracle {
    fn new(count: u64) -> Self {
        let mut oracle = Self(Vec::new());
        for place in 0..count {
            let hashes = tlog::stored_hashes(place, &place.to_be_bytes(), &oracle).unwrap();
            oracle.0.extend(hashes);
        }
        oracle
    }
}

/// The oracle has the height in its paths, where C2SP has none.
fn their_path(tile: &tlog_tiles::Tile) -> String {
    tile.path().replacen("tile/8/", "tile/", 1)
}

fn cut(tile: Tile, leaves: &[Hash]) -> Vec<Hash> {
    let positions = tile.positions().unwrap();
    let (from, to) = (positions.start as usize, positions.end as usize);
    tile.hashes(&leaves[from..to]).unwrap()
}

/// The tree over the leaves, read from tiles.
fn tree(leaves: &[Hash]) -> TileTree<impl FnMut(Tile) -> Option<Vec<Hash>>> {
    TileTree::new(leaves.len() as u64, |tile| Some(cut(tile, leaves)))
}

#[test]
fn every_tile_is_that_of_the_oracle() {
    let (oracle, leaves) = (Oracle::new(70_000), leaves(70_000));
    for size in [1, 255, 256, 257, 65_535, 65_536, 70_000] {
        let theirs = tlog_tiles::Tile::new_tiles(8, 0, size);
        let ours: Vec<_> = Tile::all(size).collect();
        assert_eq!(ours.len(), theirs.len(), "size {size}");
        for (tile, their) in ours.into_iter().zip(theirs) {
            assert_eq!(tile.to_string(), their_path(&their));
            assert_eq!(tile.to_string().parse::<Tile>().unwrap(), tile);
            let bytes = tile::encode(&cut(tile, &leaves));
            assert_eq!(
                bytes,
                their.read_data(&oracle).unwrap(),
                "{tile} at size {size}"
            );
            assert_eq!(tile.decode(&bytes).unwrap(), cut(tile, &leaves));
        }
    }
    assert_eq!(Tile::all(0).count(), 0);
}

/// The example of the specification: 273 full and one of width 112, one full and one of 17, one of 1.
#[test]
fn a_tree_has_the_tiles_of_the_specification() {
    let paths: Vec<_> = Tile::all(70_000).map(|tile| tile.to_string()).collect();
    assert_eq!(paths.len(), 277);
    assert_eq!(
        paths[272..],
        [
            "tile/0/272",
            "tile/0/273.p/112",
            "tile/1/000",
            "tile/1/001.p/17",
            "tile/2/000.p/1"
        ]
    );
    let far = Tile::new(63, 1_234_067, WIDTH).unwrap();
    assert_eq!(far.to_string(), "tile/63/x001/x234/067");
}

#[test]
fn only_the_one_path_of_a_tile_is_taken() {
    for path in [
        "",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/00/000",
        "tile/+0/000",
        "tile/64/000",
        "tile/0/000/001",
        "tile/0/x000/001",
        "tile/0/x001/x002",
        "tile/0/1/x234/067",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/01",
        "tile/0/000.p/",
        "tile/0/000.p/1/2",
        "tile/0/000 ",
        "/tile/0/000",
        "tile/8/0/000",
        "tile/entries/000",
        "tile/data/000",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
    ] {
        path.parse::<Tile>().expect_err(path);
    }
    let error = "tile/0/0".parse::<Tile>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "`tile/0/0` is not the path of a hash tile"
    );
    let last = "tile/0/x018/x446/x744/x073/x709/x551/615";
    assert_eq!(last.parse::<Tile>().unwrap().index(), u64::MAX);
    assert_eq!(last.parse::<Tile>().unwrap().positions(), None);
}

#[test]
fn a_tile_is_not_shown_before_its_time() {
    let tile: Tile = "tile/0/001.p/3".parse().unwrap();
    assert_eq!(tile.positions(), Some(256..259));
    assert!(tile.is_in(259) && tile.is_in(260) && !tile.is_in(258));
    let tile: Tile = "tile/1/000.p/2".parse().unwrap();
    assert!(tile.is_in(512) && !tile.is_in(511));
    assert!(!"tile/9/000".parse::<Tile>().unwrap().is_in(u64::MAX));
}

#[test]
fn tiles_that_are_missing_or_cut_are_named() {
    let all = leaves(300);
    let missing = TileTree::new(300, |tile| (tile.level() > 0).then(|| cut(tile, &all)))
        .inclusion_proof(299)
        .unwrap_err();
    let tile: Tile = "tile/0/001.p/44".parse().unwrap();
    assert_eq!(missing, TileError::Missing { tile });
    assert_eq!(missing.to_string(), "the tile `tile/0/001.p/44` is missing");
    let short = TileTree::new(300, |_| Some(vec![all[0]]))
        .root()
        .unwrap_err();
    assert_eq!(
        short.to_string(),
        "the tile `tile/0/001.p/44` holds 1 hashes"
    );
    let outside = tree(&all).inclusion_proof(300).unwrap_err();
    assert_eq!(
        outside,
        TileError::NotInTree {
            asked: 300,
            size: 300
        }
    );
    tree(&all).consistency_proof(301).unwrap_err();
    let error = tile.decode(&[0; 31]).unwrap_err();
    assert_eq!(error.to_string(), "the tile `tile/0/001.p/44` has 31 bytes");
    assert_eq!(tile.hashes(&all), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn proofs_from_tiles_are_those_of_the_tree(size in 1_u64..1_500, seed: u64) {
        let all = leaves(size);
        prop_assert_eq!(tree(&all).root().unwrap(), merkle::root(&all));
        let (position, old) = (seed % size, seed % (size + 1));
        prop_assert_eq!(
            tree(&all).inclusion_proof(position).unwrap(),
            merkle::inclusion_proof(&all, position).unwrap()
        );
        prop_assert_eq!(
            tree(&all).consistency_proof(old).unwrap(),
            merkle::consistency_proof(&all, old).unwrap()
        );
    }

    #[test]
    fn no_tree_makes_a_proof_panic(size: u64, asked: u64) {
        let read = |tile: Tile| Some(vec![Hash::of(b""); tile.width().into()]);
        let mut tree = TileTree::new(size, read);
        prop_assert_eq!(tree.inclusion_proof(asked).is_ok(), asked < size);
        prop_assert_eq!(tree.consistency_proof(asked).is_ok(), asked <= size);
        prop_assert!(tree.root().is_ok());
    }

    #[test]
    fn every_path_is_that_of_the_oracle(level in 0_u8..64, index: u64, shift in 0_u32..64, width in 1_u16..=256) {
        let index = index >> shift;
        let tile = Tile::new(level, index, width).unwrap();
        let theirs = tlog_tiles::Tile::new(8, level, index, width.into(), false);
        prop_assert_eq!(tile.to_string(), their_path(&theirs));
        prop_assert_eq!(tile.to_string().parse::<Tile>().unwrap(), tile);
    }

    #[test]
    fn any_path_is_taken_or_refused_as_by_the_oracle(path in "tile/[0-9]{1,2}/(x[0-9]{3}/){0,2}[0-9x]{1,4}(\\.p/[0-9]{1,3})?") {
        // The oracle panics at levels over 63 and at a width of 0.
        let level: u8 = path[5..].split('/').next().unwrap().parse().unwrap();
        let width = path.split_once(".p/").map_or(1, |(_, width)| width.parse::<u16>().unwrap());
        prop_assume!(level < 64 && width > 0);
        let theirs = tlog_tiles::Tile::from_path(&path.replacen("tile/", "tile/8/", 1));
        prop_assert_eq!(path.parse::<Tile>().is_ok(), theirs.is_ok());
    }

    #[test]
    fn no_text_makes_the_parser_panic(path in ".{0,80}", bytes: Vec<u8>) {
        let _ = path.parse::<Tile>();
        let _ = format!("tile/{path}").parse::<Tile>();
        let _ = Tile::new(0, 0, 7).unwrap().decode(&bytes);
    }
}
