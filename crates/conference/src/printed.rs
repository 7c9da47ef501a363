use std::collections::BTreeMap;
use std::ops::Deref;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Name;

/// What stands in print, by field, in the order of the fields. Most facts have nothing of it, the others one or two: a
/// list takes a tenth of the memory that a tree would.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Printed(Box<[(Name, Box<str>)]>);

impl Printed {
    /// What stands in print of a field.
    pub fn of(&self, field: &str) -> Option<&str> {
        let found = self.iter().find(|(name, _)| name.as_str() == field);
        found.map(|(_, value)| value.as_ref())
    }
}

impl Deref for Printed {
    type Target = [(Name, Box<str>)];

    fn deref(&self) -> &Self::Target {
        &self.0
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
        BTreeMap::<String, String>::deserialize(deserializer).map(Self::from)
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
        assert_eq!(printed.of("b"), Some("1"));
        assert_eq!(printed.of("c"), None);
        assert_eq!(serde_json::to_string(&Printed::default()).unwrap(), "{}");
        assert!(serde_json::from_str::<Printed>(r#"{"a":2}"#).is_err());
    }
}
