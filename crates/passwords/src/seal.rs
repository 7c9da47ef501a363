use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Key, Nonce};

const NONCE: usize = 12;

/// Closes small texts with the key of an installation (AES-256-GCM), each for one purpose.
pub struct Seal(Aes256Gcm);

/// The key is not for a log.
impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal(…)")
    }
}

impl Seal {
    pub fn new(key: [u8; 32]) -> Self {
        Self(Aes256Gcm::new(&Key::<Aes256Gcm>::from(key)))
    }

    /// Closes it; `purpose` has to be named again to open it. A nonce is never used twice: it is random, and few are made.
    pub fn close(&self, purpose: &str, nonce: [u8; NONCE], plain: &[u8]) -> String {
        let payload = Payload {
            msg: plain,
            aad: purpose.as_bytes(),
        };
        let closed = self
            .0
            .encrypt(&Nonce::from(nonce), payload)
            .expect("a few bytes are never too many");
        hex::encode(nonce) + &hex::encode(closed)
    }

    /// What was closed for this purpose with this key.
    pub fn open(&self, purpose: &str, closed: &str) -> Option<Vec<u8>> {
        let bytes = hex::decode(closed).ok()?;
        let (nonce, closed) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: closed,
            aad: purpose.as_bytes(),
        };
        self.0.decrypt(&Nonce::from(*nonce), payload).ok()
    }
}
