use comity_calendar::Partial;
use comity_rules::{Text, Title};
use serde::{Deserialize, Serialize};

use crate::Name;

/// A core theme of the Plan of Action (T-01…T-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeEstablished {
    pub id: Name,
    pub number: u16,
    pub title: Title,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Partial>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Partial>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
}

/// A section of a theme (T-01…T-05).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SectionEstablished {
    /// `mpm`, `tip`, `cp`, `cwv`, `md`
    pub id: Name,
    pub theme: Name,
    pub number: u16,
    pub title: Title,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Partial>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Partial>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
}

/// A topic is taken into a section (L-20…L-25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicOpened {
    pub id: Name,
    pub section: Name,
    /// Its place in the printed list of the section, from 1.
    pub number: u16,
    pub title: Title,
    /// What was taken up under it, in our words, briefly.
    pub summary: Text,
}

/// Bodies take up a topic in named years, or from a year on (M-12).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicAddressed {
    /// `topic/1`; made by the importer from the topic and the row's place.
    pub id: Name,
    pub topic: Name,
    /// The bodies that took it up (ids of bodies). "Networks" without a name stands for both.
    pub bodies: Box<[Name]>,
    /// Single years, ascending.
    #[serde(default, skip_serializing_if = "<[_]>::is_empty")]
    pub years: Box<[i16]>,
    /// "Since YEAR", still going on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<i16>,
    /// The body on the occasion of whose meeting it was, where the source says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occasion: Option<Name>,
    /// The meeting, where exactly one is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Name>,
}
