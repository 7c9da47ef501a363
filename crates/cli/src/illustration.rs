//! The consultation that a demonstration carries: plainly an illustration, about nothing that matters.

use comity_conference::{
    ActId, Answer, Consult, Matter, MethodConsented, OpenRound, ProposedChange, Reaction,
    StatePosition, SubmitConsultation, TroikaReacted,
};
use comity_policy::{Action, Class, ConsultationStage, Term};
use comity_registrar::{Capacity, Command, Registrar};
use comity_rules::Text;
use comity_view::Language;

use crate::failure::Failure;
use crate::loading;

/// Submits a course of action, has the Troika consent and opens a round; a change is proposed by the Presidency's own seat. Nothing
/// where the process consults nobody in writing, or nobody presides.
pub async fn consult(registrar: &Registrar) -> Result<(), Failure> {
    let Some(cast) = Cast::of(registrar) else {
        return Ok(());
    };
    let submitted = cast
        .step(
            &cast.presidency,
            Consult::Submit(course(&cast.presidency.0)),
        )
        .await?;
    for member in &cast.troika {
        let reacted = TroikaReacted {
            consultation: submitted,
            party: member.0.as_str().into(),
            reaction: Reaction::Consents,
            text: None,
            words: None,
            note: None,
        };
        cast.step(member, Consult::React(reacted)).await?;
    }
    for member in cast.asked_for_the_method() {
        let consent = MethodConsented {
            consultation: submitted,
            party: member.0.as_str().into(),
            note: None,
        };
        cast.step(&member, Consult::ConsentToMethod(consent))
            .await?;
    }
    let opened = OpenRound {
        consultation: submitted,
        seen: None,
        text: None,
        why: None,
        uncertain: Vec::new(),
        knowingly: false,
        note: None,
    };
    cast.step(&cast.presidency, Consult::Open(opened)).await?;
    let stated = StatePosition {
        consultation: submitted,
        party: cast.presidency.0.as_str().into(),
        answer: Answer::ProposesChange,
        words: None,
        changes: vec![ProposedChange {
            paragraph: 2,
            words: "El taller comenzaría a las nueve de la mañana. (Ilustración.)".to_owned(),
            why: Some("Para que quienes viajan el mismo día alcancen a llegar.".to_owned()),
        }],
        comments: Vec::new(),
        text: None,
        in_place_of: Vec::new(),
        received: None,
    };
    cast.step(&cast.presidency, Consult::State(stated)).await?;
    Ok(())
}

/// A party with the seat that speaks for it.
pub type Speaker = (String, ActId);

/// Who speaks for whom in it.
#[derive(Debug)]
pub struct Cast<'a> {
    registrar: &'a Registrar,
    pub presidency: Speaker,
    pub troika: Vec<Speaker>,
}

impl<'a> Cast<'a> {
    /// The Presidency in office and the others of its Troika; nothing where a seat is empty.
    pub fn of(registrar: &'a Registrar) -> Option<Self> {
        let state = registrar.state();
        let rules = state.rules.as_deref()?;
        rules.consultation.as_ref()?;
        state.conference.calendar.as_ref()?;
        let now = registrar.now();
        let presiding = state.conference.presidency_at(now)?.fact.party.to_string();
        let troika = state.conference.troika_at(rules, now);
        let others = troika
            .iter()
            .map(|member| member.presidency.fact.party.to_string());
        let others = others.filter(|party| *party != presiding);
        let troika: Option<Vec<Speaker>> = others.map(|party| speaker(registrar, party)).collect();
        Some(Self {
            registrar,
            presidency: speaker(registrar, presiding)?,
            troika: troika?,
        })
    }

    /// The members that agree first to decide in writing, where the rules ask for it.
    fn asked_for_the_method(&self) -> Vec<Speaker> {
        let state = self.registrar.state();
        let rules = state.rules.as_deref();
        let rule = rules.and_then(|rules| rules.consultation.as_ref());
        let procedure = rule.and_then(|rule| rule.procedure().ok());
        if procedure.is_none_or(|procedure| !procedure.method_consent) {
            return Vec::new();
        }
        let members = rules.map(|rules| {
            state
                .conference
                .deciding_members(rules, self.registrar.now())
        });
        let others = members.into_iter().flatten();
        let others = others
            .map(|party| party.id.to_string())
            .filter(|party| *party != self.presidency.0);
        others
            .filter_map(|party| speaker(self.registrar, party))
            .collect()
    }

    /// Does a step from a seat. Answers with the act that came of it.
    pub async fn step(&self, speaker: &Speaker, step: Consult) -> Result<ActId, Failure> {
        let command = Command::Consult(Box::new(step));
        let from = Capacity::Held(speaker.1);
        let settled = self
            .registrar
            .submit(from, loading::fresh_id(), command)
            .await;
        let acts = settled.map_err(loading::refused)?.acts;
        acts.last()
            .copied()
            .ok_or_else(|| Failure::from(anyhow::anyhow!("a step of a consultation made no act")))
    }
}

/// The seat that states the position of a party.
pub fn speaker(registrar: &Registrar, party: String) -> Option<Speaker> {
    let state = registrar.state();
    let class = Class::Position {
        of: party.as_str().into(),
        stage: ConsultationStage::Round,
        term: Term::Running,
    };
    let mut held = state.conference.held_seats(registrar.now());
    let (filled, _) = held.find(|(filled, holding)| {
        let inside = registrar.inside(*filled, Language::Es);
        *holding.filled.party == *party
            && inside.is_some_and(|inside| inside.may(Action::State, &class).allowed)
    })?;
    Some((party, filled))
}

/// The course of action.
pub fn course(presidency: &str) -> SubmitConsultation {
    SubmitConsultation {
        party: presidency.into(),
        topic: Text::new(
            "Fecha y sede de un taller (ilustración)",
            "Date and venue of a workshop (illustration)",
        ),
        why_now: Text::new(
            "Los salones se reservan con un mes de antelación. (Ilustración.)",
            "Rooms are booked a month ahead. (Illustration.)",
        ),
        why_agreed: Text::new(
            "A todos los países les conviene la misma fecha. (Ilustración.)",
            "The same date has to suit all countries. (Illustration.)",
        ),
        matter: Matter::Ordinary,
        mandate: None,
        text: vec![
            Text::new(
                "El taller se celebraría el jueves 1 y el viernes 2 de diciembre de 2011.",
                "The workshop would be held on Thursday 1 and Friday 2 December 2011.",
            ),
            Text::new(
                "El taller comenzaría a las ocho de la mañana en la sede que ofrezca la Presidencia Pro-Témpore.",
                "The workshop would begin at eight in the morning at the venue that the Presidency Pro-Témpore offers.",
            ),
            Text::new(
                "La Secretaría Técnica enviaría la agenda con dos semanas de antelación.",
                "The Technical Secretariat would send the agenda two weeks ahead.",
            ),
        ],
        note: None,
    }
}
