use comity_policy::{Action, Answer, Judge, Rights, Troika};
use comity_rules::Rules;

use crate::{Access, Relation, SeatClass, Subject};

/// One class of seat, one action, one class of thing: the answers, for each place that the seat's party may have in the
/// Troika.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub seat: String,
    pub relation: Relation,
    pub action: Action,
    pub subject: String,
    /// Outside the Troika.
    pub ordinary: String,
    /// As former, current and upcoming Presidency; empty where the party can be none.
    pub places: [String; 3],
}

/// Every question that can occur under these rules, and its answer. A relation to the very thing has a row where it
/// changes an answer.
pub fn matrix(access: &Access, rules: &Rules) -> Vec<Row> {
    let subjects = access.subjects(rules);
    let mut rows = Vec::new();
    for seat in access.seats() {
        let chairs = rules.chair.holders.contains(&seat.kind);
        for &action in Action::ALL {
            for subject in &subjects {
                if access.policies().applies(action, &subject.class) {
                    rows.extend(of_question(access, seat, chairs, action, subject));
                }
            }
        }
    }
    rows
}

fn of_question(
    access: &Access,
    seat: &SeatClass,
    chairs: bool,
    action: Action,
    subject: &Subject,
) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    let asks = |attribute| access.policies().asks(action, &subject.class, attribute);
    for relation in Relation::ALL {
        // What no policy asks for changes no answer.
        if !relation.attribute().is_none_or(asks) {
            continue;
        }
        let answer = |troika| {
            let rights = Rights::of(seat, "another party", troika);
            let rights = relation.applied(rights, &subject.class)?;
            Some(cell(&access.judge().may(&rights, action, &subject.class)))
        };
        let Some(ordinary) = answer(Troika::Outside) else {
            continue;
        };
        let places = if chairs && !asks("troika") {
            [(); 3].map(|()| ordinary.clone())
        } else if chairs {
            [Troika::Former, Troika::Current, Troika::Upcoming]
                .map(|troika| answer(troika).unwrap_or_default())
        } else {
            Default::default()
        };
        let changes = rows
            .first()
            .is_none_or(|plain| (&plain.ordinary, &plain.places) != (&ordinary, &places));
        if changes {
            rows.push(Row {
                seat: seat.id.clone(),
                relation,
                action,
                subject: subject.name.clone(),
                ordinary,
                places,
            });
        }
    }
    rows
}

fn cell(answer: &Answer) -> String {
    let word = if answer.allowed { "may" } else { "no" };
    format!("{word}: {}", answer.policy.id)
}

/// The matrix as comma-separated values. A place in the Troika that changes nothing is left empty.
pub fn to_csv(rows: &[Row]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let header = [
        "seat",
        "relation",
        "action",
        "thing",
        "answer",
        "as former presidency",
        "as presidency in office",
        "as upcoming presidency",
    ];
    let mut write = |record: [&str; 8]| {
        writer.write_record(record).expect("memory takes every row");
    };
    write(header);
    for row in rows {
        let [former, current, upcoming] = row
            .places
            .each_ref()
            .map(|place| if *place == row.ordinary { "" } else { place });
        write([
            &row.seat,
            row.relation.as_str(),
            row.action.as_str(),
            &row.subject,
            &row.ordinary,
            former,
            current,
            upcoming,
        ]);
    }
    let bytes = writer.into_inner().expect("memory is flushed");
    String::from_utf8(bytes).expect("it was written from text")
}
