//! The Merkle tree of RFC 6962: leaves, the growing edge, and proofs.

use crate::{Hash, Head};

/// The hash of a record's blob as a leaf: SHA-256(0x00 ‖ blob).
pub fn leaf(blob: &[u8]) -> Hash {
    Hash::of_parts(&[&[0], blob])
}

/// The hash over two subtrees: SHA-256(0x01 ‖ left ‖ right).
pub fn node(left: &Hash, right: &Hash) -> Hash {
    Hash::of_parts(&[&[1], left.as_bytes(), right.as_bytes()])
}

/// The growing edge of a tree: the roots of its complete subtrees, the largest first.
///
/// It is all that is needed to append and to know the root: at most 53 hashes, however long the register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    // INVARIANT: one root for each bit that is set in `size`, the highest bit first.
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The edge of a tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the next leaf.
    pub fn push(&mut self, leaf: Hash) {
        self.climb(leaf, |_, _| {});
    }

    /// Adds the next leaf, and tells each complete subtree that it completes: its height, from 1, and its root.
    pub fn climb(&mut self, leaf: Hash, mut completed: impl FnMut(u32, Hash)) {
        let mut root = leaf;
        for height in 1..=self.size.trailing_ones() {
            let left = self.peaks.pop().expect("one peak for each bit of the size");
            root = node(&left, &root);
            completed(height, root);
        }
        self.peaks.push(root);
        self.size += 1;
    }

    /// The number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree as it stands.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else {
            return Hash::of(b"");
        };
        peaks.fold(*last, |right, left| node(left, &right))
    }

    /// The roots of the complete subtrees, the largest first: with the size, all that the edge is.
    pub fn peaks(&self) -> &[Hash] {
        &self.peaks
    }

    /// The edge of this size with these roots of its complete subtrees; none if their number does not fit the size.
    pub fn of_peaks(size: u64, peaks: Vec<Hash>) -> Option<Self> {
        (peaks.len() == size.count_ones() as usize).then_some(Self { size, peaks })
    }

    /// Size and root together.
    pub fn head(&self) -> Head {
        Head {
            size: self.size,
            root: self.root(),
        }
    }
}

impl Extend<Hash> for Frontier {
    fn extend<T: IntoIterator<Item = Hash>>(&mut self, leaves: T) {
        for leaf in leaves {
            self.push(leaf);
        }
    }
}

/// The root over these leaves.
pub fn root(leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new();
    frontier.extend(leaves.iter().copied());
    frontier.root()
}

/// The proof that the leaf at `position` is under the root over all these leaves (RFC 6962, 2.1.1).
///
/// `None` if there is no such leaf.
pub fn inclusion_proof(leaves: &[Hash], position: u64) -> Option<Vec<Hash>> {
    let position = usize::try_from(position)
        .ok()
        .filter(|position| *position < leaves.len())?;
    let mut proof = Vec::new();
    inclusion_path(leaves, position, &mut proof);
    Some(proof)
}

fn inclusion_path(leaves: &[Hash], position: usize, proof: &mut Vec<Hash>) {
    if leaves.len() < 2 {
        return;
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    if position < left.len() {
        inclusion_path(left, position, proof);
        proof.push(root(right));
    } else {
        inclusion_path(right, position - left.len(), proof);
        proof.push(root(left));
    }
}

/// The proof that the tree over the first `size` leaves is a beginning of the tree over all (RFC 6962, 2.1.2).
///
/// `None` if there are fewer leaves. The proof from 0 and from the whole is empty.
pub fn consistency_proof(leaves: &[Hash], size: u64) -> Option<Vec<Hash>> {
    let size = usize::try_from(size)
        .ok()
        .filter(|size| *size <= leaves.len())?;
    let mut proof = Vec::new();
    if size > 0 {
        consistency_path(leaves, size, Known::ByTheReader, &mut proof);
    }
    Some(proof)
}

/// Whether the reader knows the root of the old part already, so that it need not be in the proof.
#[derive(Clone, Copy)]
enum Known {
    ByTheReader,
    Not,
}

fn consistency_path(leaves: &[Hash], size: usize, known: Known, proof: &mut Vec<Hash>) {
    if size == leaves.len() {
        if let Known::Not = known {
            proof.push(root(leaves));
        }
        return;
    }
    let (left, right) = leaves.split_at(split(leaves.len()));
    if size <= left.len() {
        consistency_path(left, size, known, proof);
        proof.push(root(right));
    } else {
        consistency_path(right, size - left.len(), Known::Not, proof);
        proof.push(root(left));
    }
}

/// The largest power of two below `len`, for a `len` of at least 2.
fn split(len: usize) -> usize {
    len.next_power_of_two() / 2
}

/// Whether the proof shows the leaf at `position` under the head (RFC 9162, 2.1.3.2).
#[must_use]
pub fn verify_inclusion(leaf: &Hash, position: u64, head: &Head, proof: &[Hash]) -> bool {
    if position >= head.size {
        return false;
    }
    let (mut at, mut last) = (position, head.size - 1);
    let mut root = *leaf;
    for step in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            root = node(step, &root);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            root = node(&root, step);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && root == head.root
}

/// Whether the proof shows that the register at `new` only added to the register at `old` (RFC 9162, 2.1.4.2).
#[must_use]
pub fn verify_consistency(old: &Head, new: &Head, proof: &[Hash]) -> bool {
    if old.size > new.size {
        return false;
    }
    if old.size == new.size {
        return proof.is_empty() && old.root == new.root;
    }
    if old.size == 0 {
        return proof.is_empty() && *old == Head::empty();
    }
    let mut proof = proof.iter();
    // A complete old tree is a node of the new one, and its root need not be sent.
    let seed = if old.size.is_power_of_two() {
        Some(&old.root)
    } else {
        proof.next()
    };
    let Some(seed) = seed else {
        return false;
    };
    let (mut at, mut last) = (old.size - 1, new.size - 1);
    while at & 1 == 1 {
        at >>= 1;
        last >>= 1;
    }
    let (mut old_root, mut new_root) = (*seed, *seed);
    for step in proof {
        if last == 0 {
            return false;
        }
        if at & 1 == 1 || at == last {
            old_root = node(step, &old_root);
            new_root = node(step, &new_root);
            while at & 1 == 0 && at != 0 {
                at >>= 1;
                last >>= 1;
            }
        } else {
            new_root = node(&new_root, step);
        }
        at >>= 1;
        last >>= 1;
    }
    last == 0 && old_root == old.root && new_root == new.root
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use tlog_tiles::tlog;

    use super::*;

    fn blobs(count: u64) -> Vec<Vec<u8>> {
        (0..count)
            .map(|place| format!("record {place}").into_bytes())
            .collect()
    }

    fn leaves(count: u64) -> Vec<Hash> {
        blobs(count).iter().map(|blob| leaf(blob)).collect()
    }

    /// The same tree by the hands of others.
    struct Oracle(Vec<tlog::Hash>);

    impl tlog::HashReader for Oracle {
        fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog::Hash>, tlog_tiles::Error> {
            Ok(indexes
                .iter()
                .map(|index| self.0[usize::try_from(*index).unwrap()])
                .collect())
        }
    }

    impl Oracle {
        fn new(count: u64) -> Self {
            let mut oracle = Self(Vec::new());
            for (place, blob) in (0..).zip(blobs(count)) {
                let hashes = tlog::stored_hashes(place, &blob, &oracle).unwrap();
                oracle.0.extend(hashes);
            }
            oracle
        }
    }

    fn ours(hashes: Vec<tlog::Hash>) -> Vec<Hash> {
        hashes
            .into_iter()
            .map(|hash| Hash::from_bytes(hash.0))
            .collect()
    }

    fn head(count: u64) -> Head {
        Head {
            size: count,
            root: root(&leaves(count)),
        }
    }

    /// The empty tree and the first leaves, as RFC 6962 defines them and as its test vectors have them.
    #[test]
    fn known_hashes() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(root(&[]).to_string(), empty);
        let empty_leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
        assert_eq!(leaf(b"").to_string(), empty_leaf);
        let two = "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125";
        assert_eq!(root(&[leaf(b""), leaf(&[0])]).to_string(), two);
    }

    #[test]
    fn every_small_tree_is_that_of_the_oracle() {
        let oracle = Oracle::new(40);
        for size in 0..=40 {
            assert_eq!(
                head(size).root.as_bytes(),
                &tlog::tree_hash(size, &oracle).unwrap().0,
                "size {size}"
            );
            for position in 0..size {
                let proof = inclusion_proof(&leaves(size), position).unwrap();
                assert_eq!(
                    proof,
                    ours(tlog::prove_record(size, position, &oracle).unwrap())
                );
                assert!(verify_inclusion(
                    &leaves(size)[position as usize],
                    position,
                    &head(size),
                    &proof
                ));
            }
            for old in 0..=size {
                let proof = consistency_proof(&leaves(size), old).unwrap();
                if old > 0 {
                    assert_eq!(proof, ours(tlog::prove_tree(size, old, &oracle).unwrap()));
                }
                assert!(
                    verify_consistency(&head(old), &head(size), &proof),
                    "{old} to {size}"
                );
            }
        }
    }

    #[test]
    fn there_is_no_proof_of_what_is_not_there() {
        assert_eq!(inclusion_proof(&leaves(3), 3), None);
        assert_eq!(consistency_proof(&leaves(3), 4), None);
        assert!(!verify_inclusion(&leaves(1)[0], 0, &Head::empty(), &[]));
        assert!(!verify_consistency(&head(4), &head(3), &[]));
        let false_empty = Head {
            size: 0,
            root: Hash::of(b"x"),
        };
        assert!(!verify_consistency(&false_empty, &head(3), &[]));
    }

    proptest! {
        #[test]
        fn the_frontier_is_the_tree(size in 0_u64..2_000) {
            let oracle = Oracle::new(size);
            let mut frontier = Frontier::new();
            frontier.extend(leaves(size));
            prop_assert_eq!(frontier.size(), size);
            prop_assert_eq!(*frontier.root().as_bytes(), tlog::tree_hash(size, &oracle).unwrap().0);
        }

        #[test]
        fn a_proof_shows_its_leaf_and_no_other(size in 1_u64..300, seed: u64, bit in 0_usize..256) {
            let (all, position) = (leaves(size), seed % size);
            let proof = inclusion_proof(&all, position).unwrap();
            let leaf = all[position as usize];
            prop_assert!(verify_inclusion(&leaf, position, &head(size), &proof));
            prop_assert!(!verify_inclusion(&flip(leaf, bit), position, &head(size), &proof));
            let other = Head { root: flip(head(size).root, bit), size };
            prop_assert!(!verify_inclusion(&leaf, position, &other, &proof));
            prop_assert!(!verify_inclusion(&leaf, (position + 1) % (size + 1), &head(size), &proof));
            for altered in altered(&proof, bit) {
                prop_assert!(!verify_inclusion(&leaf, position, &head(size), &altered));
            }
        }

        #[test]
        fn a_proof_shows_that_nothing_was_rewritten(size in 1_u64..300, seed: u64, bit in 0_usize..256) {
            let old = 1 + seed % size;
            let proof = consistency_proof(&leaves(size), old).unwrap();
            prop_assert!(verify_consistency(&head(old), &head(size), &proof));
            let other = Head { root: flip(head(old).root, bit), size: old };
            prop_assert!(!verify_consistency(&other, &head(size), &proof));
            let other = Head { root: flip(head(size).root, bit), size };
            prop_assert!(!verify_consistency(&head(old), &other, &proof));
            for altered in altered(&proof, bit) {
                prop_assert!(!verify_consistency(&head(old), &head(size), &altered));
            }
        }

        #[test]
        fn no_proof_makes_the_verifiers_panic(
            at: u64, old: u64, new: u64, count in 0_usize..70, hash: [u8; 32],
        ) {
            let (hash, proof) = (Hash::from_bytes(hash), vec![Hash::from_bytes(hash); count]);
            let (old, new) = (Head { size: old, root: hash }, Head { size: new, root: hash });
            let _ = verify_inclusion(&hash, at, &new, &proof);
            let _ = verify_consistency(&old, &new, &proof);
        }
    }

    fn flip(hash: Hash, bit: usize) -> Hash {
        let mut bytes = *hash.as_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        Hash::from_bytes(bytes)
    }

    /// The proof with one step changed, with one more, and with one less.
    fn altered(proof: &[Hash], bit: usize) -> Vec<Vec<Hash>> {
        let mut all = vec![[proof, &[Hash::of(b"x")]].concat()];
        for place in 0..proof.len() {
            let mut changed = proof.to_vec();
            changed[place] = flip(changed[place], bit);
            all.push(changed);
            let mut shorter = proof.to_vec();
            shorter.remove(place);
            all.push(shorter);
        }
        all
    }
}
