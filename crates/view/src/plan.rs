use comity_calendar::{Partial, Validity};
use comity_conference::Held;
use comity_conference::fact::{SectionEstablished, ThemeEstablished, TopicAddressed, TopicOpened};

use crate::index::Layout;
use crate::{
    ActionLine, DocumentLine, EntryLine, Link, Matrix, MatrixRow, Says, SupportLine, Target,
    TopicTie, View,
};

/// The plan: themes, their sections, their topics.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub themes: Vec<ThemeLine>,
}

/// A theme with its sections.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeLine {
    pub link: Link,
    pub number: u16,
    pub since: Option<Partial>,
    pub until: Option<Partial>,
    pub uncertain: bool,
    pub summary: Option<String>,
    pub sections: Vec<SectionLine>,
    pub says: Says,
}

/// A section with its topics.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionLine {
    pub link: Link,
    pub number: u16,
    pub since: Option<Partial>,
    pub until: Option<Partial>,
    pub uncertain: bool,
    pub summary: Option<String>,
    pub topics: Vec<TopicLine>,
    pub documents: usize,
    /// Without the proposals.
    pub actions: usize,
    pub proposals: usize,
    pub says: Says,
}

/// A topic with how much rests on it.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicLine {
    pub link: Link,
    pub number: u16,
    pub summary: String,
    pub documents: usize,
    pub actions: usize,
    pub says: Says,
}

/// A theme's page.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemePage {
    pub line: ThemeLine,
}

/// A section's page.
#[derive(Debug, Clone, PartialEq)]
pub struct SectionPage {
    pub line: SectionLine,
    pub theme: Link,
    pub matrix: Matrix,
    pub documents: Vec<DocumentLine>,
    /// Actions and, last, proposals.
    pub actions: Vec<ActionLine>,
    /// Rows of the source's lists kept for the section, by list.
    pub entries: Vec<EntryLine>,
}

/// A row that says who addressed a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct AddressedLine {
    pub bodies: Vec<Link>,
    pub years: Vec<i16>,
    pub since: Option<i16>,
    /// The body on the occasion of whose meeting it was.
    pub occasion: Option<Link>,
    pub meeting: Option<Link>,
    pub says: Says,
}

/// A topic's page.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicPage {
    pub line: TopicLine,
    pub theme: Link,
    pub section: Link,
    pub addressed: Vec<AddressedLine>,
    pub matrix: MatrixRow,
    /// The years of the matrix row's cells.
    pub years: Vec<i16>,
    pub documents: Vec<DocumentLine>,
    pub actions: Vec<ActionLine>,
    pub supports: Vec<SupportLine>,
    pub linked: Vec<TopicTie>,
    pub previous: Option<Link>,
    pub next: Option<Link>,
}

impl View {
    /// Themes, sections and topics on the day shown, with how much rests on each.
    pub fn plan(&self) -> Plan {
        let layout = self.layout();
        Plan {
            themes: self
                .themes_in_order()
                .into_iter()
                .map(|held| self.theme_line(held, &layout))
                .collect(),
        }
    }

    /// One theme.
    pub fn theme(&self, id: &str) -> Option<ThemePage> {
        Some(ThemePage {
            line: self.theme_line(self.conference().themes.get(id)?, &self.layout()),
        })
    }

    /// One section, with its documents and actions.
    pub fn section(&self, id: &str) -> Option<SectionPage> {
        let held = self.conference().sections.get(id)?;
        Some(SectionPage {
            line: self.section_line(held, &self.layout()),
            theme: self.theme_or_id(&held.fact.theme),
            matrix: self.matrix(Some(id)),
            documents: self.document_lines(|document| document.section == id),
            actions: self.action_lines(|action| action.section == id),
            entries: self.entry_lines(|entry| entry.holder.as_deref() == Some(id)),
        })
    }

    /// One topic, with everything that rests on it.
    pub fn topic(&self, id: &str) -> Option<TopicPage> {
        let held = self.conference().topics.get(id)?;
        let fact = &held.fact;
        let section = self.conference().sections.get(&fact.section);
        let layout = self.layout();
        let siblings = layout.topics_of(&fact.section);
        let place = siblings.iter().position(|other| other.fact.id == id);
        let beside = |index: Option<usize>| {
            index
                .and_then(|index| siblings.get(index))
                .and_then(|other| self.topic_link(&other.fact.id))
        };
        let years = self.years_addressed();
        Some(TopicPage {
            line: self.topic_line(held, &layout),
            theme: section.map_or_else(
                || Link::bare(Target::Theme, &fact.section),
                |section| self.theme_or_id(&section.fact.theme),
            ),
            section: self.section_or_id(&fact.section),
            addressed: self
                .addressed_rows(id)
                .into_iter()
                .filter_map(|row| self.addressed_line(row))
                .collect(),
            matrix: self.matrix_row(id, &years),
            years,
            documents: self
                .document_lines(|document| document.topics.iter().any(|topic| topic == id)),
            actions: self.action_lines(|action| action.topics.iter().any(|topic| topic == id)),
            supports: self.support_lines(|support| support.topics.iter().any(|topic| topic == id)),
            linked: self.ties_of(id),
            previous: beside(place.and_then(|place| place.checked_sub(1))),
            next: beside(place.map(|place| place + 1)),
        })
    }

    fn theme_line(&self, held: &Held<ThemeEstablished>, layout: &Layout<'_>) -> ThemeLine {
        let fact = &held.fact;
        let sections = layout.sections_of(&fact.id).iter();
        ThemeLine {
            link: self.theme_or_id(&fact.id),
            number: fact.number,
            since: fact.since,
            until: fact.until,
            uncertain: self.presence(Validity {
                from: fact.since,
                until: fact.until,
            }) == Some(true),
            summary: fact.summary.as_ref().map(|summary| self.text(summary)),
            sections: sections
                .map(|section| self.section_line(section, layout))
                .collect(),
            says: self.says(held),
        }
    }

    fn section_line(&self, held: &Held<SectionEstablished>, layout: &Layout<'_>) -> SectionLine {
        let fact = &held.fact;
        let topics = layout.topics_of(&fact.id).iter();
        SectionLine {
            link: self.section_or_id(&fact.id),
            number: fact.number,
            since: fact.since,
            until: fact.until,
            uncertain: self.presence(Validity {
                from: fact.since,
                until: fact.until,
            }) == Some(true),
            summary: fact.summary.as_ref().map(|summary| self.text(summary)),
            topics: topics.map(|topic| self.topic_line(topic, layout)).collect(),
            documents: layout.documents_of(&fact.id),
            actions: layout.actions_of(&fact.id, false),
            proposals: layout.actions_of(&fact.id, true),
            says: self.says(held),
        }
    }

    fn topic_line(&self, held: &Held<TopicOpened>, layout: &Layout<'_>) -> TopicLine {
        let fact = &held.fact;
        let resting = layout.on_topic(&fact.id);
        TopicLine {
            link: self.topic_or_id(&fact.id),
            number: fact.number,
            summary: self.text(&fact.summary),
            documents: resting.documents,
            actions: resting.actions,
            says: self.says(held),
        }
    }

    /// `None` where nothing of the row had happened on the day shown.
    fn addressed_line(&self, held: &Held<TopicAddressed>) -> Option<AddressedLine> {
        let fact = &held.fact;
        let horizon = self.day().year();
        let years: Vec<i16> = fact
            .years
            .iter()
            .copied()
            .filter(|year| *year <= horizon)
            .collect();
        let since = fact.since.filter(|year| *year <= horizon);
        if years.is_empty() && since.is_none() && !(fact.years.is_empty() && fact.since.is_none()) {
            return None;
        }
        Some(AddressedLine {
            bodies: fact
                .bodies
                .iter()
                .filter_map(|body| self.body_link(body))
                .collect(),
            years,
            since,
            occasion: fact
                .occasion
                .as_deref()
                .and_then(|body| self.body_link(body)),
            meeting: fact
                .meeting
                .as_deref()
                .and_then(|meeting| self.meeting_link(meeting)),
            says: self.says(held),
        })
    }

    /// Whether a row says that its topic was taken up in a year, as far as the day shown.
    pub(crate) fn taken_up_in(&self, row: &TopicAddressed, year: i16) -> bool {
        year <= self.day().year()
            && (row.years.contains(&year) || row.since.is_some_and(|since| since <= year))
    }

    pub(crate) fn themes_in_order(&self) -> Vec<&Held<ThemeEstablished>> {
        let present = |held: &&Held<ThemeEstablished>| {
            self.presence(Validity {
                from: held.fact.since,
                until: held.fact.until,
            })
            .is_some()
        };
        let mut themes: Vec<_> = self.conference().themes.iter().filter(present).collect();
        themes.sort_by_key(|held| held.fact.number);
        themes
    }

    pub(crate) fn sections_in_order(&self) -> Vec<&Held<SectionEstablished>> {
        let sections = self.conference().sections.iter();
        let mut sections: Vec<_> = sections
            .filter(|held| self.section_stands(&held.fact.id))
            .collect();
        sections.sort_by_key(|held| self.section_rank(&held.fact.id));
        sections
    }

    /// Whether a section and its theme hold on the day shown. A section that the state has lost hides nothing.
    pub(crate) fn section_stands(&self, id: &str) -> bool {
        let Some(section) = self.conference().sections.get(id) else {
            return true;
        };
        let fact = &section.fact;
        let theme = self
            .conference()
            .themes
            .get(&fact.theme)
            .map(|held| Validity {
                from: held.fact.since,
                until: held.fact.until,
            });
        let section = Validity {
            from: fact.since,
            until: fact.until,
        };
        self.presence(section).is_some() && theme.is_none_or(|theme| self.presence(theme).is_some())
    }

    /// The topics of the sections on the day shown, once they had been addressed; those never addressed count.
    pub(crate) fn topics_in_order(&self) -> Vec<&Held<TopicOpened>> {
        let begun = |held: &&Held<TopicOpened>| {
            let rows = self.addressed_rows(&held.fact.id);
            let first = rows
                .iter()
                .flat_map(|row| row.fact.years.iter().copied().chain(row.fact.since))
                .min();
            self.section_stands(&held.fact.section)
                && first.is_none_or(|year| year <= self.day().year())
        };
        let mut topics: Vec<_> = self.conference().topics.iter().filter(begun).collect();
        topics.sort_by_key(|held| (self.section_rank(&held.fact.section), held.fact.number));
        topics
    }

    /// The order of a section in the plan: its theme's number, then its own.
    pub(crate) fn section_rank(&self, id: &str) -> (u16, u16) {
        let Some(section) = self.conference().sections.get(id) else {
            return (u16::MAX, u16::MAX);
        };
        let theme = self.conference().themes.get(&section.fact.theme);
        (
            theme.map_or(u16::MAX, |theme| theme.fact.number),
            section.fact.number,
        )
    }
}
