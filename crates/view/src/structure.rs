use std::collections::BTreeMap;

use comity_calendar::{Partial, Validity};
use comity_conference::Held;
use comity_conference::fact::{BodyEstablished, Subject};
use comity_rules as rules;

use crate::{
    AddressedTopic, Cited, EntryList, Link, MarkName, MeetingLine, Named, Says, StepLine, View,
    Words,
};

/// How the process is built.
#[derive(Debug, Clone, PartialEq)]
pub struct Structure {
    /// The standing bodies in order of importance.
    pub bodies: Vec<BodyLine>,
    /// Groups and linked bodies that the rules do not name.
    pub groups: Vec<BodyLine>,
    pub cycle: Cycle,
    pub chain: Vec<ChainLine>,
    /// Where the source is silent and the rules decide.
    pub assumptions: Vec<Assumption>,
}

/// A body, as the rules and the record have it.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyLine {
    pub link: Link,
    pub acronym: Option<String>,
    pub kind: Named,
    pub mark: Option<MarkName>,
    /// For groups that were only proposed, and the like; absent: active.
    pub status: Option<Named>,
    pub summary: String,
    /// Who sits in it.
    pub composition: Option<String>,
    pub since: Option<Partial>,
    pub until: Option<Partial>,
    pub uncertain: bool,
    /// What the rules say of it; absent for a group.
    pub rule: Option<BodyRule>,
    pub says: Says,
}

/// What the rules say of a standing body.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyRule {
    pub order: u16,
    /// Bodies of the same order, that work beside it.
    pub parallel: Vec<Link>,
    pub reports_to: Option<Link>,
    pub meetings_per_year: Option<u16>,
    pub season: Option<String>,
    /// Its first meeting of the year is held together with this body's.
    pub first_with: Option<Link>,
    /// It meets immediately before this body.
    pub precedes: Option<Link>,
    /// Kinds of party, by their plural names.
    pub decides: Vec<Named>,
    pub attends: Vec<Named>,
    /// Only if specifically invited.
    pub invited: Vec<Named>,
    /// With a slot on the agenda.
    pub slots: Vec<Named>,
    pub sessions: Vec<SessionLine>,
    /// What its agenda cannot go without.
    pub minimum_items: Vec<RuleLine>,
    pub cited: Cited,
}

/// A session of a body.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionLine {
    pub id: String,
    pub name: String,
    pub open: bool,
    pub attends: Vec<Named>,
    pub slots: Vec<Named>,
    /// The rank asked of those who attend.
    pub rank: Option<String>,
    pub officials_per_head: Option<u16>,
    /// Matters that belong to this session alone.
    pub reserved: Vec<RuleLine>,
    pub minimum_items: Vec<RuleLine>,
    pub cited: Cited,
}

/// A named thing of the rules.
#[derive(Debug, Clone, PartialEq)]
pub struct RuleLine {
    pub id: String,
    pub name: String,
    pub cited: Cited,
}

/// The year's meetings, derived from what the rules say of order, coupling and number.
#[derive(Debug, Clone, PartialEq)]
pub struct Cycle {
    pub gatherings: Vec<Gathering>,
    /// The body whose meeting the chair's holder hosts.
    pub hosted: Option<Link>,
}

/// Bodies that meet one after another on one occasion.
#[derive(Debug, Clone, PartialEq)]
pub struct Gathering {
    /// From 1, within the year.
    pub number: u16,
    pub season: Option<String>,
    /// In order of time; bodies of one stage meet side by side.
    pub stages: Vec<Vec<CycleBody>>,
}

/// A body in the cycle.
#[derive(Debug, Clone, PartialEq)]
pub struct CycleBody {
    pub body: Link,
    pub acronym: Option<String>,
    pub mark: Option<MarkName>,
}

/// A document that goes from one body to the next.
#[derive(Debug, Clone, PartialEq)]
pub struct ChainLine {
    pub from: Link,
    /// Absent at the end of the chain.
    pub to: Option<Link>,
    /// Id of the document of the chain: `network_report`. The site has its words.
    pub document: String,
    pub cited: Cited,
}

/// A value that the source leaves open and the rules decide.
#[derive(Debug, Clone, PartialEq)]
pub struct Assumption {
    /// Key in the rules file: `consultation.silence`.
    pub key: &'static str,
    pub row: String,
    pub why: String,
}

/// A body's page.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyPage {
    pub line: BodyLine,
    /// Other names under which it stands in the source.
    pub aliases: Vec<Words>,
    /// Functions and other lists kept for it.
    pub lists: Vec<EntryList>,
    pub history: Vec<StepLine>,
    /// What it did for documents, actions and other bodies, or what was done before it.
    pub steps: Vec<StepLine>,
    pub topics: Vec<AddressedTopic>,
    /// Newest first.
    pub meetings: Vec<MeetingLine>,
    /// Standing bodies that report to it.
    pub reporting: Vec<Link>,
    /// Groups set up or proposed within it.
    pub groups: Vec<Link>,
    pub chain: Vec<ChainLine>,
}

impl View {
    /// How the process is built, on the day shown.
    pub fn structure(&self) -> Structure {
        let (bodies, groups) = self
            .bodies_in_order()
            .into_iter()
            .map(|held| self.body_line(held))
            .partition(|line: &BodyLine| line.rule.is_some());
        Structure {
            bodies,
            groups,
            cycle: self.cycle(),
            chain: self.chain(),
            assumptions: self.assumptions(),
        }
    }

    /// One body, with what it does and did.
    pub fn body(&self, id: &str) -> Option<BodyPage> {
        let held = self.conference().bodies.get(id)?;
        let own = |subject: &Subject| matches!(subject, Subject::Body(body) if body == id);
        let reporting = self
            .rules()
            .bodies
            .iter()
            .filter(|body| body.reports_to.as_deref() == Some(id));
        Some(BodyPage {
            line: self.body_line(held),
            aliases: held
                .fact
                .aliases
                .iter()
                .map(|alias| self.title(alias))
                .collect(),
            lists: self.lists_of(id),
            history: self.step_lines(|step| own(&step.subject)),
            steps: self.step_lines(|step| {
                !own(&step.subject)
                    && (step.body.as_deref() == Some(id) || step.by.iter().any(|actor| actor == id))
            }),
            topics: self.topics_addressed_by(id),
            meetings: self.meeting_lines(|meeting| meeting.body == id),
            reporting: reporting
                .filter_map(|body| self.body_link(&body.id))
                .collect(),
            groups: self.groups_of(id),
            chain: self
                .chain()
                .into_iter()
                .filter(|link| link.from.id == id || link.to.as_ref().is_some_and(|to| to.id == id))
                .collect(),
        })
    }

    /// The year's cycle of meetings.
    pub fn cycle(&self) -> Cycle {
        let most = self
            .rules()
            .bodies
            .iter()
            .filter_map(|body| body.meetings_per_year)
            .max()
            .unwrap_or_default();
        Cycle {
            gatherings: (1..=most).map(|number| self.gathering(number)).collect(),
            hosted: self
                .rules()
                .chair
                .hosts
                .as_deref()
                .and_then(|body| self.body_link(body)),
        }
    }

    /// Which document each body hands to the next.
    pub fn chain(&self) -> Vec<ChainLine> {
        let line = |link: &rules::Link| ChainLine {
            from: self.body_or_id(&link.from),
            to: link.to.as_deref().map(|to| self.body_or_id(to)),
            document: link.document.clone(),
            cited: cited(&link.row, link.lines.as_ref()),
        };
        self.rules().chains.iter().map(line).collect()
    }

    /// Every value that the source leaves open and the rules decide.
    pub fn assumptions(&self) -> Vec<Assumption> {
        let found = self.rules().assumptions().into_iter();
        found
            .map(|(key, row, why)| Assumption {
                key,
                row: row.to_owned(),
                why: self.text(why),
            })
            .collect()
    }

    /// The bodies on the day shown: those of the rules in their order, then the others as entered.
    fn bodies_in_order(&self) -> Vec<&Held<BodyEstablished>> {
        let present = |held: &&Held<BodyEstablished>| self.presence(validity(&held.fact)).is_some();
        let mut all: Vec<_> = self.conference().bodies.iter().filter(present).collect();
        all.sort_by_key(|held| (self.body_rank(&held.fact.id), held.order));
        all
    }

    fn body_line(&self, held: &Held<BodyEstablished>) -> BodyLine {
        let fact = &held.fact;
        BodyLine {
            link: self.body_or_id(&fact.id),
            acronym: self.body_acronym(&fact.id),
            kind: self.body_kind(&fact.kind),
            mark: self.body_mark(&fact.id),
            status: fact
                .status
                .as_ref()
                .map(|status| self.named("status", status)),
            summary: self.text(&fact.summary),
            composition: fact
                .composition
                .as_ref()
                .map(|composition| self.text(composition)),
            since: fact.since,
            until: fact.until,
            uncertain: self.presence(validity(fact)) == Some(true),
            rule: self.rules().body(&fact.id).map(|body| self.body_rule(body)),
            says: self.says(held),
        }
    }

    fn body_rule(&self, body: &rules::Body) -> BodyRule {
        let parallel = self
            .rules()
            .bodies
            .iter()
            .filter(|other| other.order == body.order && other.id != body.id);
        let link = |id: &Option<String>| id.as_deref().and_then(|id| self.body_link(id));
        BodyRule {
            order: body.order,
            parallel: parallel
                .filter_map(|other| self.body_link(&other.id))
                .collect(),
            reports_to: link(&body.reports_to),
            meetings_per_year: body.meetings_per_year,
            season: body.season.as_ref().map(|season| self.text(season)),
            first_with: link(&body.first_with),
            precedes: link(&body.precedes),
            decides: self.party_kinds(&body.decides),
            attends: self.party_kinds(&body.attends),
            invited: self.party_kinds(&body.invited),
            slots: self.party_kinds(&body.slots),
            sessions: body
                .sessions
                .iter()
                .map(|session| self.session(&body.id, session))
                .collect(),
            minimum_items: self.minimum_items(&body.id, None),
            cited: cited(&body.row, body.lines.as_ref()),
        }
    }

    fn session(&self, body: &str, session: &rules::Session) -> SessionLine {
        let reserved = self
            .rules()
            .reserved_matters
            .iter()
            .filter(|matter| matter.session == session.id);
        let matter = |matter: &rules::ReservedMatter| RuleLine {
            id: matter.id.clone(),
            name: self.text(&matter.name),
            cited: cited(&matter.row, matter.lines.as_ref()),
        };
        SessionLine {
            id: session.id.clone(),
            name: self.text(&session.name),
            open: session.open,
            attends: self.party_kinds(&session.attends),
            slots: self.party_kinds(&session.slots),
            rank: session.rank.as_ref().map(|rank| self.text(rank)),
            officials_per_head: session.officials_per_head,
            reserved: reserved.map(matter).collect(),
            minimum_items: self.minimum_items(body, Some(&session.id)),
            cited: cited(&session.row, session.lines.as_ref()),
        }
    }

    /// What the agenda of a body, or of one of its sessions, cannot go without.
    fn minimum_items(&self, body: &str, session: Option<&str>) -> Vec<RuleLine> {
        let items = self.rules().minimum_items.iter();
        let items = items.filter(|item| {
            item.bodies.iter().any(|found| found == body) && item.session.as_deref() == session
        });
        items
            .map(|item| RuleLine {
                id: item.id.clone(),
                name: self.text(&item.name),
                cited: cited(&item.row, item.lines.as_ref()),
            })
            .collect()
    }

    /// The bodies that meet for the `number`th time in the year, in order of time.
    fn gathering(&self, number: u16) -> Gathering {
        let meeting: Vec<&rules::Body> = self
            .rules()
            .bodies
            .iter()
            .filter(|body| body.meetings_per_year.is_some_and(|times| times >= number))
            .collect();
        let mut stages: BTreeMap<usize, Vec<&rules::Body>> = BTreeMap::new();
        for body in &meeting {
            stages
                .entry(stage_of(body, &meeting, number, meeting.len()))
                .or_default()
                .push(body);
        }
        let body = |body: &rules::Body| CycleBody {
            body: self.body_or_id(&body.id),
            acronym: self.body_acronym(&body.id),
            mark: self.body_mark(&body.id),
        };
        Gathering {
            number,
            season: meeting
                .iter()
                .filter(|_| number == 1)
                .find_map(|body| body.season.as_ref())
                .map(|season| self.text(season)),
            stages: stages
                .into_values()
                .map(|bodies| bodies.into_iter().map(body).collect())
                .collect(),
        }
    }

    fn groups_of(&self, id: &str) -> Vec<Link> {
        let groups = self
            .bodies_in_order()
            .into_iter()
            .map(|held| held.fact.id.as_str())
            .filter(|group| self.rules().body(group).is_none());
        let steps = &self.conference().steps;
        let of_group = |group: &str| {
            steps.iter().any(|held| {
                matches!(&held.fact.subject, Subject::Body(body) if body == group)
                    && held.fact.body.as_deref() == Some(id)
            })
        };
        groups
            .filter(|group| of_group(group))
            .filter_map(|group| self.body_link(group))
            .collect()
    }
}

/// How many bodies come before it on one occasion, counted along the longest chain. `depth` ends a circle in the rules.
fn stage_of(body: &rules::Body, meeting: &[&rules::Body], number: u16, depth: usize) -> usize {
    if depth == 0 {
        return 0;
    }
    let before = meeting.iter().filter(|other| {
        let together = number == 1 && other.first_with.as_deref() == Some(body.id.as_str());
        together || other.precedes.as_deref() == Some(body.id.as_str())
    });
    before
        .map(|other| stage_of(other, meeting, number, depth - 1) + 1)
        .max()
        .unwrap_or(0)
}

pub(crate) fn cited(row: &str, lines: Option<&String>) -> Cited {
    Cited {
        row: row.to_owned(),
        lines: lines.cloned(),
    }
}

fn validity(fact: &BodyEstablished) -> Validity {
    Validity {
        from: fact.since,
        until: fact.until,
    }
}
