use crate::canonical::{DEPTH_MAX, INTEGER_MAX};
use crate::{ActId, CommandId, Effective, Hash, Kind, Object, Record, RecordedAt, Salt};

/// What a record in canonical form says, as slices of its bytes: the way of replay and of `verify`, which copy nothing.
///
/// One pass looks at the form to the last byte and at every value of the envelope. It takes nothing that
/// [`Record::decode_strictly`] refuses. (It leaves keys with an escape to that one, which no act has.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts<'a> {
    /// As the fields of [`Record`]; words and nested objects are the text itself.
    pub act: ActId,
    pub actor: &'a str,
    pub at: RecordedAt,
    pub body: &'a str,
    pub command: &'a str,
    pub effective: Option<&'a str>,
    pub kind: &'a str,
    pub ordinal: u32,
    pub origin: &'a str,
    pub position: u64,
    pub version: u32,
    /// Digits that were looked at and not yet read: a replay asks for neither.
    rules: &'a str,
    salt: &'a str,
    /// The texts of `act` and `at`, to be compared with what stands beside a record.
    pub(crate) act_text: &'a str,
    pub(crate) at_text: &'a str,
}

impl<'a> Parts<'a> {
    /// The parts of a record; `None` where [`Record::decode_strictly`] has to say what the bytes are.
    pub fn read(blob: &'a [u8]) -> Option<Self> {
        let mut scan = Scan {
            text: std::str::from_utf8(blob).ok()?,
            at: 0,
        };
        scan.literal("{\"act\":")?;
        let act_text = scan.word()?;
        scan.literal(",\"actor\":")?;
        let actor = scan.nested()?;
        scan.literal(",\"at\":")?;
        let at_text = scan.word()?;
        scan.literal(",\"body\":")?;
        let body = scan.nested()?;
        scan.literal(",\"command\":")?;
        let command = scan.word().filter(|word| CommandId::accepts(word))?;
        let effective = match scan.literal(",\"effective\":") {
            Some(()) => Some(scan.word().filter(|word| Effective::accepts(word))?),
            None => None,
        };
        scan.literal(",\"kind\":")?;
        let kind = scan.word().filter(|word| Kind::accepts(word))?;
        scan.literal(",\"ordinal\":")?;
        let ordinal = u32::try_from(scan.integer()?).ok()?;
        scan.literal(",\"origin\":")?;
        let origin = scan.nested()?;
        scan.literal(",\"position\":")?;
        let position = u64::try_from(scan.integer()?).ok()?;
        scan.literal(",\"rules\":")?;
        let rules = scan.word().filter(|digits| Hash::accepts(digits))?;
        scan.literal(",\"salt\":")?;
        let salt = scan.word().filter(|digits| Salt::accepts(digits))?;
        scan.literal(",\"version\":")?;
        let version = u32::try_from(scan.integer()?).ok()?;
        scan.literal("}")?;
        scan.is_at_end().then_some(())?;
        Some(Self {
            act: act_text.parse().ok()?,
            actor,
            at: at_text.parse().ok()?,
            body,
            command,
            effective,
            kind,
            ordinal,
            origin,
            position,
            version,
            rules,
            salt,
            act_text,
            at_text,
        })
    }

    /// The record with copies of its own.
    pub(crate) fn to_record(self) -> Record {
        let looked_at = "the word was looked at when the parts were read";
        Record {
            act: self.act,
            command: self.command.parse().expect(looked_at),
            ordinal: self.ordinal,
            position: self.position,
            at: self.at,
            effective: self.effective.map(|word| word.parse().expect(looked_at)),
            origin: Object::from_canonical(self.origin),
            actor: Object::from_canonical(self.actor),
            rules: self.rules.parse().expect(looked_at),
            kind: self.kind.parse().expect(looked_at),
            version: self.version,
            salt: self.salt.parse().expect(looked_at),
            body: Object::from_canonical(self.body),
        }
    }
}

/// A place in a text that is looked at from its beginning to its end. `None` is: not canonical.
struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Goes on behind these characters if they come next, and stays where it is if not.
    fn literal(&mut self, literal: &str) -> Option<()> {
        let rest = &self.text.as_bytes()[self.at..];
        rest.starts_with(literal.as_bytes())
            .then(|| self.at += literal.len())
    }

    /// A string without an escape, without its quotes.
    fn word(&mut self) -> Option<&'a str> {
        self.take(b'"')?;
        let from = self.at;
        self.plain();
        let word = &self.text[from..self.at];
        self.take(b'"')?;
        Some(word)
    }

    /// A member of the record that is an object.
    fn nested(&mut self) -> Option<&'a str> {
        let from = self.at;
        (self.peek()? == b'{').then_some(())?;
        self.value(DEPTH_MAX - 1)?;
        Some(&self.text[from..self.at])
    }

    fn value(&mut self, depth_left: usize) -> Option<()> {
        match self.peek()? {
            b'"' => self.string(),
            b'{' => self.object(depth_left.checked_sub(1)?),
            b'[' => self.array(depth_left.checked_sub(1)?),
            b't' => self.literal("true"),
            b'f' => self.literal("false"),
            b'n' => self.literal("null"),
            _ => self.integer().map(|_| ()),
        }
    }

    fn object(&mut self, depth_left: usize) -> Option<()> {
        self.take(b'{')?;
        if self.take(b'}').is_some() {
            return Some(());
        }
        let mut before = None;
        loop {
            // For ASCII without escapes the order of the text is the order of the keys.
            let key = self.word().filter(|key| key.is_ascii())?;
            if before.is_some_and(|before| key <= before) {
                return None;
            }
            before = Some(key);
            self.take(b':')?;
            self.value(depth_left)?;
            if self.take(b',').is_none() {
                return self.take(b'}');
            }
        }
    }

    fn array(&mut self, depth_left: usize) -> Option<()> {
        self.take(b'[')?;
        if self.take(b']').is_some() {
            return Some(());
        }
        loop {
            self.value(depth_left)?;
            if self.take(b',').is_none() {
                return self.take(b']');
            }
        }
    }

    fn string(&mut self) -> Option<()> {
        self.take(b'"')?;
        loop {
            self.plain();
            if self.take(b'"').is_some() {
                return Some(());
            }
            self.escape()?;
        }
    }

    /// The escapes that the canonical form has, each for a character that has no other form.
    fn escape(&mut self) -> Option<()> {
        self.take(b'\\')?;
        let short = self.peek()?;
        self.at += 1;
        if b"\"\\bfnrt".contains(&short) {
            return Some(());
        }
        (short == b'u').then_some(())?;
        let digits = self.text.as_bytes().get(self.at..self.at + 4)?;
        let low = match digits {
            [b'0', b'0', b'0', low] if !b"89acd".contains(low) => low,
            [b'0', b'0', b'1', low] => low,
            _ => return None,
        };
        matches!(low, b'0'..=b'9' | b'a'..=b'f').then(|| self.at += 4)
    }

    /// Goes on to the next quote, backslash or control character, eight bytes at a time.
    fn plain(&mut self) {
        const ONES: u64 = u64::from_le_bytes([1; 8]);
        const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
        let bytes = self.text.as_bytes();
        while let Some(eight) = bytes[self.at..].first_chunk() {
            let eight = u64::from_le_bytes(*eight);
            // The high bit of each byte below `limit`. A borrow can mark a byte above a marked one by mistake; the
            // lowest mark is always right, and only that is asked for.
            let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word & HIGH;
            let is = |byte: u8| below(eight ^ (ONES * u64::from(byte)), 1);
            let found = is(b'"') | is(b'\\') | below(eight, 0x20);
            if found != 0 {
                self.at += found.trailing_zeros() as usize / 8;
                return;
            }
            self.at += 8;
        }
        let ends = |byte: &u8| *byte == b'"' || *byte == b'\\' || *byte < 0x20;
        let rest = &bytes[self.at..];
        self.at += rest.iter().position(ends).unwrap_or(rest.len());
    }

    fn integer(&mut self) -> Option<i64> {
        let negative = self.take(b'-').is_some();
        let from = self.at;
        let mut value = 0_i64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            value = value
                .checked_mul(10)?
                .checked_add(i64::from(digit - b'0'))?;
            self.at += 1;
        }
        let zero_first = self.text.as_bytes().get(from) == Some(&b'0');
        let form = match self.at - from {
            0 => false,
            1 => !(negative && zero_first),
            _ => !zero_first,
        };
        (form && value <= INTEGER_MAX).then_some(if negative { -value } else { value })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::conformance;

    fn with_body(body: &serde_json::Value) -> Vec<u8> {
        Record {
            body: Object::new(body).unwrap(),
            effective: Some("2011-10".parse().unwrap()),
            ..conformance::record("a", 7)
        }
        .encode()
    }

    fn rich() -> Vec<u8> {
        with_body(&json!({
            "a": [], "b": {}, "c": [true, false, null, 0, -1, 9_007_199_254_740_991_i64],
            "d": "\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f} \"\\/\u{7f}é\u{2028}🕊",
            "e": {"aa": [[{"x": "Nicaragua y Panamá"}]], "b": "x"},
        }))
    }

    /// What the strict reader refuses must be refused here; what both take must be the same.
    fn agrees(blob: &[u8]) -> bool {
        let Some(parts) = Parts::read(blob) else {
            return false;
        };
        let record = Record::decode_slowly_and_strictly(blob)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(blob)));
        assert_eq!(parts.to_record(), record);
        assert_eq!(parts.act_text, record.act.to_string());
        assert_eq!(parts.at_text, record.at.to_string());
        true
    }

    #[test]
    fn what_is_written_is_read() {
        assert!(agrees(&conformance::record("a", 7).encode()));
        assert!(agrees(&rich()));
    }

    #[test]
    fn no_byte_can_be_another() {
        let blob = rich();
        let mut taken = 0;
        for place in 0..blob.len() {
            for byte in 0..=u8::MAX {
                let mut other = blob.clone();
                other[place] = byte;
                taken += usize::from(agrees(&other));
            }
            let mut shorter = blob.clone();
            shorter.remove(place);
            agrees(&shorter);
            for byte in b" \"\\0,:{}[]" {
                let mut longer = blob.clone();
                longer.insert(place, *byte);
                agrees(&longer);
            }
        }
        assert!(taken > blob.len(), "other letters make other records");
    }

    #[test]
    fn other_forms_are_left_to_the_slow_reader() {
        let body = |text: &str| {
            let blob = String::from_utf8(with_body(&json!({"k": 7}))).unwrap();
            Parts::read(blob.replace("{\"k\":7}", text).as_bytes()).is_some()
        };
        assert!(body("{\"k\":7}"));
        for other in [
            "{\"k\": 7}",
            "{\"k\":07}",
            "{\"k\":-0}",
            "{\"k\":7.0}",
            "{\"k\":7e0}",
            "{\"k\":+7}",
            "{\"k\":}",
            "{\"k\":9007199254740992}",
            "{\"k\":-9007199254740992}",
            "{\"k\":\"\\u0041\"}",
            "{\"k\":\"\\/\"}",
            "{\"k\":\"\\u000A\"}",
            "{\"k\":\"\\u000a\"}",
            "{\"k\":\"\\u001F\"}",
            "{\"k\":\"\\u0020\"}",
            "{\"k\":\"\t\"}",
            "{\"k\":7,}",
            "{\"k\":[7,]}",
            "{\"k\":7,\"k\":7}",
            "{\"k\":7,\"j\":7}",
            "{\"é\":7}",
            "{\"k\":tru}",
            "{\"k\":nul}",
            "[]",
            "7",
            "{\"k\":7}}",
        ] {
            assert!(!body(other), "{other}");
        }
        let nested = |depth: usize| format!("{{\"k\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(body(&nested(62)), "with the record and the body, 64");
        assert!(!body(&nested(63)));
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_it_was_written(key in "[ !#-\\[\\]-~]{0,9}", text in any::<String>(), number in -INTEGER_MAX..=INTEGER_MAX) {
            let read = agrees(&with_body(&json!({key: [text, number], "text": text})));
            prop_assert!(read);
        }
    }
}
