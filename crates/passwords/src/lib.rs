//! Passwords, which never let anybody in alone: with them goes the code that a telephone shows, or a code of recovery.
//!
//! For those who cannot have a passkey. What it makes is kept by the directory as a text that it does not read: the hash of
//! the password (Argon2id), the sealed seed of the codes, hashes of the codes of recovery. It must not know who a person is,
//! nor sessions; instants and random bytes are inputs. The key that seals is a file outside every database.
//!
//! Start with [`Passwords`].

mod kept;
mod picture;
mod seal;

use totp_rs::{Builder, Totp};

use kept::Held;
pub use kept::Summary;
use seal::Seal;

/// The shortest password, in characters; with a second factor this is far above what the field asks for.
pub const SHORTEST: usize = 12;

/// The longest password, in characters.
pub const LONGEST: usize = 128;

/// How many codes of recovery one gets. Each works once.
pub const RECOVERY_CODES: usize = 10;

/// How long a seed that was shown may still be taken up, in seconds.
pub const OFFER_LASTS: u64 = 15 * 60;

/// How many guesses a password must withstand, as a power of ten.
const GUESSES: f64 = 9.0;

/// What a hash costs: 19 MiB, two passes, one lane. It is what is written in `docs/decisions/0010-links-and-passkeys.md`.
fn argon() -> argon2::Argon2<'static> {
    argon2::Argon2::default()
}

/// Makes and checks them, with the key of one installation.
#[derive(Debug)]
pub struct Passwords {
    seal: Seal,
    issuer: String,
}

/// A seed as it is shown to whoever sets it up, once.
#[derive(Clone, PartialEq, Eq)]
pub struct Offer {
    /// The seed, sealed for this person and this quarter of an hour, to come back with the form.
    pub sealed: String,
    /// The seed to be typed, in groups of four.
    pub secret: String,
    /// The address that an authenticator opens.
    pub address: String,
    /// The same as a picture: the side in modules, and the path of an SVG that draws the dark ones.
    pub picture: (usize, String),
}

/// A log must never hold one.
impl std::fmt::Debug for Offer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Offer(…)")
    }
}

/// Why a password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSet {
    #[error("the password is shorter than {SHORTEST} characters")]
    Short,
    #[error("the password is longer than {LONGEST} characters")]
    Long,
    #[error("the password is easily guessed")]
    Weak,
    #[error("the code is not the one that the telephone shows")]
    Code,
    #[error("the seed was shown too long ago, or to somebody else")]
    Stale,
}

/// What a set-up needs of chance.
#[derive(Clone, Copy)]
pub struct Chances {
    pub salt: [u8; 16],
    pub nonce: [u8; 12],
    pub recovery: [[u8; 10]; RECOVERY_CODES],
}

impl std::fmt::Debug for Chances {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chances(…)")
    }
}

/// A password that was set: what is kept of it, and the codes of recovery, which are shown once.
#[derive(Clone, PartialEq, Eq)]
pub struct Set {
    pub body: String,
    pub recovery: Vec<String>,
}

impl std::fmt::Debug for Set {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Set(…)")
    }
}

/// Password and code were right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Right {
    /// What has to be kept from now on.
    pub body: String,
    /// Names the one use of this code: whoever keeps it first comes in.
    pub once: String,
}

impl Passwords {
    /// With the key that seals seeds, and the name that an authenticator shows.
    pub fn new(key: [u8; 32], issuer: &str) -> Self {
        Self {
            seal: Seal::new(key),
            // A colon parts the issuer from the account in the address.
            issuer: issuer.replace(':', " "),
        }
    }

    /// Shows a seed to a person who sets a password. `account` is what the authenticator shows beside the issuer.
    pub fn offer(
        &self,
        person: &str,
        account: &str,
        seed: [u8; 20],
        nonce: [u8; 12],
        now: u64,
    ) -> Offer {
        let until = now + OFFER_LASTS;
        let mut plain = until.to_be_bytes().to_vec();
        plain.extend_from_slice(&seed);
        let sealed = self.seal.close(&offered_to(person), nonce, &plain);
        self.written(account, &seed, sealed)
    }

    /// The same offer once more, for whoever mistyped a code: their telephone holds it already.
    pub fn again(&self, person: &str, account: &str, sealed: &str, now: u64) -> Option<Offer> {
        let seed = self.offered(person, sealed, now)?;
        Some(self.written(account, &seed, sealed.to_owned()))
    }

    /// The seed of an offer that is not over.
    fn offered(&self, person: &str, sealed: &str, now: u64) -> Option<Vec<u8>> {
        let plain = self.seal.open(&offered_to(person), sealed)?;
        let (until, seed) = plain.split_first_chunk::<8>()?;
        (now < u64::from_be_bytes(*until)).then(|| seed.to_vec())
    }

    fn written(&self, account: &str, seed: &[u8], sealed: String) -> Offer {
        let totp = Builder::new()
            .with_secret(seed.to_vec())
            .with_account_name(account.replace(':', " "))
            .with_issuer(Some(self.issuer.as_str()))
            .build_noncompliant();
        let address = totp.to_url().unwrap_or_default();
        let letters: Vec<char> = totp.secret().to_base32().chars().collect();
        let groups: Vec<String> = letters
            .chunks(4)
            .map(|group| group.iter().collect())
            .collect();
        Offer {
            sealed,
            secret: groups.join(" "),
            picture: picture::of(&address),
            address,
        }
    }

    /// Sets a password with the seed that was offered and the code that the telephone shows now. `about` is what an
    /// attacker would try first: name, address, conference.
    ///
    /// # Errors
    /// The password is too short, too long or easily guessed; the code is another; the offer is over.
    pub fn set(
        &self,
        person: &str,
        password: &str,
        about: &[&str],
        (sealed, code): (&str, &str),
        chances: &Chances,
        now: u64,
    ) -> Result<Set, NotSet> {
        strong(password, about)?;
        let seed = self.offered(person, sealed, now).ok_or(NotSet::Stale)?;
        let step = totp(&seed).check(&digits(code), now).ok_or(NotSet::Code)?;
        let (held, recovery) = Held::new(
            kept::hash(password, &chances.salt),
            self.seal.close(&kept_of(person), chances.nonce, &seed),
            step,
            &chances.recovery,
            now,
        );
        Ok(Set {
            body: held.body(),
            recovery,
        })
    }

    /// Checks a password with a code. What was kept of a person is looked at even where the password is wrong: an answer
    /// takes as long either way, but for the codes, which only somebody with the password reaches.
    pub fn check(
        &self,
        person: &str,
        body: &str,
        (password, code): (&str, &str),
        now: u64,
    ) -> Option<Right> {
        let mut held = Held::read(body)?;
        if !held.is_password(password) {
            return None;
        }
        let code = digits(code);
        if let Some(hash) = held.use_recovery(&code) {
            return Some(Right {
                body: held.body(),
                once: format!("recovery/{person}/{hash}"),
            });
        }
        let seed = self.seal.open(&kept_of(person), held.seed())?;
        let step = totp(&seed).check(&code, now)?;
        held.use_step(step).then(|| Right {
            body: held.body(),
            once: format!("code/{person}/{step}"),
        })
    }

    /// Takes as long as a check: for an address that nobody has, so that nobody can tell.
    pub fn waste(&self, password: &str) {
        let _ = kept::hash(password, &[0; 16]);
    }
}

/// What somebody may see of their own.
pub fn summary(body: &str) -> Option<Summary> {
    Held::read(body).map(|held| held.summary())
}

/// Whether a password withstands guessing.
///
/// # Errors
/// It does not, and why.
pub fn strong(password: &str, about: &[&str]) -> Result<(), NotSet> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(NotSet::Short);
    }
    if length > LONGEST {
        return Err(NotSet::Long);
    }
    // The parts of a name are tried as well as the whole.
    let parts = about
        .iter()
        .flat_map(|about| about.split(|c: char| !c.is_alphanumeric()))
        .filter(|part| part.len() > 2);
    let tried: Vec<&str> = about.iter().copied().chain(parts).collect();
    let guesses = zxcvbn::zxcvbn(password, &tried).guesses_log10();
    if guesses < GUESSES {
        return Err(NotSet::Weak);
    }
    Ok(())
}

fn totp(seed: &[u8]) -> Totp {
    Builder::new()
        .with_secret(seed.to_vec())
        .build_noncompliant()
}

/// A code without what people put between its digits.
fn digits(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|digit| digit.to_ascii_lowercase())
        .take(32)
        .collect()
}

fn offered_to(person: &str) -> String {
    format!("offer/{person}")
}

fn kept_of(person: &str) -> String {
    format!("seed/{person}")
}
