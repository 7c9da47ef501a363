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
        let mut root = leaf;
        for _ in 0..self.size.trailing_ones() {
            let left = self.peaks.pop().expect("one peak for each bit of the size");
            root = node(&left, &root);
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
