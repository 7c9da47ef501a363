use std::sync::Arc;

use comity_calendar::Partial;
use imbl::{OrdMap, Vector};
use jiff::Timestamp;

use crate::fact::*;
use crate::{
    Act, ActBody, ActId, AdoptedKey, Entered, Fact, Kind, Origin, PersonId, Provenance,
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

/// One act in the list of all: what is needed to name it without reading its record.
#[derive(Debug, Clone)]
pub struct ActLine {
    pub id: ActId,
    pub recorded_at: Timestamp,
    pub effective: Option<Partial>,
    /// The kind of act as records name it.
    pub kind: &'static str,
    /// What it is about, where it is about a fact.
    pub about: Option<(Kind, Arc<str>)>,
    /// Where it stands in a source, where it was recorded from one.
    pub provenance: Option<Arc<Provenance>>,
}

/// The facts of one kind, by id.
#[derive(Debug, Clone)]
pub struct Shelf<T>(OrdMap<Arc<str>, Arc<Held<T>>>);

/// A fact as the state holds it: with the act that says so.
#[derive(Debug, Clone, PartialEq)]
pub struct Held<T> {
    pub fact: T,
    /// The act that entered or last corrected it.
    pub act: ActId,
    /// Its place among all facts, for lists in the order of entry.
    pub order: u64,
    /// Where it stands in a source.
    pub provenance: Option<Arc<Provenance>>,
    /// Acts whose word it replaced, oldest first.
    pub replaced: Vec<ActId>,
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

    fn put(
        &mut self,
        id: Arc<str>,
        fact: T,
        act: ActId,
        order: u64,
        provenance: Option<Arc<Provenance>>,
    ) {
        let held = match self.0.get(&id) {
            Some(before) => {
                let mut replaced = before.replaced.clone();
                replaced.push(before.act);
                Held {
                    fact,
                    act,
                    order: before.order,
                    provenance,
                    replaced,
                }
            }
            None => Held {
                fact,
                act,
                order,
                provenance,
                replaced: Vec::new(),
            },
        };
        self.0.insert(id, Arc::new(held));
    }
}

impl Conference {
    /// Replays acts from the beginning.
    pub fn replay<'a>(acts: impl IntoIterator<Item = &'a Entered>) -> Self {
        let mut conference = Self::default();
        for act in acts {
            conference.apply(act);
        }
        conference
    }

    /// Records what an act changes. Never refuses: what stands in the register has happened.
    pub fn apply(&mut self, entered: &Entered) {
        let Entered {
            id,
            act,
            recorded_at,
            ..
        } = entered;
        let provenance = match &act.origin {
            Origin::Enacted => None,
            Origin::Recorded(provenance) => Some(Arc::clone(provenance)),
        };
        let about = match &act.body {
            ActBody::RulesAdopted(adopted) => {
                self.rules = Some((*id, Arc::new(adopted.clone())));
                None
            }
            ActBody::PersonErased(erased) => {
                self.erased.insert(erased.person, *id);
                None
            }
            ActBody::CheckpointKeyAdopted(adopted) => {
                self.keys.push_back(AdoptedKey {
                    key: adopted.key.clone(),
                    act: *id,
                    recorded_at: *recorded_at,
                });
                None
            }
            ActBody::Fact(fact) | ActBody::FactCorrected { fact, .. } => {
                Some(self.put(*id, fact, provenance.clone()))
            }
        };
        self.last_at = Some(*recorded_at);
        self.acts.push_back(ActLine {
            id: *id,
            recorded_at: *recorded_at,
            effective: act.effective,
            kind: act.kind(),
            about,
            provenance,
        });
    }

    fn put(
        &mut self,
        act: ActId,
        fact: &Fact,
        provenance: Option<Arc<Provenance>>,
    ) -> (Kind, Arc<str>) {
        let id: Arc<str> = Arc::from(fact.id());
        let order = self.acts.len() as u64;
        macro_rules! shelve {
            ($($variant:ident => $shelf:ident),+ $(,)?) => {
                match fact {
                    $(Fact::$variant(fact) => self.$shelf.put(Arc::clone(&id), fact.clone(), act, order, provenance),)+
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
        (fact.kind(), id)
    }

    /// The fact of that kind and id, with the act that says so and where it stands.
    pub fn held(&self, kind: Kind, id: &str) -> Option<(Fact, ActId, Option<Arc<Provenance>>)> {
        macro_rules! look {
            ($($variant:ident => $shelf:ident),+ $(,)?) => {
                match kind {
                    $(Kind::$variant => self.$shelf.get(id).map(|held| (Fact::$variant(held.fact.clone()), held.act, held.provenance.clone())),)+
                }
            };
        }
        look! {
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

    /// True when both hold the same facts by the same acts.
    pub fn same_as(&self, other: &Self) -> bool {
        let kinds = Kind::ALL.iter().all(|kind| {
            let ids = |conference: &Self| -> Vec<Arc<str>> {
                conference
                    .acts
                    .iter()
                    .filter_map(|line| line.about.clone())
                    .filter(|(about, _)| about == kind)
                    .map(|(_, id)| id)
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
            && self.last_at == other.last_at
            && self.acts.len() == other.acts.len()
    }

    /// The effective date an act about a fact carries.
    pub(crate) fn act(
        fact: ActBody,
        provenance: Arc<Provenance>,
        effective: Option<Partial>,
    ) -> Act {
        Act {
            effective,
            origin: Origin::Recorded(provenance),
            body: fact,
        }
    }
}
