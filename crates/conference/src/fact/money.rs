use comity_calendar::Partial;
use comity_rules::{Text, Title};
use serde::{Deserialize, Serialize};

use crate::Name;

/// The members adopt a scale of annual contributions (N-01…N-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScaleAdopted {
    pub id: Name,
    pub title: Title,
    /// ISO 4217 code.
    pub currency: String,
    /// In force since.
    pub since: Partial,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Partial>,
    /// The meeting that approved the amounts on which it rests.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
}

/// What one member contributes a year under a scale (L-17). Shares are computed, never stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ContributionAssessed {
    /// `scale-2005/honduras`
    pub id: Name,
    pub scale: Name,
    pub party: Name,
    /// Whole units of the scale's currency.
    pub amount: u64,
}

/// An item of the annual budget of the secretariat, without an amount (N-04, L-18).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetItemListed {
    pub id: Name,
    pub number: u16,
    pub title: Title,
}
