use jiff::Timestamp;
use jiff::civil::{Date, Time};
use serde::{Deserialize, Serialize};

use crate::{Capital, Off, TermError};

/// Whether the day on which a term begins is one of its days (K-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstDay {
    NotCounted,
    Counted,
}

/// At which hour of its last day a term is over (K-12).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closes {
    /// When the next day begins.
    EndOfDay,
    At(Time),
}

/// How a term is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    pub first_day: FirstDay,
    pub closes: Closes,
}

/// A term in working days of one calendar, with the reason of every day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The time zone by whose clock it is counted, from the IANA database.
    pub zone: String,
    /// The day that it was there when the term began.
    pub starts_on: Date,
    /// The last day counted.
    pub ends_on: Date,
    /// When it is over. Exclusive: at this instant it is.
    pub ends_at: Timestamp,
    /// Every day from the first to the last.
    pub days: Vec<TermDay>,
    /// The version of the table of holidays.
    pub table: String,
    /// A year that it touches is projected in that table.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub projected: bool,
}

impl Term {
    /// How many of its working days are left on a day there, that day among them.
    pub fn left_on(&self, day: Date) -> usize {
        let days = self.days.iter().filter(|of| day <= of.date);
        let counted = days.filter(|of| matches!(of.why, Why::Counted(_)));
        counted.count()
    }

    /// The whole term, where `longer` makes this one longer from its last day on: its working days are numbered on.
    #[must_use]
    pub fn made_longer(&self, longer: &Self) -> Self {
        let mut days = self.days.clone();
        let mut last = days.iter().rev().find_map(|day| match day.why {
            Why::Counted(number) => Some(number),
            Why::Start | Why::Off(_) => None,
        });
        let more = longer.days.iter().filter(|day| self.ends_on < day.date);
        days.extend(more.cloned().map(|mut day| {
            if let Why::Counted(number) = &mut day.why {
                *number = last.map_or(1, |last| last + 1);
                last = Some(*number);
            }
            day
        }));
        Self {
            starts_on: self.starts_on,
            days,
            projected: self.projected || longer.projected,
            ..longer.clone()
        }
    }
}

/// A day within a term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermDay {
    pub date: Date,
    pub why: Why,
}

/// Why a day of a term is counted or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The term begins on it, and the first day is not counted.
    Start,
    /// It is the working day of this number, from 1.
    Counted(u16),
    /// It is no working day.
    Off(Off),
}

/// A term of so many working days from a day of the capital.
///
/// # Errors
/// No days; or the table of holidays does not reach from its start to its end.
pub fn term(
    start: Date,
    days: u16,
    capital: &Capital,
    counting: Counting,
) -> Result<Term, TermError> {
    let (ends_on, ends_at) = term_end(start, days, capital, counting)?;
    let mut counted = 0;
    let mut explained = Vec::new();
    let first = capital.index(start).ok_or_else(|| outside(capital))?;
    for date in (first..)
        .map(|index| capital.day(index))
        .take_while(|day| *day <= ends_on)
    {
        let why = match (capital.off(date), counting.first_day) {
            (_, FirstDay::NotCounted) if date == start => Why::Start,
            (Some(off), _) => Why::Off(off),
            (None, _) => {
                counted += 1;
                Why::Counted(counted)
            }
        };
        explained.push(TermDay { date, why });
    }
    Ok(Term {
        zone: capital.zone_name().to_owned(),
        starts_on: start,
        ends_on,
        ends_at,
        days: explained,
        table: capital.table().to_owned(),
        projected: capital.is_projected(ends_on),
    })
}

/// A term that begins at an instant. Where its first day would count and the hour of closing is past on it, it does not.
///
/// # Errors
/// As [`term`].
pub fn term_from(
    from: Timestamp,
    days: u16,
    capital: &Capital,
    counting: Counting,
) -> Result<Term, TermError> {
    let local = capital.zone().to_datetime(from);
    let past = matches!(counting.closes, Closes::At(hour) if local.time() >= hour);
    let first_day = if past {
        FirstDay::NotCounted
    } else {
        counting.first_day
    };
    term(
        local.date(),
        days,
        capital,
        Counting {
            first_day,
            ..counting
        },
    )
}

/// Only the last day counted, and when the term is over.
///
/// # Errors
/// As [`term`].
pub fn term_end(
    start: Date,
    days: u16,
    capital: &Capital,
    counting: Counting,
) -> Result<(Date, Timestamp), TermError> {
    if days == 0 {
        return Err(TermError::NoDays);
    }
    let mut index = capital.index(start).ok_or_else(|| outside(capital))?;
    if counting.first_day == FirstDay::NotCounted {
        index += 1;
    }
    let end = capital.end();
    let mut left = days;
    loop {
        if index > end {
            return Err(outside(capital));
        }
        if !capital.is_off(index) {
            left -= 1;
            if left == 0 {
                break;
            }
        }
        index += 1;
    }
    let ends_on = capital.day(index);
    let closes = match counting.closes {
        // Where clocks are put forward at midnight the day begins at the first hour that there is.
        Closes::EndOfDay => ends_on.tomorrow().map(|next| next.at(0, 0, 0, 0)),
        Closes::At(hour) => Ok(ends_on.to_datetime(hour)),
    };
    let ends_at = closes.and_then(|closes| capital.zone().to_timestamp(closes));
    ends_at
        .map(|ends_at| (ends_on, ends_at))
        .map_err(|_| outside(capital))
}

fn outside(capital: &Capital) -> TermError {
    let (first, last) = capital.years().into_inner();
    TermError::OutsideTable { first, last }
}
