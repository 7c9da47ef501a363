use chrono::{DateTime, Utc};
use openidconnect::core::{CoreIdTokenVerifier, CoreJwsSigningAlgorithm, CoreTokenResponse};
use openidconnect::{
    AuthorizationCode, ClaimsVerificationError, Nonce, PkceCodeVerifier, RequestTokenError,
    SignatureVerificationError, TokenResponse,
};

use crate::line::LineError;
use crate::openid::{AWAY, Client, Keep, Known};
use crate::why::{NotShown, Why};
use crate::{Openid, Shown};

/// Clocks may differ by so much, in seconds.
const LEEWAY: i64 = 60;

/// A token older than this was made for another occasion, in seconds.
const FRESH: i64 = 600;

/// The longest subject (OpenID Connect Core, 2).
const SUBJECT_LONGEST: usize = 255;

/// What providers may sign with: a key that only they have.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
];

impl Openid {
    /// Takes in whoever comes back: what was kept, what the browser brought beside it, and the instant in seconds. What was
    /// kept must not be used again by the caller, whatever comes of it.
    ///
    /// # Errors
    /// Nobody was shown, and why.
    pub async fn finish(
        &self,
        keep: &str,
        state: &str,
        code: &str,
        issuer: Option<&str>,
        now: i64,
    ) -> Result<Shown, NotShown> {
        let keep: Keep = serde_json::from_str(keep).map_err(|_| NotShown::from(Why::Malformed))?;
        if !same(keep.state.as_bytes(), state.as_bytes()) {
            return Err(Why::WrongState.into());
        }
        if !(keep.begun..keep.begun + AWAY).contains(&now) {
            return Err(Why::TooLate.into());
        }
        let known = self.known(&keep.provider)?;
        let metadata = known.metadata(now).await?;
        // Of several providers, a code goes back to the one that gave it (RFC 9207).
        let named = metadata
            .additional_metadata()
            .authorization_response_iss_parameter_supported;
        match issuer {
            Some(issuer) if issuer != known.provider.issuer => return Err(Why::WrongIssuer.into()),
            None if named => return Err(Why::WrongIssuer.into()),
            Some(_) | None => {}
        }
        let client = self.client_of(known, &metadata);
        let answer = exchange(known, &client, &keep, code).await?;
        let first = shown(&client, known, &answer, &keep, now);
        if first != Err(Why::BadSignature) {
            return first.map_err(Into::into);
        }
        // The provider may have changed its keys.
        let Some(metadata) = known.metadata_again(now).await else {
            return Err(Why::BadSignature.into());
        };
        let client = self.client_of(known, &metadata);
        shown(&client, known, &answer, &keep, now).map_err(Into::into)
    }
}

/// Whether both are the same, in a time that says nothing of where they differ.
fn same(left: &[u8], right: &[u8]) -> bool {
    let differ = left
        .iter()
        .zip(right)
        .fold(0, |sum, (left, right)| sum | (left ^ right));
    left.len() == right.len() && differ == 0
}

async fn exchange(
    known: &Known,
    client: &Client,
    keep: &Keep,
    code: &str,
) -> Result<CoreTokenResponse, NotShown> {
    let asked = client.exchange_code(AuthorizationCode::new(code.to_owned()));
    let asked = asked.map_err(|_| NotShown::Unavailable)?;
    let answer = asked
        .set_pkce_verifier(PkceCodeVerifier::new(keep.verifier.clone()))
        .request_async(known.line())
        .await;
    answer.map_err(|error| match error {
        RequestTokenError::ServerResponse(_) => Why::CodeRefused.into(),
        RequestTokenError::Request(error) => {
            let provider = &known.provider.id;
            let error: &LineError = &error;
            tracing::warn!(provider, %error, "a provider gives no token");
            NotShown::Unavailable
        }
        RequestTokenError::Parse(..) | RequestTokenError::Other(_) => NotShown::Unavailable,
    })
}

fn shown(
    client: &Client,
    known: &Known,
    answer: &CoreTokenResponse,
    keep: &Keep,
    now: i64,
) -> Result<Shown, Why> {
    let token = answer.id_token().ok_or(Why::NoToken)?;
    let verifier = timely(client.id_token_verifier(), keep, now)
        .set_allowed_algs(ALGORITHMS)
        .set_other_audience_verifier_fn(|_| false);
    let nonce = Nonce::new(keep.nonce.clone());
    let claims = token
        .claims(&verifier, &nonce)
        .map_err(|error| why(&error))?;
    let subject = claims.subject().as_str();
    if subject.is_empty() || subject.len() > SUBJECT_LONGEST || !subject.is_ascii() {
        return Err(Why::BadSubject);
    }
    Ok(Shown {
        provider: known.provider.id.clone(),
        issuer: known.provider.issuer.clone(),
        subject: subject.to_owned(),
        email: claims.email().map(|email| email.as_str().to_owned()),
    })
}

/// The verifier by the caller's clock.
fn timely<'a>(verifier: CoreIdTokenVerifier<'a>, keep: &Keep, now: i64) -> CoreIdTokenVerifier<'a> {
    let (anew, begun) = (keep.anew, keep.begun);
    verifier
        .set_time_fn(move || {
            DateTime::<Utc>::from_timestamp(now, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
        })
        .set_issue_time_verifier_fn(move |at| {
            let at = at.timestamp();
            if (now - FRESH..=now + LEEWAY).contains(&at) {
                Ok(())
            } else {
                Err(TIME.to_owned())
            }
        })
        .set_auth_time_verifier_fn(move |at| {
            let since = at.is_some_and(|at| at.timestamp() >= begun - LEEWAY);
            if !anew || since {
                Ok(())
            } else {
                Err("not anew".to_owned())
            }
        })
}

const TIME: &str = "not made now";

fn why(error: &ClaimsVerificationError) -> Why {
    match error {
        ClaimsVerificationError::Expired(_) => Why::WrongTime,
        ClaimsVerificationError::InvalidAudience(_) => Why::WrongAudience,
        ClaimsVerificationError::InvalidAuthTime(_) => Why::NotAnew,
        ClaimsVerificationError::InvalidIssuer(_) => Why::WrongIssuer,
        ClaimsVerificationError::InvalidNonce(_) => Why::WrongNonce,
        ClaimsVerificationError::InvalidSubject(_) => Why::BadSubject,
        ClaimsVerificationError::SignatureVerification(
            SignatureVerificationError::NoSignature
            | SignatureVerificationError::DisallowedAlg(_)
            | _,
        ) => Why::BadSignature,
        _ => Why::WrongTime,
    }
}
