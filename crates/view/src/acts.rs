use comity_calendar::Partial;
use comity_conference::{ActId, ActLine, Kind};
use comity_policy::{Action, Resource, may};

use crate::base::tally;
use crate::{FilterOption, Link, Says, Target, View, Words};

/// Which acts to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ActFilter {
    /// A kind of act, as records name it.
    pub kind: Option<String>,
}

/// What a row or an act is about.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    /// The table of the record: `document`, `meeting`, …
    pub table: &'static str,
    pub id: String,
    pub label: Words,
    /// Absent where it has no page.
    pub link: Option<Link>,
}

/// An act in the register.
#[derive(Debug, Clone, PartialEq)]
pub struct ActRow {
    pub id: String,
    /// The kind as records name it: `MeetingHeld`.
    pub kind: &'static str,
    /// When it was recorded, by RFC 3339.
    pub recorded_at: String,
    pub effective: Option<Partial>,
    /// Absent for the adoption of rules.
    pub about: Option<About>,
    /// Lines of the source; absent for an enacted act.
    pub lines: Option<String>,
    /// The act that now stands in its place.
    pub replaced_by: Option<String>,
    /// Acts whose word it replaced.
    pub replaces: Vec<String>,
    pub says: Says,
}

/// A page of the list of acts.
#[derive(Debug, Clone, PartialEq)]
pub struct ActPage {
    /// Newest first.
    pub acts: Vec<ActRow>,
    /// From 1.
    pub page: usize,
    pub pages: usize,
    /// How many acts the filter lets through.
    pub total: usize,
    /// The kinds of act with how many there are of each.
    pub kinds: Vec<FilterOption>,
}

/// How many acts stand on a page.
const PER_PAGE: usize = 50;

impl View {
    /// The acts of the register, newest first: what was recorded, whatever day is shown. A page past the last is the last.
    pub fn acts(&self, filter: &ActFilter, page: usize) -> ActPage {
        let all: Vec<&ActLine> = self.acts_seen().collect();
        let wanted = |line: &&&ActLine| {
            filter
                .kind
                .as_deref()
                .filter(|kind| !kind.is_empty())
                .is_none_or(|kind| kind == line.kind())
        };
        let total = all.iter().filter(wanted).count();
        let pages = total.div_ceil(PER_PAGE).max(1);
        let page = page.clamp(1, pages);
        let on_page = all
            .iter()
            .rev()
            .filter(wanted)
            .skip((page - 1) * PER_PAGE)
            .take(PER_PAGE);
        ActPage {
            acts: on_page.map(|line| self.act_row(line)).collect(),
            page,
            pages,
            total,
            kinds: tally(
                all.iter()
                    .map(|line| (line.kind().to_owned(), line.kind().to_owned())),
            ),
        }
    }

    /// The acts that the seat may see, in the order of the register.
    pub(crate) fn acts_seen(&self) -> impl Iterator<Item = &ActLine> {
        let seat = self.lens().seat;
        let may_read = move |line: &&ActLine| may(seat, Action::Read, class(line)).allowed;
        self.conference().acts.iter().filter(may_read)
    }

    /// One act.
    pub fn act_line(&self, id: &str) -> Option<ActRow> {
        let line = self.line_of(id)?;
        Some(self.act_row(line))
    }

    fn line_of(&self, id: &str) -> Option<&ActLine> {
        let id = ActId::new(id)?;
        self.acts_seen().find(|line| line.id == id)
    }

    fn act_row(&self, line: &ActLine) -> ActRow {
        let id = line.id.to_string();
        let provenance = self.conference().provenance(line);
        let now = line
            .about()
            .and_then(|(kind, about)| self.conference().spoken(kind, about))
            .map(|act| act.to_string());
        ActRow {
            kind: line.kind(),
            recorded_at: line.recorded_at().to_string(),
            effective: line.effective(),
            about: line.about().map(|(kind, about)| self.about(kind, about)),
            lines: provenance.map(|provenance| provenance.lines().to_owned()),
            replaced_by: now.filter(|now| *now != id),
            replaces: self.acts_before(line),
            says: self.says_of(line.id, provenance, 0),
            id,
        }
    }

    /// Earlier acts about the same fact, oldest first.
    fn acts_before(&self, line: &ActLine) -> Vec<String> {
        if line.about().is_none() {
            return Vec::new();
        }
        let earlier = self
            .conference()
            .acts
            .iter()
            .take_while(|other| other.id != line.id);
        earlier
            .filter(|other| other.about() == line.about())
            .map(|other| other.id.to_string())
            .collect()
    }

    /// What a fact is called, with the page where it is read: its own, or that of what it belongs to.
    pub(crate) fn about(&self, kind: Kind, id: &str) -> About {
        let link = self.page_of(kind, id);
        let label = self
            .label_of(kind, id)
            .or_else(|| link.as_ref().map(|link| link.label.clone()));
        let label = label.unwrap_or_else(|| Words {
            text: id.to_owned(),
            standing: None,
        });
        About {
            table: kind.table(),
            id: id.to_owned(),
            label,
            link,
        }
    }

    fn page_of(&self, kind: Kind, id: &str) -> Option<Link> {
        let state = self.conference();
        match kind {
            Kind::PartyAdmitted => self.party_link(id),
            Kind::InstitutionDesignated => self.party_link(&state.institutions.get(id)?.fact.party),
            Kind::BodyEstablished => self.body_link(id),
            Kind::PresidencyAgreed => {
                Some(self.presidency_label(&state.presidencies.get(id)?.fact))
            }
            Kind::MeetingHeld => self.meeting_link(id),
            Kind::ThemeEstablished => self.theme_link(id),
            Kind::SectionEstablished => self.section_link(id),
            Kind::TopicOpened => self.topic_link(id),
            Kind::TopicAddressed => self.topic_link(&state.addressed.get(id)?.fact.topic),
            Kind::DocumentRecorded => self.document_link(id),
            Kind::ActionRecorded => self.action_link(id),
            Kind::StepTaken => self.subject_link(&state.steps.get(id)?.fact.subject),
            Kind::OrganizationListed => self.organization_link(id),
            Kind::SupportGiven => {
                self.organization_link(&state.supports.get(id)?.fact.organization)
            }
            Kind::ForumAttended => Some(self.forum_label(&state.fora.get(id)?.fact)),
            Kind::SeminarListed => Some(self.seminar_label(&state.seminars.get(id)?.fact)),
            Kind::ContributionAssessed => self.party_link(&state.contributions.get(id)?.fact.party),
            Kind::EntryListed => self.holder_link(state.entries.get(id)?.fact.holder.as_deref()?),
            Kind::SourceRegistered
            | Kind::ScaleAdopted
            | Kind::BudgetItemListed
            | Kind::AcronymDefined => None,
        }
    }

    /// The name of a fact that has no page of its own.
    fn label_of(&self, kind: Kind, id: &str) -> Option<Words> {
        let state = self.conference();
        let own = |text: String| {
            Some(Words {
                text,
                standing: None,
            })
        };
        match kind {
            Kind::SourceRegistered => Some(self.title(&state.sources.get(id)?.fact.title)),
            Kind::InstitutionDesignated => Some(self.title(&state.institutions.get(id)?.fact.name)),
            Kind::ScaleAdopted => Some(self.title(&state.scales.get(id)?.fact.title)),
            Kind::BudgetItemListed => Some(self.title(&state.budget_items.get(id)?.fact.title)),
            Kind::AcronymDefined => own(self.text(&state.acronyms.get(id)?.fact.acronym)),
            Kind::SupportGiven => own(self.text(&state.supports.get(id)?.fact.text)),
            Kind::EntryListed => {
                let fact = &state.entries.get(id)?.fact;
                own(format!("{}, {}", self.list_name(&fact.list), fact.number))
            }
            Kind::StepTaken => {
                let fact = &state.steps.get(id)?.fact;
                let about = self.subject_link(&fact.subject)?.label.text;
                own(format!("{about}: {}", self.term("step", &fact.step)))
            }
            Kind::PartyAdmitted
            | Kind::BodyEstablished
            | Kind::PresidencyAgreed
            | Kind::MeetingHeld
            | Kind::ThemeEstablished
            | Kind::SectionEstablished
            | Kind::TopicOpened
            | Kind::TopicAddressed
            | Kind::DocumentRecorded
            | Kind::ActionRecorded
            | Kind::OrganizationListed
            | Kind::ForumAttended
            | Kind::SeminarListed
            | Kind::ContributionAssessed => None,
        }
    }

    /// The page of an act, for citing.
    pub fn act_link(&self, id: &str) -> Option<Link> {
        let line = self.line_of(id)?;
        Some(Link {
            to: Target::Act,
            id: id.to_owned(),
            label: Words {
                text: line.kind().to_owned(),
                standing: None,
            },
        })
    }
}

/// The class of an act by its kind, and whether it was recorded from a source. What was published is, and so are the rules, the
/// keys, who presides, the days on which countries work and the results that the Presidency made public. Any other enacted act is closed: who holds which seat is for those who may see the people of that
/// party, that somebody was erased for the host alone.
pub fn class_of(kind: &str, recorded: bool) -> Resource {
    match (kind, recorded) {
        (
            "RulesAdopted"
            | "RulesAmended"
            | "CheckpointKeyAdopted"
            | "PresidencyDesignated"
            | "ThemeChosen"
            | "PresidencyHandedOver"
            | "CalendarAdopted"
            | "NonWorkingDayDeclared"
            | "CalendarDayCorrected"
            | "ResultPublished",
            _,
        )
        | (_, true) => Resource::Published,
        (_, false) => Resource::Register,
    }
}

fn class(line: &ActLine) -> Resource {
    class_of(line.kind(), line.recorded())
}
