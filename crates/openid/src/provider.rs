use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Deserialize;

/// The account that a ministry gives its people, as it is configured.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Provider {
    /// Names it here: lower-case letters, digits and hyphens.
    pub id: String,
    /// Its name for people, in both languages.
    pub name_es: String,
    pub name_en: String,
    /// The issuer, as its discovery document and its tokens write it.
    pub issuer: String,
    pub client_id: String,
    /// File that holds the client's secret; absent for a public client.
    #[serde(default)]
    pub secret_file: Option<PathBuf>,
    /// Ids of the parties for whose people it vouches. Its word about anybody else is worth nothing.
    pub parties: Vec<String>,
    /// Further hosts at which its endpoints may be; the issuer's own always may.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Certificate (PEM) of an authority of its own.
    #[serde(default)]
    pub ca_file: Option<PathBuf>,
}

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("`{provider}`: {what}")]
pub struct Misconfigured {
    /// The id of the provider, as far as it has one.
    pub provider: String,
    pub what: String,
}

impl Provider {
    /// Whether it vouches for the people of a party.
    pub fn speaks_for(&self, party: &str) -> bool {
        self.parties.iter().any(|known| known == party)
    }

    /// Whether its endpoints may be at that host.
    pub(crate) fn is_at(&self, issuer: &reqwest::Url, host: &str) -> bool {
        issuer.host_str() == Some(host) || self.hosts.iter().any(|known| known == host)
    }

    pub(crate) fn misconfigured(&self, what: impl Into<String>) -> Misconfigured {
        Misconfigured {
            provider: self.id.clone(),
            what: what.into(),
        }
    }

    /// Its issuer as an address, where everything about it is in order.
    pub(crate) fn check(&self) -> Result<reqwest::Url, Misconfigured> {
        let wrong = |what: &str| Err(self.misconfigured(what));
        let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if self.id.is_empty() || self.id.len() > 40 || !self.id.bytes().all(plain) {
            return wrong("`id` is made of lower-case letters, digits and hyphens");
        }
        if self.name_es.trim().is_empty() || self.name_en.trim().is_empty() {
            return wrong("it needs a name in Spanish (`name_es`) and in English (`name_en`)");
        }
        if self.client_id.trim().is_empty() {
            return wrong("`client_id` is empty");
        }
        if self.parties.is_empty() {
            return wrong("`parties` names nobody: say for whose people it vouches");
        }
        match address(&self.issuer) {
            Some(issuer) if issuer.query().is_none() && issuer.fragment().is_none() => Ok(issuer),
            _ => wrong("`issuer` is an address with https, or with http on this machine"),
        }
    }
}

/// An address over TLS, or on this very machine.
pub(crate) fn address(text: &str) -> Option<reqwest::Url> {
    let address: reqwest::Url = text.parse().ok()?;
    let here = matches!(
        address.host_str(),
        Some("localhost" | "127.0.0.1" | "[::1]")
    );
    let safe = address.scheme() == "https" || (address.scheme() == "http" && here);
    safe.then_some(address)
}

/// Providers whose ids are not one another's.
pub(crate) fn check_all(providers: &[Provider]) -> Result<(), Misconfigured> {
    let mut seen = BTreeSet::new();
    for provider in providers {
        if !seen.insert(&provider.id) {
            return Err(provider.misconfigured("two providers have this id"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provider() -> Provider {
        Provider {
            id: "sre-mx".into(),
            name_es: "Cancillería".into(),
            name_en: "Foreign Ministry".into(),
            issuer: "https://id.example/realms/sre".into(),
            client_id: "conference".into(),
            secret_file: None,
            parties: vec!["mexico".into()],
            hosts: vec!["keys.example".into()],
            ca_file: None,
        }
    }

    #[test]
    fn what_is_not_in_order_is_told() {
        assert!(provider().check().is_ok());
        let mut bad = Vec::new();
        for id in ["", "SRE", "a/b", &"a".repeat(41)] {
            bad.push(Provider {
                id: (*id).to_owned(),
                ..provider()
            });
        }
        for issuer in [
            "http://id.example",
            "id.example",
            "ftp://localhost",
            "https://id.example/?a",
            "https://id.example/#a",
            "http://localhost.example",
        ] {
            bad.push(Provider {
                issuer: issuer.to_owned(),
                ..provider()
            });
        }
        bad.push(Provider {
            name_es: " ".into(),
            ..provider()
        });
        bad.push(Provider {
            client_id: String::new(),
            ..provider()
        });
        bad.push(Provider {
            parties: Vec::new(),
            ..provider()
        });
        for provider in bad {
            assert!(provider.check().is_err(), "{provider:?}");
        }
        for issuer in [
            "http://localhost:9000",
            "http://127.0.0.1:9000/a",
            "http://[::1]:9000",
        ] {
            let provider = Provider {
                issuer: issuer.to_owned(),
                ..provider()
            };
            assert!(provider.check().is_ok(), "{issuer}");
        }
        assert!(check_all(&[provider(), provider()]).is_err());
    }

    #[test]
    fn it_vouches_for_the_parties_that_it_names_and_no_other() {
        assert!(provider().speaks_for("mexico"));
        for party in ["", "mexico-2", "Mexico", "panama"] {
            assert!(!provider().speaks_for(party), "{party}");
        }
    }

    #[test]
    fn its_endpoints_are_at_its_own_hosts() {
        let provider = provider();
        let issuer = provider.check().expect("it is in order");
        for (host, may) in [
            ("id.example", true),
            ("keys.example", true),
            ("example", false),
            ("evil.id.example", false),
            ("169.254.169.254", false),
        ] {
            assert_eq!(provider.is_at(&issuer, host), may, "{host}");
        }
    }
}
