//! What was done since somebody was here last, of what their seat may see.

use comity_conference::{ActId, ActLine, Consultation, Deed};
use comity_policy::{Resource, may};
use jiff::Timestamp;

use crate::acts::class_of;
use crate::{Action, Inside, Link, Seat};

/// Something that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct News {
    pub at: Timestamp,
    /// The kind of act, as records name it.
    pub kind: &'static str,
    /// Whom or what it is about, in words.
    pub about: String,
    pub to: NewsOf,
}

/// Where it is read.
#[derive(Debug, Clone, PartialEq)]
pub enum NewsOf {
    /// The people of a party.
    People(String),
    Presidency,
    /// By the act that received it.
    Application(String),
    /// By the act that began it.
    Consultation(String),
    /// By the act that began it.
    Informal(String),
    /// A public page.
    Page(Link),
    /// The page of the act itself.
    Act(String),
}

/// The latest first, so many at most.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct NewsPage {
    pub lines: Vec<News>,
    /// How many more there were.
    pub more: usize,
}

/// How many lines a desk shows.
const SHOWN: usize = 12;

impl Inside {
    /// How many acts there are: what a later visit is counted from.
    pub fn acts_now(&self) -> u64 {
        self.view.conference().acts.len() as u64
    }

    /// What was done after the first so many acts.
    pub fn news(&self, since: u64) -> NewsPage {
        let acts = &self.view.conference().acts;
        let before = usize::try_from(since).unwrap_or(usize::MAX);
        let mut page = NewsPage::default();
        for line in acts.iter().skip(before.min(acts.len())).rev() {
            let Some(news) = self.seen(line) else {
                continue;
            };
            if page.lines.len() < SHOWN {
                page.lines.push(news);
            } else {
                page.more += 1;
            }
        }
        page
    }

    /// An act, if the seat may see what it is about.
    fn seen(&self, line: &ActLine) -> Option<News> {
        let (about, to) = match line.deed() {
            Some(Deed::SeatFilled | Deed::SeatVacated) => self.of_seat(line)?,
            Some(Deed::CandidacyAnnounced | Deed::CandidacyWithdrawn) => self.of_candidacy(line)?,
            Some(
                Deed::ApplicationReceived
                | Deed::ApplicationDocumentReceived
                | Deed::ApplicationDocumentReturned
                | Deed::ApplicationWithdrawn,
            ) => self.of_application(line)?,
            Some(_) if line.consultation().is_some() => self.of_consultation(line)?,
            Some(_) if line.informal().is_some() => self.of_informal(line)?,
            Some(deed) if Self::is_of_office(deed) => (self.of_office(line)?, NewsOf::Presidency),
            _ => self.of_record(line)?,
        };
        Some(News {
            at: line.recorded_at(),
            kind: line.kind(),
            about,
            to,
        })
    }

    fn of_seat(&self, line: &ActLine) -> Option<(String, NewsOf)> {
        let seats = &self.view.conference().seats;
        let by_end = || {
            let ended = |act| Some(act) == Some(line.id);
            let mut all = seats.iter();
            all.find(|(_, holding)| holding.vacated.is_some_and(|(act, _)| ended(act)))
        };
        let found = match seats.get(&line.id) {
            Some(holding) => Some((&line.id, holding)),
            None => by_end(),
        };
        let (act, holding) = found?;
        let party = &holding.filled.party;
        let kind = &self.view.rules().seat(&holding.filled.seat)?.kind;
        if !self.sees(party, kind) {
            return None;
        }
        let seat = self.seat_line(*act, holding)?;
        let about = format!("{}, {}", seat.label, seat.party_label);
        Some((about, NewsOf::People(seat.party)))
    }

    fn of_candidacy(&self, line: &ActLine) -> Option<(String, NewsOf)> {
        let mut all = self.view.conference().candidacies.iter();
        let (_, candidacy) = all.find(|(act, candidacy)| {
            **act == line.id || candidacy.withdrawn.is_some_and(|(act, _)| act == line.id)
        })?;
        if !self.hears(candidacy) {
            return None;
        }
        let announced = &candidacy.announced;
        let party = self.view.party_or_id(&announced.party).label.text;
        Some((format!("{party}, {}", announced.term), NewsOf::Presidency))
    }

    fn of_application(&self, line: &ActLine) -> Option<(String, NewsOf)> {
        if !self.reads_applications().allowed {
            return None;
        }
        let mut all = self.view.conference().applications.iter();
        let (act, application) = all.find(|(act, application)| {
            let of_document = application.documents.iter().any(|(document, held)| {
                *document == line.id || held.returned.is_some_and(|(act, _)| act == line.id)
            });
            let withdrawn = application.withdrawn.is_some_and(|(act, _)| act == line.id);
            **act == line.id || of_document || withdrawn
        })?;
        let about = self.view.text(&application.received.applicant);
        Some((about, NewsOf::Application(act.to_string())))
    }

    /// A consultation, if the seat may see it, and an answer only if it may see that answer.
    fn of_consultation(&self, line: &ActLine) -> Option<(String, NewsOf)> {
        let consultation = self.consultation_seen(line.consultation()?)?;
        let mut rounds = consultation.rounds.iter().rev();
        let answered = rounds.find_map(|round| Some((round, round.answer(line.id)?)));
        if let Some((round, answer)) = answered
            && !self.sees_answer(consultation, round, &answer.stated.party)
        {
            return None;
        }
        if !self.sees_step(consultation, line.id) {
            return None;
        }
        let about = self.view.text(&consultation.submitted.topic);
        Some((about, NewsOf::Consultation(consultation.act.to_string())))
    }

    /// An informal consultation, if the seat may see it, and an answer only if it may see that answer.
    fn of_informal(&self, line: &ActLine) -> Option<(String, NewsOf)> {
        let consultation = self.informal_seen(line.informal()?)?;
        let mut given = consultation.answers.iter();
        let answered = given.find(|given| given.act == line.id);
        if let Some(given) = answered
            && !self.sees_informal_answer(consultation, &given.answered.party)
        {
            return None;
        }
        let about = self.view.text(&consultation.opened.topic);
        Some((about, NewsOf::Informal(consultation.act.to_string())))
    }

    /// Whether the seat sees the answer that a step is about, or what became of a notice.
    fn sees_step(&self, consultation: &Consultation, act: ActId) -> bool {
        consultation.rounds.iter().all(|round| {
            let disposed = round.disposed.iter().filter(|(_, (by, _))| *by == act);
            let replied = round.replies.iter().filter(|(_, (by, _))| *by == act);
            let about = disposed.map(|((answer, _), _)| *answer);
            let mut about = about.chain(replied.map(|(answer, _)| *answer));
            let answers = about.all(|answer| {
                let answer = round.answer(answer);
                answer.is_none_or(|answer| {
                    self.sees_answer(consultation, round, &answer.stated.party)
                })
            });
            let mut noted = round.circulated.iter().filter(|(_, (by, _))| *by == act);
            answers && noted.all(|((party, _), _)| self.sees_passage(party))
        })
    }

    fn of_office(&self, line: &ActLine) -> Option<String> {
        let conference = self.view.conference();
        let handed = || {
            let mut all = conference.hand_overs.iter();
            all.find(|(_, hand_over)| hand_over.act == line.id)
                .map(|(id, _)| id)
        };
        let id = line.about().map(|(_, id)| id).or_else(handed)?;
        let fact = &conference.presidencies.get(id)?.fact;
        Some(self.view.presidency_label(fact).label.text)
    }

    fn of_record(&self, line: &ActLine) -> Option<(String, NewsOf)> {
        let class = class_of(line.kind(), line.recorded());
        let open = may(Seat::Public, Action::Read, class).allowed && class == Resource::Published;
        if !open {
            return None;
        }
        let act = NewsOf::Act(line.id.to_string());
        let Some((kind, id)) = line.about() else {
            return Some((String::new(), act));
        };
        let about = self.view.about(kind, id);
        Some((about.label.text, about.link.map_or(act, NewsOf::Page)))
    }
}
