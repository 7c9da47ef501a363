//! Whether letters would leave.

use std::time::Duration;

use super::Finding;
use crate::arguments::Serve;
use crate::configuration::{Configuration, Place};
use crate::failure::Failure;
use crate::mail::{self, Way};

/// Whoever looks waits no longer than this; a letter waits longer.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) async fn way(options: &Serve, configuration: &Configuration, place: &Place) -> Finding {
    let listening = configuration.listening(&options.listen);
    match mail::way(&options.mail, configuration, &listening, place) {
        Err(Failure::Failed { error, hint }) => Finding::Bad {
            what: format!("{error:#}"),
            hint: hint.unwrap_or_default(),
        },
        Err(Failure::NotVerified | Failure::NotInOrder) | Ok(None) => nowhere("no letter is sent"),
        Ok(Some(way)) if !way.chosen => nowhere("letters only become files"),
        Ok(Some(way)) => told(&way).await,
    }
}

fn nowhere(what: &str) -> Finding {
    Finding::Care {
        what: format!("no mail server is given: {what}"),
        hint: "add `--mail smtps://user@host`, `--mail-from` and `--public-url`".to_owned(),
    }
}

async fn told(way: &Way) -> Finding {
    let from = &way.from.address;
    let checked = tokio::time::timeout(PATIENCE, way.carrier.check(&way.from)).await;
    let why = match checked {
        Ok(Ok(())) if way.carrier.hands_over() => {
            return Finding::Good(format!("the mail server takes letters from `{from}`"));
        }
        Ok(Ok(())) => return Finding::Good("letters become files in the folder given".to_owned()),
        Ok(Err(error)) => error.to_string(),
        Err(_) => "it does not answer".to_owned(),
    };
    Finding::Bad {
        what: format!("the mail server takes no letter from `{from}`: {why}"),
        hint: "see to `--mail`, its password and the server; letters wait until it takes them"
            .to_owned(),
    }
}
