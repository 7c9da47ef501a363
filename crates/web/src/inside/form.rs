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

/// Mail will tell whether it is somebody's; here only what can never be one is refused.
fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    let plain = |part: &str| {
        !part.is_empty()
            && !part
                .contains(|c: char| c.is_whitespace() || c.is_control() || "@<>,;\"".contains(c))
    };
    !too_long(text)
        && parts.is_some_and(|(local, host)| {
            plain(local)
                && plain(host)
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
        })
}

fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (6..=20).contains(&digits)
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || "+-(). /ext".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_refused_that_can_never_be_one() {
        for wrong in [
            "", "a", "a@", "@b.c", "a@b", "a@.b", "a@b.", "a b@c.d", "a@b.c\n", "a,b@c.d",
            "<a@b.c>", "a@b@c.d",
        ] {
            assert!(!is_email(wrong), "{wrong}");
        }
        for right in ["a@b.c", "ana.maría@sre.gob.hn", "x+y@z.example"] {
            assert!(is_email(right), "{right}");
        }
    }

    #[test]
    fn a_telephone_is_digits_and_what_stands_between_them() {
        for wrong in ["", "12345", "call me", "+504 2222 0001 2222 0001 2222 0001"] {
            assert!(!is_phone(wrong), "{wrong}");
        }
        for right in ["+504 2222-0001", "(504) 2222 0001 ext 12", "22220001"] {
            assert!(is_phone(right), "{right}");
        }
    }
}
