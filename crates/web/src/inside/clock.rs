use super::Room;
use super::visit::{Call, Outcome};
use crate::fault::Fault;

/// Puts the clock of a demonstration forward, and goes back to the page from where that was asked.
pub(super) fn put_forward(call: &Call) -> Result<Outcome, Outcome> {
    let hours = match call.sent("by") {
        Some("hour") => Some(1),
        Some("day") => Some(24),
        Some("end") => None,
        _ => return Err(Fault::Malformed.into()),
    };
    if !call.indoors()?.put_forward(hours) {
        return Err(Fault::NotFound.into());
    }
    let back = call.sent("back").filter(|back| is_of_this_site(back));
    let desk = || Room::Desk.path(call.language);
    Ok(Outcome::Go(back.map_or_else(desk, str::to_owned)))
}

/// A path, and nothing that a browser takes for another site.
fn is_of_this_site(path: &str) -> bool {
    let whole = path
        .bytes()
        .all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    whole && path.starts_with('/') && !path.starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::is_of_this_site;

    #[test]
    fn the_way_back_leads_to_no_other_site() {
        for good in ["/", "/es/consultas/abc", "/en/acts?page=2"] {
            assert!(is_of_this_site(good), "{good}");
        }
        let bad = [
            "",
            "https://elsewhere.example/",
            "//elsewhere.example",
            "/\\elsewhere.example",
            "/a\nb",
            "es",
        ];
        for bad in bad {
            assert!(!is_of_this_site(bad), "{bad}");
        }
    }
}
