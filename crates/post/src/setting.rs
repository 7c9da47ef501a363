use std::net::IpAddr;

/// Where letters go, as an address says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub(crate) how: How,
    pub(crate) host: String,
    pub(crate) port: u16,
    pub(crate) user: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
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
    #[error("a mail server has a user and no password: name the file that holds it")]
    NoPassword,
    #[error(
        "a mail server has a password and no user: write `smtps://user@host` or `smtp://user@host`"
    )]
    NoUser,
    #[error(
        "`{path}` holds no certificate: it is to be a text that begins `-----BEGIN CERTIFICATE-----`"
    )]
    NoCertificate { path: String },
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
