use comity_rules::Text;
use serde::{Deserialize, Serialize};

use crate::Name;

/// Where something took place, as far as it is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The city, region or border crossing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub city: Option<Text>,
    /// ISO 3166-1 alpha-2 code, upper case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Name>,
}
