use std::ops::Deref;
use std::sync::Arc;

use comity_calendar::{Date, Partial};
use imbl::{OrdMap, Vector};
use jiff::Timestamp;
// Without the count of weak references, which nobody has: eight bytes of every fact.
use triomphe::Arc as Shared;

use crate::consultation::{self, Consultation, ResultPublished};
use crate::fact::*;
use crate::informal::{self, InformalConsultation};
use crate::line::{ActLine, What};
use crate::{
    Act, ActBody, ActId, AdoptedCalendar, AdoptedKey, Application, ApplicationDocument, Candidacy,
    DayChanged, Deed, Entered, Fact, HandOver, Holding, Kind, Name, Origin, PersonId, Provenance,
    RulesAdopted,
};

/// What the acts add up to. A persistent value: a clone shares everything with its original.
#[derive(Debug, Clone, Default)]
pub struct Conference {
    /// The rules in force, once adopted, with the act that adopted them.
    pub rules: Option<(ActId, Arc<RulesAdopted>)>,
    /// The keys that sign checkpoints, in the order of their adoption: the last is the current one.
    pub keys: Vector<AdoptedKey>,
    /// Who was erased, with the act that did it.
    pub erased: OrdMap<PersonId, ActId>,
    /// The seats that were ever filled, by the act that filled them.
    pub seats: OrdMap<ActId, Arc<Holding>>,
    /// The candidacies that were ever announced, by the act that did.
    pub candidacies: OrdMap<ActId, Arc<Candidacy>>,
    /// The hand-overs, by the presidency that begins.
    pub hand_overs: OrdMap<Name, Arc<HandOver>>,
    /// The applications that ever came in, by the act that received them.
    pub applications: OrdMap<ActId, Arc<Application>>,
    /// The table of holidays in force, once one was adopted.
    pub calendar: Option<Arc<AdoptedCalendar>>,
    /// What was said of days of that table since, by the code of the country and the day.
    pub days: OrdMap<(Name, Date), DayChanged>,
    /// The consultations that were ever submitted, by the act that did.
    pub consultations: OrdMap<ActId, Arc<Consultation>>,
    /// Results of which the public was told, by the act that did; with when.
    pub published: OrdMap<ActId, (Timestamp, Arc<ResultPublished>)>,
    /// The informal consultations that were ever opened, by the act that did.
    pub informals: OrdMap<ActId, Arc<InformalConsultation>>,
    /// When the last act was recorded.
    pub last_at: Option<Timestamp>,
    /// Every act, in the order of the register.
    pub acts: Vector<ActLine>,
    pub sources: Shelf<SourceRegistered>,
    pub parties: Shelf<PartyAdmitted>,
    pub institutions: Shelf<InstitutionDesignated>,
    pub bodies: Shelf<BodyEstablished>,
    pub presidencies: Shelf<PresidencyAgreed>,
    pub meetings: Shelf<MeetingHeld>,
    pub themes: Shelf<ThemeEstablished>,
    pub sections: Shelf<SectionEstablished>,
    pub topics: Shelf<TopicOpened>,
    pub addressed: Shelf<TopicAddressed>,
    pub documents: Shelf<DocumentRecorded>,
    pub actions: Shelf<ActionRecorded>,
    pub steps: Shelf<StepTaken>,
    pub organizations: Shelf<OrganizationListed>,
    pub supports: Shelf<SupportGiven>,
    pub fora: Shelf<ForumAttended>,
    pub seminars: Shelf<SeminarListed>,
    pub scales: Shelf<ScaleAdopted>,
    pub contributions: Shelf<ContributionAssessed>,
    pub budget_items: Shelf<BudgetItemListed>,
    pub entries: Shelf<EntryListed>,
    pub acronyms: Shelf<AcronymDefined>,
}

/// The facts of one kind, by id.
#[derive(Debug, Clone)]
pub struct Shelf<T>(OrdMap<Name, Shared<Held<T>>>);

/// A fact as the state holds it: with the act that says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Held<T> {
    pub fact: T,
    /// The place among all acts of the one that entered or last corrected it: [`Conference::says`] has its id, which would
    /// take four times as much.
    says: u32,
    /// The place of the act that entered it, for lists in the order of entry.
    pub order: u32,
    /// Where it stands in a source.
    pub provenance: Option<Provenance>,
    /// What it replaced.
    pub before: Before,
}

/// The acts whose word an act replaced, oldest first. Nearly all facts have none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Before(Option<Arc<Vec<Replaced>>>);

/// An act that another took the place of.
#[derive(Debug, Clone, PartialEq)]
pub struct Replaced {
    pub act: ActId,
    /// Where it stood in a source.
    pub provenance: Option<Provenance>,
}

impl Deref for Before {
    type Target = [Replaced];

    fn deref(&self) -> &[Replaced] {
        self.0.as_deref().map_or(&[], Vec::as_slice)
    }
}

impl<T> Default for Shelf<T> {
    fn default() -> Self {
        Self(OrdMap::new())
    }
}

impl<T> Shelf<T> {
    pub fn get(&self, id: &str) -> Option<&Held<T>> {
        self.0.get(id).map(AsRef::as_ref)
    }

    pub fn contains(&self, id: &str) -> bool {
        self.0.contains_key(id)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, in the order of their ids.
    pub fn iter(&self) -> impl Iterator<Item = &Held<T>> {
        self.0.values().map(AsRef::as_ref)
    }

    /// Puts a fact in its place, as the act says that is the next of these.
    fn put(&mut self, id: &Name, fact: T, acts: &Vector<ActLine>, provenance: Option<Provenance>) {
        let place = u32::try_from(acts.len()).expect("memory holds no four billion acts");
        let held = Shared::new(Held {
            fact,
            says: place,
            order: place,
            provenance,
            before: Before::default(),
        });
        // Nearly all facts are new, so that looking first would be looking twice.
        let Some(old) = self.0.insert(id.clone(), held) else {
            return;
        };
        let held = self.0.get_mut(id).and_then(Shared::get_mut);
        let held = held.expect("it was put there just now and nobody else holds it");
        held.order = old.order;
        held.before = old.replaced(acts);
    }
}

impl<T> Held<T> {
    /// The act that entered or last corrected it.
    fn says(&self, acts: &Vector<ActLine>) -> ActId {
        acts[self.says as usize].id
    }

    /// What an act that takes its place replaces.
    fn replaced(&self, acts: &Vector<ActLine>) -> Before {
        let last = Replaced {
            act: self.says(acts),
            provenance: self.provenance.clone(),
        };
        let all = self.before.iter().cloned().chain([last]);
        Before(Some(Arc::new(all.collect())))
    }

    /// Where an act about this fact stands in a source.
    fn provenance_of(&self, act: ActId, acts: &Vector<ActLine>) -> Option<&Provenance> {
        if self.says(acts) == act {
            return self.provenance.as_ref();
        }
        let replaced = self.before.iter().find(|replaced| replaced.act == act);
        replaced?.provenance.as_ref()
    }
}

/// Looks at the fact of a kind and id, whatever its type.
macro_rules! look {
    ($state:expr, $kind:expr, $id:expr, |$held:ident| $what:expr) => {
        look!(@ $state, $kind, $id, $held, $what;
            SourceRegistered => sources,
            PartyAdmitted => parties,
            InstitutionDesignated => institutions,
            BodyEstablished => bodies,
            PresidencyAgreed => presidencies,
            MeetingHeld => meetings,
            ThemeEstablished => themes,
            SectionEstablished => sections,
            TopicOpened => topics,
            TopicAddressed => addressed,
            DocumentRecorded => documents,
            ActionRecorded => actions,
            StepTaken => steps,
            OrganizationListed => organizations,
            SupportGiven => supports,
            ForumAttended => fora,
            SeminarListed => seminars,
            ScaleAdopted => scales,
            ContributionAssessed => contributions,
            BudgetItemListed => budget_items,
            EntryListed => entries,
            AcronymDefined => acronyms,
        )
    };
    (@ $state:expr, $kind:expr, $id:expr, $held:ident, $what:expr; $($variant:ident => $shelf:ident,)+) => {
        match $kind {
            $(Kind::$variant => $state.$shelf.get($id).map(|$held| $what),)+
        }
    };
}

impl Conference {
    /// Replays acts from the beginning.
    pub fn replay(acts: impl IntoIterator<Item = Entered>) -> Self {
        let mut conference = Self::default();
        for act in acts {
            conference.apply(act);
        }
        conference
    }

    /// Records what an act changes. Never refuses: what stands in the register has happened.
    pub fn apply(&mut self, entered: Entered) {
        let Entered {
            id,
            act,
            recorded_at,
            actor,
            ..
        } = entered;
        let provenance = match act.origin {
            Origin::Enacted => None,
            Origin::Recorded(provenance) => Some(provenance),
        };
        let recorded = provenance.is_some();
        let what = match act.body {
            ActBody::RulesAdopted(adopted) => {
                self.rules = Some((id, Arc::new(adopted)));
                What::Deed(Deed::RulesAdopted)
            }
            ActBody::RulesAmended(amended) => {
                if let Some((_, before)) = &self.rules {
                    self.rules = Some((id, Arc::new(amended.after(before))));
                }
                What::Deed(Deed::RulesAmended)
            }
            ActBody::PersonErased(erased) => {
                self.erased.insert(erased.person, id);
                What::Deed(Deed::PersonErased)
            }
            ActBody::SeatFilled(filled) => {
                let holding = Holding {
                    filled: *filled,
                    since: recorded_at,
                    vacated: None,
                };
                self.seats.insert(id, Arc::new(holding));
                What::Deed(Deed::SeatFilled)
            }
            ActBody::SeatVacated(vacated) => {
                if let Some(holding) = self.seats.get_mut(&vacated.filled) {
                    Arc::make_mut(holding).vacated = Some((id, recorded_at));
                }
                What::Deed(Deed::SeatVacated)
            }
            ActBody::CandidacyAnnounced(announced) => {
                let candidacy = Candidacy {
                    announced,
                    since: recorded_at,
                    withdrawn: None,
                };
                self.candidacies.insert(id, Arc::new(candidacy));
                What::Deed(Deed::CandidacyAnnounced)
            }
            ActBody::CandidacyWithdrawn(withdrawn) => {
                if let Some(candidacy) = self.candidacies.get_mut(&withdrawn.announced) {
                    Arc::make_mut(candidacy).withdrawn = Some((id, recorded_at));
                }
                What::Deed(Deed::CandidacyWithdrawn)
            }
            ActBody::PresidencyDesignated(designated) => {
                let about = designated.presidency.clone();
                let fact = Fact::PresidencyAgreed(designated.agreed(recorded_at));
                self.put(fact, None);
                What::OfPresidency(Deed::PresidencyDesignated, about)
            }
            ActBody::ThemeChosen(chosen) => {
                let held = self.presidencies.get(&chosen.presidency);
                if let Some(fact) = held.map(|held| held.fact.clone()) {
                    let theme = Some(chosen.theme);
                    let fact = Fact::PresidencyAgreed(PresidencyAgreed { theme, ..fact });
                    self.put(fact, None);
                }
                What::OfPresidency(Deed::ThemeChosen, chosen.presidency)
            }
            ActBody::ResultPublished(published) => {
                self.published
                    .insert(id, (recorded_at, Arc::new(*published)));
                What::Deed(Deed::ResultPublished)
            }
            ActBody::PresidencyHandedOver(handed) => {
                let hand_over = HandOver {
                    act: id,
                    from: handed.from,
                    zone: handed.zone,
                };
                self.hand_overs
                    .insert(handed.presidency, Arc::new(hand_over));
                What::Deed(Deed::PresidencyHandedOver)
            }
            ActBody::ApplicationReceived(received) => {
                let application = Application {
                    received: *received,
                    since: recorded_at,
                    withdrawn: None,
                    documents: OrdMap::new(),
                };
                self.applications.insert(id, Arc::new(application));
                What::Deed(Deed::ApplicationReceived)
            }
            ActBody::ApplicationDocumentReceived(received) => {
                if let Some(application) = self.applications.get_mut(&received.application) {
                    let document = ApplicationDocument {
                        received: *received,
                        since: recorded_at,
                        returned: None,
                    };
                    Arc::make_mut(application).documents.insert(id, document);
                }
                What::Deed(Deed::ApplicationDocumentReceived)
            }
            ActBody::ApplicationDocumentReturned(returned) => {
                if let Some(application) = self.applications.get_mut(&returned.application)
                    && let Some(document) = Arc::make_mut(application)
                        .documents
                        .get_mut(&returned.document)
                {
                    document.returned = Some((id, recorded_at));
                }
                What::Deed(Deed::ApplicationDocumentReturned)
            }
            ActBody::ApplicationWithdrawn(withdrawn) => {
                if let Some(application) = self.applications.get_mut(&withdrawn.application) {
                    Arc::make_mut(application).withdrawn = Some((id, recorded_at));
                }
                What::Deed(Deed::ApplicationWithdrawn)
            }
            ActBody::CalendarAdopted(adopted) => {
                self.adopt_calendar(id, &adopted);
                What::Deed(Deed::CalendarAdopted)
            }
            ActBody::NonWorkingDayDeclared(declared) => {
                let change = declared.change();
                self.change_day(id, declared.country, declared.day, change);
                What::Deed(Deed::NonWorkingDayDeclared)
            }
            ActBody::CalendarDayCorrected(corrected) => {
                let change = corrected.change();
                self.change_day(id, corrected.country, corrected.day, change);
                What::Deed(Deed::CalendarDayCorrected)
            }
            deed @ (ActBody::ConsultationSubmitted(_)
            | ActBody::ConsultationResubmitted(_)
            | ActBody::TroikaReacted(_)
            | ActBody::MethodConsented(_)
            | ActBody::RoundOpened(_)
            | ActBody::TermExtended(_)
            | ActBody::RoundClosedEarly(_)
            | ActBody::PositionStated(_)
            | ActBody::ChangeDisposed(_)
            | ActBody::ObjectionAnswered(_)
            | ActBody::CirculationNoted(_)
            | ActBody::ConsensusCertified(_)
            | ActBody::ActionLaunched(_)
            | ActBody::ConsultationReferred(_)
            | ActBody::ConsultationWithdrawn(_)
            | ActBody::ResultReported(_)) => {
                consultation::apply(&mut self.consultations, id, recorded_at, &actor, deed)
            }
            deed @ (ActBody::InformalOpened(_)
            | ActBody::InformalAnswered(_)
            | ActBody::InformalClosed(_)) => {
                informal::apply(&mut self.informals, id, recorded_at, &actor, deed)
            }
            ActBody::CheckpointKeyAdopted(adopted) => {
                self.keys.push_back(AdoptedKey {
                    key: adopted.key,
                    act: id,
                    recorded_at,
                });
                What::Deed(Deed::CheckpointKeyAdopted)
            }
            ActBody::Fact(fact) => {
                let kind = fact.kind();
                What::Fact(kind, self.put(fact, provenance))
            }
            ActBody::FactCorrected { fact, .. } => {
                let kind = fact.kind();
                What::Correction(kind, self.put(fact, provenance))
            }
        };
        self.last_at = Some(recorded_at);
        self.acts
            .push_back(ActLine::new(id, recorded_at, act.effective, what, recorded));
    }

    fn put(&mut self, fact: Fact, provenance: Option<Provenance>) -> Name {
        macro_rules! shelve {
            ($($variant:ident => $shelf:ident),+ $(,)?) => {
                match fact {
                    $(Fact::$variant(fact) => {
                        let id = fact.id.clone();
                        self.$shelf.put(&id, fact, &self.acts, provenance);
                        id
                    })+
                }
            };
        }
        shelve! {
            SourceRegistered => sources,
            PartyAdmitted => parties,
            InstitutionDesignated => institutions,
            BodyEstablished => bodies,
            PresidencyAgreed => presidencies,
            MeetingHeld => meetings,
            ThemeEstablished => themes,
            SectionEstablished => sections,
            TopicOpened => topics,
            TopicAddressed => addressed,
            DocumentRecorded => documents,
            ActionRecorded => actions,
            StepTaken => steps,
            OrganizationListed => organizations,
            SupportGiven => supports,
            ForumAttended => fora,
            SeminarListed => seminars,
            ScaleAdopted => scales,
            ContributionAssessed => contributions,
            BudgetItemListed => budget_items,
            EntryListed => entries,
            AcronymDefined => acronyms,
        }
    }

    /// The fact of that kind and id, with the act that says so and where it stands.
    pub fn held(&self, kind: Kind, id: &str) -> Option<(Fact, ActId, Option<Provenance>)> {
        look!(self, kind, id, |held| (
            held.fact.clone().into(),
            held.says(&self.acts),
            held.provenance.clone()
        ))
    }

    /// The act that entered or last corrected a fact.
    pub fn says<T>(&self, held: &Held<T>) -> ActId {
        held.says(&self.acts)
    }

    /// The act that now speaks of the fact of that kind and id.
    pub fn spoken(&self, kind: Kind, id: &str) -> Option<ActId> {
        look!(self, kind, id, |held| held.says(&self.acts))
    }

    /// Where an act stands in a source, where it was recorded from one.
    pub fn provenance(&self, line: &ActLine) -> Option<&Provenance> {
        let (kind, id) = line.about()?;
        look!(self, kind, id, |held| held
            .provenance_of(line.id, &self.acts))
        .flatten()
    }

    /// True when both hold the same facts by the same acts.
    pub fn same_as(&self, other: &Self) -> bool {
        let kinds = Kind::ALL.iter().all(|kind| {
            let ids = |conference: &Self| -> Vec<Name> {
                conference
                    .acts
                    .iter()
                    .filter_map(ActLine::about)
                    .filter(|(about, _)| about == kind)
                    .map(|(_, id)| id.clone())
                    .collect()
            };
            let (left, right) = (ids(self), ids(other));
            left == right
                && left
                    .iter()
                    .all(|id| self.held(*kind, id) == other.held(*kind, id))
        });
        kinds
            && self.rules == other.rules
            && self.keys == other.keys
            && self.erased == other.erased
            && self.seats == other.seats
            && self.candidacies == other.candidacies
            && self.hand_overs == other.hand_overs
            && self.applications == other.applications
            && self.calendar == other.calendar
            && self.days == other.days
            && self.consultations == other.consultations
            && self.published == other.published
            && self.informals == other.informals
            && self.last_at == other.last_at
            && self.acts.len() == other.acts.len()
    }

    /// The effective date an act about a fact carries.
    pub(crate) fn act(fact: ActBody, provenance: Provenance, effective: Option<Partial>) -> Act {
        Act {
            effective,
            origin: Origin::Recorded(provenance),
            body: fact,
        }
    }
}
