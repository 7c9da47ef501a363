//! An entry for a calendar (iCalendar, RFC 5545): one deadline, written by hand because it is ten lines.

use std::fmt::Write;

use jiff::Timestamp;

/// A deadline. An entry under the same name with a later number takes the place of an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Names the deadline for good, without the host.
    pub name: String,
    /// From 0; counts changes.
    pub sequence: u32,
    /// When it was written.
    pub stamp: Timestamp,
    /// When the deadline is over.
    pub at: Timestamp,
    pub summary: String,
    /// What is said with it; the local time and where.
    pub description: String,
    pub url: String,
}

/// Bytes of a line without its end (RFC 5545, 3.1).
const LINE: usize = 75;

impl Entry {
    /// The file.
    pub fn written(&self, host: &str) -> String {
        Self::feed(std::slice::from_ref(self), host)
    }

    /// A calendar of several.
    pub fn feed(entries: &[Self], host: &str) -> String {
        let mut out = String::new();
        for line in [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Secretariat//Deadlines//ES",
            "METHOD:PUBLISH",
        ] {
            folded(line, &mut out);
        }
        for entry in entries {
            out.push_str(&entry.event(host));
        }
        folded("END:VCALENDAR", &mut out);
        out
    }

    fn event(&self, host: &str) -> String {
        let instant = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
        // An hour that ends with the deadline: an end without length is not shown by some programs.
        let begins = self.at.saturating_sub(jiff::SignedDuration::from_hours(1));
        let begins = begins.unwrap_or(self.at);
        let lines = [
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@{host}", self.name),
            format!("SEQUENCE:{}", self.sequence),
            format!("DTSTAMP:{}", instant(self.stamp)),
            format!("DTSTART:{}", instant(begins)),
            format!("DTEND:{}", instant(self.at)),
            format!("SUMMARY:{}", escaped(&self.summary)),
            format!("DESCRIPTION:{}", escaped(&self.description)),
            format!("URL:{}", self.url),
            "TRANSP:TRANSPARENT".to_owned(),
            "END:VEVENT".to_owned(),
        ];
        let mut out = String::new();
        for line in &lines {
            folded(line, &mut out);
        }
        out
    }
}

/// Text as a value: RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | ';' | ',' => {
                let _ = write!(out, "\\{letter}");
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A line, broken where it is longer than a line may be, never within a character.
fn folded(line: &str, out: &mut String) {
    let mut length = 0;
    for letter in line.chars() {
        if length + letter.len_utf8() > LINE {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(letter);
        length += letter.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_one_deadline_at_one_instant() {
        let entry = Entry {
            name: "round-1".to_owned(),
            sequence: 2,
            stamp: "2011-10-12T16:00:00Z".parse().unwrap(),
            at: "2011-10-20T06:00:00Z".parse().unwrap(),
            summary: "Consulta; fecha, sede".to_owned(),
            description: "Hasta el 19 de octubre de 2011, 24:00 (Tegucigalpa).\nñ".repeat(3),
            url: "https://conference.example/es/consultas/x".to_owned(),
        };
        let file = entry.written("conference.example");
        for line in [
            "UID:round-1@conference.example\r\n",
            "SEQUENCE:2\r\n",
            "DTSTART:20111020T050000Z\r\n",
            "DTEND:20111020T060000Z\r\n",
            "SUMMARY:Consulta\\; fecha\\, sede\r\n",
        ] {
            assert!(file.contains(line), "{line}: {file}");
        }
        assert!(file.split("\r\n").all(|line| line.len() <= 75), "{file}");
        assert!(file.starts_with("BEGIN:VCALENDAR\r\n") && file.ends_with("END:VCALENDAR\r\n"));
        assert!(!file.to_lowercase().contains("comity"));
    }
}
