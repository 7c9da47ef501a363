//! How letters leave a node, by its configuration.

use std::path::PathBuf;

use comity_post::{Carrier, Folder, Mailbox, Setting, Smtp};

use crate::arguments::Mail;
use crate::configuration::{Configuration, Listening, Place};
use crate::failure::Failure;

/// A way out for letters.
#[derive(Debug)]
pub struct Way {
    pub carrier: Box<dyn Carrier>,
    pub from: Mailbox,
    /// Scheme and host of the site.
    pub address: String,
    /// It was chosen: links go out by it too. Otherwise letters only become files, and links are shown.
    pub chosen: bool,
}

/// The way that the configuration gives; none where letters have nowhere to go.
pub fn way(
    options: &Mail,
    configuration: &Configuration,
    listening: &Listening,
    place: &Place,
) -> Result<Option<Way>, Failure> {
    let mail = configuration.mail(options);
    let address = listening.public_url.as_deref();
    let address = address.map(|address| address.trim_end_matches('/').to_owned());
    let Some(to) = &mail.to else {
        let Place::Folder(folder) = place else {
            return Ok(None);
        };
        let here = || format!("http://{}:{}", listening.address, listening.port);
        return Ok(Some(Way {
            carrier: Box::new(Folder::new(folder.join("outbox"))),
            from: Mailbox {
                name: String::new(),
                address: "no-reply@localhost".to_owned(),
            },
            address: address.unwrap_or_else(here),
            chosen: false,
        }));
    };
    let Some(address) = address else {
        let error = anyhow::anyhow!("letters need the site's own address");
        let help = "add `--public-url https://…`: links in letters lead there";
        return Err(Failure::hinted(error, Some(help)));
    };
    let Some(from) = &mail.from else {
        let error = anyhow::anyhow!("letters need a sender");
        let help = "add `--mail-from 'Technical Secretariat <st@conference.example>'`";
        return Err(Failure::hinted(error, Some(help)));
    };
    let from = from.parse().map_err(|error| {
        let error = anyhow::Error::new(error).context("the sender of letters is no address");
        Failure::hinted(error, Some("write it as `Name <name@host>`"))
    })?;
    let carrier: Box<dyn Carrier> = if let Some(folder) = to.strip_prefix("folder:") {
        Box::new(Folder::new(PathBuf::from(folder)))
    } else {
        let wrong = |error| {
            let error = anyhow::Error::new(error).context("letters cannot be sent");
            let help = "docs/operations/configuration.md says how a mail server is given";
            Failure::hinted(error, Some(help))
        };
        let setting: Setting = to.parse().map_err(wrong)?;
        let (password, authority) = (mail.password.as_deref(), mail.authority.as_deref());
        Box::new(Smtp::new(setting, password, authority).map_err(wrong)?)
    };
    Ok(Some(Way {
        carrier,
        from,
        address,
        chosen: true,
    }))
}
