//! Documents of Word, Excel and PowerPoint: packages of the Open Packaging Conventions.

use crate::find::contains;
use crate::package::{Package, is_active_name, is_foreign};
use crate::xml::tags;
use crate::{Kind, Refused};

const TYPES: &str = "[Content_Types].xml";

/// Which kind the package's main part makes it; `None` where it is no such package or of another kind.
pub(crate) fn kind(package: &mut Package<'_>) -> Result<Option<Kind>, Refused> {
    let Some(types) = package.part(TYPES)? else {
        return Ok(None);
    };
    let Some(relations) = package.part("_rels/.rels")? else {
        return Ok(None);
    };
    let Some(main) = main_part(&relations)? else {
        return Ok(None);
    };
    if !package.names().iter().any(|name| same(name, &main)) {
        return Ok(None);
    }
    let Some(content_type) = content_type(&types, &main)? else {
        return Ok(None);
    };
    // Said before the kind: a document with macros is best told so, not that its type is unknown.
    if content_type.to_ascii_lowercase().contains("macroenabled") {
        return Err(Refused::Macros);
    }
    const OF: &str = "application/vnd.openxmlformats-officedocument.";
    Ok(match content_type.strip_prefix(OF) {
        Some("wordprocessingml.document.main+xml") => Some(Kind::Docx),
        Some("spreadsheetml.sheet.main+xml") => Some(Kind::Xlsx),
        Some("presentationml.presentation.main+xml") => Some(Kind::Pptx),
        _ => None,
    })
}

/// Where the one main part is, without the slash it may begin with.
fn main_part(relations: &[u8]) -> Result<Option<String>, Refused> {
    let mut found = None;
    for tag in tags(relations)? {
        let tag = tag?;
        let is_main = tag
            .get("Type")
            .is_some_and(|kind| kind.ends_with("/officeDocument"));
        if !is_main {
            continue;
        }
        if found.is_some() {
            return Err(Refused::Malformed {
                why: "the package has two main parts",
            });
        }
        found = tag
            .get("Target")
            .map(|target| target.trim_start_matches('/').to_owned());
    }
    Ok(found)
}

fn content_type(types: &[u8], part: &str) -> Result<Option<String>, Refused> {
    let extension = part.rsplit_once('.').map_or("", |(_, end)| end);
    let mut by_extension = None;
    let mut by_name = None;
    for tag in tags(types)? {
        let tag = tag?;
        let named = |attribute: &str, wanted: &str| {
            let value = tag.get(attribute);
            value.is_some_and(|value| same(value.trim_start_matches('/'), wanted))
        };
        let content_type = || tag.get("ContentType").map(|value| value.trim().to_owned());
        match tag.local() {
            "Default" if named("Extension", extension) => by_extension = content_type(),
            "Override" if named("PartName", part) => by_name = content_type(),
            _ => {}
        }
    }
    Ok(by_name.or(by_extension))
}

fn same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// Refuses what acts, carries or calls.
pub(crate) fn examine(package: &mut Package<'_>) -> Result<(), Refused> {
    examine_to(package, Depth::Document)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Document,
    /// The table behind a chart. It holds no further one.
    Embedded,
}

fn examine_to(package: &mut Package<'_>, depth: Depth) -> Result<(), Refused> {
    for place in 0..package.names().len() {
        let name = package.names()[place].to_lowercase();
        by_name(&name)?;
        let part = package.read(place)?;
        if name == TYPES.to_lowercase() {
            types_in_order(&part)?;
        } else if name.ends_with(".rels") {
            relations_in_order(&part)?;
        } else if name.contains("/embeddings/") {
            embedded(package, &name, &part, depth)?;
        } else if is_foreign(&part) {
            return Err(Refused::EmbeddedObject { part: name });
        } else if name.ends_with(".xml") {
            text_in_order(&name, &part)?;
        }
    }
    Ok(())
}

fn by_name(name: &str) -> Result<(), Refused> {
    let macros = ["vbaproject.bin", "vbadata.xml", "vbaprojectsignature.bin"];
    if macros.iter().any(|end| name.ends_with(end)) || name.contains("/macrosheets/") {
        return Err(Refused::Macros);
    }
    if name.contains("/activex/") || is_active_name(name) {
        return Err(Refused::EmbeddedObject {
            part: name.to_owned(),
        });
    }
    Ok(())
}

fn types_in_order(part: &[u8]) -> Result<(), Refused> {
    for tag in tags(part)? {
        let Some(content_type) = tag?.get("ContentType") else {
            continue;
        };
        let content_type = content_type.to_ascii_lowercase();
        let macros = ["macroenabled", "vbaproject", "macrosheet"];
        if macros.iter().any(|word| content_type.contains(word)) {
            return Err(Refused::Macros);
        }
    }
    Ok(())
}

/// Only a link that somebody has to follow may lead out. Pictures, templates and tables from elsewhere are fetched by
/// opening the file: whoever put them there learns who reads it, and can change what is read.
fn relations_in_order(part: &[u8]) -> Result<(), Refused> {
    for tag in tags(part)? {
        let tag = tag?;
        let external = tag
            .get("TargetMode")
            .is_some_and(|mode| mode.trim().eq_ignore_ascii_case("External"));
        let kind = tag.get("Type").unwrap_or_default();
        let kind = kind.rsplit('/').next().unwrap_or_default();
        match (external, kind) {
            (true, "hyperlink") | (false, _) => {}
            (true, "attachedTemplate") => return Err(Refused::ExternalTemplate),
            (true, kind) => {
                let what = kind.chars().filter(char::is_ascii_alphanumeric).take(40);
                return Err(Refused::ExternalContent {
                    what: what.collect(),
                });
            }
        }
    }
    Ok(())
}

/// The table behind a chart is a package of its own and is looked at like one. Anything else that is embedded is in an
/// old container, where programs travel, and is refused unseen.
fn embedded(
    package: &mut Package<'_>,
    name: &str,
    part: &[u8],
    depth: Depth,
) -> Result<(), Refused> {
    let refused = || Refused::EmbeddedObject {
        part: name.to_owned(),
    };
    let extension = name.rsplit_once('.').map_or("", |(_, end)| end);
    let Some(promised @ (Kind::Docx | Kind::Xlsx | Kind::Pptx)) = Kind::from_extension(extension)
    else {
        return Err(refused());
    };
    if depth == Depth::Embedded {
        return Err(refused());
    }
    package.within(part, |package| {
        if kind(package)? != Some(promised) {
            return Err(refused());
        }
        examine_to(package, Depth::Embedded)
    })
}

/// What acts from within a text: fields that start a program, links that do, and entities, which packages may not have.
fn text_in_order(name: &str, part: &[u8]) -> Result<(), Refused> {
    // In UTF-16 every other byte is zero, and nothing below would be found.
    if contains(part, b"<!ENTITY") || part.contains(&0) {
        return Err(crate::xml::NOT_XML);
    }
    let field = contains(part, b"DDEAUTO") && contains(part, b"instr");
    if field || contains(part, b"ddeLink") {
        return Err(Refused::ExternalContent {
            what: "dde".to_owned(),
        });
    }
    if contains(part, b"<w:altChunk") {
        return Err(Refused::EmbeddedObject {
            part: name.to_owned(),
        });
    }
    Ok(())
}
