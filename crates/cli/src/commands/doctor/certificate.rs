//! The certificate that the reverse proxy shows to readers, where the configuration says which file it is.

use std::path::Path;

use comity_registrar::{Clock, SystemClock, Timestamp};
use x509_parser::pem::Pem;

use super::Finding;

/// A renewal that failed should be seen to before readers are turned away.
const DAYS_LOW: i64 = 21;

pub(super) fn certificate(path: &Path) -> Finding {
    let read = std::fs::read(path).map_err(|error| error.to_string());
    let expires = read.and_then(|bytes| expires(&bytes).map_err(str::to_owned));
    match expires {
        Ok(expires) => judge(expires, SystemClock.now()),
        Err(what) => Finding::Bad {
            what: format!(
                "the certificate `{}` cannot be read: {what}",
                path.display()
            ),
            hint: "give the certificate of the site as a PEM file that the program may read"
                .to_owned(),
        },
    }
}

/// When the first certificate of the file expires: the site's own stands before those that vouch for it.
fn expires(pem: &[u8]) -> Result<Timestamp, &'static str> {
    let none = "it holds no certificate";
    let first = Pem::iter_from_buffer(pem)
        .filter_map(Result::ok)
        .find(|block| block.label == "CERTIFICATE")
        .ok_or(none)?;
    let certificate = first.parse_x509().map_err(|_| none)?;
    let seconds = certificate.validity().not_after.timestamp();
    Timestamp::from_second(seconds).map_err(|_| "its end is not a date")
}

fn judge(expires: Timestamp, now: Timestamp) -> Finding {
    let days = expires.duration_since(now).as_hours().div_euclid(24);
    let renew = "renew it and let the proxy load it".to_owned();
    if expires <= now {
        return Finding::Bad {
            what: format!("the certificate expired at {expires}"),
            hint: renew,
        };
    }
    if days < DAYS_LOW {
        return Finding::Care {
            what: format!("the certificate expires in {days} days, at {expires}"),
            hint: renew,
        };
    }
    Finding::Good(format!("the certificate holds until {expires}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Self-signed, until 2035-02-11T19:42:47Z; its key was thrown away.
    const PEM: &str = include_str!("../../../tests/certificate.pem");

    fn said(finding: Finding) -> String {
        match finding {
            Finding::Good(what) => format!("ok {what}"),
            Finding::Care { what, .. } => format!("care {what}"),
            Finding::Bad { what, .. } => format!("bad {what}"),
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn the_end_is_read_out_of_the_first_certificate() {
        let key = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
        let expected = at("2035-02-11T19:42:47Z");
        assert_eq!(expires(PEM.as_bytes()), Ok(expected));
        assert_eq!(expires(format!("{key}{PEM}").as_bytes()), Ok(expected));
        for other in [
            "",
            "a letter",
            key,
            "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ] {
            assert_eq!(
                expires(other.as_bytes()),
                Err("it holds no certificate"),
                "{other}"
            );
        }
    }

    #[test]
    fn three_weeks_before_its_end_it_wants_care() {
        let end = at("2035-01-01T00:00:00Z");
        assert!(said(judge(end, at("2034-12-11T00:00:00Z"))).starts_with("ok "));
        assert_eq!(
            said(judge(end, at("2034-12-11T00:00:01Z"))),
            "care the certificate expires in 20 days, at 2035-01-01T00:00:00Z"
        );
        assert!(
            said(judge(end, at("2034-12-31T23:59:59Z")))
                .starts_with("care the certificate expires in 0 days")
        );
        assert!(said(judge(end, end)).starts_with("bad the certificate expired"));
    }
}
