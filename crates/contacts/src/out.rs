//! What is known, written as a sheet and as cards.

use std::fmt::Write;

/// Somebody in a seat, in words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// Id of the person.
    pub id: String,
    pub name: String,
    pub party: String,
    pub seat: String,
    pub detail: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub language: Option<String>,
    pub zone: Option<String>,
    /// When they last confirmed it, as a day.
    pub confirmed: String,
}

/// A sheet with these headings.
pub fn csv(headings: &[String; 8], entries: &[Entry]) -> Vec<u8> {
    let rows = entries.iter().map(|entry| {
        [
            &entry.party,
            &entry.seat,
            &entry.detail,
            &entry.name,
            entry.email.as_deref().unwrap_or_default(),
            entry.phone.as_deref().unwrap_or_default(),
            entry.language.as_deref().unwrap_or_default(),
            &entry.confirmed,
        ]
        .map(str::to_owned)
    });
    sheet(headings, rows)
}

/// Rows under headings, for an office program: UTF-8 with its mark, and no cell that such a program would run.
///
/// # Panics
/// Never: memory takes every row, and all have the width of the headings.
pub fn sheet<const WIDTH: usize>(
    headings: &[String; WIDTH],
    rows: impl IntoIterator<Item = [String; WIDTH]>,
) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    {
        let mut writer = csv::Writer::from_writer(&mut bytes);
        let mut write = |record: &[String; WIDTH]| {
            writer
                .write_record(record.each_ref().map(|cell| harmless(cell)))
                .expect("memory takes every row");
        };
        write(headings);
        for row in rows {
            write(&row);
        }
        writer.flush().expect("memory is flushed");
    }
    bytes
}

/// What an office program would take for a formula is told to be text.
fn harmless(cell: &str) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Cards by vCard 4.0 (RFC 6350).
pub fn vcard(entries: &[Entry]) -> String {
    let mut out = String::new();
    for entry in entries {
        let mut line = |name: &str, value: &str| {
            if !value.is_empty() {
                fold_into(&mut out, &format!("{name}:{value}"));
            }
        };
        line("BEGIN", "VCARD");
        line("VERSION", "4.0");
        line("UID", &uid(&entry.id));
        line("FN", &escaped(&entry.name));
        if !entry.name.is_empty() {
            // Nobody told us which part of a name is which, and some programs show nothing without this.
            line("N", &format!(";{};;;", escaped(&entry.name)));
        }
        line("ORG", &escaped(&entry.party));
        let title = [entry.seat.as_str(), &entry.detail];
        let title: Vec<&str> = title.into_iter().filter(|part| !part.is_empty()).collect();
        line("TITLE", &escaped(&title.join(": ")));
        line(
            "EMAIL",
            &escaped(entry.email.as_deref().unwrap_or_default()),
        );
        if let Some(phone) = &entry.phone {
            line("TEL;VALUE=text", &escaped(phone));
        }
        line(
            "LANG",
            &escaped(entry.language.as_deref().unwrap_or_default()),
        );
        line("TZ", &escaped(entry.zone.as_deref().unwrap_or_default()));
        line("END", "VCARD");
    }
    out
}

/// The same for the same person in every file. An id of 26 digits of base 32 is 16 bytes, and so a UUID.
fn uid(id: &str) -> String {
    const DIGITS: &str = "0123456789abcdefghjkmnpqrstvwxyz";
    let mut digits = id.chars().map(|c| DIGITS.find(c));
    let number = digits.try_fold(0_u128, |number, digit| {
        number.checked_mul(32)?.checked_add(digit? as u128)
    });
    match number {
        Some(number) if id.len() == 26 => {
            let hex = format!("{number:032x}");
            let parts = [
                &hex[..8],
                &hex[8..12],
                &hex[12..16],
                &hex[16..20],
                &hex[20..],
            ];
            format!("urn:uuid:{}", parts.join("-"))
        }
        _ => escaped(id),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// No line has more than 75 octets; the next begins with a space.
fn fold_into(out: &mut String, line: &str) {
    const LONGEST: usize = 75;
    let mut used = 0;
    for c in line.chars() {
        if used + c.len_utf8() > LONGEST {
            out.push_str("\r\n ");
            used = 1;
        }
        let _ = write!(out, "{c}");
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}
