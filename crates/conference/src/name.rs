use std::borrow::Borrow;
use std::cell::RefCell;
use std::fmt;
use std::ops::Deref;

use arcstr::ArcStr;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An id, or a word of the rules: a short text that many facts name, held once where it repeats, behind one pointer.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(ArcStr);

/// How many names each thread remembers; a power of two.
const REMEMBERED: usize = 1_024;

thread_local! {
    /// The last name of each slot, so that a register is read without one allocation for each mention. Which names
    /// are remembered changes nothing but memory.
    static SEEN: RefCell<Vec<Option<Name>>> = RefCell::new(vec![None; REMEMBERED]);
}

impl Name {
    /// The name of these characters.
    pub fn new(text: &str) -> Self {
        let slot = slot(text);
        SEEN.with_borrow_mut(|seen| match &seen[slot] {
            Some(name) if **name == *text => name.clone(),
            _ => {
                let name = Self(ArcStr::from(text));
                seen[slot] = Some(name.clone());
                name
            }
        })
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// FNV-1a, which is short and good enough for words.
fn slot(text: &str) -> usize {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    (hash ^ (hash >> 15)) as usize % REMEMBERED
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Name {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Name {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl From<&Name> for String {
    fn from(name: &Name) -> Self {
        name.as_str().to_owned()
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        Self::from(&name)
    }
}

impl PartialEq<Name> for str {
    fn eq(&self, other: &Name) -> bool {
        self == other.as_str()
    }
}

impl PartialEq<String> for Name {
    fn eq(&self, other: &String) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == other
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == *other
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, f)
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl serde::de::Visitor<'_> for Text {
            type Value = Name;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                // The same word as for a text, so that a fault of a row reads the same.
                f.write_str("a string")
            }

            fn visit_str<E>(self, text: &str) -> Result<Name, E> {
                Ok(Name::new(text))
            }
        }

        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_repeats_is_held_once() {
        let names: Vec<Name> = serde_json::from_str(r#"["honduras","panama","honduras"]"#).unwrap();
        assert_eq!(names, ["honduras", "panama", "honduras"]);
        assert!(ArcStr::ptr_eq(&names[0].0, &names[2].0));
        assert!(!ArcStr::ptr_eq(&names[0].0, &names[1].0));
    }

    #[test]
    fn names_that_share_a_slot_are_still_themselves() {
        for number in 0..10 * REMEMBERED {
            let text = format!("{number}/{number}");
            assert_eq!(Name::new(&text), text.as_str());
        }
    }
}
