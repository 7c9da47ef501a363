//! Documents of LibreOffice and its kin: packages of the OpenDocument format.

use crate::package::{Package, is_active_name, is_foreign};
use crate::xml::tags;
use crate::{Kind, Refused};

/// Which kind the first part says it is: it is called `mimetype` and is stored as it is, at the very start.
pub(crate) fn kind(package: &mut Package<'_>) -> Result<Option<Kind>, Refused> {
    if package
        .names()
        .first()
        .is_none_or(|name| name != "mimetype")
    {
        return Ok(None);
    }
    if !package.first_is_stored() {
        return Ok(None);
    }
    let content_type = package.read(0)?;
    Ok([Kind::Odt, Kind::Ods, Kind::Odp]
        .into_iter()
        .find(|kind| kind.media_type().as_bytes() == content_type))
}

/// Refuses what acts, carries or calls.
pub(crate) fn examine(package: &mut Package<'_>) -> Result<(), Refused> {
    let has = |wanted: &str| package.names().iter().any(|name| name == wanted);
    if !has("content.xml") || !has("META-INF/manifest.xml") {
        return Err(Refused::Malformed {
            why: "the package lacks its content or its manifest",
        });
    }
    // The manifest first: of what is encrypted there is nothing to be read.
    if let Some(manifest) = package.part("META-INF/manifest.xml")? {
        for tag in tags(&manifest)? {
            if tag?.local() == "encryption-data" {
                return Err(Refused::Encrypted);
            }
        }
    }
    for place in 1..package.names().len() {
        let name = package.names()[place].to_lowercase();
        let embedded = || Refused::EmbeddedObject { part: name.clone() };
        if name.starts_with("basic/") || name.starts_with("scripts/") {
            return Err(Refused::Macros);
        }
        if is_active_name(&name) {
            return Err(embedded());
        }
        let part = package.read(place)?;
        if is_foreign(&part) {
            return Err(embedded());
        }
        if name.ends_with(".xml") {
            text_in_order(&part)?;
        }
    }
    Ok(())
}

fn text_in_order(part: &[u8]) -> Result<(), Refused> {
    for tag in tags(part)? {
        let tag = tag?;
        let local = tag.local();
        let href = tag.get("href").unwrap_or_default();
        let href = href.trim();
        let macros = ["vnd.sun.star.script:", "macro:", "javascript:"];
        let runs = |url: &str| {
            let url = url.to_ascii_lowercase();
            macros.iter().any(|scheme| url.starts_with(scheme))
        };
        if local == "event-listener" || local == "script" || runs(href) {
            return Err(Refused::Macros);
        }
        match local {
            "applet" | "plugin" | "floating-frame" | "object-ole" => {
                return Err(Refused::EmbeddedObject {
                    part: local.to_owned(),
                });
            }
            "template" if leads_out(href) => return Err(Refused::ExternalTemplate),
            "dde-source" | "dde-connection-decl" => return Err(external(local)),
            "image" | "object" | "section-source" | "table-source" | "fill-image"
            | "cell-range-source" | "audio" | "sound" | "script-src"
                if leads_out(href) =>
            {
                return Err(external(local));
            }
            _ => {}
        }
    }
    Ok(())
}

fn external(local: &str) -> Refused {
    Refused::ExternalContent {
        what: local.to_owned(),
    }
}

/// Whether an address is of another machine or file. The path of somebody's own template, which every text carries, is
/// fetched from nowhere; a share of another machine is.
fn leads_out(href: &str) -> bool {
    let scheme = href.split_once(':').map(|(scheme, _)| scheme);
    // One letter before a colon is a drive.
    let has_scheme = scheme.is_some_and(|scheme| {
        scheme.len() > 1
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    has_scheme || href.starts_with("//") || href.starts_with("\\\\")
}
