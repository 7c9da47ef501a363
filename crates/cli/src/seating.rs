//! The first seat of a register, from which all others are filled, and the seats of a demonstration.

use std::sync::Arc;

use comity_conference::{ActId, SeatFilled};
use comity_directory::{Directory, Person};
use comity_policy::{Action, Class, Rights, Seat};
use comity_registrar::{Capacity, Command, Registrar, Timestamp};
use comity_rules::{Ask, Rules, SeatClass, Text};

use crate::configuration::Place;
use crate::failure::Failure;
use crate::indoors::{fresh_person, named, operators_link};
use crate::{loading, storage};

/// What whoever takes the first seat is handed.
#[derive(Debug)]
pub struct FirstSeat {
    /// The name of the class of seat.
    pub name: Text,
    pub token: String,
    pub until: Timestamp,
}

fn failed(error: comity_directory::Error) -> Failure {
    let hint = error.hint();
    Failure::hinted(error, Some(hint))
}

/// The first class of seat that the operator may fill by the policies of the register; none where there are no policies.
fn first_class<'a>(registrar: &Registrar, rules: &'a Rules) -> Option<&'a SeatClass> {
    let judge = registrar.state().judge.clone()?;
    let operator = Rights::from(Seat::Operator);
    rules.seats.iter().find(|class| {
        let class_of = Class::People {
            of: class.kind.as_str().into(),
            of_kind: class.kind.as_str().into(),
        };
        let plain = !class.unseated && class.asks.is_empty() && !class.mandate;
        plain && judge.may(&operator, Action::Manage, &class_of).allowed
    })
}

/// Seats somebody in the first seat, unless somebody sits there, and makes a link for them. `None` where the register knows
/// no seats.
pub async fn first(registrar: &Registrar, place: &Place) -> Result<Option<FirstSeat>, Failure> {
    let Some(rules) = registrar.state().rules.clone() else {
        return Ok(None);
    };
    let Some(class) = first_class(registrar, &rules) else {
        return Ok(None);
    };
    let directory = storage::directory_made(place).await?;
    let state = registrar.state();
    let mut held = state.conference.held_seats(registrar.now());
    let sitting = held.find(|(_, holding)| *holding.filled.seat == *class.id);
    let person = match sitting {
        Some((_, holding)) => holding
            .filled
            .person
            .as_str()
            .parse()
            .map_err(|error| Failure::from(anyhow::Error::new(error)))?,
        None => {
            // Nobody's name is known yet: whoever comes in writes it.
            let person = Person::new(fresh_person(), class.name.get(comity_view::Language::Es));
            directory.put(&person).await.map_err(failed)?;
            let command = fill(class, &class.kind, &person, None);
            submit(registrar, Seat::Operator.into(), command).await?;
            person.id
        }
    };
    let (token, until) = operators_link(directory, person)
        .await
        .map_err(|error| Failure::from(anyhow::Error::new(error)))?;
    Ok(Some(FirstSeat {
        name: class.name.clone(),
        token,
        until,
    }))
}

async fn submit(registrar: &Registrar, from: Capacity, command: Command) -> Result<ActId, Failure> {
    let settled = registrar.submit(from, loading::fresh_id(), command).await;
    let acts = settled.map_err(loading::refused)?.acts;
    acts.last().copied().ok_or_else(|| {
        Failure::from(anyhow::anyhow!(
            "a seat was to be filled and no act came of it"
        ))
    })
}

fn fill(class: &SeatClass, party: &str, person: &Person, note: Option<&str>) -> Command {
    Command::FillSeat {
        seat: Box::new(SeatFilled {
            seat: class.id.as_str().into(),
            party: party.into(),
            person: named(&person.id),
            branch: None,
            purpose: None,
            meeting: None,
            until: None,
            note: note.map(str::to_owned),
            file: None,
        }),
        replace: false,
    }
}

/// The note on which the seats of a demonstration are filled: plainly none.
const NOTE: &str = "Demostración / demonstration";

/// Names that nobody has.
const NAMES: [&str; 12] = [
    "Ficticia",
    "Inventado",
    "Supuesta",
    "Imaginario",
    "Hipotética",
    "Figurado",
    "Ilusoria",
    "Simulado",
    "Aparente",
    "Irreal",
    "Fabulosa",
    "Conjetural",
];

/// Fills seats with people who do not exist: one of each class for the Presidency in office and for the kinds that stand for
/// themselves, and of every other party the class that comes first.
pub async fn demonstration(
    registrar: &Registrar,
    directory: &Arc<dyn Directory>,
) -> Result<Vec<ActId>, Failure> {
    let Some(rules) = registrar.state().rules.clone() else {
        return Ok(Vec::new());
    };
    let Some(first) = first_class(registrar, &rules) else {
        return Ok(Vec::new());
    };
    let mut cast = Cast {
        registrar,
        directory,
        seats: Vec::new(),
    };
    let opener = cast.seat(Seat::Operator.into(), first, &first.kind).await?;
    let own = rules
        .seats
        .iter()
        .filter(|class| class.kind == first.kind && class.id != first.id);
    for class in own {
        cast.seat(opener.into(), class, &first.kind).await?;
    }
    let state = registrar.state();
    let presiding = state.conference.presidency_at(registrar.now());
    let presiding = presiding.map(|held| held.fact.party.to_string());
    let mut parties: Vec<_> = state.conference.parties.iter().collect();
    parties.sort_by_key(|held| {
        let rank = rules
            .party_kinds
            .iter()
            .position(|kind| *kind.id == *held.fact.kind);
        let presides = presiding.as_deref() == Some(&*held.fact.id);
        (!presides, rank, held.order)
    });
    for held in parties.iter().filter(|held| held.fact.until.is_none()) {
        let classes = rules
            .seats
            .iter()
            .filter(|class| *class.kind == *held.fact.kind);
        let whole = presiding.as_deref() == Some(&*held.fact.id);
        for class in classes.take(if whole { usize::MAX } else { 1 }) {
            cast.seat(opener.into(), class, &held.fact.id).await?;
        }
    }
    let others = rules.seats.iter().filter(|class| {
        class.kind != first.kind && rules.party_kind(&class.kind).is_none() && !class.unseated
    });
    for class in others.filter(|class| !class.of_meeting()) {
        cast.seat(opener.into(), class, &class.kind).await?;
    }
    Ok(cast.seats)
}

struct Cast<'a> {
    registrar: &'a Registrar,
    directory: &'a Arc<dyn Directory>,
    seats: Vec<ActId>,
}

impl Cast<'_> {
    async fn seat(
        &mut self,
        from: Capacity,
        class: &SeatClass,
        party: &str,
    ) -> Result<ActId, Failure> {
        let number = self.seats.len();
        let name = NAMES[number % NAMES.len()];
        let mut person = Person::new(fresh_person(), &format!("{name} {}", number + 1));
        // Of a domain that never is anybody's.
        person.email = Some(format!("{}.{}@{party}.example", class.id, number + 1));
        self.directory.put(&person).await.map_err(failed)?;
        let Command::FillSeat { mut seat, replace } = fill(class, party, &person, Some(NOTE))
        else {
            unreachable!("`fill` fills a seat")
        };
        if class.asks(Ask::Branch) {
            let rules = self.registrar.state().rules.clone();
            let branch =
                rules.and_then(|rules| rules.branches.first().map(|branch| branch.id.clone()));
            seat.branch = branch.as_deref().map(Into::into);
        }
        if class.asks(Ask::Purpose) {
            seat.purpose = Some(Text::new(
                "Un fin de muestra",
                "A purpose made up to be shown",
            ));
        }
        let command = Command::FillSeat { seat, replace };
        let filled = submit(self.registrar, from, command).await?;
        self.seats.push(filled);
        Ok(filled)
    }
}
