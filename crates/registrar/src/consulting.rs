//! What has to be asked about a step of a written consultation.

use comity_conference::{ActId, Basis, Conference, Consult, Name, Passage};
use comity_policy::{Action, Class, ConsultationStage, Id, Term};
use comity_rules::Rules;
use comity_view::consultation_stage;
use jiff::Timestamp;

/// Who conducts the consultation, reacts or answers does so by the policies; what came otherwise is entered, with what proves
/// it, by who may. For another party nobody speaks. Consensus is certified, and an action launched, by the Presidency alone:
/// no note takes its place.
pub(crate) fn questions(
    conference: &Conference,
    rules: Option<&Rules>,
    own: &Id,
    step: &Consult,
    now: Timestamp,
) -> Vec<(Action, Class)> {
    let about = step.consultation();
    let stage = about.map_or(ConsultationStage::Draft, |about| {
        stage(conference, rules, about, now)
    });
    let conducts = |action| vec![(action, Class::Consultation(stage))];
    let entered = |questions: Vec<(Action, Class)>, class: Class, proof: bool| {
        let entered = proof.then_some((Action::EnterReceived, class));
        questions.into_iter().chain(entered).collect::<Vec<_>>()
    };
    let on_note = |questions, note: &Option<Basis>| {
        entered(questions, Class::Consultation(stage), note.is_some())
    };
    let speaks = |party: &Name, questions: Vec<(Action, Class)>| {
        if **party == *own.as_str() {
            questions
        } else {
            Vec::new()
        }
    };
    let position = |party: &Name| Class::Position {
        of: party.as_str().into(),
        stage,
        term: about.map_or(Term::Running, |about| term(conference, about, now)),
    };
    match step {
        Consult::Submit(asked) => on_note(
            speaks(&asked.party, conducts(Action::Activate)),
            &asked.note,
        ),
        Consult::Resubmit(asked) => on_note(conducts(Action::Activate), &asked.note),
        Consult::Open(asked) => on_note(conducts(Action::Activate), &asked.note),
        Consult::Extend { note, .. } | Consult::CloseEarly { note, .. } => {
            on_note(conducts(Action::Activate), note)
        }
        Consult::Dispose(asked) => on_note(conducts(Action::Activate), &asked.note),
        Consult::AnswerObjection(asked) => on_note(conducts(Action::Activate), &asked.note),
        Consult::Refer(asked) => on_note(conducts(Action::Activate), &asked.note),
        Consult::Withdraw(asked) => on_note(conducts(Action::Activate), &asked.note),
        Consult::Certify(_) | Consult::Launch(_) => conducts(Action::Launch),
        Consult::Report(asked) => on_note(conducts(Action::Report), &asked.note),
        // The program notes what its mail server did; a state that it has the notice; the Secretariat the rest, with how it knows.
        Consult::Note(asked) => {
            let questions = match asked.passage {
                Passage::HandedOver | Passage::Refused => {
                    vec![(Action::RecordFacts, Class::Register)]
                }
                Passage::Acknowledged => speaks(&asked.party, conducts(Action::Read)),
                Passage::Escalated => Vec::new(),
            };
            on_note(questions, &asked.note)
        }
        Consult::React(asked) => {
            on_note(speaks(&asked.party, conducts(Action::React)), &asked.note)
        }
        Consult::ConsentToMethod(asked) => {
            let state = vec![(Action::State, position(&asked.party))];
            entered(
                speaks(&asked.party, state),
                position(&asked.party),
                asked.note.is_some(),
            )
        }
        Consult::State(asked) => {
            let state = vec![(Action::State, position(&asked.party))];
            entered(
                speaks(&asked.party, state),
                position(&asked.party),
                asked.received.is_some(),
            )
        }
    }
}

fn stage(
    conference: &Conference,
    rules: Option<&Rules>,
    about: ActId,
    now: Timestamp,
) -> ConsultationStage {
    let found = conference.consultations.get(&about);
    found.map_or(ConsultationStage::Draft, |found| {
        consultation_stage(found, rules, now)
    })
}

fn term(conference: &Conference, about: ActId, now: Timestamp) -> Term {
    let found = conference.consultations.get(&about);
    let round = found.and_then(|found| found.last_round());
    if round.is_some_and(|round| round.is_over(now)) {
        Term::Over
    } else {
        Term::Running
    }
}
