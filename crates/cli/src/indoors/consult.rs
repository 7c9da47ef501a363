//! What is done from a seat in a written consultation.

use comity_conference::{
    ActId, ActionLaunched, Answer, Attached, Basis, Certify, ChangeDisposed, Channel,
    CirculationNoted, Comment, Consult, ConsultationReferred, ConsultationResubmitted,
    ConsultationWithdrawn, Disposition, Matter, MethodConsented, ObjectionAnswered, OpenRound,
    Passage, ProposedChange, Reaction, Received, Report, StatePosition, SubmitConsultation,
    TroikaReacted,
};
use comity_directory::{Drawer, Kept, PersonId};
use comity_registrar::Command;
use comity_rules::Text;
use comity_web::SourceError;
use comity_web::inside::{self as asked, Both, NotDone, Visitor};

use super::{House, failed, now};
use crate::postman::CONFIRMED_LASTS;

/// How long it is kept that the page of a round was opened.
const MARKS_LAST: jiff::SignedDuration = jiff::SignedDuration::from_hours(400 * 24);

/// More than any conference has.
const MOST_PARTIES: usize = 300;

/// No party has a full stop in its id.
fn of_round(round: &str) -> String {
    format!("round.{round}/")
}

fn act(id: &str) -> Result<ActId, NotDone> {
    ActId::new(id).ok_or_else(|| NotDone::new("E-0807"))
}

pub(super) fn text(both: &Both) -> Text {
    Text::new(both.es.trim(), both.en.trim())
}

/// A text as paragraphs: an empty line parts them, in both languages at the same places.
pub(super) fn paragraphs(both: &Both) -> Result<Vec<Text>, NotDone> {
    let (es, en) = (split(&both.es), split(&both.en));
    if es.len() != en.len() {
        return Err(NotDone::new("paragraphs-differ"));
    }
    Ok(es
        .iter()
        .zip(&en)
        .map(|(es, en)| Text::new(es, en))
        .collect())
}

fn split(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines().map(str::trim) {
        let last = paragraphs.last_mut();
        match last {
            Some(last) if line.is_empty() && !last.is_empty() => paragraphs.push(String::new()),
            Some(last) if !line.is_empty() => {
                if !last.is_empty() {
                    last.push(' ');
                }
                last.push_str(line);
            }
            Some(_) | None => {}
        }
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

impl House {
    /// The command of a step. Who can be reached is looked up, not asked.
    pub(super) async fn consult(
        &self,
        step: asked::Consult,
        paper: Option<Attached>,
    ) -> Result<Result<Command, NotDone>, SourceError> {
        let mut uncertain = Vec::new();
        if matches!(step, asked::Consult::Open { .. }) {
            let state = self.registrar.state();
            let now = self.registrar.now();
            let rules = state.rules.as_deref();
            let members = rules.map(|rules| state.conference.deciding_members(rules, now));
            let members = members.into_iter().flatten();
            let all: Vec<String> = members.map(|member| member.id.to_string()).collect();
            uncertain = self.not_reached(&all).await?;
        }
        let mut paper = Paper(paper);
        let command = command(step, &uncertain, &mut paper);
        let command = command.and_then(|step| paper.taken().map(|()| step));
        Ok(command.map(|step| Command::Consult(Box::new(step))))
    }

    /// One mark for each party and round: who opened it and how often says nothing.
    pub(super) async fn mark_opened(
        &self,
        visitor: &Visitor,
        round: &str,
        party: &str,
    ) -> Result<(), SourceError> {
        let Ok(person) = visitor.person.parse::<PersonId>() else {
            return Ok(());
        };
        let kept = Kept {
            drawer: Drawer::Sight,
            key: format!("{}{party}", of_round(round)),
            person: Some(person),
            until: now().saturating_add(MARKS_LAST).ok(),
            body: "{}".to_owned(),
        };
        let marked = self.directory().claim(&kept).await;
        marked.map(drop).map_err(|error| failed(&error))
    }

    pub(super) async fn opened_by(&self, round: &str) -> Result<Vec<String>, SourceError> {
        let start = of_round(round);
        let contents = self
            .directory()
            .contents(Drawer::Sight, Some(&start), MOST_PARTIES);
        let contents = contents.await.map_err(|error| failed(&error))?;
        let own = contents
            .iter()
            .map_while(|kept| kept.key.strip_prefix(&start));
        Ok(own.map(str::to_owned).collect())
    }

    /// The parties where nobody has an address that was confirmed lately.
    pub(super) async fn not_reached(&self, parties: &[String]) -> Result<Vec<String>, SourceError> {
        let state = self.registrar.state();
        let mut unreached = Vec::new();
        let held: Vec<_> = state.conference.held_seats(self.registrar.now()).collect();
        for party in parties {
            let mut reached = false;
            for (_, holding) in held
                .iter()
                .filter(|(_, held)| *held.filled.party == **party)
            {
                let Ok(id) = holding.filled.person.as_str().parse::<PersonId>() else {
                    continue;
                };
                let person = self.directory().get(&id).await;
                let person = person.map_err(|error| failed(&error))?;
                let lately = |at| now().duration_since(at) <= CONFIRMED_LASTS;
                reached = person.is_some_and(|person| {
                    person.email.is_some() && person.confirmed_at.is_some_and(lately)
                });
                // One is enough: nobody else is looked up.
                if reached {
                    break;
                }
            }
            if !reached {
                unreached.push(party.clone());
            }
        }
        Ok(unreached)
    }
}

/// The paper that came with a step: it belongs to the note on which the step is entered, and to nothing else.
pub(super) struct Paper(pub(super) Option<Attached>);

impl Paper {
    /// The note, with its paper.
    pub(super) fn of(&mut self, note: Option<String>) -> Option<Basis> {
        note.map(|reference| Basis {
            reference,
            file: self.0.take(),
        })
    }

    /// A paper without the note that it is would be there for nobody.
    pub(super) fn taken(self) -> Result<(), NotDone> {
        match self.0 {
            None => Ok(()),
            Some(_) => Err(NotDone::new("paper-without-note")),
        }
    }
}

fn command(
    step: asked::Consult,
    uncertain: &[String],
    paper: &mut Paper,
) -> Result<Consult, NotDone> {
    use asked::Consult as Asked;
    Ok(match step {
        Asked::Submit {
            party,
            topic,
            why_now,
            why_agreed,
            matter,
            mandate,
            text: body,
            note,
        } => Consult::Submit(SubmitConsultation {
            party: party.as_str().into(),
            topic: text(&topic),
            why_now: text(&why_now),
            why_agreed: text(&why_agreed),
            matter: self::matter(&matter),
            mandate,
            text: paragraphs(&body)?,
            note: paper.of(note),
        }),
        Asked::Resubmit { id, text, note } => Consult::Resubmit(ConsultationResubmitted {
            consultation: act(&id)?,
            text: paragraphs(&text)?,
            note: paper.of(note),
        }),
        Asked::React {
            id,
            party,
            consents,
            text,
            words,
            note,
        } => Consult::React(TroikaReacted {
            consultation: act(&id)?,
            party: party.as_str().into(),
            reaction: if consents {
                Reaction::Consents
            } else {
                Reaction::DoesNotConsent
            },
            text: text.map(|text| act(&text)).transpose()?,
            words,
            note: paper.of(note),
        }),
        Asked::ConsentToMethod { id, party, note } => Consult::ConsentToMethod(MethodConsented {
            consultation: act(&id)?,
            party: party.as_str().into(),
            note: paper.of(note),
        }),
        Asked::Open {
            id,
            seen,
            text: body,
            why,
            knowingly,
            note,
        } => Consult::Open(OpenRound {
            consultation: act(&id)?,
            seen: seen.map(|seen| act(&seen)).transpose()?,
            text: body.as_ref().map(paragraphs).transpose()?,
            why: why.as_ref().map(text),
            uncertain: uncertain
                .iter()
                .map(|party| party.as_str().into())
                .collect(),
            knowingly,
            note: paper.of(note),
        }),
        Asked::Extend { id, note } => Consult::Extend {
            consultation: act(&id)?,
            note: paper.of(note),
        },
        Asked::CloseEarly { id, note } => Consult::CloseEarly {
            consultation: act(&id)?,
            note: paper.of(note),
        },
        Asked::State {
            id,
            party,
            answer,
            words,
            changes,
            comments,
            text,
            in_place_of,
            received,
        } => {
            let seen: Result<_, _> = in_place_of.iter().map(|id| act(id)).collect();
            Consult::State(StatePosition {
                consultation: act(&id)?,
                party: party.as_str().into(),
                answer: Answer::from_name(&answer).ok_or_else(|| NotDone::new("no-answer"))?,
                words: words.map(|words| words.replace("\r\n", "\n")),
                changes: changes.into_iter().map(change).collect(),
                comments: comments.into_iter().map(comment).collect(),
                text: text.map(|text| act(&text)).transpose()?,
                in_place_of: seen?,
                received: received.map(|by| self::received(by, paper)).transpose()?,
            })
        }
        Asked::Dispose {
            id,
            position,
            change,
            disposition,
            why,
            note,
        } => Consult::Dispose(ChangeDisposed {
            consultation: act(&id)?,
            position: ActId::new(&position).ok_or_else(|| NotDone::new("E-0832"))?,
            change: change.parse().map_err(|_| NotDone::new("E-0832"))?,
            disposition: match disposition.as_str() {
                "taken" => Disposition::Taken,
                "in_part" => Disposition::InPart,
                _ => Disposition::NotTaken,
            },
            why: text(&why),
            note: paper.of(note),
        }),
        Asked::AnswerObjection {
            id,
            objection,
            reply,
            note,
        } => Consult::AnswerObjection(ObjectionAnswered {
            consultation: act(&id)?,
            objection: ActId::new(&objection).ok_or_else(|| NotDone::new("E-0833"))?,
            reply: text(&reply),
            note: paper.of(note),
        }),
        Asked::Note {
            id,
            round,
            party,
            passage,
            note,
        } => Consult::Note(CirculationNoted {
            consultation: act(&id)?,
            round,
            party: party.as_str().into(),
            passage: match passage.as_str() {
                "refused" => Passage::Refused,
                "escalated" => Passage::Escalated,
                _ => Passage::Acknowledged,
            },
            note: paper.of(note),
        }),
        Asked::Certify { id, seen, words } => Consult::Certify(Certify {
            consultation: act(&id)?,
            seen: seen.map(|seen| act(&seen)).transpose()?,
            words: text(&words),
        }),
        Asked::Launch { id } => Consult::Launch(ActionLaunched {
            consultation: act(&id)?,
            words: None,
        }),
        Asked::Refer { id, why, note } => Consult::Refer(ConsultationReferred {
            consultation: act(&id)?,
            why: text(&why),
            note: paper.of(note),
        }),
        Asked::Withdraw { id, why, note } => Consult::Withdraw(ConsultationWithdrawn {
            consultation: act(&id)?,
            why: text(&why),
            note: paper.of(note),
        }),
        Asked::Report {
            id,
            words,
            public,
            note,
        } => Consult::Report(Report {
            consultation: act(&id)?,
            words: text(&words),
            public,
            note: paper.of(note),
        }),
    })
}

pub(super) fn matter(matter: &str) -> Matter {
    match matter {
        "closed_door" => Matter::ClosedDoor,
        "membership" => Matter::Membership,
        "observers" => Matter::Observers,
        _ => Matter::Ordinary,
    }
}

fn change(change: asked::Change) -> ProposedChange {
    ProposedChange {
        paragraph: change.paragraph,
        words: change.words,
        why: change.why,
    }
}

fn comment(comment: asked::Comment) -> Comment {
    Comment {
        paragraph: comment.paragraph,
        words: comment.words,
    }
}

pub(super) fn received(received: asked::Received, paper: &mut Paper) -> Result<Received, NotDone> {
    Ok(Received {
        by: match received.by.as_str() {
            "note" => Channel::Note,
            "telephone" => Channel::Telephone,
            _ => Channel::Mail,
        },
        on: received
            .on
            .parse()
            .map_err(|_| NotDone::new(NotDone::NO_DAY))?,
        reference: received.reference,
        file: paper.0.take(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_line_parts_paragraphs_in_both_languages_alike() {
        let both = |es: &str, en: &str| Both {
            es: es.to_owned(),
            en: en.to_owned(),
        };
        let found = paragraphs(&both(
            "Uno,\r\nseguido.\r\n\r\n\r\nDos.",
            "One,\nwent on.\n \nTwo.\n",
        ));
        let found = found.unwrap();
        assert_eq!(
            found,
            [
                Text::new("Uno, seguido.", "One, went on."),
                Text::new("Dos.", "Two.")
            ]
        );
        let differ = paragraphs(&both("Uno.\n\nDos.", "One."));
        assert_eq!(differ.unwrap_err().code, "paragraphs-differ");
        assert_eq!(paragraphs(&both(" \n", "")).unwrap(), []);
    }
}
