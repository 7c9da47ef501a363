use std::fmt::Write;

/// The part of an address after the question mark, decoded, in its order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

/// A percent sign without two digits after it, or bytes that are no UTF-8.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Malformed;

impl Query {
    pub(crate) fn read(text: &str) -> Result<Self, Malformed> {
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((
                decode(&name.replace('+', " "))?,
                decode(&value.replace('+', " "))?,
            ))
        });
        pairs.collect::<Result<_, _>>().map(Self)
    }

    /// The first value of that name, if it says anything.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.0.iter().find(|(known, _)| known == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }

    /// Every value of that name that says anything.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs()
            .filter(move |(known, value)| *known == name && !value.is_empty())
            .map(|(_, value)| value)
    }

    /// Names and values.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.trim()))
    }

    /// Only what a page knows; the rest does not belong to its address.
    pub(crate) fn keep(mut self, names: &[&str]) -> Self {
        self.0
            .retain(|(name, value)| names.contains(&name.as_str()) && !value.trim().is_empty());
        self
    }

    /// The same with a value put in the place of whatever stood there.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut pairs: Vec<_> = self
            .0
            .iter()
            .filter(|(known, _)| known != name)
            .cloned()
            .collect();
        pairs.push((name.to_owned(), value.to_owned()));
        Self(pairs)
    }

    /// As it stands in an address, with its question mark; empty for nothing.
    pub fn written(&self) -> String {
        let mut out = String::new();
        for (index, (name, value)) in self.0.iter().enumerate() {
            out.push(if index == 0 { '?' } else { '&' });
            encode(name, &mut out);
            out.push('=');
            encode(value, &mut out);
        }
        out
    }
}

/// The text behind percent signs.
pub(crate) fn decode(text: &str) -> Result<String, Malformed> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next(), rest.next()].map(|digit| char::from(digit?).to_digit(16));
        let [Some(high), Some(low)] = digits else {
            return Err(Malformed);
        };
        bytes.push(u8::try_from(high * 16 + low).map_err(|_| Malformed)?);
    }
    String::from_utf8(bytes).map_err(|_| Malformed)
}

/// Puts everything but letters, digits and `-._~` behind percent signs.
pub(crate) fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a string takes any text");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_not_well_formed_is_refused() {
        for text in ["%", "%4", "%zz", "%C3", "%FF%FE", "a=%80"] {
            assert_eq!(Query::read(text), Err(Malformed), "{text}");
        }
        assert_eq!(
            Query::read("q=ni%C3%B1as+y+ni%C3%B1os").unwrap().get("q"),
            Some("niñas y niños")
        );
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(pairs in proptest::collection::vec(("[a-z]{1,5}", "\\PC{0,12}"), 0..4)) {
            let query = Query(pairs);
            let written = query.written();
            prop_assert_eq!(Query::read(written.trim_start_matches('?')).unwrap(), query);
        }
    }
}
