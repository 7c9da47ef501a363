//! The compiled table of proposed changes and comments of every round, with what became of each, as a file.

use comity_contacts::out;

use super::shown::{disposed, paragraph};
use crate::fault::Fault;
use crate::inside::draw::frame;
use crate::inside::visit::{Call, Outcome};

/// What the seat may see of it: during a term its own lines, and all of them for whoever conducts the consultation.
pub(in crate::inside) fn table(call: &Call, id: &str) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let lines = inside.consultation_changes(id).ok_or(Fault::NotFound)?;
    let framed = frame(call, Some(&inside), "");
    let headings = [
        "consult-table-round",
        "consult-country",
        "consult-table-paragraph",
        "consult-table-kind",
        "consult-table-words",
        "consult-change-why",
        "consult-disposition",
        "consult-why",
    ];
    let headings = headings.map(|key| framed.say(key).into_owned());
    let rows = lines.into_iter().map(|(round, line)| {
        let kind = if line.comment {
            "consult-is-comment"
        } else {
            "consult-is-change"
        };
        let (became, reason) = match line.disposition {
            Some((what, why)) => (disposed(&framed, what).into_owned(), why),
            None => (String::new(), String::new()),
        };
        [
            round.to_string(),
            line.party_label,
            paragraph(&framed, line.paragraph).to_string(),
            framed.say(kind).into_owned(),
            line.words,
            line.why.unwrap_or_default(),
            became,
            reason,
        ]
    });
    Ok(Outcome::File(
        "text/csv; charset=utf-8",
        "comments.csv",
        out::sheet(&headings, rows),
    ))
}
