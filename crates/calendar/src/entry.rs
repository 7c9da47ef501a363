//! Entries for a calendar (iCalendar, RFC 5545): deadlines and meetings, written by hand because each is ten lines.

use std::fmt::Write;

use jiff::Timestamp;
use jiff::civil::Date;

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
    /// It is one no longer.
    pub cancelled: bool,
    pub summary: String,
    /// What is said with it; the local time and where.
    pub description: String,
    pub url: String,
}

/// How sure days are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    Fixed,
    /// Somebody asks whether they suit.
    AskedAbout,
}

/// Something that takes whole days: a meeting, or a date that is asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Days {
    /// Names it for good, without the host.
    pub name: String,
    /// When it was written.
    pub stamp: Timestamp,
    pub first: Date,
    /// Counted too.
    pub last: Date,
    pub certainty: Certainty,
    pub summary: String,
    /// What is said with it.
    pub description: Option<String>,
    /// Where.
    pub location: Option<String>,
    pub url: String,
}

/// What comes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Enclosed {
    Deadline(Entry),
    Days(Days),
}

impl Enclosed {
    /// The file.
    pub fn written(&self) -> String {
        match self {
            Self::Deadline(entry) => entry.written(),
            Self::Days(days) => feed(&[], std::slice::from_ref(days)),
        }
    }

    /// What the file is called.
    pub const fn file(&self) -> &'static str {
        match self {
            Self::Deadline(_) => "deadline.ics",
            Self::Days(_) => "date.ics",
        }
    }
}

/// A calendar of deadlines and of what takes whole days.
pub fn feed(deadlines: &[Entry], days: &[Days]) -> String {
    let mut out = String::new();
    for line in [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Secretariat//Deadlines//ES",
        "METHOD:PUBLISH",
    ] {
        folded(line, &mut out);
    }
    for entry in deadlines {
        out.push_str(&entry.event());
    }
    for days in days {
        out.push_str(&days.event());
    }
    folded("END:VCALENDAR", &mut out);
    out
}

/// The host of an address: names in a calendar end with it, so that they are the same wherever the entry is had.
fn host_of(address: &str) -> &str {
    let after = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = after.split('/').next().unwrap_or(after);
    match host.strip_prefix('[').and_then(|host| host.split_once(']')) {
        Some((host, _)) => host,
        None => host.split(':').next().unwrap_or(host),
    }
}

impl Days {
    fn event(&self) -> String {
        let day = |day: Date| day.strftime("%Y%m%d").to_string();
        // The end of whole days is the day after the last one (RFC 5545, 3.6.1).
        let after = self.last.tomorrow().unwrap_or(self.last);
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@{}", self.name, host_of(&self.url)),
            format!("DTSTAMP:{}", self.stamp.strftime("%Y%m%dT%H%M%SZ")),
            format!("DTSTART;VALUE=DATE:{}", day(self.first)),
            format!("DTEND;VALUE=DATE:{}", day(after)),
            format!("SUMMARY:{}", escaped(&self.summary)),
        ];
        let description = self.description.as_deref();
        lines.extend(description.map(|words| format!("DESCRIPTION:{}", escaped(words))));
        let location = self.location.as_deref();
        lines.extend(location.map(|place| format!("LOCATION:{}", escaped(place))));
        lines.push(format!("URL:{}", self.url));
        if self.certainty == Certainty::AskedAbout {
            lines.push("STATUS:TENTATIVE".to_owned());
        }
        lines.push("TRANSP:TRANSPARENT".to_owned());
        lines.push("END:VEVENT".to_owned());
        let mut out = String::new();
        for line in &lines {
            folded(line, &mut out);
        }
        out
    }
}

/// Bytes of a line without its end (RFC 5545, 3.1).
const LINE: usize = 75;

impl Entry {
    /// The file.
    pub fn written(&self) -> String {
        feed(std::slice::from_ref(self), &[])
    }

    fn event(&self) -> String {
        let instant = |at: Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
        // An hour that ends with the deadline: an end without length is not shown by some programs.
        let begins = self.at.saturating_sub(jiff::SignedDuration::from_hours(1));
        let begins = begins.unwrap_or(self.at);
        let mut lines = vec![
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}@{}", self.name, host_of(&self.url)),
            format!("SEQUENCE:{}", self.sequence),
            format!("DTSTAMP:{}", instant(self.stamp)),
            format!("DTSTART:{}", instant(begins)),
            format!("DTEND:{}", instant(self.at)),
            format!("SUMMARY:{}", escaped(&self.summary)),
            format!("DESCRIPTION:{}", escaped(&self.description)),
            format!("URL:{}", self.url),
            "TRANSP:TRANSPARENT".to_owned(),
        ];
        if self.cancelled {
            lines.push("STATUS:CANCELLED".to_owned());
        }
        lines.push("END:VEVENT".to_owned());
        let mut out = String::new();
        for line in &lines {
            folded(line, &mut out);
        }
        out
    }
}

/// The deadline of a party in a written consultation, through all its rounds: what another round, an extension or the end changes
/// takes the place of what a calendar holds of it. The names of entries and their numbers, in one place for letters and pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deadline {
    Opened {
        round: u16,
    },
    Extended {
        round: u16,
    },
    /// The round ended before its term was over.
    Cancelled {
        round: u16,
    },
}

impl Deadline {
    /// The one of a round that stands.
    pub const fn of(round: u16, extended: bool) -> Self {
        if extended {
            Self::Extended { round }
        } else {
            Self::Opened { round }
        }
    }

    /// The name of a party's own deadline.
    pub fn name(consultation: &str, party: &str) -> String {
        format!("term.{consultation}.{party}")
    }

    /// The name of the close for all.
    pub fn close(consultation: &str) -> String {
        format!("close.{consultation}")
    }

    /// Counts changes: each is above all that came before it.
    pub fn sequence(self) -> u32 {
        let (round, step) = match self {
            Self::Opened { round } => (round, 0),
            Self::Extended { round } => (round, 1),
            Self::Cancelled { round } => (round, 2),
        };
        u32::from(round.saturating_sub(1)) * 3 + step
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
            cancelled: false,
            summary: "Consulta; fecha, sede".to_owned(),
            description: "Hasta el 19 de octubre de 2011, 24:00 (Tegucigalpa).\nñ".repeat(3),
            url: "https://conference.example/es/consultas/x".to_owned(),
        };
        let file = entry.written();
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

    #[test]
    fn what_takes_whole_days_ends_with_its_last_day() {
        let days = Days {
            name: "meeting.vm-14".to_owned(),
            stamp: "2011-10-12T16:00:00Z".parse().unwrap(),
            first: Date::constant(2012, 2, 28),
            last: Date::constant(2012, 2, 29),
            certainty: Certainty::Fixed,
            summary: "Reunión".to_owned(),
            description: None,
            location: Some("Santo Domingo, República Dominicana".to_owned()),
            url: "https://conference.example/es/reuniones/vm-14".to_owned(),
        };
        let file = feed(&[], std::slice::from_ref(&days));
        for line in [
            "UID:meeting.vm-14@conference.example\r\n",
            "DTSTART;VALUE=DATE:20120228\r\n",
            "DTEND;VALUE=DATE:20120301\r\n",
            "LOCATION:Santo Domingo\\, República Dominicana\r\n",
        ] {
            assert!(file.contains(line), "{line}: {file}");
        }
        assert!(
            !file.contains("STATUS") && !file.contains("DESCRIPTION"),
            "{file}"
        );
        let asked = Enclosed::Days(Days {
            certainty: Certainty::AskedAbout,
            description: Some("Por confirmar; no es una convocatoria.".to_owned()),
            last: days.first,
            ..days
        });
        let file = asked.written();
        for line in [
            "DTSTART;VALUE=DATE:20120228\r\n",
            "DTEND;VALUE=DATE:20120229\r\n",
            "STATUS:TENTATIVE\r\n",
            "DESCRIPTION:Por confirmar\\; no es una convocatoria.\r\n",
        ] {
            assert!(file.contains(line), "{line}: {file}");
        }
    }

    #[test]
    fn a_name_ends_with_the_host_of_its_address() {
        for (address, host) in [
            ("https://conference.example/es/x", "conference.example"),
            ("http://127.0.0.1:8080/es/x", "127.0.0.1"),
            ("http://[::1]:8080/es/x", "::1"),
            ("https://conference.example", "conference.example"),
        ] {
            assert_eq!(host_of(address), host);
        }
    }
}
