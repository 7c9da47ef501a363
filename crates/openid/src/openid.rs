use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthPrompt, CoreAuthenticationFlow, CoreClaimName, CoreClaimType,
    CoreClient, CoreClientAuthMethod, CoreGrantType, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode,
    CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, ClientId, ClientSecret, CsrfToken, IssuerUrl, Nonce,
    PkceCodeChallenge, PkceCodeVerifier, ProviderMetadata, RedirectUrl, Scope,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::Mutex;

use crate::line::{Line, LineError};
use crate::provider::{Misconfigured, Provider, address, check_all};
use crate::why::{NotShown, Why};

/// How long somebody may be away, in seconds.
pub(crate) const AWAY: i64 = 600;

/// How long a discovery document is believed, in seconds.
const DISCOVERED_LASTS: i64 = 3_600;

/// Keys that nobody knows are asked for at most so often, in seconds.
const KEYS_AGAIN: i64 = 60;

/// What a provider says of itself beyond what the library reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct More {
    /// It names itself beside a code (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for More {}

pub(crate) type Metadata = ProviderMetadata<
    More,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

pub(crate) type Client = CoreClient<
    openidconnect::EndpointSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointNotSet,
    openidconnect::EndpointMaybeSet,
    openidconnect::EndpointMaybeSet,
>;

/// A provider with its line and what it last said of itself.
pub(crate) struct Known {
    pub provider: Arc<Provider>,
    issuer: IssuerUrl,
    secret: Option<ClientSecret>,
    line: Line,
    said: Mutex<Option<(i64, Metadata)>>,
}

/// Signing in by the accounts of ministries.
pub struct Openid {
    providers: Vec<Provider>,
    known: BTreeMap<String, Known>,
    redirect: RedirectUrl,
}

/// Without what it keeps: a log must never hold a secret.
impl std::fmt::Debug for Openid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let ids = self.providers.iter().map(|provider| &provider.id);
        f.debug_set().entries(ids).finish()
    }
}

/// Whether somebody has to sign in there now, even if they are signed in already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Login {
    Any,
    /// They prove again who they are.
    Anew,
}

/// The way to an account.
#[derive(Clone, PartialEq, Eq)]
pub struct Begun {
    /// Where to send the browser.
    pub url: String,
    /// Comes back with it; it is within `keep` too, and [`Openid::finish`] compares them.
    pub state: String,
    /// To be kept by the server, bound to the browser, and used once.
    pub keep: String,
}

/// A log must hold neither.
impl std::fmt::Debug for Begun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Begun(…)")
    }
}

/// What is kept while somebody is away.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Keep {
    pub provider: String,
    pub state: String,
    pub nonce: String,
    pub verifier: String,
    /// When it was begun, in seconds.
    pub begun: i64,
    pub anew: bool,
}

/// Somebody whom a provider showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Id of the provider.
    pub provider: String,
    pub issuer: String,
    pub subject: String,
    /// Never by what they are known.
    pub email: Option<String>,
}

impl Shown {
    /// Under which they are known: the same for the same account, and for no other.
    pub fn key(&self) -> String {
        let mut hash = Sha256::new();
        hash.update((self.issuer.len() as u64).to_be_bytes());
        hash.update(self.issuer.as_bytes());
        hash.update(self.subject.as_bytes());
        hex(&hash.finalize())
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Openid {
    /// Over these providers, which send people back to that address.
    ///
    /// # Errors
    /// A configuration that cannot be used; the first fault.
    pub fn new(providers: Vec<Provider>, redirect: &str) -> Result<Self, Misconfigured> {
        check_all(&providers)?;
        let wrong_redirect = || Misconfigured {
            provider: String::new(),
            what: "people are sent back to an address with https, or with http on this machine"
                .to_owned(),
        };
        address(redirect).ok_or_else(wrong_redirect)?;
        let redirect = RedirectUrl::new(redirect.to_owned()).map_err(|_| wrong_redirect())?;
        let mut known = BTreeMap::new();
        for provider in &providers {
            let url = provider.check()?;
            let wrong = |error: &dyn std::fmt::Display| provider.misconfigured(error.to_string());
            let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| wrong(&error))?;
            let secret = secret(provider)?;
            let provider = Arc::new(provider.clone());
            let line = Line::new(Arc::clone(&provider), url)?;
            let said = Mutex::default();
            let id = provider.id.clone();
            known.insert(
                id,
                Known {
                    provider,
                    issuer,
                    secret,
                    line,
                    said,
                },
            );
        }
        Ok(Self {
            providers,
            known,
            redirect,
        })
    }

    pub fn providers(&self) -> &[Provider] {
        &self.providers
    }

    pub(crate) fn known(&self, id: &str) -> Result<&Known, NotShown> {
        self.known.get(id).ok_or(Why::UnknownProvider.into())
    }

    /// Sends somebody to a provider. The random bytes are the caller's, used once; `now` is in seconds.
    ///
    /// # Errors
    /// Nobody knows the provider, or it cannot be reached.
    pub async fn begin(
        &self,
        id: &str,
        random: [u8; 96],
        login: Login,
        now: i64,
    ) -> Result<Begun, NotShown> {
        let known = self.known(id)?;
        let client = known.client(&known.metadata(now).await?, &self.redirect);
        let word = |part: usize| URL_SAFE_NO_PAD.encode(&random[part * 32..part * 32 + 32]);
        let (state, nonce, verifier) = (word(0), word(1), word(2));
        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.clone()));
        let (given_state, given_nonce) = (state.clone(), nonce.clone());
        let mut asked = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(given_state),
                move || Nonce::new(given_nonce),
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge);
        if login == Login::Anew {
            asked = asked
                .add_prompt(CoreAuthPrompt::Login)
                .set_max_age(std::time::Duration::ZERO);
        }
        let (url, _, _) = asked.url();
        let keep = Keep {
            provider: id.to_owned(),
            state: state.clone(),
            nonce,
            verifier,
            begun: now,
            anew: login == Login::Anew,
        };
        let keep = serde_json::to_string(&keep).map_err(|_| NotShown::from(Why::Malformed))?;
        Ok(Begun {
            url: url.to_string(),
            state,
            keep,
        })
    }

    pub(crate) fn client_of(&self, known: &Known, metadata: &Metadata) -> Client {
        known.client(metadata, &self.redirect)
    }
}

impl Known {
    fn client(&self, metadata: &Metadata, redirect: &RedirectUrl) -> Client {
        let id = ClientId::new(self.provider.client_id.clone());
        CoreClient::from_provider_metadata(metadata.clone(), id, self.secret.clone())
            .set_redirect_uri(redirect.clone())
    }

    pub fn line(&self) -> &Line {
        &self.line
    }

    /// What the provider says of itself, asked for again once that is old.
    pub async fn metadata(&self, now: i64) -> Result<Metadata, NotShown> {
        let mut said = self.said.lock().await;
        if let Some((at, metadata)) = &*said
            && (*at..at + DISCOVERED_LASTS).contains(&now)
        {
            return Ok(metadata.clone());
        }
        let metadata = self.discover().await?;
        *said = Some((now, metadata.clone()));
        Ok(metadata)
    }

    /// The same after its keys may have changed; nothing where it was asked a moment ago.
    pub async fn metadata_again(&self, now: i64) -> Option<Metadata> {
        let mut said = self.said.lock().await;
        if let Some((at, _)) = &*said
            && (*at..at + KEYS_AGAIN).contains(&now)
        {
            return None;
        }
        let metadata = self.discover().await.ok()?;
        *said = Some((now, metadata.clone()));
        Some(metadata)
    }

    async fn discover(&self) -> Result<Metadata, NotShown> {
        let found = Metadata::discover_async(self.issuer.clone(), &self.line).await;
        let found = found.map_err(|error| {
            let words = told(&error);
            let provider = &self.provider.id;
            tracing::warn!(
                provider,
                error = words,
                "a provider does not say what it is"
            );
            NotShown::Unavailable
        })?;
        // Browsers are sent there: over TLS, or on this machine.
        let there = found.authorization_endpoint().url();
        if address(there.as_str()).is_none() {
            return Err(NotShown::Unavailable);
        }
        Ok(found)
    }
}

/// What went wrong on the line, in our own words: nothing that the other side said.
fn told(error: &openidconnect::DiscoveryError<LineError>) -> String {
    use openidconnect::DiscoveryError;
    match error {
        DiscoveryError::Request(error) => error.to_string(),
        DiscoveryError::Validation(_) => "it is another issuer than was asked".to_owned(),
        DiscoveryError::Response(status, _, _) => format!("it answered with status {status}"),
        _ => "its discovery document or its keys cannot be read".to_owned(),
    }
}

fn secret(provider: &Provider) -> Result<Option<ClientSecret>, Misconfigured> {
    let Some(file) = &provider.secret_file else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(file).map_err(|error| {
        let file = file.display();
        provider.misconfigured(format!("`secret_file` {file} cannot be read: {error}"))
    })?;
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(provider.misconfigured("`secret_file` is empty"));
    }
    Ok(Some(ClientSecret::new(text.to_owned())))
}
