/// The longest address that is taken, in characters.
const LONGEST: usize = 200;

/// Whether a text could be an address. Mail will tell whether it is somebody's; here only what can never be one is refused.
pub fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    let plain = |part: &str| {
        !part.is_empty()
            && !part
                .contains(|c: char| c.is_whitespace() || c.is_control() || "@<>,;\"".contains(c))
    };
    let short = text.chars().count() <= LONGEST;
    short
        && parts.is_some_and(|(local, host)| {
            plain(local)
                && plain(host)
                && host.contains('.')
                && !host.starts_with('.')
                && !host.ends_with('.')
        })
}

/// Whether a text could be a telephone: digits, and what stands between them.
pub fn is_phone(text: &str) -> bool {
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
