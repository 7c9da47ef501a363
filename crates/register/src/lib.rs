//! The register: records, the Merkle tree over them, and the port to where they are kept.
//!
//! It must not know the domain: a body is bytes with a canonical form, a kind is a word. It holds no SQL, no clock
//! and no source of chance; instants, ids and salts come in with the record.
//!
//! Start at [`Register`], whose comment is the contract; then [`Record`], which is what is hashed; then [`verify`].
//! `docs/record.md` tells the same to somebody who writes a verifier in another language.

mod against;
mod batch;
pub mod canonical;
mod checkpoint;
pub mod conformance;
mod error;
mod fault;
mod hash;
mod history;
mod ids;
mod memory;
pub mod merkle;
mod note;
pub mod page;
mod parts;
mod port;
mod proof;
mod record;
mod roots;
mod run;
mod said;
mod sealed;
pub mod tampering;
pub mod tile;
mod verify;

pub use against::{against, against_leaves};
pub use batch::{Batch, Row};
pub use canonical::Object;
pub use checkpoint::Checkpoint;
pub use error::{DecodeError, Error, Untrusted};
pub use fault::{Fault, Flaw};
pub use hash::{Hash, Head};
pub use history::{Filling, History, Step, Stretch, Stretches};
pub use ids::{ActId, CommandId, Effective, Kind, RecordedAt, Salt};
pub use memory::MemoryRegister;
pub use note::{KeyId, Note, Signature, SigningKey, VerifierKey};
pub use parts::Parts;
pub use port::{Appended, Commit, Index, Indexed, Register, Stored};
pub use proof::{ConsistencyProof, InclusionProof};
pub use record::Record;
pub use roots::TileRoots;
pub use run::Run;
pub use sealed::Sealed;
pub use tile::Tile;
pub use verify::{Verified, verify};
