use comity_calendar::Partial;
use comity_conference::fact::{MeetingHeld, Subject};
use comity_conference::{Held, Provenance};
use comity_rules::{Mark, NumberingStyle, roman};

use crate::base::tally;
use crate::index::by_date;
use crate::work::{AGREEING, PUTTING_FORWARD};
use crate::{
    ActionLine, DocumentLine, EntryLine, Facet, Link, Listing, Place, PresidencyBrief, Says,
    StepLine, Target, View, Words,
};

/// The name of a shape in pictures: `circle`, `square` or `triangle`.
pub type MarkName = &'static str;

/// Which meetings to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MeetingFilter {
    pub body: Option<String>,
    pub year: Option<i16>,
}

/// A meeting in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingLine {
    pub link: Link,
    pub body: Link,
    pub body_acronym: Option<String>,
    /// The shape of the body's kind in pictures.
    pub body_mark: Option<MarkName>,
    /// Its number as the rules write it: `XIV`.
    pub number: Option<String>,
    /// A name of its own, where it has one.
    pub title: Option<Words>,
    pub date: Partial,
    pub place: Option<Place>,
    pub presidency: Option<PresidencyBrief>,
    pub inferred: bool,
    /// The day shown lies within the margin of its date.
    pub uncertain: bool,
    pub says: Says,
}

/// A topic that a body addressed.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingTopic {
    pub topic: Link,
    /// True where the source gives the year only and the body met several times in it.
    pub in_that_year: bool,
    /// The body on the occasion of whose meeting it was.
    pub occasion: Option<Link>,
    pub says: Says,
}

/// A meeting and what happened at it.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingPage {
    pub line: MeetingLine,
    /// It lies after the day shown.
    pub ahead: bool,
    /// Meetings held on the same occasion.
    pub with: Vec<MeetingLine>,
    pub topics: Vec<MeetingTopic>,
    /// Everything that happened at it to documents, actions and bodies.
    pub steps: Vec<StepLine>,
    /// Actions put forward at it.
    pub proposed: Vec<ActionLine>,
    /// Documents approved, ratified or signed at it.
    pub approved: Vec<DocumentLine>,
    /// Captions of photographs that show it.
    pub captions: Vec<EntryLine>,
    /// The meeting of the same body before it.
    pub previous: Option<Link>,
    /// The meeting of the same body after it.
    pub next: Option<Link>,
}

impl View {
    /// The meetings, newest first, with the choices of body and year.
    pub fn meetings(&self, filter: &MeetingFilter) -> Listing<MeetingLine> {
        let all = self.meetings_by_date();
        let body = |held: &Held<MeetingHeld>| {
            vec![(
                held.fact.body.to_string(),
                self.body_or_id(&held.fact.body).label.text,
            )]
        };
        let years = |held: &Held<MeetingHeld>| {
            let year = held.fact.date.earliest().year().to_string();
            vec![(year.clone(), year)]
        };
        let mut bodies = tally(all.iter().flat_map(|held| body(held)));
        bodies.sort_by_key(|option| self.body_rank(&option.id));
        let mut by_year = tally(all.iter().flat_map(|held| years(held)));
        by_year.reverse();
        let wanted = |meeting: &MeetingHeld| {
            filter
                .body
                .as_ref()
                .is_none_or(|body| meeting.body == *body)
                && filter
                    .year
                    .is_none_or(|year| meeting.date.years(year).contains(&year))
        };
        Listing {
            items: self.meeting_lines(wanted),
            total: all.len(),
            facets: vec![
                Facet {
                    field: "body",
                    options: bodies,
                },
                Facet {
                    field: "year",
                    options: by_year,
                },
            ],
        }
    }

    /// One meeting, with what happened at it.
    pub fn meeting(&self, id: &str) -> Option<MeetingPage> {
        let held = self.conference().meetings.get(id)?;
        let fact = &held.fact;
        let steps = self.step_lines(|step| step.meeting.as_deref() == Some(id));
        let mut proposed = Vec::new();
        let mut approved = Vec::new();
        for step in self
            .conference()
            .steps
            .iter()
            .filter(|step| step.fact.meeting.as_deref() == Some(id))
        {
            match &step.fact.subject {
                Subject::Action(action) if PUTTING_FORWARD.contains(&step.fact.step.as_str()) => {
                    proposed.push(action.as_str());
                }
                Subject::Document(document) if AGREEING.contains(&step.fact.step.as_str()) => {
                    approved.push(document.as_str());
                }
                Subject::Action(_) | Subject::Document(_) | Subject::Body(_) => {}
            }
        }
        let (previous, next) = self.meetings_beside(fact);
        Some(MeetingPage {
            line: self.meeting_line(held),
            ahead: !self.begun(Some(fact.date)),
            with: self.meeting_lines(|other| {
                fact.with.contains(&other.id) || other.with.contains(&fact.id)
            }),
            topics: self.topics_at(fact),
            steps,
            proposed: self.action_lines(|action| proposed.contains(&action.id.as_str())),
            approved: self.document_lines(|document| approved.contains(&document.id.as_str())),
            captions: self.entry_lines(|entry| {
                entry.list == "caption" && entry.meeting.as_deref() == Some(id)
            }),
            previous,
            next,
        })
    }

    fn topics_at(&self, meeting: &MeetingHeld) -> Vec<MeetingTopic> {
        let year = meeting.date.earliest().year();
        let same_year = |other: &&Held<MeetingHeld>| {
            other.fact.body == meeting.body && other.fact.date.earliest().year() == year
        };
        let several = self.conference().meetings.iter().filter(same_year).count() > 1;
        let mut topics = Vec::new();
        for topic in self.topics_in_order() {
            for row in self.addressed_rows(&topic.fact.id) {
                let here = row.fact.meeting.as_deref() == Some(meeting.id.as_str());
                let in_year = row.fact.meeting.is_none()
                    && row.fact.bodies.contains(&meeting.body)
                    && self.taken_up_in(&row.fact, year);
                if !here && !in_year {
                    continue;
                }
                topics.push(MeetingTopic {
                    topic: self.topic_or_id(&topic.fact.id),
                    in_that_year: !here && several,
                    occasion: row
                        .fact
                        .occasion
                        .as_deref()
                        .and_then(|body| self.body_link(body)),
                    says: self.says(row),
                });
            }
        }
        topics
    }

    fn meetings_beside(&self, meeting: &MeetingHeld) -> (Option<Link>, Option<Link>) {
        let mut same: Vec<_> = self.meetings_by_date();
        same.retain(|held| held.fact.body == meeting.body);
        let Some(place) = same.iter().position(|held| held.fact.id == meeting.id) else {
            return (None, None);
        };
        let label =
            |held: Option<&&Held<MeetingHeld>>| held.map(|held| self.meeting_label(&held.fact));
        (
            label(place.checked_sub(1).and_then(|before| same.get(before))),
            label(same.get(place + 1)),
        )
    }

    /// The meetings that had begun on the day shown, oldest first.
    pub(crate) fn meetings_by_date(&self) -> Vec<&Held<MeetingHeld>> {
        let mut all: Vec<_> = self
            .conference()
            .meetings
            .iter()
            .filter(|held| self.begun(Some(held.fact.date)))
            .collect();
        all.sort_by_cached_key(|held| by_date(held, self.rules()));
        all
    }

    /// The meetings that had begun on the day shown and are wanted, newest first.
    pub(crate) fn meeting_lines(&self, wanted: impl Fn(&MeetingHeld) -> bool) -> Vec<MeetingLine> {
        self.latest_meetings(usize::MAX, wanted)
    }

    /// The same, of the newest so many.
    pub(crate) fn latest_meetings(
        &self,
        most: usize,
        wanted: impl Fn(&MeetingHeld) -> bool,
    ) -> Vec<MeetingLine> {
        let all = self.meetings_by_date();
        all.into_iter()
            .rev()
            .filter(|held| wanted(&held.fact))
            .take(most)
            .map(|held| self.meeting_line(held))
            .collect()
    }

    pub(crate) fn meeting_line(&self, held: &Held<MeetingHeld>) -> MeetingLine {
        let fact = &held.fact;
        MeetingLine {
            link: self.meeting_label(fact),
            body: self.body_or_id(&fact.body),
            body_acronym: self.body_acronym(&fact.body),
            body_mark: self.body_mark(&fact.body),
            number: fact.number.map(|number| self.numeral(number)),
            title: fact.title.as_ref().map(|title| self.title(title)),
            date: fact.date,
            place: fact.place.as_ref().map(|place| self.place(place)),
            presidency: self.presidency_at(fact.date),
            inferred: held.provenance.as_ref().is_some_and(Provenance::inferred),
            uncertain: self.doubtful(Some(fact.date)),
            says: self.says(held),
        }
    }

    /// A number of the conference as the rules write it.
    pub(crate) fn numeral(&self, number: u16) -> String {
        match self
            .rules()
            .numbering
            .as_ref()
            .map(|numbering| numbering.style)
        {
            Some(NumberingStyle::Roman) => roman(number),
            Some(NumberingStyle::Arabic) | None => number.to_string(),
        }
    }

    pub(crate) fn meeting_link(&self, id: &str) -> Option<Link> {
        Some(self.meeting_label(&self.conference().meetings.get(id)?.fact))
    }

    /// Its own name; else its number with the process's acronym, else the body's with the year, and the month where the
    /// body met several times in that year.
    pub(crate) fn meeting_label(&self, fact: &MeetingHeld) -> Link {
        let label = match (&fact.title, fact.number) {
            (Some(title), _) => self.title(title),
            (None, Some(number)) => own(format!(
                "{} {}",
                self.numeral(number),
                self.text(&self.rules().process.acronym)
            )),
            (None, None) => {
                let body = self
                    .body_acronym(&fact.body)
                    .unwrap_or_else(|| self.body_or_id(&fact.body).label.text);
                let start = fact.date.start();
                own(match start.month.filter(|month| *month <= 12) {
                    Some(month) => format!("{body} {month:02}/{}", start.year),
                    None => format!("{body} {}", start.year),
                })
            }
        };
        Link {
            to: Target::Meeting,
            id: fact.id.to_string(),
            label,
        }
    }

    pub(crate) fn body_acronym(&self, id: &str) -> Option<String> {
        self.conference()
            .bodies
            .get(id)?
            .fact
            .acronym
            .as_ref()
            .map(|acronym| self.text(acronym))
    }

    /// The shape by which pictures show a body's kind.
    pub(crate) fn body_mark(&self, id: &str) -> Option<MarkName> {
        let kind = &self.conference().bodies.get(id)?.fact.kind;
        self.rules().body_kind(kind)?.mark.map(mark_name)
    }
}

pub(crate) const fn mark_name(mark: Mark) -> MarkName {
    match mark {
        Mark::Circle => "circle",
        Mark::Square => "square",
        Mark::Triangle => "triangle",
    }
}

fn own(text: String) -> Words {
    Words {
        text,
        standing: None,
    }
}
