//! The keys that sign checkpoints: which of them may at an instant, and the signature.

use std::fmt::Debug;

use comity_conference::AdoptedKey;
use comity_register::{Checkpoint, Note, SigningKey, VerifierKey};
use imbl::Vector;
use jiff::{SignedDuration, Timestamp};

/// For how many days a key goes on signing beside its successor. Members get each month's checkpoint by mail: two of
/// these mailings carry both signatures, so that whoever misses one can still hold the new key against the old.
pub const SUCCESSION_DAYS: i64 = 62;

/// A note holds 32 signatures at most; this many keys sign, should keys be changed that often.
const SIGNERS_MAX: usize = 8;

/// Where signing keys are kept. They are read when a checkpoint is to be signed anew, which is once a day, so that a
/// key which was put there meanwhile is found.
pub trait Keyring: Send + Sync + Debug + 'static {
    /// The keys that are there. One that cannot be read is left out.
    fn keys(&self) -> Vec<SigningKey>;
}

/// Keys in memory: of a demonstration, or none.
impl Keyring for Vec<SigningKey> {
    fn keys(&self) -> Vec<SigningKey> {
        self.clone()
    }
}

/// The keys that sign at an instant, the current one first: each signs until its successor has been in use long enough.
pub fn signers(adopted: &Vector<AdoptedKey>, now: Timestamp) -> Vec<VerifierKey> {
    let succession = SignedDuration::from_hours(24 * SUCCESSION_DAYS);
    let signs = |place: usize| match adopted.get(place + 1) {
        None => true,
        Some(successor) => now.duration_since(successor.recorded_at) < succession,
    };
    (0..adopted.len())
        .rev()
        .filter(|place| signs(*place))
        .filter_map(|place| adopted.get(place)?.key.parse().ok())
        .take(SIGNERS_MAX)
        .collect()
}

/// The checkpoint signed by those of the keys that are at hand; `None` if none is.
pub(crate) fn sign(
    checkpoint: &Checkpoint,
    signers: &[VerifierKey],
    keyring: &dyn Keyring,
) -> Option<Note> {
    let held = keyring.keys();
    let mut keys = signers
        .iter()
        .filter_map(|signer| held.iter().find(|key| key.verifier() == signer));
    let first = checkpoint.sign(keys.next()?);
    Some(keys.fold(first, Note::also_signed_by))
}
