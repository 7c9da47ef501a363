//! A provider that says what it should not: each fault is told apart, and none shows anybody.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod walker;

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use comity_openid::{Login, NotShown, Openid, Why};
use openidconnect::core::{CoreHmacKey, CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use serde_json::{Value, json};
use walker::{REDIRECT, configured, random};

const NOW: i64 = 1_800_000_000;
const KEY: &str = include_str!("keys/of-the-provider.pem");
const NOBODYS: &str = include_str!("keys/of-nobody.pem");

/// How a token is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Signed {
    Rightly,
    ByNobodysKey,
    Not,
    /// With what both sides know.
    BySecret,
}

/// What the provider answers, made from what a good one would.
type Change = Box<dyn Fn(&mut Value) + Send>;

struct Says {
    discovery: Change,
    claims: Change,
    signed: Signed,
    /// Answers of the endpoint of tokens in the place of a token: status, a header, body.
    token: Option<(u16, &'static str, String)>,
    slow: bool,
    /// Paths that were asked for.
    asked: Vec<String>,
}

struct Hostile {
    issuer: String,
    says: Arc<Mutex<Says>>,
}

fn key(pem: &str) -> CoreRsaPrivateSigningKey {
    CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new("one".into()))).unwrap()
}

fn token(claims: &Value, signed: Signed) -> String {
    let alg = match signed {
        Signed::Rightly | Signed::ByNobodysKey => "RS256",
        Signed::Not => "none",
        Signed::BySecret => "HS256",
    };
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let text = format!(
        "{}.{}",
        part(&json!({"alg": alg, "kid": "one"})),
        part(claims)
    );
    let rsa = CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256;
    let signature = match signed {
        Signed::Rightly => key(KEY).sign(&rsa, text.as_bytes()).unwrap(),
        Signed::ByNobodysKey => key(NOBODYS).sign(&rsa, text.as_bytes()).unwrap(),
        Signed::Not => Vec::new(),
        Signed::BySecret => CoreHmacKey::new("a-secret-of-tests-that-is-long-enough")
            .sign(&CoreJwsSigningAlgorithm::HmacSha256, text.as_bytes())
            .unwrap(),
    };
    format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature))
}

impl Hostile {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let says = Arc::new(Mutex::new(Says {
            discovery: Box::new(|_| {}),
            claims: Box::new(|_| {}),
            signed: Signed::Rightly,
            token: None,
            slow: false,
            asked: Vec::new(),
        }));
        let (shared, own) = (Arc::clone(&says), issuer.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut request = vec![0; 16 * 1024];
                let length = stream.read(&mut request).unwrap();
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                if shared.lock().unwrap().slow {
                    std::thread::sleep(Duration::from_secs(12));
                }
                let (status, header, body) = answer(&shared, &own, &path);
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nConnection: close\r\n{header}Content-Length: {}\r\n\r\n{body}",
                    body.len()
                );
            }
        });
        Self { issuer, says }
    }

    fn says(&self, change: impl FnOnce(&mut Says)) {
        change(&mut self.says.lock().unwrap());
    }

    /// One whole sign-in, with what the browser does left out.
    async fn sign_in(&self, login: Login) -> Result<String, NotShown> {
        let openid = Openid::new(vec![configured(&self.issuer, "conference")], REDIRECT).unwrap();
        let begun = openid.begin("ministry", random(9), login, NOW).await?;
        let nonce: Value = serde_json::from_str(&begun.keep).unwrap();
        let nonce = nonce["nonce"].as_str().unwrap().to_owned();
        self.says(|says| {
            let before = std::mem::replace(&mut says.claims, Box::new(|_| {}));
            says.claims = Box::new(move |claims| {
                claims["nonce"] = json!(nonce);
                before(claims);
            });
        });
        let done = openid
            .finish(&begun.keep, &begun.state, "code", None, NOW + 5)
            .await;
        done.map(|shown| shown.subject)
    }
}

fn answer(says: &Mutex<Says>, issuer: &str, path: &str) -> (u16, String, String) {
    let mut says = says.lock().unwrap();
    says.asked.push(path.to_owned());
    match path {
        "/.well-known/openid-configuration" => {
            let mut value = json!({
                "issuer": issuer,
                "authorization_endpoint": format!("{issuer}/auth"),
                "token_endpoint": format!("{issuer}/token"),
                "jwks_uri": format!("{issuer}/jwks"),
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            });
            (says.discovery)(&mut value);
            (200, String::new(), value.to_string())
        }
        "/jwks" => {
            let public = key(KEY).as_verification_key();
            (200, String::new(), json!({"keys": [public]}).to_string())
        }
        "/token" => {
            if let Some((status, header, body)) = &says.token {
                return (*status, (*header).to_owned(), body.clone());
            }
            let mut claims = json!({"iss": issuer, "aud": "conference", "sub": "ana", "iat": NOW, "exp": NOW + 300});
            (says.claims)(&mut claims);
            let id_token = token(&claims, says.signed);
            let value = json!({"access_token": "a", "token_type": "Bearer", "id_token": id_token});
            (200, String::new(), value.to_string())
        }
        _ => (404, String::new(), "{}".to_owned()),
    }
}

#[tokio::test]
async fn a_good_one_shows_who_came() {
    let provider = Hostile::start();
    assert_eq!(provider.sign_in(Login::Any).await, Ok("ana".to_owned()));
}

#[tokio::test]
async fn a_token_that_is_not_for_this_sign_in_shows_nobody() {
    let cases: Vec<(&str, Change, Login, Why)> = vec![
        (
            "nonce",
            Box::new(|claims| claims["nonce"] = json!("another")),
            Login::Any,
            Why::WrongNonce,
        ),
        (
            "no nonce",
            Box::new(|claims| {
                claims.as_object_mut().unwrap().remove("nonce");
            }),
            Login::Any,
            Why::WrongNonce,
        ),
        (
            "audience",
            Box::new(|claims| claims["aud"] = json!("another")),
            Login::Any,
            Why::WrongAudience,
        ),
        (
            "two audiences",
            Box::new(|claims| claims["aud"] = json!(["conference", "another"])),
            Login::Any,
            Why::WrongAudience,
        ),
        (
            "issuer",
            Box::new(|claims| claims["iss"] = json!("http://127.0.0.1:1")),
            Login::Any,
            Why::WrongIssuer,
        ),
        (
            "expired",
            Box::new(|claims| claims["exp"] = json!(NOW + 4)),
            Login::Any,
            Why::WrongTime,
        ),
        (
            "made long ago",
            Box::new(|claims| claims["iat"] = json!(NOW - 700)),
            Login::Any,
            Why::WrongTime,
        ),
        (
            "made tomorrow",
            Box::new(|claims| claims["iat"] = json!(NOW + 86_400)),
            Login::Any,
            Why::WrongTime,
        ),
        (
            "nobody",
            Box::new(|claims| claims["sub"] = json!("")),
            Login::Any,
            Why::BadSubject,
        ),
        (
            "long subject",
            Box::new(|claims| claims["sub"] = json!("a".repeat(256))),
            Login::Any,
            Why::BadSubject,
        ),
        (
            "no instant of signing in",
            Box::new(|_| {}),
            Login::Anew,
            Why::NotAnew,
        ),
        (
            "signed in before",
            Box::new(|claims| claims["auth_time"] = json!(NOW - 61)),
            Login::Anew,
            Why::NotAnew,
        ),
    ];
    for (what, change, login, why) in cases {
        let provider = Hostile::start();
        provider.says(|says| says.claims = change);
        assert_eq!(
            provider.sign_in(login).await,
            Err(NotShown::Refused(why)),
            "{what}"
        );
    }
    for (what, change, login) in [
        (
            "a second left",
            Box::new(|claims: &mut Value| claims["exp"] = json!(NOW + 6)) as Change,
            Login::Any,
        ),
        (
            "a long subject",
            Box::new(|claims: &mut Value| claims["sub"] = json!("a".repeat(255))),
            Login::Any,
        ),
        (
            "signed in now",
            Box::new(|claims: &mut Value| claims["auth_time"] = json!(NOW)),
            Login::Anew,
        ),
    ] {
        let provider = Hostile::start();
        provider.says(|says| says.claims = change);
        assert!(provider.sign_in(login).await.is_ok(), "{what}");
    }
}

#[tokio::test]
async fn a_token_that_its_keys_did_not_sign_shows_nobody() {
    for signed in [Signed::ByNobodysKey, Signed::Not, Signed::BySecret] {
        let provider = Hostile::start();
        provider.says(|says| says.signed = signed);
        let done = provider.sign_in(Login::Any).await;
        assert_eq!(
            done,
            Err(NotShown::Refused(Why::BadSignature)),
            "{signed:?}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_no_token_shows_nobody() {
    let refused = |why| Err(NotShown::Refused(why));
    let cases = [
        (
            400,
            "",
            r#"{"error":"invalid_grant"}"#.to_owned(),
            refused(Why::CodeRefused),
        ),
        (
            200,
            "",
            r#"{"access_token":"a","token_type":"Bearer"}"#.to_owned(),
            refused(Why::NoToken),
        ),
        (
            302,
            "Location: /elsewhere\r\n",
            String::new(),
            Err(NotShown::Unavailable),
        ),
        (
            200,
            "",
            "x".repeat(256 * 1024 + 1),
            Err(NotShown::Unavailable),
        ),
        (200, "", "<html>".to_owned(), Err(NotShown::Unavailable)),
        (500, "", String::new(), Err(NotShown::Unavailable)),
    ];
    for (status, header, body, expected) in cases {
        let provider = Hostile::start();
        provider.says(|says| says.token = Some((status, header, body)));
        assert_eq!(provider.sign_in(Login::Any).await, expected, "{status}");
        let asked = provider.says.lock().unwrap().asked.clone();
        assert!(
            !asked.contains(&"/elsewhere".to_owned()),
            "a redirect was followed"
        );
    }
}

#[tokio::test]
async fn a_discovery_document_leads_nowhere_else() {
    let cases: [(&str, Change); 5] = [
        (
            "issuer",
            Box::new(|value| value["issuer"] = json!("http://127.0.0.1:1")),
        ),
        (
            "keys",
            Box::new(|value| value["jwks_uri"] = json!("http://169.254.169.254/latest")),
        ),
        (
            "keys by a name",
            Box::new(|value| value["jwks_uri"] = json!("https://inside.example/jwks")),
        ),
        (
            "browser",
            Box::new(|value| value["authorization_endpoint"] = json!("javascript:alert(1)")),
        ),
        ("nothing", Box::new(|value| *value = json!({}))),
    ];
    for (what, change) in cases {
        let provider = Hostile::start();
        provider.says(|says| says.discovery = change);
        assert_eq!(
            provider.sign_in(Login::Any).await,
            Err(NotShown::Unavailable),
            "{what}"
        );
    }
    // The endpoint of tokens is asked last, and not elsewhere either.
    let provider = Hostile::start();
    provider.says(|says| {
        says.discovery =
            Box::new(|value| value["token_endpoint"] = json!("https://inside.example/token"));
    });
    assert_eq!(
        provider.sign_in(Login::Any).await,
        Err(NotShown::Unavailable)
    );
}

#[tokio::test]
async fn one_that_does_not_answer_is_waited_for_ten_seconds() {
    let provider = Hostile::start();
    provider.says(|says| says.slow = true);
    let done = tokio::time::timeout(Duration::from_secs(11), provider.sign_in(Login::Any)).await;
    assert_eq!(done.unwrap(), Err(NotShown::Unavailable));
}
