use std::sync::Arc;

use comity_conference::{Act, ActBody, ActId, Conference, Entered, Origin, RulesAdopted};
use comity_policy::{Action, Judge, Resource, Seat, may};
use comity_register::merkle::Frontier;
use comity_register::{Hash, Head, Record, TileRoots};
use comity_rules::{Rules, seat_classes};
use comity_view::{Snapshot, class_of};
use jiff::Timestamp;

use crate::capacity::Courts;
use crate::commands::{self, Commands};
use crate::midnights::{Midnights, Openness};
use crate::{Error, codec};

/// The conference with where the register stands and the rules in force. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct State {
    pub conference: Conference,
    pub rules: Option<Arc<Rules>>,
    /// Hash of the rules in force; of nothing before they are adopted.
    pub rules_hash: Option<Hash>,
    pub frontier: Frontier,
    /// What proofs are made from, beside the records themselves.
    pub roots: TileRoots,
    /// What the public is told of where the register stands.
    pub midnights: Midnights,
    /// The tree over the acts that anybody may see, and no other.
    pub open: Frontier,
    /// Which commands made what it holds.
    pub commands: Commands,
    /// The register was made to be shown.
    pub demo: bool,
    /// When the last act was recorded that anybody may see.
    pub open_at: Option<Timestamp>,
    /// Who may do what, by the policies in force; absent where there are none, or none that can be read.
    pub judge: Option<Arc<dyn Judge>>,
    /// What reads policies.
    pub courts: Option<Arc<dyn Courts>>,
}

impl State {
    /// Where the register stands, as this state knows it.
    pub fn head(&self) -> Head {
        self.frontier.head()
    }

    /// Takes in the next record of the register, whose bytes have this leaf.
    ///
    /// # Errors
    /// A record that this program cannot read. The state is unchanged then.
    pub fn take(&mut self, record: &Record, leaf: Hash) -> Result<ActId, Error> {
        let command = commands::mark(record.command.as_str());
        self.enter(codec::open(record)?, leaf, command)
    }

    /// How many records it holds.
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Takes in the next act of the register, whose record has this leaf and was made by the command with this mark.
    pub(crate) fn enter(
        &mut self,
        entered: Entered,
        leaf: Hash,
        command: u64,
    ) -> Result<ActId, Error> {
        if let ActBody::RulesAdopted(adopted) = &entered.act.body {
            self.adopt(adopted, entered.position)?;
        }
        if let (ActBody::RulesAmended(amended), Some((_, before))) =
            (&entered.act.body, &self.conference.rules)
        {
            self.adopt(&amended.as_ref().clone().after(before), entered.position)?;
        }
        let openness = openness(&entered.act);
        self.midnights
            .before(entered.recorded_at, openness, || self.frontier.head());
        if openness == Openness::Public {
            self.open.push(leaf);
            self.open_at = Some(entered.recorded_at);
        }
        let id = entered.id;
        self.commands.note(command);
        self.conference.apply(entered);
        let roots = &mut self.roots;
        self.frontier
            .climb(leaf, |height, root| roots.take(height, root));
        Ok(id)
    }

    /// Takes rules into force.
    fn adopt(&mut self, adopted: &RulesAdopted, position: u64) -> Result<(), Error> {
        let rules = Rules::parse(&adopted.text);
        let rules = rules.map_err(|source| Error::Rules { position, source })?;
        let (rules, judge) = self.seated(rules, adopted, position)?;
        self.rules = Some(Arc::new(rules));
        self.judge = judge;
        self.rules_hash = Some(Hash::of(&adopted.hashed()));
        self.demo = adopted.demo;
        Ok(())
    }

    /// The rules with their seats, and the judge by their policies.
    fn seated(
        &self,
        rules: Rules,
        adopted: &RulesAdopted,
        position: u64,
    ) -> Result<(Rules, Option<Arc<dyn Judge>>), Error> {
        let Some(seats) = adopted.documents.get("seats.toml") else {
            return Ok((rules, None));
        };
        let unread = |what: String| Error::Policies { position, what };
        let seats = seat_classes(seats).map_err(|error| unread(error.to_string()))?;
        let judge = match &self.courts {
            Some(courts) => Some(courts.open(&adopted.documents).map_err(unread)?),
            None => None,
        };
        Ok((rules.seated(seats), judge))
    }

    /// What readers get; absent before rules are adopted.
    pub fn snapshot(&self) -> Option<Snapshot> {
        let head = self.head();
        Some(Snapshot {
            conference: self.conference.clone(),
            rules: Arc::clone(self.rules.as_ref()?),
            rules_hash: self.rules_hash?.to_string(),
            size: head.size,
            root: head.root.to_string(),
            open: self.open.root().to_string(),
            demo: self.demo,
            memo: Arc::default(),
        })
    }
}

/// The class of an act, by which `may` decides who reads it.
pub(crate) fn class(act: &Act) -> Resource {
    class_of(act.kind(), matches!(act.origin, Origin::Recorded(_)))
}

fn openness(act: &Act) -> Openness {
    if may(Seat::Public, Action::Read, class(act)).allowed {
        Openness::Public
    } else {
        Openness::Closed
    }
}
