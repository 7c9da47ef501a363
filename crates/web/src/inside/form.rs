use comity_contacts::{is_email, is_phone};

use super::Card;
use super::visit::Call;

/// What is wrong with a field, by the key of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wrong {
    pub field: &'static str,
    pub says: &'static str,
}

/// The longest name and the like that is taken, in characters.
const LONGEST: usize = 200;

/// The data of a person as a form gives them, and what is wrong with them.
pub(super) fn card(call: &Call) -> (Card, Vec<Wrong>) {
    let mut wrong = Vec::new();
    let text = |name: &str| call.sent(name).map(str::to_owned);
    let card = Card {
        name: text("name").unwrap_or_default(),
        email: text("email"),
        phone: text("phone"),
        language: text("language").filter(|code| ["es", "en"].contains(&code.as_str())),
        zone: text("zone"),
        confirmed_at: None,
        reached_at: None,
    };
    if card.name.is_empty() || too_long(&card.name) {
        wrong.push(Wrong {
            field: "name",
            says: "wrong-name",
        });
    }
    if card.email.as_deref().is_some_and(|email| !is_email(email)) {
        wrong.push(Wrong {
            field: "email",
            says: "wrong-email",
        });
    }
    if card.phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
        wrong.push(Wrong {
            field: "phone",
            says: "wrong-phone",
        });
    }
    if card
        .zone
        .as_deref()
        .is_some_and(|zone| jiff::tz::TimeZone::get(zone).is_err())
    {
        wrong.push(Wrong {
            field: "zone",
            says: "wrong-zone",
        });
    }
    (card, wrong)
}

fn too_long(text: &str) -> bool {
    text.chars().count() > LONGEST || text.chars().any(char::is_control)
}
