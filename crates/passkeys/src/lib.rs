//! Passkeys: the ceremonies of WebAuthn, so that no other crate builds with its cryptography.
//!
//! A ceremony has two halves, which may be on different nodes: what the first leaves is a text that the second is given. It
//! must not know who the people are, nor where anything is kept.
//!
//! Start with [`Passkeys`].

use serde_json::{Value, json};
use webauthn_rs::prelude::{
    DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Url, Uuid, WebauthnError,
};
use webauthn_rs::{Webauthn, WebauthnBuilder};

/// The ceremonies for one site.
#[derive(Debug)]
pub struct Passkeys {
    webauthn: Webauthn,
}

/// The first half of a ceremony.
#[derive(Clone, PartialEq, Eq)]
pub struct Begun {
    /// What the browser is asked with, as JSON.
    pub options: String,
    /// What the second half needs; for nobody's eyes.
    pub state: String,
}

/// A passkey that was made.
#[derive(Clone, PartialEq, Eq)]
pub struct Made {
    /// Its id, by which it is found.
    pub id: String,
    /// What is kept of it: its public key.
    pub body: String,
}

/// Why a ceremony came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address of the site cannot have passkeys.
    #[error("`{address}` cannot have passkeys: they need a host name, over TLS or on this machine")]
    Address { address: String },
    /// What came is not what a browser sends.
    #[error("what came is no answer of a browser")]
    Malformed(#[source] serde_json::Error),
    /// The answer does not hold.
    #[error("the passkey does not hold")]
    Refused(#[source] WebauthnError),
}

impl Passkeys {
    /// The ceremonies for a site at an address, such as `https://conference.example`, with the name under which browsers show it.
    ///
    /// # Errors
    /// An address without a host name, or neither over TLS nor on this machine.
    pub fn new(address: &str, name: &str) -> Result<Self, Error> {
        let unfit = || Error::Address {
            address: address.to_owned(),
        };
        let url = Url::parse(address).map_err(|_| unfit())?;
        let host = url.domain().ok_or_else(unfit)?.to_owned();
        if url.scheme() != "https" && host != "localhost" {
            return Err(unfit());
        }
        let builder = WebauthnBuilder::new(&host, &url).map_err(|_| unfit())?;
        let webauthn = builder.rp_name(name).build().map_err(|_| unfit())?;
        Ok(Self { webauthn })
    }

    /// Asks for a new passkey for somebody. `handle` stands for the person on their device; `held` are the passkeys that they
    /// have already.
    ///
    /// # Errors
    /// Something that is held is no passkey.
    pub fn begin_making(
        &self,
        handle: [u8; 16],
        name: &str,
        held: &[String],
    ) -> Result<Begun, Error> {
        let held = held.iter().map(|body| read::<Passkey>(body));
        let held = held.collect::<Result<Vec<_>, _>>()?;
        let ids = held
            .iter()
            .map(|passkey| passkey.cred_id().clone())
            .collect();
        let (options, state) = self
            .webauthn
            .start_passkey_registration(Uuid::from_bytes(handle), name, name, Some(ids))
            .map_err(Error::Refused)?;
        let mut options = serde_json::to_value(options).map_err(Error::Malformed)?;
        // Signing in asks for no name: the device has to know the passkey by itself.
        if let Some(selection) = options["publicKey"]["authenticatorSelection"].as_object_mut() {
            selection.insert("residentKey".to_owned(), json!("required"));
            selection.insert("requireResidentKey".to_owned(), json!(true));
        }
        begun(
            &options,
            &serde_json::to_string(&state).map_err(Error::Malformed)?,
        )
    }

    /// Takes a new passkey up.
    ///
    /// # Errors
    /// The answer is not one to this question.
    pub fn finish_making(&self, state: &str, answer: &str) -> Result<Made, Error> {
        let state: PasskeyRegistration = read(state)?;
        let answer: RegisterPublicKeyCredential = read(answer)?;
        let passkey = self
            .webauthn
            .finish_passkey_registration(&answer, &state)
            .map_err(Error::Refused)?;
        Ok(Made {
            id: answer.id.clone(),
            body: serde_json::to_string(&passkey).map_err(Error::Malformed)?,
        })
    }

    /// Asks whoever is there to show a passkey of theirs.
    ///
    /// # Errors
    /// None that can be foreseen.
    pub fn begin_showing(&self) -> Result<Begun, Error> {
        let (options, state) = self
            .webauthn
            .start_discoverable_authentication()
            .map_err(Error::Refused)?;
        let mut options = serde_json::to_value(options).map_err(Error::Malformed)?;
        if let Some(options) = options.as_object_mut() {
            options.remove("mediation");
        }
        begun(
            &options,
            &serde_json::to_string(&state).map_err(Error::Malformed)?,
        )
    }

    /// The id of the passkey that an answer is about.
    ///
    /// # Errors
    /// What came is no answer of a browser.
    pub fn shown(&self, answer: &str) -> Result<String, Error> {
        let answer: PublicKeyCredential = read(answer)?;
        Ok(answer.id)
    }

    /// Whether the answer was made with this passkey. Gives what is to be kept of it from now on.
    ///
    /// # Errors
    /// The answer is not one to this question, or not by this passkey.
    pub fn finish_showing(&self, state: &str, answer: &str, body: &str) -> Result<String, Error> {
        let state: DiscoverableAuthentication = read(state)?;
        let answer: PublicKeyCredential = read(answer)?;
        let mut passkey: Passkey = read(body)?;
        let shown = self
            .webauthn
            .finish_discoverable_authentication_v2(&answer, state, &passkey)
            .map_err(Error::Refused)?;
        passkey.update_credential(&shown);
        serde_json::to_string(&passkey).map_err(Error::Malformed)
    }
}

fn begun(options: &Value, state: &str) -> Result<Begun, Error> {
    Ok(Begun {
        options: options.to_string(),
        state: state.to_owned(),
    })
}

fn read<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(Error::Malformed)
}

/// Without what it holds: a log must never have it.
macro_rules! closed {
    ($($name:ident)+) => {$(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )+};
}

closed!(Begun Made);
