//! Records, Merkle tree, verification and the Register trait
