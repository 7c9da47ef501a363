use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Where a store of files speaks S3, and as whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct S3Setting {
    /// `https://host[:port]`; on this machine `http` will do.
    pub endpoint: String,
    pub bucket: String,
    /// What every key begins with, so that a bucket may hold other things as well. It may be empty.
    pub prefix: String,
    /// As the signature needs it. Many servers take `us-east-1` from everybody.
    pub region: String,
    /// The public half of the key.
    pub key_id: String,
    /// The file that holds the secret half, and nothing else.
    pub secret: PathBuf,
    pub addressing: Addressing,
    /// The file of an authority of one's own, in addition to those that the system trusts.
    pub authority: Option<PathBuf>,
    pub patience: Patience,
}

/// Where in an address the bucket stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Addressing {
    /// `https://host/bucket/key`: what servers of one's own understand.
    Path,
    /// `https://bucket.host/key`, as Amazon has it.
    Host,
}

/// How long a server may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Until there is a connection.
    pub connect: Duration,
    /// For one attempt.
    pub attempt: Duration,
    /// For everything that is asked in one call, attempts and pauses together. A check is three calls.
    pub whole: Duration,
    /// How many more attempts there are after the first.
    pub retries: usize,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            attempt: Duration::from_secs(30),
            whole: Duration::from_secs(90),
            retries: 3,
        }
    }
}

/// What is wrong with a setting, found before anything is sent.
#[derive(Debug, thiserror::Error)]
pub enum SettingWrong {
    #[error(
        "a store of files is `https://host[:port]`, or `http://127.0.0.1:port` on this machine"
    )]
    Endpoint,
    #[error("without TLS only a store on this machine is spoken to")]
    NotHere,
    #[error("`{name}` is no name of a bucket")]
    Bucket { name: String },
    #[error("a prefix is made of letters, digits, `-`, `_`, `.` and single `/` between them")]
    Prefix,
    #[error("a store of files needs a region and the id of a key")]
    Missing,
    #[error("`{path}` holds no secret: it is to be one line")]
    NoSecret { path: String },
    #[error(
        "`{path}` holds no certificate: it is to be a text that begins `-----BEGIN CERTIFICATE-----`"
    )]
    NoCertificate { path: String },
    #[error("`{path}` cannot be read")]
    File {
        path: String,
        #[source]
        source: std::io::Error,
    },
    /// Without its source: that one repeats the setting.
    #[error("the store of files cannot be set up: {why}")]
    Client { why: String },
}

impl S3Setting {
    /// What can be seen to be wrong without asking a server.
    pub(crate) fn look_over(&self) -> Result<(), SettingWrong> {
        self.endpoint_in_order()?;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c);
        let length = (3..=63).contains(&self.bucket.len());
        if !length || !self.bucket.chars().all(plain) || self.bucket.contains("..") {
            let name = self.bucket.chars().take(63).collect();
            return Err(SettingWrong::Bucket { name });
        }
        let step = |step: &str| {
            let plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
            !step.is_empty() && step.chars().all(plain) && step != "." && step != ".."
        };
        if !self.prefix.is_empty() && !self.prefix.split('/').all(step) {
            return Err(SettingWrong::Prefix);
        }
        let named = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic());
        if !named(&self.region) || !named(&self.key_id) {
            return Err(SettingWrong::Missing);
        }
        Ok(())
    }

    fn endpoint_in_order(&self) -> Result<(), SettingWrong> {
        let Some((scheme, rest)) = self.endpoint.split_once("://") else {
            return Err(SettingWrong::Endpoint);
        };
        let (host, port) = match rest.rsplit_once(':') {
            // The colons within the brackets are an address's own.
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (rest, None),
        };
        let inner = host.strip_prefix('[').and_then(|h| h.strip_suffix(']'));
        let plain = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
        let host_in_order = match inner {
            Some(inner) => inner.parse::<std::net::Ipv6Addr>().is_ok(),
            None => !host.is_empty() && host.chars().all(plain),
        };
        if !host_in_order || port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err(SettingWrong::Endpoint);
        }
        let address = inner.unwrap_or(host).parse();
        let here = host == "localhost" || address.is_ok_and(|ip: IpAddr| ip.is_loopback());
        match scheme {
            "https" => Ok(()),
            "http" if here => Ok(()),
            "http" => Err(SettingWrong::NotHere),
            _ => Err(SettingWrong::Endpoint),
        }
    }

    /// The secret half of the key: the one line of its file.
    pub(crate) fn read_secret(&self) -> Result<String, SettingWrong> {
        let text = read(&self.secret)?;
        let secret = text.trim();
        if secret.is_empty() || secret.contains(char::is_whitespace) {
            let path = self.secret.display().to_string();
            return Err(SettingWrong::NoSecret { path });
        }
        Ok(secret.to_owned())
    }

    /// The text of the authority's certificates, if one is named.
    pub(crate) fn read_authority(&self) -> Result<Option<String>, SettingWrong> {
        let Some(path) = &self.authority else {
            return Ok(None);
        };
        let text = read(path)?;
        // A file without one would be read as nothing to trust, and each call would say so instead of the start.
        if !text.contains("-----BEGIN CERTIFICATE-----") {
            let path = path.display().to_string();
            return Err(SettingWrong::NoCertificate { path });
        }
        Ok(Some(text))
    }
}

fn read(path: &Path) -> Result<String, SettingWrong> {
    std::fs::read_to_string(path).map_err(|source| SettingWrong::File {
        path: path.display().to_string(),
        source,
    })
}
