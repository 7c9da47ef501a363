use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{RECOVERY_CODES, argon};

/// What is kept of a password.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Held {
    hash: String,
    /// The seed of the codes, sealed.
    seed: String,
    /// The last step whose code was used: no code works twice.
    step: u64,
    /// Hashes of the codes of recovery that are left. They are random, so a plain hash is enough.
    recovery: Vec<String>,
    /// Seconds since 1970.
    made_at: u64,
}

/// What somebody may see of their own password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// Seconds since 1970.
    pub made_at: u64,
    pub recovery_left: usize,
}

impl Held {
    pub fn new(
        hash: String,
        seed: String,
        step: u64,
        recovery: &[[u8; 10]; RECOVERY_CODES],
        now: u64,
    ) -> (Self, Vec<String>) {
        let codes: Vec<String> = recovery.iter().map(hex::encode).collect();
        let held = Self {
            hash,
            seed,
            step,
            recovery: codes.iter().map(|code| hashed(code)).collect(),
            made_at: now,
        };
        (held, codes.iter().map(|code| grouped(code)).collect())
    }

    pub fn read(body: &str) -> Option<Self> {
        serde_json::from_str(body).ok()
    }

    pub fn body(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers are JSON")
    }

    pub fn seed(&self) -> &str {
        &self.seed
    }

    pub fn is_password(&self, password: &str) -> bool {
        PasswordHash::new(&self.hash)
            .is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok())
    }

    /// Uses a code of recovery up. Answers with its hash.
    pub fn use_recovery(&mut self, code: &str) -> Option<String> {
        let hash = hashed(code);
        let place = self.recovery.iter().position(|kept| *kept == hash)?;
        Some(self.recovery.remove(place))
    }

    /// Uses the code of a step up, and all before it.
    pub fn use_step(&mut self, step: u64) -> bool {
        let is_new = step > self.step;
        self.step = self.step.max(step);
        is_new
    }

    pub fn summary(&self) -> Summary {
        Summary {
            made_at: self.made_at,
            recovery_left: self.recovery.len(),
        }
    }
}

/// The hash of a password, as a text that says how it was made.
pub fn hash(password: &str, salt: &[u8; 16]) -> String {
    argon()
        .hash_password_with_salt(password.as_bytes(), salt)
        .expect("a salt of 16 bytes and a password of a form")
        .to_string()
}

fn hashed(code: &str) -> String {
    hex::encode(Sha256::digest(code.as_bytes()))
}

fn grouped(code: &str) -> String {
    let digits: Vec<char> = code.chars().collect();
    let groups: Vec<String> = digits
        .chunks(5)
        .map(|group| group.iter().collect())
        .collect();
    groups.join("-")
}
