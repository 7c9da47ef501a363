//! The working days of the capitals in a year, as a seat sees them.

use comity_calendar::{Date, Off, Standing};
use comity_policy::{Action, Class};
use comity_rules::Language;

use crate::Inside;

/// The days of a year on which capitals do not work, weekends apart.
#[derive(Debug, Clone, PartialEq)]
pub struct CalendarPage {
    pub year: i16,
    /// The first and the last year of the table.
    pub years: (i16, i16),
    pub version: String,
    pub source: String,
    /// The seat's own country first.
    pub countries: Vec<CountryDays>,
}

/// A country with its days off.
#[derive(Debug, Clone, PartialEq)]
pub struct CountryDays {
    pub party: String,
    pub label: String,
    pub code: String,
    pub city: String,
    pub zone: String,
    pub days: Vec<DayOff>,
    pub own: bool,
    /// The seat may declare a day of it.
    pub declares: bool,
    /// The seat may correct a day of it.
    pub corrects: bool,
}

/// A day off.
#[derive(Debug, Clone, PartialEq)]
pub struct DayOff {
    pub day: Date,
    pub name: String,
    pub by: DayOffBy,
}

/// Whence it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOffBy {
    Table,
    Filled,
    Projected,
    Declared,
    Corrected,
}

impl Inside {
    /// Whether the seat sees working days at all.
    pub fn reads_calendar(&self) -> bool {
        self.may(Action::Read, &of(self.party())).allowed
    }

    /// The days of a year; that of today where none is given or the table does not have it. Nothing without a table.
    pub fn calendar(&self, year: Option<i16>) -> Option<CalendarPage> {
        if !self.reads_calendar() {
            return None;
        }
        let conference = self.view.conference();
        let calendars = conference.calendars()?;
        let years = calendars.years();
        let today = jiff::tz::Offset::UTC.to_datetime(self.now).date();
        let year = year
            .filter(|year| years.contains(year))
            .unwrap_or_else(|| today.year().clamp(*years.start(), *years.end()));
        let mut countries = Vec::new();
        for held in conference.parties.iter() {
            let capital = held
                .fact
                .code
                .as_deref()
                .and_then(|code| calendars.country(code));
            let (Some(code), Some(capital)) = (held.fact.code.as_deref(), capital) else {
                continue;
            };
            let class = of(&held.fact.id);
            let days = capital.days_off().filter(|(day, _)| day.year() == year);
            countries.push(CountryDays {
                party: held.fact.id.to_string(),
                label: self.view.party_or_id(&held.fact.id).label.text,
                code: code.to_owned(),
                city: self.in_words(capital.city()),
                zone: capital.zone_name().to_owned(),
                days: days.map(|(day, off)| self.day_off(day, off)).collect(),
                own: *held.fact.id == *self.party(),
                declares: self.may(Action::Manage, &class).allowed,
                corrects: self.may(Action::Repair, &class).allowed,
            });
        }
        countries.sort_by(|one, other| (!one.own, &one.label).cmp(&(!other.own, &other.label)));
        Some(CalendarPage {
            year,
            years: (*years.start(), *years.end()),
            version: calendars.version().to_owned(),
            source: calendars.source().to_owned(),
            countries,
        })
    }

    fn day_off(&self, day: Date, off: &Off) -> DayOff {
        let (name, by) = match off {
            Off::Holiday { name, standing } => {
                let by = match standing {
                    Standing::Certain => DayOffBy::Table,
                    Standing::Filled => DayOffBy::Filled,
                    Standing::Projected => DayOffBy::Projected,
                };
                (self.in_words(name), by)
            }
            Off::Declared { name } => (self.in_words(name), DayOffBy::Declared),
            Off::Corrected { name } => (self.in_words(name), DayOffBy::Corrected),
            // Weekends are not listed.
            Off::Weekend => (String::new(), DayOffBy::Table),
        };
        DayOff { day, name, by }
    }

    pub(crate) fn in_words(&self, name: &comity_calendar::Name) -> String {
        match self.view.language() {
            Language::Es => name.es.clone(),
            Language::En => name.en.clone(),
        }
    }
}

fn of(party: &str) -> Class {
    Class::Calendar { of: party.into() }
}
