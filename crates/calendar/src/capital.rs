use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

/// A name in the two authentic languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    pub es: String,
    pub en: String,
}

/// How well a holiday of the table is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// As the source of the table has it.
    Certain,
    /// The source leaves a gap; it was filled from the law of the country.
    Filled,
    /// It lies ahead of what is known: a government may still move it.
    Projected,
}

/// Why a day is no working day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Off {
    Weekend,
    /// A public holiday of the table.
    Holiday {
        name: Name,
        standing: Standing,
    },
    /// The state declared it.
    Declared {
        name: Name,
    },
    /// The table was corrected.
    Corrected {
        name: Name,
    },
}

/// What is said of a day against the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The state declares that it does not work.
    Declared(Name),
    /// The day is off.
    Off(Name),
    /// The day is worked, whatever the table says.
    Working,
}

/// The days of one capital: its time zone and when it does not work.
#[derive(Debug, Clone, PartialEq)]
pub struct Capital {
    city: Name,
    zone: TimeZone,
    /// The version of the table.
    table: Arc<str>,
    /// The first day of the table.
    first: Date,
    last: Date,
    /// Whether each day since `first` is off, 64 to a word.
    off: Vec<u64>,
    /// Why, for all but weekends.
    why: BTreeMap<Date, Off>,
    /// From this year on the holidays are projected; in no year where absent.
    projected_from: Option<i16>,
}

impl Capital {
    /// A capital that works on every day but Saturday and Sunday.
    pub(crate) fn new(
        city: Name,
        zone: TimeZone,
        table: Arc<str>,
        years: RangeInclusive<i16>,
    ) -> Self {
        let first = Date::constant(*years.start(), 1, 1);
        let last = Date::constant(*years.end(), 12, 31);
        let mut capital = Self {
            city,
            zone,
            table,
            first,
            last,
            off: Vec::new(),
            why: BTreeMap::new(),
            projected_from: None,
        };
        let days = capital.index(last).map_or(0, |index| index + 1);
        capital.off = vec![0; days.div_ceil(64)];
        for (index, day) in first
            .series(jiff::Span::new().days(1))
            .take(days)
            .enumerate()
        {
            if is_weekend(day) {
                capital.mark(index, true);
            }
        }
        capital
    }

    /// The name of its time zone in the IANA database.
    pub fn zone_name(&self) -> &str {
        self.zone.iana_name().unwrap_or_default()
    }

    pub fn zone(&self) -> &TimeZone {
        &self.zone
    }

    pub fn city(&self) -> &Name {
        &self.city
    }

    /// The version of the table.
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The years that the table covers.
    pub fn years(&self) -> RangeInclusive<i16> {
        self.first.year()..=self.last.year()
    }

    /// Why a day is no working day; none where it is one, or where the table does not reach.
    pub fn off(&self, day: Date) -> Option<Off> {
        let index = self.index(day)?;
        if !self.is_off(index) {
            return None;
        }
        let named = self.why.get(&day);
        Some(named.cloned().unwrap_or(Off::Weekend))
    }

    /// The holidays and other days off that fall on no weekend, in order.
    pub fn days_off(&self) -> impl Iterator<Item = (Date, &Off)> {
        self.why.iter().map(|(day, off)| (*day, off))
    }

    /// The day that lies so many working days before another; the other itself is not counted. None before the table.
    pub fn working_days_before(&self, day: Date, count: u16) -> Option<Date> {
        let mut index = self.index(day)?;
        let mut left = count;
        while left > 0 {
            index = index.checked_sub(1)?;
            if !self.is_off(index) {
                left -= 1;
            }
        }
        Some(self.day(index))
    }

    /// Whether the holidays of the year of this day are projected.
    pub(crate) fn is_projected(&self, day: Date) -> bool {
        self.projected_from.is_some_and(|year| day.year() >= year)
    }

    pub(crate) fn observe(&mut self, day: Date, name: Name, standing: Standing) {
        if standing == Standing::Projected {
            let year = self
                .projected_from
                .map_or(day.year(), |year| year.min(day.year()));
            self.projected_from = Some(year);
        }
        // A weekend is off already, and stays so by that name.
        if !is_weekend(day) {
            self.set(day, Some(Off::Holiday { name, standing }));
        }
    }

    pub(crate) fn change(&mut self, day: Date, change: Change) {
        let off = match change {
            Change::Declared(name) => Some(Off::Declared { name }),
            Change::Off(name) => Some(Off::Corrected { name }),
            Change::Working => None,
        };
        self.set(day, off);
    }

    /// Days that are off elsewhere are off here too.
    pub(crate) fn unite(&mut self, code: &str, other: &Self) {
        let days = self.off.len() * 64;
        for index in 0..days {
            if self.is_off(index) || !other.is_off(index) {
                continue;
            }
            let day = self.day(index);
            if let Some(off) = other.why.get(&day) {
                self.why.insert(day, off.clone().of(code));
            }
            self.mark(index, true);
        }
        self.projected_from = match (self.projected_from, other.projected_from) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
    }

    /// The same days, with the country in front of each name.
    pub(crate) fn of(mut self, code: &str) -> Self {
        for off in self.why.values_mut() {
            *off = off.clone().of(code);
        }
        self
    }

    pub(crate) fn with_zone(mut self, city: Name, zone: TimeZone) -> Self {
        self.city = city;
        self.zone = zone;
        self
    }

    fn set(&mut self, day: Date, off: Option<Off>) {
        let Some(index) = self.index(day) else {
            return;
        };
        self.mark(index, off.is_some());
        match off {
            Some(off) => self.why.insert(day, off),
            None => self.why.remove(&day),
        };
    }

    fn mark(&mut self, index: usize, off: bool) {
        let bit = 1 << (index % 64);
        if let Some(word) = self.off.get_mut(index / 64) {
            *word = if off { *word | bit } else { *word & !bit };
        }
    }

    /// How many days after the first one; none outside the table.
    pub(crate) fn index(&self, day: Date) -> Option<usize> {
        if day < self.first || day > self.last {
            return None;
        }
        let years = i64::from(day.year() - self.first.year());
        // Days of whole years since the first, by the Gregorian rule.
        let leap = |year: i64| year / 4 - year / 100 + year / 400;
        let before = i64::from(day.year()) - 1;
        let leaps = leap(before) - leap(i64::from(self.first.year()) - 1);
        let days = years * 365 + leaps + i64::from(day.day_of_year()) - 1;
        usize::try_from(days).ok()
    }

    pub(crate) fn is_off(&self, index: usize) -> bool {
        let word = self.off.get(index / 64).copied().unwrap_or_default();
        word >> (index % 64) & 1 == 1
    }

    /// The last day of the table, as an index.
    pub(crate) fn end(&self) -> usize {
        self.index(self.last).unwrap_or_default()
    }

    pub(crate) fn day(&self, index: usize) -> Date {
        let days = i64::try_from(index).unwrap_or(i64::MAX);
        let span = jiff::Span::new().try_days(days);
        span.map_or(self.last, |span| self.first.saturating_add(span))
    }
}

impl Off {
    /// The same, with the country in front of the name.
    fn of(self, code: &str) -> Self {
        let named = |name: Name| Name {
            es: format!("{code}: {}", name.es),
            en: format!("{code}: {}", name.en),
        };
        match self {
            Self::Weekend => Self::Weekend,
            Self::Holiday { name, standing } => Self::Holiday {
                name: named(name),
                standing,
            },
            Self::Declared { name } => Self::Declared { name: named(name) },
            Self::Corrected { name } => Self::Corrected { name: named(name) },
        }
    }
}

fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}
