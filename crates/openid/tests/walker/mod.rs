//! A browser's part in a sign-in, and the real provider that it walks through.

#![allow(
    dead_code,
    clippy::allow_attributes,
    reason = "each test uses what it needs of it"
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use comity_openid::Provider;

/// Nothing listens there: the browser's part ends before it.
pub const REDIRECT: &str = "http://127.0.0.1:9/en/ministries";

/// The secret of the client in `tests/openid/provider.mjs`.
const SECRET: &str = "a-secret-of-tests-that-is-long-enough\n";

pub fn now() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "the provider of the tests has the clock of the machine"
    )]
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

pub fn random(seed: u8) -> [u8; 96] {
    std::array::from_fn(|place| {
        seed.wrapping_mul(31)
            .wrapping_add(u8::try_from(place).unwrap())
    })
}

/// The provider as a site has it in its configuration.
pub fn configured(issuer: &str, client: &str) -> Provider {
    static WRITTEN: OnceLock<PathBuf> = OnceLock::new();
    let secret = WRITTEN.get_or_init(|| {
        let file = std::env::temp_dir().join(format!("conference-openid-{}", std::process::id()));
        std::fs::write(&file, SECRET).unwrap();
        file
    });
    Provider {
        id: "ministry".into(),
        name_es: "Cancillería".into(),
        name_en: "Foreign Ministry".into(),
        issuer: issuer.into(),
        client_id: client.into(),
        secret_file: (client == "conference").then(|| secret.clone()),
        parties: vec!["honduras".into()],
        hosts: Vec::new(),
        ca_file: None,
    }
}

/// A provider that runs until it is dropped.
pub struct Real {
    child: Child,
    /// Kept open: it says more than its address.
    _says: BufReader<ChildStdout>,
    pub issuer: String,
}

/// What a browser brings back.
#[derive(Debug)]
pub struct Brought {
    pub code: String,
    pub state: String,
    pub issuer: Option<String>,
}

impl Real {
    /// Nothing where no provider is set up.
    pub fn start() -> Option<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "a test is told where its server is"
        )]
        let folder = std::env::var_os("COMITY_TEST_OPENID").map(PathBuf::from);
        let Some(folder) = folder else {
            println!("left out: no provider is set up; ./check does it");
            return None;
        };
        let mut child = Command::new(folder.join("node_modules/.bin/node"))
            .arg(folder.join("provider.mjs"))
            .arg(REDIRECT)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = child.stdout.take().unwrap();
        let mut says = BufReader::new(out);
        says.read_line(&mut line).unwrap();
        Some(Self {
            child,
            _says: says,
            issuer: line.trim().to_owned(),
        })
    }

    /// Goes where the provider leads, until it leads back.
    pub async fn walk(&self, url: &str) -> Brought {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        let mut cookies: BTreeMap<String, String> = BTreeMap::new();
        let mut url: reqwest::Url = url.parse().unwrap();
        for _ in 0..12 {
            let kept: Vec<String> = cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let asked = client.get(url.clone()).header("cookie", kept.join("; "));
            let answer = asked.send().await.unwrap();
            for cookie in answer.headers().get_all("set-cookie") {
                let cookie = cookie.to_str().unwrap().split(';').next().unwrap();
                let (name, value) = cookie.split_once('=').unwrap();
                cookies.insert(name.to_owned(), value.to_owned());
            }
            let Some(to) = answer.headers().get("location") else {
                panic!(
                    "{url}: {} {}",
                    answer.status(),
                    answer.text().await.unwrap()
                );
            };
            url = url.join(to.to_str().unwrap()).unwrap();
            if url.as_str().starts_with(REDIRECT) {
                let found: BTreeMap<String, String> = url.query_pairs().into_owned().collect();
                return Brought {
                    code: found.get("code").cloned().unwrap_or_default(),
                    state: found.get("state").cloned().unwrap_or_default(),
                    issuer: found.get("iss").cloned(),
                };
            }
        }
        panic!("it leads nowhere: {url}");
    }
}

impl Drop for Real {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
