use std::sync::Arc;

use comity_policy::{Action, Answer, Class, Judge, Near, Policy, Remembering, Rights, Troika};
use comity_rules::Rules;

use crate::document::Finder;
use crate::schema::{OFFICE, PARTY_KIND};
use crate::{Document, Documents, Faults, Policies, Relation, SeatClass, Subject, seats, subjects};

/// Who may do what in one process: its policies and its classes of seat.
#[derive(Debug)]
pub struct Access {
    judge: Remembering<Policies>,
    seats: Vec<SeatClass>,
}

/// A class of seat that may do a thing, and on which footing.
#[derive(Debug, Clone)]
pub struct Holder {
    /// Id of the class of seat.
    pub seat: String,
    pub relation: Relation,
    /// The place of its party in the Troika; outside it where that does not matter.
    pub troika: Troika,
    pub policy: Arc<Policy>,
}

impl Access {
    /// Reads the three documents and checks each by itself.
    ///
    /// # Errors
    /// Every fault, each with its document, line and a remedy.
    pub fn parse(documents: Documents<'_>) -> Result<Self, Faults> {
        let policies = Policies::parse(documents.policies, documents.schema)?;
        let seats = seats::parse(documents.seats, &policies.words)?;
        Ok(Self {
            judge: Remembering::new(policies),
            seats,
        })
    }

    /// Reads documents that were checked when they were adopted.
    ///
    /// # Errors
    /// They cannot be read any more.
    pub fn read(documents: Documents<'_>) -> Result<Self, Faults> {
        let policies = Policies::read(documents.policies, documents.schema)?;
        let seats = seats::parse(documents.seats, &policies.words)?;
        Ok(Self {
            judge: Remembering::new(policies),
            seats,
        })
    }

    /// Holds the documents to the rules of the same process, and every question that can occur to the schema.
    ///
    /// # Errors
    /// Every fault: a word that only one of them has, or a shape that the program does not ask in.
    pub fn check(&self, documents: Documents<'_>, rules: &Rules) -> Result<(), Faults> {
        let mut finder = Finder::new(Document::Seats, documents.seats);
        seats::against_rules(&mut finder, &self.seats, &self.policies().words, rules);
        finder.end()?;
        let mut finder = Finder::new(Document::Schema, documents.schema);
        let subjects = self.subjects(rules);
        for seat in &self.seats {
            for &troika in Troika::ALL {
                let rights = Rights::of(seat, "party", troika);
                let class = &Class::Published;
                if let Some(misfit) = self.policies().misfit(&rights, Action::Read, class) {
                    finder.at(
                        0,
                        &seat.id,
                        misfit,
                        "declare the seat as the program asks for it",
                    );
                }
            }
        }
        for subject in &subjects {
            let rights = Rights::from(comity_policy::Seat::Public);
            let class = &subject.class;
            if let Some(misfit) = self.policies().misfit(&rights, Action::Read, class) {
                let key = class.kind().as_str();
                finder.at(0, key, misfit, "declare it as the program asks for it");
            }
        }
        finder.end()
    }

    /// The policies, which answer each question once.
    pub const fn judge(&self) -> &Remembering<Policies> {
        &self.judge
    }

    pub const fn policies(&self) -> &Policies {
        self.judge.judge()
    }

    /// Every class of seat, in the order of the document.
    pub fn seats(&self) -> &[SeatClass] {
        &self.seats
    }

    /// Every class of thing that can occur under these rules.
    pub fn subjects(&self, rules: &Rules) -> Vec<Subject> {
        let words = &self.policies().words;
        let kinds = words.of(PARTY_KIND).iter().filter(|kind| {
            let seats = self.seats.iter().filter(|seat| !seat.unseated);
            seats.into_iter().any(|seat| seat.kind == **kind)
        });
        subjects(rules, words.of(OFFICE), kinds)
    }

    /// Which classes of seat may do that to such a thing, each on the least that it takes.
    pub fn who_can(&self, action: Action, class: &Class, rules: &Rules) -> Vec<Holder> {
        let footings = self.seats.iter().map(|seat| {
            let chairs = rules.chair.holders.contains(&seat.kind);
            self.footings(seat, action, class, chairs)
        });
        footings.flatten().collect()
    }

    /// On which footings a class of seat may: none, one relation or one place in the Troika alone, or else both together.
    fn footings(
        &self,
        seat: &SeatClass,
        action: Action,
        class: &Class,
        chairs: bool,
    ) -> Vec<Holder> {
        let holds = |relation: Relation, troika| {
            let rights = Rights::of(seat, "another party", troika);
            let answer = self
                .judge
                .may(&relation.applied(rights, class)?, action, class);
            answer.allowed.then(|| Holder {
                seat: seat.id.clone(),
                relation,
                troika,
                policy: answer.policy,
            })
        };
        if let Some(plain) = holds(Relation::None, Troika::Outside) {
            return vec![plain];
        }
        let relations = || Relation::ALL.into_iter().skip(1);
        let places = || Troika::ALL.iter().copied().skip(1).filter(|_| chairs);
        let single: Vec<Holder> = relations()
            .filter_map(|relation| holds(relation, Troika::Outside))
            .chain(places().filter_map(|troika| holds(Relation::None, troika)))
            .collect();
        if !single.is_empty() {
            return single;
        }
        relations()
            .flat_map(|relation| places().map(move |troika| (relation, troika)))
            .filter_map(|(relation, troika)| holds(relation, troika))
            .collect()
    }
}

impl Judge for Access {
    fn may(&self, rights: &Rights, action: Action, class: &Class) -> Answer {
        self.judge.may(rights, action, class)
    }

    fn near(&self, rights: &Rights, action: Action, class: &Class) -> Vec<Near> {
        self.judge.near(rights, action, class)
    }
}
