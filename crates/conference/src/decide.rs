use std::collections::{BTreeMap, BTreeSet};

use comity_rules::{Rules, Text};
use serde_json::Value;

use crate::facts::Names;
use crate::{
    Act, ActBody, Command, Conference, Context, Difference, Fact, FactFault, Kind, OnDifference,
    RefKind, Reference, Rejection, Row, RowFault, adoption, application, calendars, consultation,
    handover, informal, key, person, presidency, seat,
};

/// Whether a command is in order, and the acts that it makes. Permission has been settled before. `rules` are those in
/// force; a register has none before its first act.
///
/// # Errors
/// The first rule that stands against it, or, for rows of a record, every fault of every row.
pub fn decide(
    conference: &Conference,
    rules: Option<&Rules>,
    command: &Command,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    match command {
        Command::AdoptRules {
            rules,
            documents,
            register,
            demo,
        } => adoption::adopt(conference, rules, documents, register, *demo),
        Command::AmendRules {
            rules,
            documents,
            why,
            note,
        } => adoption::amend(conference, rules, documents, why, note),
        Command::AdoptCheckpointKey { key } => key::adopt(conference, rules, key),
        Command::ErasePerson { person } => person::erase(conference, rules, person),
        Command::FillSeat { seat, replace } => {
            seat::fill(conference, rules, seat, *replace, context)
        }
        Command::VacateSeat(vacated) => seat::vacate(conference, rules, vacated, context),
        Command::AnnounceCandidacy(asked) => {
            presidency::announce(conference, rules, asked, context)
        }
        Command::WithdrawCandidacy(asked) => presidency::withdraw(conference, rules, asked),
        Command::DesignatePresidency { announced, note } => {
            presidency::designate(conference, rules, *announced, note.as_deref())
        }
        Command::ChooseTheme {
            presidency,
            theme,
            note,
        } => presidency::choose_theme(
            conference,
            rules,
            presidency,
            theme,
            note.as_deref(),
            context,
        ),
        Command::ReceiveApplication(asked) => {
            application::receive(conference, rules, asked, context)
        }
        Command::ReceiveDocument(asked) => {
            application::receive_document(conference, asked, context)
        }
        Command::ReturnDocument(asked) => application::return_document(conference, asked),
        Command::WithdrawApplication(asked) => application::withdraw(conference, asked),
        Command::HandOverPresidency {
            presidency,
            from,
            zone,
        } => handover::hand_over(conference, rules, presidency, *from, zone, context),
        Command::AdoptCalendar(asked) => calendars::adopt(conference, rules, asked),
        Command::DeclareDay(asked) => calendars::declare(conference, asked, context),
        Command::CorrectDay(asked) => calendars::correct(conference, asked, context),
        Command::Consult(step) => consultation::decide(conference, rules, step, context),
        Command::Informally(step) => informal::decide(conference, rules, step, context),
        Command::RecordFacts {
            rows,
            on_difference,
        } => {
            let rules = rules.ok_or(Rejection::NoRulesAdopted)?;
            record_facts(conference, rules, rows, *on_difference)
        }
    }
}

/// Facts are checked for shape and references, not for procedure: history is recorded, not re-enacted.
fn record_facts(
    conference: &Conference,
    rules: &Rules,
    rows: &[Row],
    on_difference: OnDifference,
) -> Result<Vec<Act>, Rejection> {
    let offered = Offered::new(rows);
    let mut faults = Vec::new();
    let mut acts = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let found = check_row(conference, rules, &offered, index, row);
        if !found.is_empty() {
            faults.extend(found.into_iter().map(|fault| row_fault(index, row, fault)));
            continue;
        }
        match settle(conference, row, on_difference) {
            Ok(act) => acts.extend(act),
            Err(fault) => faults.push(row_fault(index, row, fault)),
        }
    }
    if faults.is_empty() {
        Ok(acts)
    } else {
        Err(Rejection::RowsNotInOrder(faults))
    }
}

fn row_fault(index: usize, row: &Row, fault: FactFault) -> RowFault {
    RowFault {
        row: index,
        kind: row.fact.kind(),
        id: row.fact.id().to_owned(),
        fault,
    }
}

/// A row that the register does not hold makes an act; one that it holds makes none; one that differs is shown.
fn settle(
    conference: &Conference,
    row: &Row,
    on_difference: OnDifference,
) -> Result<Option<Act>, FactFault> {
    let provenance = row.provenance.clone();
    let effective = row.fact.effective();
    let Some((held, replaces, held_provenance)) = conference.held(row.fact.kind(), row.fact.id())
    else {
        return Ok(Some(Conference::act(
            ActBody::Fact(row.fact.clone()),
            provenance,
            effective,
        )));
    };
    let mut differences = differing("", &json(&held), &json(&row.fact));
    if let Some(before) = held_provenance {
        let value =
            |provenance| serde_json::to_value(provenance).expect("a provenance holds only texts");
        differences.extend(differing(
            "source.",
            &value(before),
            &value(row.provenance.clone()),
        ));
    }
    if differences.is_empty() {
        return Ok(None);
    }
    match on_difference {
        OnDifference::Refuse => Err(FactFault::Differs(differences)),
        OnDifference::Correct => {
            let body = ActBody::FactCorrected {
                replaces,
                fact: row.fact.clone(),
            };
            Ok(Some(Conference::act(body, provenance, effective)))
        }
    }
}

fn json(fact: &Fact) -> Value {
    fact.to_json()
        .expect("facts hold only texts, numbers and lists of them")
}

fn differing(prefix: &str, held: &Value, offered: &Value) -> Vec<Difference> {
    let (Value::Object(held), Value::Object(offered)) = (held, offered) else {
        return Vec::new();
    };
    let keys: BTreeSet<&String> = held.keys().chain(offered.keys()).collect();
    let words =
        |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), ToString::to_string);
    keys.into_iter()
        .filter(|key| held.get(*key) != offered.get(*key))
        .map(|key| Difference {
            field: format!("{prefix}{key}"),
            held: words(held.get(key)),
            offered: words(offered.get(key)),
        })
        .collect()
}

/// The ids that the rows themselves bring, and where each stands first.
struct Offered<'a>(BTreeMap<(Kind, &'a str), usize>);

impl<'a> Offered<'a> {
    fn new(rows: &'a [Row]) -> Self {
        let mut first = BTreeMap::new();
        for (index, row) in rows.iter().enumerate() {
            first
                .entry((row.fact.kind(), row.fact.id()))
                .or_insert(index);
        }
        Self(first)
    }
}

fn check_row(
    conference: &Conference,
    rules: &Rules,
    offered: &Offered<'_>,
    index: usize,
    row: &Row,
) -> Vec<FactFault> {
    let mut faults = Vec::new();
    let id = row.fact.id();
    if !well_formed(id) {
        faults.push(FactFault::IdMalformed);
    }
    if let Some(first_row) = offered
        .0
        .get(&(row.fact.kind(), id))
        .copied()
        .filter(|first| *first != index)
    {
        faults.push(FactFault::Doubled { first_row });
    }
    if row.provenance.lines().trim().is_empty() {
        faults.push(FactFault::SourceAbsent);
    }
    if let Some(effective) = row
        .fact
        .effective()
        .filter(|effective| effective.earliest() >= rules.process.go_live)
    {
        faults.push(FactFault::AfterGoLive {
            effective,
            go_live: rules.process.go_live,
        });
    }
    let names = row.fact.names();
    check_texts(&names, row.provenance.note().as_ref(), &mut faults);
    let source = Reference {
        field: "source",
        kind: RefKind::Source,
        id: row.provenance.source(),
    };
    for reference in names.references.iter().copied().chain([source]) {
        if !exists(conference, rules, offered, reference) {
            faults.push(FactFault::UnknownReference {
                field: reference.field,
                id: reference.id.to_owned(),
                expected: reference.kind,
            });
        }
    }
    for (field, vocabulary, term) in names.terms {
        if !knows(rules, vocabulary, term) {
            faults.push(FactFault::UnknownTerm {
                field,
                term: term.to_owned(),
                vocabulary,
            });
        }
    }
    faults.extend(
        names
            .faults
            .into_iter()
            .map(|(field, expected)| FactFault::OutOfShape { field, expected }),
    );
    faults
}

fn check_texts(names: &Names<'_>, note: Option<&Text>, faults: &mut Vec<FactFault>) {
    let titles = names
        .titles
        .iter()
        .flat_map(|(field, title)| title.missing().map(|language| (*field, language)));
    let texts = names
        .texts
        .iter()
        .copied()
        .chain(note.map(|note| ("note", note)));
    let texts = texts.flat_map(|(field, text)| {
        text.missing()
            .map(move |language| (field, language))
            .collect::<Vec<_>>()
    });
    for (field, language) in titles.chain(texts) {
        faults.push(FactFault::TranslationAbsent {
            field: field.to_owned(),
            language: language.code(),
        });
    }
}

fn well_formed(id: &str) -> bool {
    id.split('/').all(|part| {
        part.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
    })
}

fn exists(
    conference: &Conference,
    rules: &Rules,
    offered: &Offered<'_>,
    reference: Reference<'_>,
) -> bool {
    let id = reference.id;
    let has =
        |kind: Kind| offered.0.contains_key(&(kind, id)) || conference.held(kind, id).is_some();
    match reference.kind {
        RefKind::Party => has(Kind::PartyAdmitted),
        RefKind::Organization => has(Kind::OrganizationListed),
        RefKind::Body => has(Kind::BodyEstablished),
        RefKind::Meeting => has(Kind::MeetingHeld),
        RefKind::Theme => has(Kind::ThemeEstablished),
        RefKind::Section => has(Kind::SectionEstablished),
        RefKind::Topic => has(Kind::TopicOpened),
        RefKind::Document => has(Kind::DocumentRecorded),
        RefKind::Action => has(Kind::ActionRecorded),
        RefKind::Scale => has(Kind::ScaleAdopted),
        RefKind::Source => has(Kind::SourceRegistered),
        RefKind::Actor => {
            has(Kind::PartyAdmitted) || has(Kind::OrganizationListed) || has(Kind::BodyEstablished)
        }
        RefKind::Holder => {
            has(Kind::BodyEstablished)
                || has(Kind::SectionEstablished)
                || has(Kind::PartyAdmitted)
                || rules.party_kind(id).is_some()
        }
    }
}

pub(crate) fn knows(rules: &Rules, vocabulary: &str, term: &str) -> bool {
    match vocabulary {
        "party_kind" => rules.party_kind(term).is_some(),
        "branch" => rules.branch(term).is_some(),
        "body_kind" => rules.body_kind(term).is_some(),
        "list" => rules.list(term).is_some(),
        _ => rules.term(vocabulary, term).is_some(),
    }
}
