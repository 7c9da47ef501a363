//! On which days the capitals work: the table that was adopted, the days that a state declares, and what the Secretariat
//! corrects. A term that has begun keeps the days with which it began.

use comity_calendar::{Calendars, Change, Date, Name as Words};
use comity_rules::Text;
use serde::{Deserialize, Serialize};

use crate::{Act, ActBody, ActId, Conference, Context, Name, Origin, Rejection, note};

/// A table of the public holidays of the capitals is in force from now on, whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarAdopted {
    /// The capitals with their time zones, as `capitals.tsv`.
    pub capitals: String,
    /// Their holidays, as `holidays.tsv`.
    pub holidays: String,
}

/// A state declares that a day is none of its working days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NonWorkingDayDeclared {
    pub party: Name,
    /// The code of its country.
    pub country: Name,
    pub day: Date,
    pub why: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The Secretariat corrects a day of a capital: governments move days by decree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarDayCorrected {
    pub country: Name,
    pub day: Date,
    /// What is celebrated; absent where the day is worked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub off: Option<Text>,
    /// The decree or note by which.
    pub note: String,
}

/// The table in force, with the act that adopted it.
#[derive(Debug, Clone, PartialEq)]
pub struct AdoptedCalendar {
    pub act: ActId,
    /// As it was adopted, without what was declared and corrected since.
    pub table: Calendars,
}

/// What an act says of a day of a capital.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayChanged {
    pub act: ActId,
    pub change: Change,
}

impl Conference {
    /// The calendars in force: the table with every change since. None where no table was adopted.
    pub fn calendars(&self) -> Option<Calendars> {
        let adopted = self.calendar.as_ref()?;
        let changes = self.days.iter();
        let changes = changes
            .map(|((country, day), changed)| (country.as_str(), *day, changed.change.clone()));
        Some(adopted.table.changed(changes))
    }

    pub(crate) fn adopt_calendar(&mut self, act: ActId, adopted: &CalendarAdopted) {
        // It was read before it was adopted. A program that cannot read it counts no terms; it has nothing to say of old ones.
        if let Ok(table) = Calendars::parse(&adopted.capitals, &adopted.holidays) {
            self.calendar = Some(AdoptedCalendar { act, table }.into());
        }
    }

    pub(crate) fn change_day(&mut self, act: ActId, country: Name, day: Date, change: Change) {
        self.days.insert((country, day), DayChanged { act, change });
    }
}

impl NonWorkingDayDeclared {
    pub(crate) fn change(&self) -> Change {
        Change::Declared(words(&self.why))
    }
}

impl CalendarDayCorrected {
    pub(crate) fn change(&self) -> Change {
        self.off
            .as_ref()
            .map_or(Change::Working, |name| Change::Off(words(name)))
    }
}

fn words(text: &Text) -> Words {
    Words {
        es: text.es().to_owned(),
        en: text.en().to_owned(),
    }
}

/// A table is adopted where it can be read and is another than the one in force.
pub(crate) fn adopt(
    conference: &Conference,
    rules: Option<&comity_rules::Rules>,
    asked: &CalendarAdopted,
) -> Result<Vec<Act>, Rejection> {
    rules.ok_or(Rejection::NoRulesAdopted)?;
    let table =
        Calendars::parse(&asked.capitals, &asked.holidays).map_err(Rejection::CalendarMalformed)?;
    if conference
        .calendar
        .as_ref()
        .is_some_and(|adopted| adopted.table == table)
    {
        return Err(Rejection::CalendarUnchanged);
    }
    Ok(vec![enacted(ActBody::CalendarAdopted(Box::new(
        asked.clone(),
    )))])
}

/// A state declares a day ahead of it, that is a working day still, within the years of the table.
pub(crate) fn declare(
    conference: &Conference,
    asked: &NonWorkingDayDeclared,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    note::check(asked.note.as_deref())?;
    note::check_text(&asked.why)?;
    let own = conference.parties.get(&asked.party);
    let own = own.and_then(|held| held.fact.code.as_ref());
    if own != Some(&asked.country) {
        return Err(Rejection::NoCalendarOf {
            country: asked.country.to_string(),
        });
    }
    let off = off_ahead(conference, &asked.country, asked.day, context)?;
    if off {
        return Err(Rejection::DayStands { day: asked.day });
    }
    Ok(vec![enacted(ActBody::NonWorkingDayDeclared(Box::new(
        asked.clone(),
    )))])
}

/// A day ahead is corrected to what it is not yet.
pub(crate) fn correct(
    conference: &Conference,
    asked: &CalendarDayCorrected,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    note::check(Some(&asked.note))?;
    if let Some(off) = &asked.off {
        note::check_text(off)?;
    }
    let off = off_ahead(conference, &asked.country, asked.day, context)?;
    if off == asked.off.is_some() {
        return Err(Rejection::DayStands { day: asked.day });
    }
    Ok(vec![enacted(ActBody::CalendarDayCorrected(Box::new(
        asked.clone(),
    )))])
}

/// Whether a day to come is off, in a country of the table.
fn off_ahead(
    conference: &Conference,
    country: &str,
    day: Date,
    context: &Context,
) -> Result<bool, Rejection> {
    let calendars = conference.calendars();
    let capital = calendars.as_ref().and_then(|all| all.country(country));
    let capital = capital.ok_or_else(|| Rejection::NoCalendarOf {
        country: country.to_owned(),
    })?;
    let today = capital.zone().to_datetime(context.now).date();
    if day <= today || !capital.years().contains(&day.year()) {
        return Err(Rejection::DayNotAhead { day });
    }
    Ok(capital.off(day).is_some())
}

fn enacted(body: ActBody) -> Act {
    Act {
        effective: None,
        origin: Origin::Enacted,
        body,
    }
}
