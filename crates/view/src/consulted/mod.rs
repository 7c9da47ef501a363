//! Written consultations, as a seat may see them (C-01…C-13, C.3-5).

mod aligned;
mod changes;
mod drawn_up;
mod kept;
mod lines;
mod members;
mod published;
mod sides;

use std::collections::BTreeSet;

use comity_conference::{
    ActId, Against, Consultation, Heard, Name, Passage, Reaction, Round, Stage,
};
use comity_policy::{Action, Class, ConsultationStage, Term as Clock};
use comity_rules::{Attribution, EarlyClose, Extension, Procedure, Published, Rules};
use jiff::Timestamp;

use crate::inside::ANOTHER;
use crate::{Answer, Hashed, Inside};

pub(crate) use aligned::paragraphs;
pub use kept::Memo;
pub use lines::*;
pub use published::*;
pub use sides::{Part, Side, clean, sides};

/// What the policies call the stage of a consultation. Until consensus was certified, the rounds go on. Where the rules ask the members
/// to agree to decide in writing, they are asked as soon as the Troika consents, as in a round.
pub fn consultation_stage(
    found: &Consultation,
    rules: Option<&Rules>,
    now: Timestamp,
) -> ConsultationStage {
    let rule = rules.and_then(|rules| rules.consultation.as_ref());
    let asks = || {
        let procedure = rule.and_then(|rule| rule.procedure().ok());
        procedure.is_some_and(|procedure| procedure.method_consent)
    };
    match found.stage(now) {
        Stage::Ready if asks() => ConsultationStage::Round,
        Stage::Troika | Stage::Ready => ConsultationStage::Troika,
        Stage::Round | Stage::Closed => ConsultationStage::Round,
        Stage::Certified => ConsultationStage::Settled,
        Stage::Ended | Stage::Reported => ConsultationStage::Ended,
    }
}

/// Whose answers in a round a seat may see.
enum Sight<'r> {
    All,
    Of(BTreeSet<&'r Name>),
}

impl Sight<'_> {
    fn has(&self, party: &Name) -> bool {
        match self {
            Self::All => true,
            Self::Of(seen) => seen.contains(party),
        }
    }
}

/// Whether a consultation ended while the term of a round ran.
fn is_cut(found: &Consultation, round: &Round) -> bool {
    found.end.is_some_and(|end| end.at() < round.closes_at())
}

/// Whether a member of the Troika does not consent to the text.
fn is_refused(found: &Consultation) -> bool {
    let mut reactions = found.reactions.values();
    reactions.any(|reacted| reacted.reaction == Reaction::DoesNotConsent)
}

impl Inside {
    /// The consultations that the seat may see, the last one first.
    pub fn consultations(&self) -> Vec<ConsultationLine> {
        let all = self.view.conference().consultations.values();
        let seen = all.filter(|found| self.sees_consultation(found));
        let lines = seen.map(|found| ConsultationLine {
            silent: self.silent(found),
            ..self.consultation_line(found)
        });
        let mut lines: Vec<ConsultationLine> = lines.collect();
        lines.sort_by_key(|line| std::cmp::Reverse(line.since));
        lines
    }

    /// Whether the seat may begin one.
    pub fn may_consult(&self) -> Answer {
        self.may(
            Action::Activate,
            &Class::Consultation(ConsultationStage::Draft),
        )
    }

    /// Whether the seat works with its delegation among itself.
    pub fn works_among_itself(&self) -> bool {
        let workroom = Class::Workroom {
            of: self.party().into(),
        };
        self.may(Action::Comment, &workroom).allowed
    }

    /// Whether consultations reach the seat, once a round was opened.
    pub fn hears_consultations(&self) -> bool {
        let round = Class::Consultation(ConsultationStage::Round);
        self.may(Action::Read, &round).allowed
    }

    /// Whether the seat enters what came by note for the Presidency.
    pub fn enters_consultations(&self) -> bool {
        let draft = Class::Consultation(ConsultationStage::Draft);
        self.may(Action::EnterReceived, &draft).allowed
    }

    /// The time zone of the seat's capital, or of that of whoever presides, by its IANA name; with the city.
    pub fn zone(&self) -> Option<(String, String)> {
        let presiding = || Some(self.presiding_party()?.0);
        self.zone_of(self.party())
            .or_else(|| self.zone_of(&presiding()?))
    }

    /// The party that presides now.
    pub fn presiding_party(&self) -> Option<(String, String)> {
        let held = self.view.conference().presidency_at(self.now)?;
        let party = &held.fact.party;
        let label = self.view.party_or_id(party).label.text;
        Some((party.to_string(), label))
    }

    /// Whether another party presides now than at an instant.
    pub fn handed_over_since(&self, at: Timestamp) -> bool {
        let conference = self.view.conference();
        let of = |at| Some(&conference.presidency_at(at)?.fact.party);
        of(at) != of(self.now)
    }

    /// The members that a round would go to.
    pub fn consulted_parties(&self) -> Vec<(String, String)> {
        let conference = self.view.conference();
        let members = conference.deciding_members(self.view.rules(), self.now);
        members
            .map(|party| {
                let label = self.view.title(&party.name).text;
                (party.id.to_string(), label)
            })
            .collect()
    }

    /// The names of those of them for which nobody may state a position.
    pub fn without_voice_of(&self, parties: &[(String, String)]) -> Vec<String> {
        if parties.is_empty() {
            return Vec::new();
        }
        let unspoken = self.unspoken(parties.iter().map(|(id, _)| id.as_str()));
        let named = parties
            .iter()
            .filter(|(id, _)| unspoken.contains(id.as_str()));
        named.map(|(_, label)| label.clone()).collect()
    }

    /// Whether the register was made to be shown.
    pub fn is_demonstration(&self) -> bool {
        let rules = self.view.conference().rules.as_ref();
        rules.is_some_and(|(_, adopted)| adopted.demo)
    }

    /// A consultation; none where there is none or the seat may not see it.
    pub fn consultation(&self, id: &str) -> Option<ConsultationPage> {
        let found = self.consultation_seen(ActId::new(id)?)?;
        let submitted = &found.submitted;
        let may = self.consultation_rights(found);
        let earlier = found.rounds.iter().rev().skip(1);
        let earlier = earlier.map(|round| EarlierRound {
            number: round.opened.round,
            opens_at: round.opened.opens_at,
            closes_at: round.closes_at(),
        });
        Some(ConsultationPage {
            line: self.consultation_line(found),
            why_now: self.view.text(&submitted.why_now),
            why_agreed: self.view.text(&submitted.why_agreed),
            matter: submitted.matter,
            mandate: submitted.mandate.clone(),
            text: paragraphs(&found.text, None),
            put_forward: found.put_forward.to_string(),
            changed: (found.before.as_deref()).map(|before| paragraphs(&found.text, Some(before))),
            presidency: self.view.party_or_id(&submitted.presidency).label.text,
            troika: self.troika_lines(found),
            round: self.round_at(found, found.rounds.len().checked_sub(1)),
            pending: self.pending(found, &may),
            late_before: self.late_before(found),
            earlier: earlier.collect(),
            certificate: self.certificate_page(found),
            lapsed: found.lapsed.iter().map(|lapsed| lapsed.at).collect(),
            end: found.end,
            end_words: found.end_words.as_ref().map(|words| self.view.text(words)),
            reported: found.reported.map(|(_, at)| at),
            report: found
                .report
                .as_ref()
                .map(|report| self.report_page(found, report)),
            assumptions: self.consultation_assumptions(),
            publishable: submitted.matter == comity_conference::Matter::Ordinary
                && found.last_round().is_some()
                && self
                    .procedure()
                    .is_some_and(|procedure| procedure.published == Published::ByReport),
            method_awaited: self.method_awaited(found),
            entered: self.entered_in(found),
            own: self.party().to_owned(),
            may,
        })
    }

    /// What a list says of a consultation; none where there is none or the seat may not see it.
    pub fn consultation_in_a_list(&self, id: &str) -> Option<ConsultationLine> {
        let found = self.consultation_seen(ActId::new(id)?)?;
        Some(self.consultation_line(found))
    }

    /// Where a consultation stands, and what the seat may do in it.
    pub fn consultation_stage(&self, id: &str) -> Option<(Stage, ConsultationRights)> {
        let found = self.consultation_seen(ActId::new(id)?)?;
        Some((found.stage(self.now), self.consultation_rights(found)))
    }

    /// One round of a consultation.
    pub fn consultation_round(&self, id: &str, number: u16) -> Option<RoundPage> {
        let found = self.consultation_seen(ActId::new(id)?)?;
        let mut rounds = found.rounds.iter();
        self.round_at(found, rounds.position(|round| round.opened.round == number))
    }

    fn round_at(&self, found: &Consultation, place: Option<usize>) -> Option<RoundPage> {
        let round = found.rounds.get(place?)?;
        let before = place.and_then(|place| found.rounds.get(place.checked_sub(1)?));
        Some(self.round_page(found, round, before))
    }

    /// What the rules of written consultations assume that the source leaves open, each with the reason.
    pub fn consultation_assumptions(&self) -> Vec<String> {
        let Some(rule) = &self.view.rules().consultation else {
            return Vec::new();
        };
        let open = rule
            .choices()
            .into_iter()
            .filter(|(_, choice)| choice.assumption);
        let reasons = open.filter_map(|(_, choice)| choice.why.as_ref());
        reasons.map(|why| self.view.text(why)).collect()
    }

    pub(crate) fn consultation_seen(&self, id: ActId) -> Option<&Consultation> {
        let found = self.view.conference().consultations.get(&id)?;
        self.sees_consultation(found).then_some(found)
    }

    fn sees_consultation(&self, found: &Consultation) -> bool {
        // The members hear of a course of action with its first round, or where they are asked to decide in writing: of one that
        // ended before, nobody else than before.
        let asked = self
            .procedure()
            .is_some_and(|procedure| procedure.method_consent);
        let asked = asked && found.awaited().next().is_none();
        let class = if found.last_round().is_some() || asked {
            self.consultation_class(found)
        } else {
            Class::Consultation(ConsultationStage::Troika)
        };
        self.may(Action::Read, &class).allowed
    }

    fn consultation_class(&self, found: &Consultation) -> Class {
        Class::Consultation(consultation_stage(found, Some(self.view.rules()), self.now))
    }

    /// Whether the seat may see what a member answered in a round. While a later round runs on the very same text, the term on
    /// that text is not over, and what was answered to it before is not told either. Where only whoever presides hears who said
    /// what, it is asked as if the term still ran.
    pub(crate) fn sees_answer(&self, found: &Consultation, round: &Round, party: &str) -> bool {
        let named = self
            .procedure()
            .is_none_or(|procedure| procedure.attribution == Attribution::NamedToMembers);
        let over = named && round.is_over(self.now) && !self.runs_on(found, round);
        self.may(Action::Read, &self.position_class(found, party, over))
            .allowed
    }

    /// The members of a round whose answers the seat may see: asked about once for all that stands on a page.
    fn sight<'r>(&self, found: &Consultation, round: &'r Round) -> Sight<'r> {
        // Whoever sees that of any other party sees all.
        if self.sees_answer(found, round, ANOTHER) {
            return Sight::All;
        }
        let parties = round.opened.terms.keys();
        let seen = parties.filter(|party| self.sees_answer(found, round, party));
        Sight::Of(seen.collect())
    }

    /// Whether the term on the text of a round runs, in that round or in one that was opened since.
    fn runs_on(&self, found: &Consultation, round: &Round) -> bool {
        found.last_round().is_some_and(|last| {
            let open = found.end.is_none() && !last.is_over(self.now);
            open && last.opened.text == round.opened.text
        })
    }

    /// Whether the seat may see how a member was reached: its own, and whoever sees all.
    pub(crate) fn sees_passage(&self, party: &str) -> bool {
        *party == *self.party() || self.sees_delivery()
    }

    /// Whether the seat may see how every member was reached.
    pub fn sees_delivery(&self) -> bool {
        self.may(Action::Read, &Class::Delivery).allowed
    }

    fn position_class(&self, found: &Consultation, party: &str, over: bool) -> Class {
        Class::Position {
            of: party.into(),
            stage: consultation_stage(found, Some(self.view.rules()), self.now),
            term: if over { Clock::Over } else { Clock::Running },
        }
    }

    fn procedure(&self) -> Option<Procedure> {
        let rule = self.view.rules().consultation.as_ref()?;
        rule.procedure().ok()
    }

    fn consultation_rights(&self, found: &Consultation) -> ConsultationRights {
        let own = self.party();
        let class = self.consultation_class(found);
        let may = |action| self.may(action, &class).allowed;
        let round = found.last_round();
        let over = round.is_some_and(|round| round.is_over(self.now));
        let position = self.position_class(found, own, over);
        let asked = round.is_some_and(|round| round.opened.terms.contains_key(own));
        let running = found.end.is_none();
        let procedure = self.procedure();
        let runs = round.is_some() && !over && running;
        let rule = |allows: fn(&Procedure) -> bool| procedure.as_ref().is_some_and(allows);
        let conducts = may(Action::Activate) || may(Action::EnterReceived);
        let consents = self
            .method_awaited(found)
            .iter()
            .any(|(party, _)| party == own);
        let all_heard = || {
            round.is_some_and(|round| {
                let mut parties = round.opened.terms.keys();
                parties.all(|party| !matches!(found.heard(round, party), Heard::Silent))
            })
        };
        ConsultationRights {
            consents: consents && self.may(Action::State, &position).allowed,
            extends: runs
                && conducts
                && rule(|procedure| procedure.extension == Extension::Once)
                && round.is_some_and(|round| round.extended.is_none()),
            closes_early: runs
                && conducts
                && rule(|procedure| procedure.early_close == EarlyClose::AllAgree)
                && all_heard(),
            conducts: running && may(Action::Activate),
            launches: running && may(Action::Launch),
            reports: found.end.is_some() && found.reported.is_none() && may(Action::Report),
            reacts: running
                && round.is_none()
                && found.submitted.troika.iter().any(|party| **party == *own)
                && may(Action::React),
            states: running && asked && self.may(Action::State, &position).allowed,
            enters: may(Action::EnterReceived),
            objected_before: round.is_some_and(|round| found.objected_before(round, own).is_some()),
            acknowledges: running
                && asked
                && !over
                && round
                    .is_some_and(|round| !round.is_noted(&Name::new(own), Passage::Acknowledged)),
        }
    }

    /// Which members have not agreed to decide in writing, before the first round and where the rules ask for it.
    fn method_awaited(&self, found: &Consultation) -> Vec<(String, String)> {
        let asked = self
            .procedure()
            .is_some_and(|procedure| procedure.method_consent);
        if !asked || found.end.is_some() || found.last_round().is_some() {
            return Vec::new();
        }
        let members = self.consulted_parties().into_iter();
        members
            .filter(|(party, _)| !found.method.contains_key(party.as_str()))
            .filter(|(party, _)| *found.submitted.presidency != **party)
            .collect()
    }

    fn consultation_line(&self, found: &Consultation) -> ConsultationLine {
        let round = found.last_round();
        ConsultationLine {
            id: found.act.to_string(),
            topic: self.view.text(&found.submitted.topic),
            stage: found.stage(self.now),
            round: round.map_or(0, |round| round.opened.round),
            since: found.since,
            closes_at: round.map(Round::closes_at),
            zone: self
                .zone_of(self.party())
                .or_else(|| self.zone_of(&found.submitted.presidency)),
            waits_for: self.waits_for(found),
            // Only a list says so: a page says it country by country.
            silent: None,
            refused: found.stage(self.now) == Stage::Troika && is_refused(found),
        }
    }

    /// How many members have not answered while the term runs, and of how many; whoever presides is not waited for.
    fn silent(&self, found: &Consultation) -> Option<(usize, usize)> {
        let round = found.last_round()?;
        let parties = || round.opened.terms.keys();
        let runs = found.stage(self.now) == Stage::Round;
        if !runs {
            return None;
        }
        let sees = self.sight(found, round);
        if !parties().all(|party| sees.has(party)) {
            return None;
        }
        let due = |party: &&Name| {
            let heard = found.heard(round, party);
            matches!(heard, Heard::Silent | Heard::NotAtOne(_))
        };
        Some((parties().filter(due).count(), parties().count()))
    }

    fn waits_for(&self, found: &Consultation) -> Option<WaitsFor> {
        let may = self.consultation_rights(found);
        let own = self.party();
        match found.stage(self.now) {
            Stage::Troika => {
                let silent = found.awaited().any(|party| **party == *own)
                    && !found.reactions.contains_key(own);
                if may.reacts && silent {
                    return Some(WaitsFor::Reaction);
                }
                (may.conducts && is_refused(found)).then_some(WaitsFor::AnotherText)
            }
            Stage::Ready => may.conducts.then_some(WaitsFor::Round),
            Stage::Round => {
                let round = found.last_round()?;
                let heard = found.heard(round, own);
                let due = match heard {
                    Heard::Silent => found.objected_before(round, own).is_none(),
                    Heard::NotAtOne(_) => true,
                    Heard::Submitted | Heard::One(_) => false,
                };
                (may.states && due).then_some(WaitsFor::Answer)
            }
            Stage::Closed => may.conducts.then_some(WaitsFor::Choice),
            Stage::Certified => may.launches.then_some(WaitsFor::Launch),
            Stage::Ended => may.reports.then_some(WaitsFor::Report),
            Stage::Reported => None,
        }
    }

    fn troika_lines(&self, found: &Consultation) -> Vec<TroikaLine> {
        let parties = found.submitted.troika.iter();
        parties
            .map(|party| {
                let reacted = found.reactions.get(party);
                TroikaLine {
                    party: party.to_string(),
                    label: self.view.party_or_id(party).label.text,
                    reaction: reacted.map(|reacted| reacted.reaction),
                    words: reacted.and_then(|reacted| reacted.words.clone()),
                    own: **party == *self.party(),
                }
            })
            .collect()
    }

    fn round_page(&self, found: &Consultation, round: &Round, before: Option<&Round>) -> RoundPage {
        let opened = &round.opened;
        let sees = self.sight(found, round);
        let kept = self.round_kept(found, round, before);
        let members = self.member_lines(found, &kept, &sees);
        let class = self.consultation_class(found);
        let may = |action| self.may(action, &class).allowed;
        let conducts = (found.end.is_none() && may(Action::Activate)) || may(Action::EnterReceived);
        let procedure = self.procedure().filter(|_| conducts);
        let against = procedure.map(|procedure| {
            let all = || {
                let against = found.against(round, &procedure);
                let lines = against.iter().map(|against| self.against_line(against));
                Hashed::new(lines.collect())
            };
            kept.against.get_or_init(all).clone()
        });
        let changes = kept.changes.iter();
        let changes = changes.filter(|(party, _)| sees.has(party));
        let hidden = |member: &MemberLine| *member.said == SaidLine::Hidden;
        let told =
            (round.is_over(self.now) && !self.runs_on(found, round)) || !members.iter().any(hidden);
        RoundPage {
            act: round.act.to_string(),
            number: opened.round,
            why: opened.why.as_ref().map(|why| self.view.text(why)),
            text: kept.text.clone(),
            sides: kept.sides.clone(),
            opens_at: opened.opens_at,
            closes_at: round.closes_at(),
            over: round.is_over(self.now),
            cut: is_cut(found, round),
            runs_on: round.is_over(self.now) && self.runs_on(found, round),
            whose: self.procedure().map(|procedure| procedure.calendar),
            silence: self.procedure().map(|procedure| procedure.silence),
            days: round.days(),
            extended: round.extended.is_some(),
            members,
            changes: changes.map(|(_, line)| line.clone()).collect(),
            late: self.late_lines(found, round),
            against,
            answered: told.then_some(kept.answered),
        }
    }

    pub(crate) fn zone_of(&self, party: &str) -> Option<(String, String)> {
        let adopted = self.view.conference().calendar.as_ref()?;
        let held = self.view.conference().parties.get(party)?;
        let capital = adopted.table.country(held.fact.code.as_deref()?)?;
        Some((
            capital.zone_name().to_owned(),
            self.in_words(capital.city()),
        ))
    }

    fn against_line(&self, against: &Against) -> AgainstLine {
        let (what, party) = match against {
            Against::Objection { party, .. } => ("objection", Some(party)),
            Against::AsksForTime { party, .. } => ("asks-for-time", Some(party)),
            Against::ChangePending { party, .. } => ("change-pending", Some(party)),
            Against::ChangeTaken { party, .. } => ("change-taken", Some(party)),
            Against::NotAtOne { party } => ("not-at-one", Some(party)),
            Against::Silent { party } => ("silent", Some(party)),
            Against::TooFewHeard { .. } => ("too-few-heard", None),
            Against::Unanswered { party, .. } => ("unanswered", Some(party)),
        };
        AgainstLine {
            what,
            party_label: party.map(|party| self.view.party_or_id(party).label.text),
        }
    }
}
