//! The line to a provider: TLS that is verified, no redirects, no foreign hosts, no long answers, no long waits.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::Url;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::Provider;
use crate::provider::{Misconfigured, address};

/// The longest answer that is read.
const ANSWER_BYTES: usize = 256 * 1024;

const CONNECT: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(10);

/// A line to one provider.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    client: reqwest::Client,
    provider: Arc<Provider>,
    issuer: Url,
}

/// Why nothing came over the line. What the other side said is not repeated.
#[derive(Debug, thiserror::Error)]
pub(crate) enum LineError {
    /// The discovery document names a host that the configuration does not.
    #[error(
        "the provider names an endpoint at another host: add it to `hosts` if it is the provider's"
    )]
    ForeignHost,
    #[error("the provider answered with more than {ANSWER_BYTES} bytes")]
    TooLong,
    #[error("the provider cannot be reached")]
    Unreached(#[source] reqwest::Error),
    #[error("the request could not be made")]
    Request,
}

impl Line {
    pub fn new(provider: Arc<Provider>, issuer: Url) -> Result<Self, Misconfigured> {
        let tls = tls(&provider)?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(WHOLE)
            .build()
            .map_err(|error| provider.misconfigured(error.to_string()))?;
        Ok(Self {
            client,
            provider,
            issuer,
        })
    }

    /// Sends a request, if it goes where it may.
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, LineError> {
        let to = address(&request.uri().to_string()).ok_or(LineError::ForeignHost)?;
        let host = to.host_str().unwrap_or_default();
        if !self.provider.is_at(&self.issuer, host) {
            return Err(LineError::ForeignHost);
        }
        let (parts, body) = request.into_parts();
        let request = self
            .client
            .request(parts.method, to)
            .headers(parts.headers)
            .body(body);
        let mut answer = request.send().await.map_err(LineError::Unreached)?;
        let mut told = openidconnect::http::Response::builder().status(answer.status());
        if let Some(headers) = told.headers_mut() {
            headers.clone_from(answer.headers());
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(LineError::Unreached)? {
            if bytes.len() + chunk.len() > ANSWER_BYTES {
                return Err(LineError::TooLong);
            }
            bytes.extend_from_slice(&chunk);
        }
        told.body(bytes).map_err(|_| LineError::Request)
    }
}

impl<'c> AsyncHttpClient<'c> for Line {
    type Error = LineError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, LineError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.send(request))
    }
}

fn tls(provider: &Provider) -> Result<rustls::ClientConfig, Misconfigured> {
    let mut roots = rustls::RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    if let Some(file) = &provider.ca_file {
        let unread = |error: String| {
            provider.misconfigured(format!(
                "`ca_file` {} cannot be read: {error}",
                file.display()
            ))
        };
        let found =
            CertificateDer::pem_file_iter(file).map_err(|error| unread(error.to_string()))?;
        let before = roots.len();
        for certificate in found {
            let certificate = certificate.map_err(|error| unread(error.to_string()))?;
            roots
                .add(certificate)
                .map_err(|error| unread(error.to_string()))?;
        }
        if roots.len() == before {
            return Err(unread("it holds no certificate".to_owned()));
        }
    }
    let crypto = Arc::new(rustls::crypto::ring::default_provider());
    let versions = rustls::ClientConfig::builder_with_provider(crypto)
        .with_safe_default_protocol_versions()
        .map_err(|error| provider.misconfigured(error.to_string()))?;
    Ok(versions.with_root_certificates(roots).with_no_client_auth())
}
