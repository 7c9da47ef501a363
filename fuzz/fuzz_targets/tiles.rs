//! Whatever is taken for the path of a tile, and whatever bytes for its hashes: refused, or the same again; and a tree read
//! out of such tiles answers or says which tile it misses.
#![no_main]

use comity_register::tile::{self, Tile, TileTree};
use comity_register::{Hash, Head, merkle};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, u64, u64, &[u8])| {
    let (path, size, position, bytes) = input;
    if let Ok(tile) = path.parse::<Tile>() {
        assert_eq!(tile.to_string(), path, "a tile has one path");
        if tile.is_in(size) {
            let own = Tile::of_tree(tile.level(), tile.index(), size).expect("a tree that holds the tile has one there");
            assert!(own.width() >= tile.width());
        }
        if let Ok(hashes) = tile.decode(bytes) {
            assert_eq!(hashes.len(), usize::from(tile.width()));
            assert_eq!(tile::encode(&hashes), bytes);
        }
    }
    // Every hash the same, so that any tile can be had: the proof that comes out leads to the root that comes out.
    let hash = Hash::of(bytes);
    let mut tree = TileTree::new(size, |tile: Tile| Some(vec![hash; usize::from(tile.width())]));
    if size > 0 && position < size {
        let proof = tree.inclusion_proof(position).expect("every tile is there");
        assert!(proof.len() <= 64);
        let root = tree.root().expect("every tile is there");
        let _ = merkle::verify_inclusion(&hash, position, &Head { size, root }, &proof);
    } else {
        assert!(tree.inclusion_proof(position).is_err());
    }
    let mut missing = TileTree::new(size, |_| None);
    assert_eq!(missing.root().is_err(), size > 0);
});
