//! Written consultations, as a seat may see them (C-01…C-13, C.3-5).

mod aligned;
mod lines;
mod members;
mod published;

use std::collections::{BTreeMap, BTreeSet};

use comity_conference::{
    ActId, Against, Answer as Said, ChangeDisposed, Consultation, Heard, Name, Passage, Reaction,
    ReportedPosition, ResultReported, Round, Stage, Stated,
};
use comity_policy::{Action, Class, ConsultationStage, Term as Clock};
use comity_rules::{Attribution, EarlyClose, Extension, Procedure, Published, Rules, Text};
use jiff::Timestamp;

use crate::inside::ANOTHER;
use crate::{Answer, Inside};

pub(crate) use aligned::paragraphs;
pub use lines::*;
pub use published::*;

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

/// Of so many things that wait from earlier rounds each stands on the page.
const FEW: usize = 30;

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

    /// Whether the seat's party presided at an instant and presides no more.
    pub fn handed_over_since(&self, at: Timestamp) -> bool {
        let presided = |at| {
            let held = self.view.conference().presidency_at(at);
            held.is_some_and(|held| *held.fact.party == *self.party())
        };
        presided(at) && !presided(self.now)
    }

    /// The members that a round would go to.
    pub fn consulted_parties(&self) -> Vec<(String, String)> {
        let conference = self.view.conference();
        let members = conference.deciding_members(self.view.rules(), self.now);
        members
            .map(|party| {
                let id = party.id.to_string();
                let label = self.view.party_or_id(&id).label.text;
                (id, label)
            })
            .collect()
    }

    /// The names of those of them for which nobody may state a position.
    pub fn consulted_without_voice(&self) -> Vec<String> {
        let parties = self.consulted_parties();
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

    /// Every change and comment that the seat may see, with the number of its round, the first round first.
    pub fn consultation_changes(&self, id: &str) -> Option<Vec<(u16, ChangeLine)>> {
        let found = self.consultation_seen(ActId::new(id)?)?;
        let lines = found.rounds.iter().flat_map(|round| {
            let lines = self
                .change_lines(round, &self.sight(found, round))
                .into_iter();
            lines.map(|line| (round.opened.round, line))
        });
        Some(lines.collect())
    }

    /// Changes and comments of the rounds before the last one of which nobody said yet what becomes of them, for whoever may say
    /// so; if they are few.
    fn pending(&self, found: &Consultation, rights: &ConsultationRights) -> Pending {
        if !rights.conducts && !rights.enters {
            return Pending::default();
        }
        // Nobody needs to know how many they are to be sent to where they stand: it is not counted on.
        let mut count = 0;
        let many = self.of_pending(found).any(|(_, _, places)| {
            count += places.len();
            count > FEW
        });
        Pending {
            many,
            lines: match many {
                true => Vec::new(),
                false => self.pending_lines(found),
            },
        }
    }

    /// The same, however many they are.
    pub fn consultation_pending(&self, id: &str) -> Option<Vec<(u16, ChangeLine)>> {
        let found = self.consultation_seen(ActId::new(id)?)?;
        Some(self.pending_lines(found))
    }

    /// A change or a comment of any round, by the answer that it came with and its place in it; with the number of the round.
    pub fn consultation_change(
        &self,
        id: &str,
        position: &str,
        change: u16,
    ) -> Option<(u16, ChangeLine)> {
        let found = self.consultation_seen(ActId::new(id)?)?;
        let position = ActId::new(position)?;
        let mut rounds = found.rounds.iter();
        let (round, stated) = rounds.find_map(|round| Some((round, round.answer(position)?)))?;
        if !self.sees_answer(found, round, &stated.stated.party) {
            return None;
        }
        let mut lines = self.lines_of(round, stated).into_iter();
        let line = lines.find(|line| line.change == change)?;
        Some((round.opened.round, line))
    }

    fn pending_lines(&self, found: &Consultation) -> Vec<(u16, ChangeLine)> {
        let all = self.of_pending(found).flat_map(|(round, stated, places)| {
            let lines = self.lines_of(round, stated).into_iter();
            let due = lines.filter(move |line| places.contains(&line.change));
            due.map(|line| (round.opened.round, line))
        });
        let mut lines: Vec<_> = all.collect();
        lines.sort_by_key(|(round, line)| (*round, line.paragraph));
        lines
    }

    /// The answers of earlier rounds with changes or comments that wait, and the places of those.
    fn of_pending<'a>(
        &'a self,
        found: &'a Consultation,
    ) -> impl Iterator<Item = (&'a Round, &'a Stated, Vec<u16>)> {
        let before = found.rounds.iter().rev().skip(1).rev();
        let standing = before.flat_map(|round| {
            let standing = round.answers.iter();
            let standing = standing.filter(|stated| stated.replaced.is_none());
            standing.map(move |stated| (round, stated))
        });
        let waits = standing.filter_map(|(round, stated)| {
            let said = stated.stated.changes.len() + stated.stated.comments.len();
            let places = 0..u16::try_from(said).unwrap_or(u16::MAX);
            let due = |place: &u16| !round.disposed.contains_key(&(stated.act, *place));
            let places: Vec<u16> = places.filter(due).collect();
            (!places.is_empty()).then_some((round, stated, places))
        });
        // The same member is asked about once for each way in which it may be seen.
        let mut seen: BTreeMap<(&str, bool), bool> = BTreeMap::new();
        waits.filter(move |(round, stated, _)| {
            let party: &str = &stated.stated.party;
            let key = (party, self.runs_on(found, round));
            *seen
                .entry(key)
                .or_insert_with(|| self.sees_answer(found, round, party))
        })
    }

    /// Late objections of the rounds before the last one to which nobody replied yet.
    fn late_before(&self, found: &Consultation) -> Vec<(u16, LateLine)> {
        let before = found.rounds.iter().rev().skip(1).rev();
        let lines = before.flat_map(|round| {
            let lines = self.late_lines(found, round).into_iter();
            lines.map(|line| (round.opened.round, line))
        });
        lines.filter(|(_, line)| line.reply.is_none()).collect()
    }

    fn round_at(&self, found: &Consultation, place: Option<usize>) -> Option<RoundPage> {
        let round = found.rounds.get(place?)?;
        let before = place.and_then(|place| found.rounds.get(place.checked_sub(1)?));
        let before = before.map(|before| before.opened.text.as_slice());
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
    fn sight<'r>(&self, found: &Consultation, round: &'r Round) -> BTreeSet<&'r Name> {
        // Whoever sees that of any other party sees all.
        let all = self.sees_answer(found, round, ANOTHER);
        let parties = round.opened.terms.keys();
        parties
            .filter(|party| all || self.sees_answer(found, round, party))
            .collect()
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
        if !runs || !parties().all(|party| self.sees_answer(found, round, party)) {
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

    fn round_page(
        &self,
        found: &Consultation,
        round: &Round,
        before: Option<&[Text]>,
    ) -> RoundPage {
        let opened = &round.opened;
        let sees = self.sight(found, round);
        let members = self.member_lines(found, round, &sees);
        let class = self.consultation_class(found);
        let may = |action| self.may(action, &class).allowed;
        let conducts = (found.end.is_none() && may(Action::Activate)) || may(Action::EnterReceived);
        let procedure = self.procedure().filter(|_| conducts);
        let against = procedure.map(|procedure| {
            let against = found.against(round, &procedure);
            against
                .iter()
                .map(|against| self.against_line(against))
                .collect()
        });
        let answered = |party: &&Name| matches!(found.heard(round, party), Heard::One(_));
        let hidden = |member: &MemberLine| member.said == SaidLine::Hidden;
        let told =
            (round.is_over(self.now) && !self.runs_on(found, round)) || !members.iter().any(hidden);
        RoundPage {
            act: round.act.to_string(),
            number: opened.round,
            why: opened.why.as_ref().map(|why| self.view.text(why)),
            text: paragraphs(&opened.text, before),
            opens_at: opened.opens_at,
            closes_at: round.closes_at(),
            over: round.is_over(self.now),
            cut: is_cut(found, round),
            runs_on: round.is_over(self.now) && self.runs_on(found, round),
            whose: self.procedure().map(|procedure| procedure.calendar),
            silence: self.procedure().map(|procedure| procedure.silence),
            days: opened.days,
            extended: round.extended.is_some(),
            members,
            changes: self.change_lines(round, &sees),
            late: self.late_lines(found, round),
            against,
            answered: told.then(|| opened.terms.keys().filter(answered).count()),
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

    fn report_page(&self, found: &Consultation, report: &ResultReported) -> ReportPage {
        ReportPage {
            words: self.view.text(&report.words),
            public: report.public,
            positions: self.positions(found, &report.positions),
        }
    }

    fn certificate_page(&self, found: &Consultation) -> Option<CertificatePage> {
        let (_, at) = found.certified?;
        let certificate = found.certificate.as_ref()?;
        Some(CertificatePage {
            at,
            presidency: match self.view.conference().presidency_at(at) {
                Some(held) => self.view.party_or_id(&held.fact.party).label.text,
                None => String::new(),
            },
            words: self.view.text(&certificate.words),
            positions: self.positions(found, &certificate.positions),
        })
    }

    /// What members had said when a record was drawn up, as far as the seat may see it; by the name of each.
    fn positions(
        &self,
        found: &Consultation,
        positions: &BTreeMap<Name, ReportedPosition>,
    ) -> Vec<PositionLine> {
        let Some(last) = found.last_round() else {
            return Vec::new();
        };
        let seen = positions
            .iter()
            .filter(|(party, _)| self.sees_answer(found, last, party));
        let mut lines: Vec<PositionLine> = seen
            .map(|(party, said)| {
                let act = match said {
                    ReportedPosition::Answered { act, .. }
                    | ReportedPosition::ObjectedBefore { act } => Some(*act),
                    ReportedPosition::Submitted
                    | ReportedPosition::NotAtOne
                    | ReportedPosition::NoCommunication { .. } => None,
                };
                let mut rounds = found.rounds.iter();
                let answer = act.and_then(|act| rounds.find_map(|round| round.answer(act)));
                let silent = matches!(said, ReportedPosition::NoCommunication { .. });
                PositionLine {
                    party_label: self.view.party_or_id(party).label.text,
                    said: said.clone(),
                    answer: answer.map(members::answer_line),
                    escalated: silent && last.is_noted(party, Passage::Escalated),
                }
            })
            .collect();
        lines.sort_by(|one, other| one.party_label.cmp(&other.party_label));
        lines
    }

    fn change_lines(&self, round: &Round, sees: &BTreeSet<&Name>) -> Vec<ChangeLine> {
        let standing = round
            .answers
            .iter()
            .filter(|stated| stated.replaced.is_none());
        let seen = standing.filter(|stated| sees.contains(&stated.stated.party));
        let lines = seen.flat_map(|stated| self.lines_of(round, stated));
        let mut lines: Vec<ChangeLine> = lines.collect();
        lines.sort_by_key(|line| line.paragraph);
        lines
    }

    /// The changes and the comments that came with an answer, each with what became of it.
    fn lines_of(&self, round: &Round, stated: &Stated) -> Vec<ChangeLine> {
        let changes = stated.stated.changes.iter();
        let changes = changes.map(|said| (false, said.paragraph, &said.words, &said.why));
        let comments = stated.stated.comments.iter();
        let comments = comments.map(|said| (true, said.paragraph, &said.words, &None));
        let said = (0_u16..).zip(changes.chain(comments));
        let lines = said.map(|(place, (comment, paragraph, words, why))| {
            let disposed = round.disposed.get(&(stated.act, place));
            let disposition = disposed.map(|(_, disposed): &(ActId, ChangeDisposed)| {
                (disposed.disposition, self.view.text(&disposed.why))
            });
            ChangeLine {
                position: stated.act.to_string(),
                change: place,
                comment,
                party_label: self.view.party_or_id(&stated.stated.party).label.text,
                paragraph,
                words: words.clone(),
                why: why.clone(),
                disposition,
            }
        });
        lines.collect()
    }

    fn late_lines(&self, found: &Consultation, round: &Round) -> Vec<LateLine> {
        let late = round
            .answers
            .iter()
            .filter(|stated| stated.late && stated.stated.answer == Said::Objects);
        let seen = late.filter(|stated| self.sees_answer(found, round, &stated.stated.party));
        seen.map(|stated| {
            let reply = round.replies.get(&stated.act);
            LateLine {
                act: stated.act.to_string(),
                party_label: self.view.party_or_id(&stated.stated.party).label.text,
                words: stated.stated.words.clone(),
                reply: reply.map(|(_, answered)| self.view.text(&answered.reply)),
            }
        })
        .collect()
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
