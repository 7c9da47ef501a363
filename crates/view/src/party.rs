use comity_calendar::{Partial, Validity};
use comity_conference::fact::{
    InstitutionDesignated, MeetingHeld, PartyAdmitted, SeminarListed, Subject,
};
use comity_conference::{Held, Name};

use crate::work::PUTTING_FORWARD;
use crate::{
    ContributionLine, DocumentLine, Link, MeetingLine, Named, Place, PresidencyLine, Says,
    StepLine, TroikaPlace, View, Words,
};

/// The parties of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct PartyGroup {
    /// Id of the kind.
    pub kind: String,
    pub name: String,
    pub plural: String,
    /// Name of its open-data collection.
    pub collection: String,
    /// States, each with a page of its own.
    pub state: bool,
    pub parties: Vec<PartyCard>,
}

/// A party.
#[derive(Debug, Clone, PartialEq)]
pub struct PartyCard {
    pub link: Link,
    pub kind: Named,
    pub full_name: Option<Words>,
    pub acronym: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub code: Option<String>,
    /// Column and row of its tile on the map.
    pub tile: Option<(u8, u8)>,
    pub since: Option<Partial>,
    pub until: Option<Partial>,
    /// The day shown lies within the margin of its dates.
    pub uncertain: bool,
    pub website: Option<String>,
    pub summary: Option<String>,
    pub says: Says,
    pub institutions: Vec<InstitutionLine>,
}

/// An institution that a party has named for a branch.
#[derive(Debug, Clone, PartialEq)]
pub struct InstitutionLine {
    pub id: String,
    pub branch: Named,
    pub name: Words,
    /// Units through which it takes part, or further bodies of equal rank.
    pub units: Vec<Words>,
    pub task: Option<String>,
    /// Bodies whose meetings it attends.
    pub attends: Vec<Link>,
    pub says: Says,
}

/// The institutions of one party, a cell to each branch of the rules.
#[derive(Debug, Clone, PartialEq)]
pub struct InstitutionRow {
    pub party: Link,
    pub cells: Vec<InstitutionCell>,
}

/// What one party has named for one branch.
#[derive(Debug, Clone, PartialEq)]
pub struct InstitutionCell {
    pub branch: Named,
    pub institutions: Vec<InstitutionLine>,
}

/// An event held in a country: an action or a row of the list of seminars.
#[derive(Debug, Clone, PartialEq)]
pub struct HostedEvent {
    pub link: Link,
    pub kind: Named,
    pub date: Option<Partial>,
    pub recurrence: Option<Named>,
    pub place: Place,
    /// Rows of the list of seminars that speak of the same event.
    pub also: Vec<Link>,
    pub says: Says,
}

/// Something that a party put forward.
#[derive(Debug, Clone, PartialEq)]
pub struct Initiative {
    /// The document or action.
    pub link: Link,
    /// The step by which it did so; absent where the action's entry names it as proposer.
    pub step: Option<Named>,
    pub date: Option<Partial>,
    pub meeting: Option<Link>,
    pub says: Says,
}

/// A party and what it did.
#[derive(Debug, Clone, PartialEq)]
pub struct CountryPage {
    pub card: PartyCard,
    /// It takes part on the day shown.
    pub present: bool,
    pub presided: Vec<PresidencyLine>,
    pub hosted_meetings: Vec<MeetingLine>,
    pub hosted_events: Vec<HostedEvent>,
    pub proposed: Vec<Initiative>,
    /// Actions that it sponsored or financed.
    pub sponsors: Vec<Link>,
    /// Actions that it carried out or worked with.
    pub collaborates: Vec<Link>,
    /// Documents agreed between named parties of which it is one.
    pub instruments: Vec<DocumentLine>,
    /// What else it did for documents, actions and bodies.
    pub steps: Vec<StepLine>,
    /// Under the scales in force on the day shown, where its kind contributes.
    pub contributions: Vec<ContributionLine>,
    /// The page of the organisation that it is, where it is listed as one.
    pub organization: Option<Link>,
    /// Its seat in the Troika on the day shown.
    pub troika: Option<TroikaPlace>,
}

impl View {
    /// The parties on the day shown, by kind in the order of the rules; of one kind, where one is asked for.
    pub fn parties(&self, kind: Option<&str>) -> Vec<PartyGroup> {
        let present = self.parties_present();
        let kinds = self
            .rules()
            .party_kinds
            .iter()
            .filter(|found| kind.is_none_or(|kind| kind == found.id));
        let group = |kind: &comity_rules::PartyKind| {
            let of_kind = present.iter().filter(|held| held.fact.kind == kind.id);
            let mut parties: Vec<PartyCard> = of_kind.map(|held| self.party_card(held)).collect();
            parties
                .sort_by(|left, right| self.compare(&left.link.label.text, &right.link.label.text));
            PartyGroup {
                kind: kind.id.clone(),
                name: self.text(&kind.name),
                plural: self.text(&kind.plural),
                collection: kind.collection.clone(),
                state: kind.state,
                parties,
            }
        };
        kinds
            .map(group)
            .filter(|group| !group.parties.is_empty())
            .collect()
    }

    /// One party and what it did, up to the day shown.
    pub fn country(&self, id: &str) -> Option<CountryPage> {
        let held = self.conference().parties.get(id)?;
        let code = held.fact.code.as_deref();
        let here = |meeting: &MeetingHeld| {
            code.is_some()
                && meeting
                    .place
                    .as_ref()
                    .and_then(|place| place.country.as_deref())
                    == code
        };
        let links = |wanted: fn(&comity_conference::fact::ActionRecorded) -> &[Name]| {
            let lines = self.action_lines(|action| wanted(action).iter().any(|actor| actor == id));
            lines.into_iter().map(|line| line.link).collect()
        };
        Some(CountryPage {
            card: self.party_card(held),
            present: self.presence(validity(&held.fact)).is_some(),
            presided: self
                .presidencies()
                .into_iter()
                .filter(|line| line.party.id == id)
                .collect(),
            hosted_meetings: self.meeting_lines(here),
            hosted_events: code
                .map(|code| self.hosted_events(code))
                .unwrap_or_default(),
            proposed: self.initiatives(id),
            sponsors: links(|action| &action.sponsors),
            collaborates: links(|action| &action.collaborators),
            instruments: self
                .document_lines(|document| document.parties.iter().any(|party| party == id)),
            steps: self.step_lines(|step| {
                step.by.iter().any(|actor| actor == id)
                    && !PUTTING_FORWARD.contains(&step.step.as_str())
            }),
            contributions: self.contributions_of(id),
            organization: self.organization_of(id),
            troika: self
                .troika()
                .into_iter()
                .find(|seat| seat.party.id == id)
                .map(|seat| seat.seat),
        })
    }

    /// The institutions of the parties that have named any: a row to each party, a cell to each branch.
    pub fn institutions(&self) -> Vec<InstitutionRow> {
        let with_any: Vec<_> = self
            .parties_present()
            .into_iter()
            .map(|held| &held.fact.id)
            .filter(|id| !self.institutions_of(id).is_empty())
            .collect();
        let mut rows: Vec<InstitutionRow> = with_any
            .into_iter()
            .map(|id| {
                let lines = self.institutions_of(id);
                let of = |branch: &str| {
                    lines
                        .iter()
                        .filter(|line| line.branch.id == branch)
                        .cloned()
                        .collect()
                };
                let cells = self.rules().branches.iter();
                let cells = cells.map(|branch| InstitutionCell {
                    branch: self.branch(&branch.id),
                    institutions: of(&branch.id),
                });
                InstitutionRow {
                    party: self.party_or_id(id),
                    cells: cells.collect(),
                }
            })
            .collect();
        rows.sort_by(|left, right| self.compare(&left.party.label.text, &right.party.label.text));
        rows
    }

    /// The parties that take part on the day shown.
    pub(crate) fn parties_present(&self) -> Vec<&Held<PartyAdmitted>> {
        self.conference()
            .parties
            .iter()
            .filter(|held| self.presence(validity(&held.fact)).is_some())
            .collect()
    }

    pub(crate) fn party_card(&self, held: &Held<PartyAdmitted>) -> PartyCard {
        let fact = &held.fact;
        let kind = self
            .rules()
            .party_kind(&fact.kind)
            .map_or_else(|| fact.kind.to_string(), |kind| self.text(&kind.name));
        let tile = |code: &str| self.rules().map.as_ref()?.tiles.get(code).copied();
        PartyCard {
            link: self.party_or_id(&fact.id),
            kind: Named {
                id: fact.kind.to_string(),
                name: kind,
            },
            full_name: fact.full_name.as_ref().map(|name| self.title(name)),
            acronym: fact.acronym.as_ref().map(|acronym| self.text(acronym)),
            code: fact.code.as_ref().map(String::from),
            tile: fact.code.as_deref().and_then(tile),
            since: fact.since,
            until: fact.until,
            uncertain: self.presence(validity(fact)) == Some(true),
            website: fact.website.clone(),
            summary: fact.summary.as_ref().map(|summary| self.text(summary)),
            says: self.says(held),
            institutions: self.institutions_of(&fact.id),
        }
    }

    fn institutions_of(&self, party: &str) -> Vec<InstitutionLine> {
        let mut all: Vec<_> = self.institutions_held(party).collect();
        let rank = |branch: &str| {
            self.rules()
                .branches
                .iter()
                .position(|found| found.id == branch)
        };
        all.sort_by_key(|held| (rank(&held.fact.branch), held.order));
        all.into_iter()
            .map(|held| self.institution_line(held))
            .collect()
    }

    fn institution_line(&self, held: &Held<InstitutionDesignated>) -> InstitutionLine {
        let fact = &held.fact;
        InstitutionLine {
            id: fact.id.to_string(),
            branch: self.branch(&fact.branch),
            name: self.title(&fact.name),
            units: fact.units.iter().map(|unit| self.title(unit)).collect(),
            task: fact.task.as_ref().map(|task| self.text(task)),
            attends: fact
                .attends
                .iter()
                .filter_map(|body| self.body_link(body))
                .collect(),
            says: self.says(held),
        }
    }

    fn branch(&self, id: &str) -> Named {
        let name = self
            .rules()
            .branch(id)
            .map_or_else(|| id.to_owned(), |branch| self.text(&branch.name));
        Named {
            id: id.to_owned(),
            name,
        }
    }

    /// Actions and seminars in a country by date; a seminar that is the same event as an action stands with it.
    fn hosted_events(&self, code: &str) -> Vec<HostedEvent> {
        let at_home =
            |place: &comity_conference::fact::Place| place.country.as_deref() == Some(code);
        let mut events = Vec::new();
        for held in self
            .actions_in_order()
            .into_iter()
            .filter(|held| !held.fact.proposal)
        {
            let fact = &held.fact;
            let Some(place) = fact.places.iter().find(|place| at_home(place)) else {
                continue;
            };
            events.push(HostedEvent {
                link: self.action_or_id(&fact.id),
                kind: self.named("action_kind", &fact.kind),
                date: fact.date,
                recurrence: None,
                place: self.place(place),
                also: self.seminars_same_as(&fact.id),
                says: self.says(held),
            });
        }
        let told: Vec<String> = events
            .iter()
            .flat_map(|event| event.also.iter().map(|link| link.id.clone()))
            .collect();
        for held in self
            .seminars_in_order()
            .into_iter()
            .filter(|held| !told.iter().any(|id| held.fact.id == *id))
        {
            let Some(place) = held.fact.place.as_ref().filter(|place| at_home(place)) else {
                continue;
            };
            events.push(self.hosted_seminar(held, self.place(place)));
        }
        events.sort_by_key(|event| (event.date.is_none(), event.date.map(|date| date.earliest())));
        events
    }

    fn hosted_seminar(&self, held: &Held<SeminarListed>, place: Place) -> HostedEvent {
        let fact = &held.fact;
        HostedEvent {
            link: self.seminar_label(fact),
            kind: self.named("action_kind", &fact.kind),
            date: fact.date,
            recurrence: fact
                .recurrence
                .as_ref()
                .map(|term| self.named("recurrence", term)),
            place,
            also: Vec::new(),
            says: self.says(held),
        }
    }

    /// What a party put forward: steps by which it did, and actions whose entry names it, by date.
    fn initiatives(&self, id: &str) -> Vec<Initiative> {
        let steps = self.step_lines(|step| {
            PUTTING_FORWARD.contains(&step.step.as_str()) && step.by.iter().any(|actor| actor == id)
        });
        let from_step = |step: StepLine| {
            let link = step.about.clone()?;
            Some(Initiative {
                link,
                step: Some(step.step),
                date: step.date,
                meeting: step.meeting,
                says: step.says,
            })
        };
        let mut found: Vec<Initiative> = steps.into_iter().filter_map(from_step).collect();
        for held in self.actions_in_order() {
            let fact = &held.fact;
            let told = found
                .iter()
                .any(|initiative| initiative.link == self.action_or_id(&fact.id));
            if told || !fact.proposers.iter().any(|actor| actor == id) {
                continue;
            }
            let link = self.action_or_id(&fact.id);
            let date = self
                .first_date(&Subject::Action(fact.id.clone()))
                .or(fact.date);
            found.push(Initiative {
                link,
                step: None,
                date,
                meeting: None,
                says: self.says(held),
            });
        }
        found.sort_by_key(|initiative| {
            (
                initiative.date.is_none(),
                initiative.date.map(|date| date.earliest()),
            )
        });
        found
    }

    fn organization_of(&self, party: &str) -> Option<Link> {
        let listed = self
            .conference()
            .organizations
            .iter()
            .find(|held| held.fact.party.as_deref() == Some(party))?;
        self.organization_link(&listed.fact.id)
    }
}

pub(crate) fn validity(fact: &PartyAdmitted) -> Validity {
    Validity {
        from: fact.since,
        until: fact.until,
    }
}
