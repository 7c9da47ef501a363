//! Proofs about the policies of `rules/rcm-2011`, by symbolic compilation (`SymCC`) and the solver cvc5.
//!
//! They hold for every request and every entity that the schema allows, not for the cases that somebody thought of. What is
//! proved is the text of the policies: that the program asks the right question is for the tests of the program. Nothing of
//! this is in the server.
//!
//! Start with `tests/policies.rs`. Without cvc5 (`CVC5=…` or on the path) every proof says that it was skipped.
