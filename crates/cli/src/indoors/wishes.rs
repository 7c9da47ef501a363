//! What is done from a seat about the Presidency and about applications.

use comity_conference::{
    ActId, ApplicationDocumentReceived, ApplicationDocumentReturned, ApplicationReceived,
    ApplicationWithdrawn, CalendarDayCorrected, CandidacyAnnounced, CandidacyWithdrawn,
    NonWorkingDayDeclared,
};
use comity_registrar::Command;
use comity_rules::Text;
use comity_view::{Date, Inside, Language};
use comity_web::SourceError;
use comity_web::inside::{Indoors, NotDone, Visitor, Wish};

use super::{House, informally};

/// A day that is none, or an id that nothing has.
fn malformed(code: &str) -> NotDone {
    NotDone::new(code)
}

fn act(id: &str, unknown: &str) -> Result<ActId, NotDone> {
    ActId::new(id).ok_or_else(|| malformed(unknown))
}

fn day(text: &str) -> Result<Date, NotDone> {
    text.parse().map_err(|_| malformed(NotDone::NO_DAY))
}

impl House {
    pub(super) async fn fulfil(
        &self,
        visitor: &Visitor,
        wish: Wish,
    ) -> Result<Result<String, NotDone>, SourceError> {
        if wish.speaks_for() && !visitor.proven {
            return Ok(Err(NotDone::new(NotDone::PROVE_AGAIN)));
        }
        let command = match wish {
            Wish::Document {
                application,
                criterion,
                received,
                note,
                file,
            } => {
                let asked = act(&application, "E-0603")
                    .and_then(|application| Ok((application, day(&received)?)));
                let (application, received) = match asked {
                    Ok(asked) => asked,
                    Err(not_done) => return Ok(Err(not_done)),
                };
                // Whoever may not enter it is not let to leave a file here.
                let inside = self.inside(visitor, Language::Es);
                if !inside.is_some_and(|inside| inside.manages_applications()) {
                    return Ok(Err(NotDone::new(NotDone::NOT_PERMITTED)));
                }
                let file = match self.keep_upload(file).await? {
                    Ok(file) => file,
                    Err(not_done) => return Ok(Err(not_done)),
                };
                Ok(Command::ReceiveDocument(ApplicationDocumentReceived {
                    application,
                    criterion: criterion.as_str().into(),
                    received,
                    note,
                    file,
                }))
            }
            Wish::Consult(step, paper) => {
                let entered = |inside: Inside| inside.enters_consultations();
                match self.keep_received(visitor, paper, entered).await? {
                    Ok(paper) => self.consult(*step, paper).await?,
                    Err(not_done) => Err(not_done),
                }
            }
            Wish::Informally(step, paper) => {
                let entered = |inside: Inside| inside.enters_informals();
                let paper = self.keep_received(visitor, paper, entered).await?;
                paper.and_then(|paper| informally::command(*step, paper))
            }
            other => command(other),
        };
        let command = match command {
            Ok(command) => command,
            Err(not_done) => return Ok(Err(not_done)),
        };
        let done = self.submit(visitor, command).await;
        Ok(done.map(|acts| acts.last().map(ToString::to_string).unwrap_or_default()))
    }
}

/// The command of a wish that comes without a file.
fn command(wish: Wish) -> Result<Command, NotDone> {
    Ok(match wish {
        Wish::Announce {
            party,
            term,
            meeting,
            note,
        } => Command::AnnounceCandidacy(CandidacyAnnounced {
            party: party.as_str().into(),
            term: term.parse().map_err(|_| malformed("E-0508"))?,
            meeting: meeting.as_str().into(),
            note,
        }),
        Wish::WithdrawCandidacy { act: id, note } => {
            Command::WithdrawCandidacy(CandidacyWithdrawn {
                announced: act(&id, "E-0511")?,
                note,
            })
        }
        Wish::Designate { act: id, note } => Command::DesignatePresidency {
            announced: act(&id, "E-0511")?,
            note,
        },
        Wish::ChooseTheme {
            presidency,
            es,
            en,
            note,
        } => Command::ChooseTheme {
            presidency,
            theme: Text::new(es, en),
            note,
        },
        Wish::Apply {
            kind,
            es,
            en,
            received,
            note,
        } => Command::ReceiveApplication(ApplicationReceived {
            kind: kind.as_str().into(),
            applicant: Text::new(es, en),
            received: day(&received)?,
            note,
        }),
        Wish::ReturnDocument {
            application,
            document,
            note,
        } => Command::ReturnDocument(ApplicationDocumentReturned {
            application: act(&application, "E-0603")?,
            document: act(&document, "E-0605")?,
            note,
        }),
        Wish::WithdrawApplication { application, note } => {
            Command::WithdrawApplication(ApplicationWithdrawn {
                application: act(&application, "E-0603")?,
                note,
            })
        }
        Wish::DeclareDay {
            party,
            country,
            day: on,
            es,
            en,
            note,
        } => Command::DeclareDay(Box::new(NonWorkingDayDeclared {
            party: party.as_str().into(),
            country: country.as_str().into(),
            day: day(&on)?,
            why: Text::new(es, en),
            note,
        })),
        Wish::CorrectDay {
            country,
            day: on,
            es,
            en,
            note,
        } => {
            let worked = es.is_empty() && en.is_empty();
            Command::CorrectDay(Box::new(CalendarDayCorrected {
                country: country.as_str().into(),
                day: day(&on)?,
                off: (!worked).then(|| Text::new(es, en)),
                note,
            }))
        }
        // These come with a paper, which is kept before.
        Wish::Document { .. } | Wish::Consult(..) | Wish::Informally(..) => {
            return Err(NotDone::new(NotDone::UNAVAILABLE));
        }
    })
}
