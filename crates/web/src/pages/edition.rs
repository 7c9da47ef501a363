use askama::Template;
use comity_view::{EntryLine, Link, NoteLine, SourceLine};
use comity_wording::Wording;

use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;
use crate::rows;

#[derive(Template)]
#[template(path = "pages/edition.html")]
struct EditionPage {
    frame: Frame,
    work: Option<Work>,
    figures: Vec<(String, String)>,
    groups: Vec<Group>,
    assumptions: Vec<String>,
    contents: Vec<Content>,
    credits: Vec<Credit>,
}

/// The work from which the record is read.
struct Work {
    line: SourceLine,
    published: String,
    attribution: Attribution,
}

/// Rows of one table of the record whose reading needs a word. The rows are drawn for the table that is asked for.
struct Group {
    table: &'static str,
    name: String,
    count: String,
    href: String,
    notes: Vec<Note>,
}

struct Note {
    label: String,
    link: Option<Link>,
    attribution: Attribution,
}

struct Content {
    text: String,
    page: Option<String>,
}

struct Credit {
    text: String,
    names: Option<String>,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let words = words(ask.view.language());
    let frame = Frame::new(ask, words.say(super::name_key(ask.address.kind())))
        .below(&Address::About)
        .described(words.say("edition-lead"));
    let edition = ask.view.edition();
    let work = |line: SourceLine| Work {
        published: words.date(&line.published),
        attribution: Attribution::new(&frame, &line.says, &line.title.text),
        line,
    };
    let figures = [
        (
            "edition-acts",
            usize::try_from(ask.site.source.public_head().size).unwrap_or(usize::MAX),
        ),
        ("edition-noted", edition.notes.len()),
        (
            "edition-printed",
            edition
                .notes
                .iter()
                .filter(|row| !row.says.printed.is_empty())
                .count(),
        ),
        ("edition-inferred", edition.inferred.len()),
    ];
    render(&EditionPage {
        work: edition.source.map(work),
        figures: figures
            .map(|(key, count)| (words.say(key).into_owned(), words.number(count as u64)))
            .into(),
        groups: edition
            .counts
            .iter()
            .filter_map(|table| group(ask, &frame, table.table, &edition.notes))
            .collect(),
        assumptions: ask
            .view
            .assumptions()
            .into_iter()
            .map(|found| found.why)
            .collect(),
        contents: edition
            .contents
            .into_iter()
            .map(|entry| content(words, entry))
            .collect(),
        credits: edition
            .credits
            .into_iter()
            .map(|entry| credit(words, entry))
            .collect(),
        frame,
    })
}

/// `None` for a table without such rows.
fn group(ask: &Ask, frame: &Frame, table: &'static str, rows: &[NoteLine]) -> Option<Group> {
    let rows: Vec<&NoteLine> = rows.iter().filter(|row| row.about.table == table).collect();
    let note = |row: &&NoteLine| Note {
        label: rows::clipped(&row.about.label.text, 160),
        link: row.about.link.clone(),
        attribution: Attribution::new(frame, &row.says, &row.about.label.text),
    };
    let asked = ask.query.get("table") == Some(table);
    (!rows.is_empty()).then(|| Group {
        name: table_name(frame.words(), table),
        count: frame.say_one("edition-notes-count", "count", rows.len()),
        href: frame.of_with(&Address::Edition, &ask.query.with("table", table)) + "#notes",
        notes: if asked {
            rows.iter().map(note).collect()
        } else {
            Vec::new()
        },
        table,
    })
}

/// What the rows of a table of the record are.
pub(super) fn table_name(words: &Wording, table: &str) -> String {
    let key = format!("record-table-{table}");
    if words.knows(&key) {
        words.say(&key).into_owned()
    } else {
        table.to_owned()
    }
}

fn content(words: &Wording, entry: EntryLine) -> Content {
    let page = entry.page.map(|page| {
        words.say_with(
            "edition-contents-page",
            &[("page", page.to_string().into())],
        )
    });
    Content {
        text: entry.text,
        page,
    }
}

fn credit(words: &Wording, entry: EntryLine) -> Credit {
    Credit {
        names: (!entry.names.is_empty()).then(|| words.all_of(&entry.names)),
        text: entry.text,
    }
}
