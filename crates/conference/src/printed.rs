use std::collections::BTreeMap;
use std::fmt;
use std::ops::Deref;

use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Name;

/// What stands in print, by field, in the order of the fields. Most facts have nothing of it, the others one or two: a
/// list takes a tenth of the memory that a tree would.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed(Box<[(Name, Box<str>)]>);

impl Printed {
    /// Nothing stands there otherwise.
    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }
}

impl Deref for Printed {
    type Target = [(Name, Box<str>)];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// Of fields in order, each once.
impl<'a> FromIterator<(&'a str, &'a str)> for Printed {
    fn from_iter<I: IntoIterator<Item = (&'a str, &'a str)>>(fields: I) -> Self {
        let fields = fields.into_iter();
        Self(
            fields
                .map(|(field, value)| (Name::new(field), value.into()))
                .collect(),
        )
    }
}

impl From<BTreeMap<String, String>> for Printed {
    fn from(fields: BTreeMap<String, String>) -> Self {
        let each = |(field, value): (String, String)| (Name::new(&field), value.into());
        Self(fields.into_iter().map(each).collect())
    }
}

impl Serialize for Printed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(field, value)| (field, value)))
    }
}

impl<'de> Deserialize<'de> for Printed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Fields)
    }
}

struct Fields;

impl<'de> Visitor<'de> for Fields {
    type Value = Printed;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Printed, A::Error> {
        let mut fields: Vec<(Name, Box<str>)> = Vec::with_capacity(1);
        while let Some((field, value)) = map.next_entry::<Name, _>()? {
            // A record has them in this order, each once; a row of a record file may not.
            match fields.binary_search_by(|(name, _)| name.cmp(&field)) {
                Ok(at) => fields[at].1 = value,
                Err(at) => fields.insert(at, (field, value)),
            }
        }
        Ok(Printed(fields.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_and_written_in_order() {
        let printed: Printed = serde_json::from_str(r#"{"b":"1","a":"2"}"#).unwrap();
        assert_eq!(
            serde_json::to_string(&printed).unwrap(),
            r#"{"a":"2","b":"1"}"#
        );
        assert_eq!(serde_json::to_string(&Printed::default()).unwrap(), "{}");
        let twice: Printed = serde_json::from_str(r#"{"b":"1","a":"2","b":"3"}"#).unwrap();
        assert_eq!(
            serde_json::to_string(&twice).unwrap(),
            r#"{"a":"2","b":"3"}"#
        );
        assert!(serde_json::from_str::<Printed>(r#"{"a":2}"#).is_err());
    }
}
