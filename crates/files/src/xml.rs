//! As much XML as a package's own papers need: the tags of a text one after the other, strictly.
//!
//! No entities beyond the five and no document types: whatever would make two readers see two documents is an error.

use std::borrow::Cow;

use crate::Refused;

/// An opening or an empty tag.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
}

pub(crate) const NOT_XML: Refused = Refused::Malformed {
    why: "a part is not as XML should be",
};

impl<'a> Tag<'a> {
    /// The name without its prefix: prefixes are the writer's choice.
    pub(crate) fn local(&self) -> &'a str {
        local(self.name)
    }

    /// The value of the first attribute whose name is this without its prefix.
    pub(crate) fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attributes()
            .find(|(known, _)| local(known) == name)
            .map(|(_, value)| decoded(value))
    }

    fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut rest = self.attributes;
        std::iter::from_fn(move || {
            let (name, after) = rest.split_once('=')?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| "\"'".contains(*c))?;
            let (value, after) = after[1..].split_once(quote)?;
            rest = after;
            Some((name.trim(), value))
        })
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The tags of a part, in order.
pub(crate) fn tags(part: &[u8]) -> Result<Tags<'_>, Refused> {
    let text = std::str::from_utf8(part).map_err(|_| NOT_XML)?;
    // A text in UTF-16 may be one in UTF-8 as well, with every other character nothing.
    if text.contains('\0') {
        return Err(NOT_XML);
    }
    Ok(Tags { rest: text })
}

#[derive(Debug)]
pub(crate) struct Tags<'a> {
    rest: &'a str,
}

impl<'a> Tags<'a> {
    /// Passes over everything to behind `end`.
    fn skip(&mut self, end: &str) -> Result<(), Refused> {
        let (_, after) = self.rest.split_once(end).ok_or(NOT_XML)?;
        self.rest = after;
        Ok(())
    }

    fn tag(&mut self) -> Result<Tag<'a>, Refused> {
        let inside = &self.rest[1..];
        let mut quote = None;
        let end = inside.bytes().position(|byte| match (quote, byte) {
            (None, b'"' | b'\'') => {
                quote = Some(byte);
                false
            }
            (Some(open), byte) if open == byte => {
                quote = None;
                false
            }
            (None, b'>') => true,
            _ => false,
        });
        let end = end.ok_or(NOT_XML)?;
        let within = inside[..end].trim_end_matches('/');
        self.rest = &inside[end + 1..];
        let space = within
            .find(|c: char| c.is_ascii_whitespace())
            .unwrap_or(within.len());
        let (name, attributes) = within.split_at(space);
        if name.is_empty() {
            return Err(NOT_XML);
        }
        Ok(Tag { name, attributes })
    }

    fn step(&mut self) -> Result<Option<Tag<'a>>, Refused> {
        while let Some(start) = self.rest.find('<') {
            self.rest = &self.rest[start..];
            match self.rest {
                rest if rest.starts_with("<!--") => self.skip("-->")?,
                rest if rest.starts_with("<![CDATA[") => self.skip("]]>")?,
                rest if rest.starts_with("<?") => self.skip("?>")?,
                rest if rest.starts_with("</") => self.skip(">")?,
                rest if rest.starts_with("<!") => return Err(NOT_XML),
                _ => return self.tag().map(Some),
            }
        }
        self.rest = "";
        Ok(None)
    }
}

impl<'a> Iterator for Tags<'a> {
    type Item = Result<Tag<'a>, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.step();
        if step.is_err() {
            self.rest = "";
        }
        step.transpose()
    }
}

fn decoded(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut pieces = value.split('&');
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        match piece
            .split_once(';')
            .and_then(|(name, rest)| Some((character(name)?, rest)))
        {
            Some((c, rest)) => {
                plain.push(c);
                plain.push_str(rest);
            }
            None => {
                plain.push('&');
                plain.push_str(piece);
            }
        }
    }
    Cow::Owned(plain)
}

fn character(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_with_what_they_say() {
        let text = "\u{feff}<?xml version='1.0'?><!-- <no/> --><a:r xmlns:a = \"u>\">\
                    <![CDATA[<no/>]]><b T='E&#120;ter&#x6e;al &amp; &odd;'/></a:r>";
        let tags: Vec<Tag<'_>> = tags(text.as_bytes()).unwrap().map(Result::unwrap).collect();
        let names: Vec<&str> = tags.iter().map(Tag::local).collect();
        assert_eq!(names, ["r", "b"]);
        assert_eq!(tags[0].get("a").unwrap(), "u>");
        assert_eq!(tags[1].get("T").unwrap(), "External & &odd;");
        assert!(tags[1].get("t").is_none());
    }

    #[test]
    fn what_two_readers_would_read_differently_is_refused() {
        for text in ["<!DOCTYPE a><a/>", "<a", "<a b='>", "<!-- ", "<>", "<a></a"] {
            let read: Result<Vec<_>, _> = tags(text.as_bytes()).unwrap().collect();
            assert_eq!(read.unwrap_err(), NOT_XML, "{text}");
        }
        assert!(tags(&[0xff, 0xfe, b'<', 0]).is_err());
        assert!(tags(b"<\0a\0/\0>\0").is_err());
    }
}
