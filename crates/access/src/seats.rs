use std::collections::BTreeSet;

use comity_rules::{Language, Rules, SeatClass, seat_classes};

use crate::document::Finder;
use crate::schema::{FORUM, OFFICE, PARTY_KIND, Words};
use crate::{Document, Faults};

/// Reads the classes of seat and holds them to the words of the schema.
pub(crate) fn parse(text: &str, words: &Words) -> Result<Vec<SeatClass>, Faults> {
    let mut finder = Finder::new(Document::Seats, text);
    let seats = match seat_classes(text) {
        Ok(seats) => seats,
        Err(error) => {
            let remedy = "compare the table with rules/rcm-2011/seats.toml";
            finder.at(error.at, "seat", error.message, remedy);
            return Err(Faults(finder.found));
        }
    };
    let mut ids = BTreeSet::new();
    for seat in &seats {
        if !ids.insert(&seat.id) {
            let place = format!("id = \"{}\"", seat.id);
            let second = text.match_indices(&place).nth(1);
            let offset = second.map_or(0, |(offset, _)| offset);
            finder.at(
                offset,
                &seat.id,
                "the id stands twice",
                "give it one of its own",
            );
        }
        one(&mut finder, seat, words);
    }
    unused(&mut finder, &seats, words);
    finder.end()?;
    Ok(seats)
}

fn one(finder: &mut Finder<'_>, seat: &SeatClass, words: &Words) {
    let place = format!("id = \"{}\"", seat.id);
    for (key, enumeration, word) in [
        ("kind", PARTY_KIND, &seat.kind),
        ("office", OFFICE, &seat.office),
    ] {
        if !words.has(enumeration, word) {
            let what = format!("`{key}`: `{word}` is no word of `{enumeration}`");
            finder.about(
                &place,
                &seat.id,
                what,
                "use a word of the schema or add it there",
            );
        }
    }
    if seat.lines.is_none() && !seat.assumption {
        let what = "the seat gives neither lines nor an assumption";
        finder.about(&place, &seat.id, what, "add `lines` or `assumption = true`");
    }
    for language in Language::ALL {
        if seat.name.get(language).trim().is_empty() {
            let what = format!("no name in `{}`", language.code());
            finder.about(&place, &seat.id, what, "write it in both languages");
        }
    }
}

/// An office or kind that no seat has would stand in no table.
fn unused(finder: &mut Finder<'_>, seats: &[SeatClass], words: &Words) {
    let kinds: BTreeSet<&str> = seats.iter().map(|seat| seat.kind.as_str()).collect();
    let offices: BTreeSet<&str> = seats.iter().map(|seat| seat.office.as_str()).collect();
    for (enumeration, used) in [(PARTY_KIND, kinds), (OFFICE, offices)] {
        for word in words.of(enumeration) {
            if !used.contains(word.as_str()) {
                let what = format!("no seat has this word of `{enumeration}`");
                finder.at(
                    0,
                    word,
                    what,
                    "add a seat for it or remove it from the schema",
                );
            }
        }
    }
}

/// What seats and schema must share with the rules of the same process.
pub(crate) fn against_rules(
    finder: &mut Finder<'_>,
    seats: &[SeatClass],
    words: &Words,
    rules: &Rules,
) {
    let kinds = rules.party_kinds.iter().map(|kind| (PARTY_KIND, &kind.id));
    let forums = rules.body_kinds.iter().map(|kind| (FORUM, &kind.id));
    for (enumeration, word) in kinds.chain(forums) {
        if !words.has(enumeration, word) {
            let what = format!("the rules have it and `{enumeration}` of the schema does not");
            finder.at(0, word, what, "add the word to the schema");
        }
    }
    for seat in seats {
        let Some(body) = &seat.body else { continue };
        if rules.body(body).is_none() {
            let what = format!("`{body}` is not a body of the rules");
            let remedy = "use the id of a `[[body]]` of rules.toml";
            finder.about(&format!("id = \"{}\"", seat.id), &seat.id, what, remedy);
        }
    }
}
