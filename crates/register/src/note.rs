//! Signed notes as C2SP `signed-note` has them, with Ed25519: a text, a blank line, and a line for each signature.
//!
//! A key has a name, which for the register is the origin of its checkpoints, and an id made from name and key. When a
//! key is succeeded by another, notes are signed by both for a while: who trusts either goes on trusting.

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer, VerifyingKey};

use crate::checkpoint::is_name;
use crate::hash::lowercase_hex;
use crate::{Checkpoint, DecodeError, Hash, Untrusted};

/// The signature type of Ed25519.
const ED25519: u8 = 1;
const SECRET: &str = "PRIVATE+KEY+";
const DASH: &str = "— ";
/// A note of ours has about 300 bytes; signatures of other kinds have up to 5,000 each.
const BYTES_MAX: usize = 1 << 18;
const SIGNATURES_MAX: usize = 32;

/// The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key), as 8 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyId([u8; 4]);

impl KeyId {
    fn of(name: &str, key: &VerifyingKey) -> Self {
        let hash = Hash::of_parts(&[name.as_bytes(), b"\n", &[ED25519], key.as_bytes()]);
        let [a, b, c, d, ..] = *hash.as_bytes();
        Self([a, b, c, d])
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// A key that signatures are checked with; as text, the `vkey` of C2SP: `name+id+base64(type ‖ public key)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: Box<str>,
    id: KeyId,
    key: VerifyingKey,
}

impl VerifierKey {
    /// The key of this name with these 32 bytes.
    ///
    /// # Errors
    /// The name is none, or the bytes are no point of the curve, not the one way to write it, or a weak point.
    pub fn new(name: &str, bytes: &[u8; 32]) -> Result<Self, DecodeError> {
        let key = VerifyingKey::from_bytes(bytes)
            .ok()
            .filter(|key| !key.is_weak() && is_reduced(bytes));
        let key =
            key.ok_or_else(|| DecodeError::word("an Ed25519 public key", &STANDARD.encode(bytes)))?;
        if !is_name(name) {
            return Err(DecodeError::word("the name of a key", name));
        }
        Ok(Self {
            name: name.into(),
            id: KeyId::of(name, &key),
            key,
        })
    }

    /// Whose key it is.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What tells it from other keys of that name.
    pub fn id(&self) -> KeyId {
        self.id
    }

    fn made(&self, signature: &Signature) -> bool {
        signature.name == self.name && signature.id == self.id
    }

    fn verifies(&self, text: &str, signature: &Signature) -> bool {
        // Strict: the equation is checked without cofactor and weak points are refused, so that every verifier that
        // does the same agrees on every signature.
        ed25519_dalek::Signature::from_slice(&signature.bytes)
            .is_ok_and(|bytes| self.key.verify_strict(text.as_bytes(), &bytes).is_ok())
    }
}

/// Whether the y in the bytes is below 2^255-19, so that the point is written in the only way.
fn is_reduced(bytes: &[u8; 32]) -> bool {
    let [lowest, middle @ .., highest] = bytes;
    !(*lowest >= 0xed && middle.iter().all(|byte| *byte == 0xff) && highest & 0x7f == 0x7f)
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = typed(self.key.as_bytes());
        write!(f, "{}+{}+{key}", self.name, self.id)
    }
}

impl FromStr for VerifierKey {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let wrong = || DecodeError::word("a verifier key", text);
        let (name, id, key) = parts(text).ok_or_else(wrong)?;
        let key = Self::new(name, &key)?;
        (key.id == id).then_some(key).ok_or_else(wrong)
    }
}

fn typed(key: &[u8; 32]) -> String {
    STANDARD.encode([&[ED25519], key.as_slice()].concat())
}

/// Name, id and key of `name+id+base64(type ‖ key)`. Base 64 has plus signs too, names and ids have none.
fn parts(text: &str) -> Option<(&str, KeyId, [u8; 32])> {
    let (name, rest) = text.split_once('+')?;
    let (id, key) = rest.split_once('+')?;
    let id = lowercase_hex(id)?;
    let bytes = STANDARD.decode(key).ok()?;
    let (ED25519, key) = bytes.split_first().map(|(kind, key)| (*kind, key))? else {
        return None;
    };
    Some((name, KeyId(id), key.try_into().ok()?))
}

/// A key that signs. Its text form is a secret and has to be asked for by name.
#[derive(Clone)]
pub struct SigningKey {
    public: VerifierKey,
    key: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// The key of this name that grows from these 32 random bytes.
    ///
    /// # Errors
    /// The name is none.
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, DecodeError> {
        let key = ed25519_dalek::SigningKey::from_bytes(seed);
        let public = VerifierKey::new(name, key.verifying_key().as_bytes())?;
        Ok(Self { public, key })
    }

    /// What others check its signatures with.
    pub fn verifier(&self) -> &VerifierKey {
        &self.public
    }

    /// The text to keep in secret, the `skey` of C2SP: `PRIVATE+KEY+name+id+base64(type ‖ seed)`.
    pub fn secret_text(&self) -> String {
        let VerifierKey { name, id, .. } = &self.public;
        format!("{SECRET}{name}+{id}+{}", typed(self.key.as_bytes()))
    }

    fn sign(&self, text: &str) -> Signature {
        Signature {
            name: self.public.name.clone(),
            id: self.public.id,
            bytes: self.key.sign(text.as_bytes()).to_bytes().to_vec(),
        }
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}+{})", self.public.name, self.public.id)
    }
}

impl FromStr for SigningKey {
    type Err = DecodeError;

    fn from_str(text: &str) -> Result<Self, DecodeError> {
        let (name, id, seed) = text
            .strip_prefix(SECRET)
            .and_then(parts)
            .ok_or(DecodeError::Secret)?;
        let key = Self::from_seed(name, &seed).map_err(|_| DecodeError::Secret)?;
        (key.public.id == id)
            .then_some(key)
            .ok_or(DecodeError::Secret)
    }
}

/// One line under a note: who says that he signed it, not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    name: Box<str>,
    id: KeyId,
    bytes: Vec<u8>,
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = STANDARD.encode([self.id.0.as_slice(), &self.bytes].concat());
        writeln!(f, "{DASH}{} {bytes}", self.name)
    }
}

/// A text with at least one signature. Nothing it says counts before [`verified_by`](Note::verified_by) has answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    // INVARIANT: 1 to SIGNATURES_MAX.
    signatures: Vec<Signature>,
}

impl Note {
    /// Signs a text.
    ///
    /// # Errors
    /// The text does not end with a line feed, or holds another control character of ASCII.
    pub fn sign(text: &str, key: &SigningKey) -> Result<Self, DecodeError> {
        check_text(text)?;
        Ok(Self {
            text: text.to_owned(),
            signatures: vec![key.sign(text)],
        })
    }

    /// The note with a signature more, as while one key succeeds another.
    #[must_use]
    pub fn also_signed_by(mut self, key: &SigningKey) -> Self {
        self.signatures.push(key.sign(&self.text));
        self
    }

    /// What was signed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Those of the keys that signed the note.
    ///
    /// # Errors
    /// None did, or a signature that names one of them is not its own.
    pub fn verified_by<'a>(
        &self,
        keys: &'a [VerifierKey],
    ) -> Result<Vec<&'a VerifierKey>, Untrusted> {
        let mut signers = Vec::new();
        for key in keys {
            let mut signatures = self
                .signatures
                .iter()
                .filter(|line| key.made(line))
                .peekable();
            if signatures.peek().is_none() {
                continue;
            }
            if !signatures.all(|line| key.verifies(&self.text, line)) {
                let (name, id) = (key.name.to_string(), key.id);
                return Err(Untrusted::Signature { name, id });
            }
            signers.push(key);
        }
        if signers.is_empty() {
            return Err(Untrusted::Unsigned);
        }
        Ok(signers)
    }
}

fn check_text(text: &str) -> Result<(), DecodeError> {
    let number = 1 + text.matches('\n').count();
    if !text.ends_with('\n') {
        return Err(wrong(number, "ended by a line feed"));
    }
    if let Some(place) = text.find(|c: char| c < ' ' && c != '\n') {
        let number = 1 + text[..place].matches('\n').count();
        return Err(wrong(number, "without control characters"));
    }
    Ok(())
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures.iter().try_for_each(|line| line.fmt(f))
    }
}

impl FromStr for Note {
    type Err = DecodeError;

    fn from_str(note: &str) -> Result<Self, DecodeError> {
        if note.len() > BYTES_MAX {
            return Err(wrong(1, "that of a note of at most 256 KiB"));
        }
        check_text(note)?;
        let blank = note
            .rfind("\n\n")
            .ok_or_else(|| wrong(1, "followed by a blank line and signatures"))?;
        let (text, lines) = (&note[..=blank], &note[blank + 2..]);
        let above = 1 + text.matches('\n').count();
        let lines: Vec<_> = lines.split_terminator('\n').collect();
        if lines.is_empty() || lines.len() > SIGNATURES_MAX {
            return Err(wrong(above, "followed by 1 to 32 signatures"));
        }
        let signatures = (above + 1..)
            .zip(lines)
            .map(|(number, line)| parse_signature(line).ok_or_else(|| wrong(number, "a signature")))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            text: text.to_owned(),
            signatures,
        })
    }
}

fn parse_signature(line: &str) -> Option<Signature> {
    let (name, bytes) = line.strip_prefix(DASH)?.split_once(' ')?;
    let bytes = STANDARD.decode(bytes).ok()?;
    let (id, bytes) = bytes.split_first_chunk()?;
    if !is_name(name) || bytes.is_empty() {
        return None;
    }
    Some(Signature {
        name: name.into(),
        id: KeyId(*id),
        bytes: bytes.to_vec(),
    })
}

fn wrong(line: usize, what: &'static str) -> DecodeError {
    DecodeError::Note { line, what }
}

impl Checkpoint {
    /// The checkpoint as a signed note. The name of the key should be the origin: [`Checkpoint::open`] wants it so.
    pub fn sign(&self, key: &SigningKey) -> Note {
        Note::sign(&self.to_string(), key).expect("lines without control characters")
    }

    /// The checkpoint that the note carries, once it is shown to be signed by a trusted key of the register's name.
    ///
    /// # Errors
    /// No trusted key signed it, a signature is wrong, the text is no checkpoint, or of another register than the key.
    pub fn open(note: &Note, keys: &[VerifierKey]) -> Result<Self, Untrusted> {
        let signers = note.verified_by(keys)?;
        let checkpoint: Self = note.text().parse()?;
        if !signers.iter().any(|key| key.name() == checkpoint.origin()) {
            let origin = checkpoint.origin().to_owned();
            return Err(Untrusted::Origin { origin });
        }
        Ok(checkpoint)
    }
}
