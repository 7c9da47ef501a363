use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;

use futures_util::future::BoxFuture;
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use crate::{Carrier, Letter, NotCarried};

/// How long a server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where letters go, as an address says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    how: How,
    host: String,
    port: u16,
    user: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    /// TLS from the first byte.
    Tls,
    /// TLS before anything else is said; never without.
    StartTls,
    /// To this machine only.
    Plain,
}

/// What is wrong with such an address, or with what goes with it.
#[derive(Debug, thiserror::Error)]
pub enum SettingWrong {
    #[error(
        "a mail server is `smtps://[user@]host[:465]`, `smtp://[user@]host[:587]` or, on this machine, `smtp+plain://127.0.0.1:port`"
    )]
    Form,
    #[error("an address holds no password: put it into a file of its own")]
    Password,
    #[error("without TLS only a server on this machine is spoken to, and without a user")]
    NotHere,
    #[error("the certificate of the authority cannot be read")]
    Certificate(#[source] lettre::transport::smtp::Error),
    #[error("`{path}` cannot be read")]
    File {
        path: String,
        source: std::io::Error,
    },
}

impl std::str::FromStr for Setting {
    type Err = SettingWrong;

    fn from_str(text: &str) -> Result<Self, SettingWrong> {
        let (scheme, rest) = text.split_once("://").ok_or(SettingWrong::Form)?;
        let (how, port) = match scheme {
            "smtps" => (How::Tls, Some(465)),
            "smtp" => (How::StartTls, Some(587)),
            "smtp+plain" => (How::Plain, None),
            _ => return Err(SettingWrong::Form),
        };
        // The last one: a user may be an address.
        let (user, place) = match rest.rsplit_once('@') {
            Some((user, place)) => (Some(user), place),
            None => (None, rest),
        };
        if user.is_some_and(|user| user.contains(':')) {
            return Err(SettingWrong::Password);
        }
        let place = place.trim_end_matches('/');
        let (host, port) = match place.rsplit_once(':') {
            Some((host, given)) => (host, Some(given.parse().map_err(|_| SettingWrong::Form)?)),
            None => (place, port),
        };
        let plain = |c: char| c.is_ascii_alphanumeric() || "-.".contains(c);
        if host.is_empty() || !host.chars().all(plain) || user.is_some_and(str::is_empty) {
            return Err(SettingWrong::Form);
        }
        let here = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        if how == How::Plain && (!here || user.is_some()) {
            return Err(SettingWrong::NotHere);
        }
        Ok(Self {
            how,
            host: host.to_owned(),
            port: port.ok_or(SettingWrong::Form)?,
            user: user.map(|user| user.replace("%40", "@")),
        })
    }
}

/// A mail server. The certificate of whoever answers is checked, and its name, always.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    setting: Setting,
}

impl std::fmt::Debug for Smtp {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Smtp").field(&self.setting).finish()
    }
}

impl Smtp {
    /// The server of a setting, with the file that holds its user's password and, where the server's certificate is from an
    /// authority of one's own, the file of that.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn new(
        setting: Setting,
        password: Option<&Path>,
        authority: Option<&Path>,
    ) -> Result<Self, SettingWrong> {
        let mut parameters = TlsParameters::builder(setting.host.clone());
        if let Some(path) = authority {
            let certificate = Certificate::from_pem(&read(path)?);
            let certificate = certificate.map_err(SettingWrong::Certificate)?;
            parameters = parameters.add_root_certificate(certificate);
        }
        let parameters = parameters.build_rustls();
        let parameters = parameters.map_err(SettingWrong::Certificate)?;
        let tls = match setting.how {
            How::Tls => Tls::Wrapper(parameters),
            How::StartTls => Tls::Required(parameters),
            How::Plain => Tls::None,
        };
        // Dangerous is what it would be without the next lines: it is the one that takes every port.
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&setting.host)
            .port(setting.port)
            .tls(tls)
            .timeout(Some(PATIENCE));
        if let (Some(user), Some(path)) = (&setting.user, password) {
            let secret = String::from_utf8_lossy(&read(path)?).trim_end().to_owned();
            builder = builder.credentials(Credentials::new(user.clone(), secret));
        }
        Ok(Self {
            transport: builder.build(),
            setting,
        })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, SettingWrong> {
    std::fs::read(path).map_err(|source| SettingWrong::File {
        path: path.display().to_string(),
        source,
    })
}

impl Carrier for Smtp {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), NotCarried>> {
        Box::pin(async move {
            let message = letter.message().map_err(|error| NotCarried::Refused {
                why: error.to_string(),
            })?;
            // Whatever fails up to here was not a letter yet: neither the server, nor its certificate, nor the password
            // says anything of an address.
            match self.transport.test_connection().await {
                Ok(true) => {}
                Ok(false) => {
                    let why = "the server does not answer".to_owned();
                    return Err(NotCarried::Later { why });
                }
                Err(error) => return Err(NotCarried::Later { why: told(&error) }),
            }
            let sent = self.transport.send(message).await;
            sent.map(drop).map_err(|error| {
                let why = told(&error);
                if error.is_permanent() {
                    NotCarried::Refused { why }
                } else if error.is_transient() {
                    NotCarried::Later { why }
                } else {
                    NotCarried::Unknown { why }
                }
            })
        })
    }
}

/// The error with its causes, in one line that a page may show.
fn told(error: &dyn std::error::Error) -> String {
    const LONGEST: usize = 300;
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        words = format!("{words}: {deeper}");
        cause = deeper.source();
    }
    let plain = words.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_how_a_server_is_spoken_to() {
        let read = |text: &str| text.parse::<Setting>();
        let setting = read("smtps://st@mail.example").unwrap();
        assert_eq!((setting.how, setting.port), (How::Tls, 465));
        assert_eq!(setting.user.as_deref(), Some("st"));
        let setting = read("smtp://st%40conference.example@mail.example:2525/").unwrap();
        assert_eq!((setting.how, setting.port), (How::StartTls, 2525));
        assert_eq!(setting.user.as_deref(), Some("st@conference.example"));
        let setting = read("smtp+plain://127.0.0.1:25").unwrap();
        assert_eq!(setting.how, How::Plain);
        for (wrong, says) in [
            ("mail.example", "a mail server is"),
            ("http://mail.example", "a mail server is"),
            ("smtp://", "a mail server is"),
            ("smtp://host name", "a mail server is"),
            ("smtp://mail.example:port", "a mail server is"),
            ("smtp+plain://127.0.0.1", "a mail server is"),
            ("smtp://st:secret@mail.example", "no password"),
            ("smtp+plain://mail.example:25", "on this machine"),
            ("smtp+plain://st@127.0.0.1:25", "without a user"),
        ] {
            let told = read(wrong).unwrap_err().to_string();
            assert!(told.contains(says), "{wrong}: {told}");
            assert!(!told.contains("secret"), "{told}");
        }
    }
}
