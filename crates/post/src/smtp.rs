use std::path::Path;
use std::time::Duration;

use futures_util::future::BoxFuture;
use lettre::Message;
use lettre::address::{Address, Envelope};
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use tokio::time::timeout;

use crate::setting::How;
use crate::{Carrier, Letter, Mailbox, NotCarried, Setting, SettingWrong};

/// A mail server. The certificate of whoever answers is checked, and its name, always.
pub struct Smtp {
    setting: Setting,
    tls: TlsParameters,
    credentials: Option<Credentials>,
    patience: Patience,
}

/// How long a server may take. Both together are less than [`TURN_LASTS`](crate::TURN_LASTS): who sends a letter must know
/// what came of it before another may send it.
#[derive(Debug, Clone, Copy)]
struct Patience {
    /// Until it has taken the address.
    address: Duration,
    /// Until it has taken the letter.
    letter: Duration,
}

const PATIENCE: Patience = Patience {
    address: Duration::from_secs(60),
    letter: Duration::from_secs(120),
};

/// How long a good-bye may take: nothing depends on its answer.
const PARTING: Duration = Duration::from_secs(2);

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
    /// A file cannot be read, or there is a user without a password or the other way round.
    pub fn new(
        setting: Setting,
        password: Option<&Path>,
        authority: Option<&Path>,
    ) -> Result<Self, SettingWrong> {
        let mut parameters = TlsParameters::builder(setting.host.clone());
        if let Some(path) = authority {
            parameters = parameters.add_root_certificate(certificate(path)?);
        }
        let tls = parameters.build_rustls();
        let credentials = match (&setting.user, password) {
            (None, None) => None,
            (Some(user), Some(path)) => Some(Credentials::new(user.clone(), secret(path)?)),
            (Some(_), None) => return Err(SettingWrong::NoPassword),
            (None, Some(_)) => return Err(SettingWrong::NoUser),
        };
        Ok(Self {
            tls: tls.map_err(SettingWrong::Certificate)?,
            setting,
            credentials,
            patience: PATIENCE,
        })
    }

    /// A connection on which letters may be handed over: safe, and signed in.
    async fn open(&self, hello: &ClientId) -> Result<AsyncSmtpConnection, Error> {
        let place = (self.setting.host.as_str(), self.setting.port);
        let tls = (self.setting.how == How::Tls).then(|| self.tls.clone());
        // A host has several addresses, and one of them may lead nowhere.
        let each = Some(self.patience.address / 3);
        let mut talk = AsyncSmtpConnection::connect_tokio1(place, each, hello, tls, None).await?;
        if self.setting.how == How::StartTls {
            // It fails where the server does not offer it: nothing is ever said without.
            talk.starttls(self.tls.clone(), hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            talk.auth(DEFAULT_MECHANISMS, credentials).await?;
        }
        Ok(talk)
    }

    /// Goes as far as a letter can be taken back: whatever fails here, it was not sent.
    async fn address(&self, envelope: &Envelope) -> Result<AsyncSmtpConnection, NotCarried> {
        let mut talk = self.open(&hello(envelope)).await.map_err(|e| later(&e))?;
        let mut wishes = Vec::new();
        if !is_ascii(envelope) {
            if !talk.server_info().supports_feature(Extension::SmtpUtfEight) {
                let why = "the mail server takes no address in letters beyond ASCII".to_owned();
                return Err(NotCarried::Refused { why });
            }
            wishes.push(MailParameter::SmtpUtfEight);
            wishes.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        // The sender is the same in every letter: what a server has against it, against the password or against the
        // network is no fault of this address, which must not come back for it.
        let mail = Mail::new(envelope.from().cloned(), wishes);
        talk.command(mail).await.map_err(|e| later(&e))?;
        for to in envelope.to() {
            let rcpt = Rcpt::new(to.clone(), Vec::new());
            talk.command(rcpt).await.map_err(|e| answered(&e, later))?;
        }
        talk.command(Data).await.map_err(|e| answered(&e, later))?;
        Ok(talk)
    }

    async fn hand_over(&self, message: &Message) -> Result<(), NotCarried> {
        let envelope = message.envelope();
        let Ok(addressed) = timeout(self.patience.address, self.address(envelope)).await else {
            let why = "the mail server does not answer".to_owned();
            return Err(NotCarried::Later { why });
        };
        let mut talk = addressed?;
        let bytes = message.formatted();
        let Ok(taken) = timeout(self.patience.letter, talk.message(&bytes)).await else {
            let why = "the mail server did not say whether it took the letter".to_owned();
            return Err(NotCarried::Unknown { why });
        };
        taken.map_err(|e| answered(&e, unknown))?;
        let _ = timeout(PARTING, talk.quit()).await;
        Ok(())
    }
}

fn hello(envelope: &Envelope) -> ClientId {
    greeting(envelope.from())
}

/// What this program calls itself: the host of the sender, because servers turn away who has no name.
fn greeting(from: Option<&Address>) -> ClientId {
    let host = from.map(Address::domain);
    match host.filter(|host| host.is_ascii()) {
        Some(host) => ClientId::Domain(host.to_owned()),
        None => ClientId::default(),
    }
}

fn is_ascii(envelope: &Envelope) -> bool {
    let mut addresses = envelope.from().into_iter().chain(envelope.to());
    addresses.all(|address| AsRef::<str>::as_ref(address).is_ascii())
}

/// What an answer means; without one, as `otherwise` has it.
fn answered(error: &Error, otherwise: fn(&Error) -> NotCarried) -> NotCarried {
    if error.is_permanent() {
        NotCarried::Refused { why: told(error) }
    } else if error.is_transient() {
        later(error)
    } else {
        otherwise(error)
    }
}

fn later(error: &Error) -> NotCarried {
    NotCarried::Later { why: told(error) }
}

fn unknown(error: &Error) -> NotCarried {
    NotCarried::Unknown { why: told(error) }
}

fn certificate(path: &Path) -> Result<Certificate, SettingWrong> {
    let text = read(path)?;
    // A file without one would be read as nothing to trust, and each letter would say so instead of the start.
    if !text.contains("-----BEGIN CERTIFICATE-----") {
        let path = path.display().to_string();
        return Err(SettingWrong::NoCertificate { path });
    }
    Certificate::from_pem(text.as_bytes()).map_err(SettingWrong::Certificate)
}

/// The one line of a file. A password may end in a space, an editor's line break is none of it.
fn secret(path: &Path) -> Result<String, SettingWrong> {
    let text = read(path)?;
    let secret = text.trim_end_matches(['\r', '\n']);
    if secret.is_empty() {
        return Err(SettingWrong::NoPassword);
    }
    Ok(secret.to_owned())
}

fn read(path: &Path) -> Result<String, SettingWrong> {
    std::fs::read_to_string(path).map_err(|source| SettingWrong::File {
        path: path.display().to_string(),
        source,
    })
}

impl Carrier for Smtp {
    /// Signs in and names the sender; no letter is begun.
    fn check<'a>(&'a self, from: &'a Mailbox) -> BoxFuture<'a, Result<(), NotCarried>> {
        Box::pin(async move {
            let sender: Address = from.address.parse().map_err(|_| NotCarried::Refused {
                why: "the sender is no address".to_owned(),
            })?;
            let greeted = async {
                let hello = greeting(Some(&sender));
                let mut talk = self.open(&hello).await.map_err(|e| later(&e))?;
                let mail = Mail::new(Some(sender.clone()), Vec::new());
                talk.command(mail).await.map_err(|e| answered(&e, later))?;
                let _ = timeout(PARTING, talk.quit()).await;
                Ok(())
            };
            let Ok(greeted) = timeout(self.patience.address, greeted).await else {
                let why = "the mail server does not answer".to_owned();
                return Err(NotCarried::Later { why });
            };
            greeted
        })
    }

    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Result<(), NotCarried>> {
        Box::pin(async move {
            let message = letter.message().map_err(|error| NotCarried::Refused {
                why: error.to_string(),
            })?;
            self.hand_over(&message).await
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
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};

    use super::*;
    use crate::letter::tests::letter;

    const SHORT: Patience = Patience {
        address: Duration::from_millis(200),
        letter: Duration::from_millis(200),
    };

    /// A server that answers with these lines, whatever it hears, and then says nothing more.
    async fn told_by(letter: &Letter, answers: &'static [&'static str]) -> NotCarried {
        let server = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = server.local_addr().unwrap().port();
        let setting = format!("smtp+plain://127.0.0.1:{port}").parse().unwrap();
        let mut smtp = Smtp::new(setting, None, None).unwrap();
        smtp.patience = SHORT;
        let answering = tokio::spawn(async move {
            let (talk, _) = server.accept().await.unwrap();
            let (hears, mut says) = talk.into_split();
            let mut heard = BufReader::new(hears).lines();
            for answer in answers {
                says.write_all(answer.as_bytes()).await.unwrap();
                heard.next_line().await.unwrap();
            }
            std::future::pending::<()>().await;
        });
        let limit = Duration::from_secs(20);
        let carried = timeout(limit, smtp.carry(letter)).await;
        answering.abort();
        carried.expect("it is left after a while").unwrap_err()
    }

    #[tokio::test]
    async fn a_server_that_says_nothing_is_left() {
        const HELLO: &str = "220 here\r\n";
        const OK: &str = "250 ok\r\n";
        let silent = told_by(&letter(), &[]).await;
        assert!(matches!(silent, NotCarried::Later { .. }), "{silent}");
        let silent = told_by(&letter(), &[HELLO, OK, OK]).await;
        assert!(matches!(silent, NotCarried::Later { .. }), "{silent}");
        let silent = told_by(&letter(), &[HELLO, OK, OK, OK, "354 go on\r\n"]).await;
        assert!(matches!(silent, NotCarried::Unknown { .. }), "{silent}");
    }

    #[tokio::test]
    async fn what_a_server_has_against_the_sender_is_no_fault_of_the_address() {
        const HELLO: &str = "220 here\r\n";
        const OK: &str = "250 ok\r\n";
        for answers in [
            &["554 too many connections\r\n"] as &[&str],
            &[HELLO, "550 who are you\r\n"],
            &[HELLO, OK, "553 not your address\r\n"],
        ] {
            let told = told_by(&letter(), answers).await;
            assert!(matches!(told, NotCarried::Later { .. }), "{told}");
        }
        let told = told_by(&letter(), &[HELLO, OK, OK, "550 no such user\r\n"]).await;
        assert!(matches!(told, NotCarried::Refused { .. }), "{told}");
    }

    #[tokio::test]
    async fn an_address_beyond_ascii_needs_a_server_that_takes_it() {
        let mut letter = letter();
        letter.to.address = "maría@ministry.example".to_owned();
        let told = told_by(&letter, &["220 here\r\n", "250 ok\r\n"]).await;
        assert!(
            matches!(&told, NotCarried::Refused { why } if why.contains("ASCII")),
            "{told}"
        );
    }

    #[test]
    fn a_server_is_left_before_another_may_send_the_letter() {
        let longest = PATIENCE.address + PATIENCE.letter + PARTING;
        assert!(longest < crate::TURN_LASTS.unsigned_abs());
    }

    #[test]
    fn a_user_has_a_password_and_an_authority_a_certificate() {
        let place = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = place.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        };
        let (full, empty) = (file("full", " a secret \n"), file("empty", "\n"));
        let tell = |setting: &str, password: Option<&Path>, authority: Option<&Path>| {
            let made = Smtp::new(setting.parse().unwrap(), password, authority);
            made.unwrap_err().to_string()
        };
        let user = "smtps://st@mail.example";
        assert!(tell(user, None, None).contains("no password"));
        assert!(tell(user, Some(&empty), None).contains("no password"));
        assert!(tell("smtps://mail.example", Some(&full), None).contains("no user"));
        assert!(tell("smtp+plain://127.0.0.1:25", Some(&full), None).contains("no user"));
        assert!(tell(user, Some(&full), Some(&full)).contains("no certificate"));
        assert!(tell(user, Some(&place.path().join("none")), None).contains("cannot be read"));
        assert_eq!(secret(&full).unwrap(), " a secret ");
        let smtp = Smtp::new(user.parse().unwrap(), Some(&full), None).unwrap();
        assert!(!format!("{smtp:?}").contains("secret"));
    }
}
