use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::{Capital, Change, TableFaults, table};

/// The working days of the capitals: a table of their holidays, and what was said of it since (Q-03).
///
/// # Example: Holy Thursday in Tegucigalpa
/// ```
/// use comity_calendar::{Calendars, Date};
/// let capitals = "country\tzone\tes\ten\nHN\tAmerica/Tegucigalpa\tTegucigalpa\tTegucigalpa\n";
/// let holidays = "# source: an example\n# version: 1\n# years: 2012-2012\ncountry\tdate\tmark\tes\ten\n\
///     HN\t2012-04-05\t\tJueves Santo\tHoly Thursday\n";
/// let calendars = Calendars::parse(capitals, holidays)?;
/// let honduras = calendars.country("HN").expect("a line of the table");
/// assert!(honduras.off(Date::constant(2012, 4, 5)).is_some());
/// assert!(honduras.off(Date::constant(2012, 4, 4)).is_none());
/// # Ok::<(), comity_calendar::TableFaults>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Calendars {
    pub(crate) version: Arc<str>,
    pub(crate) source: String,
    pub(crate) years: RangeInclusive<i16>,
    pub(crate) capitals: BTreeMap<String, Arc<Capital>>,
}

impl Calendars {
    /// Reads the two files of a table.
    ///
    /// # Errors
    /// Every line that cannot be read.
    pub fn parse(capitals: &str, holidays: &str) -> Result<Self, TableFaults> {
        table::read(capitals, holidays)
    }

    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whence the holidays are, as the table says.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The years that the table covers.
    pub fn years(&self) -> RangeInclusive<i16> {
        self.years.clone()
    }

    /// The codes of the countries, with their capitals, in the order of the codes.
    pub fn countries(&self) -> impl Iterator<Item = (&str, &Capital)> {
        let capitals = self.capitals.iter();
        capitals.map(|(code, capital)| (code.as_str(), capital.as_ref()))
    }

    /// The capital of the country with this code (ISO 3166-1, two letters).
    pub fn country(&self, code: &str) -> Option<&Capital> {
        self.capitals.get(code).map(AsRef::as_ref)
    }

    /// The same with some days changed; of two changes of one day the later one holds. Days outside the table, and countries
    /// that it does not have, stay out.
    pub fn changed<'a>(&self, changes: impl IntoIterator<Item = (&'a str, Date, Change)>) -> Self {
        let mut changed = self.clone();
        for (code, day, change) in changes {
            if let Some(capital) = changed.capitals.get_mut(code) {
                Arc::make_mut(capital).change(day, change);
            }
        }
        changed
    }

    /// A calendar in which a day is worked only where all these countries work, by the clock of one zone. None where a country
    /// or the zone is not known, or no country is named.
    pub fn union(&self, codes: &[&str], zone: &str) -> Option<Capital> {
        let zone = TimeZone::get(zone).ok()?;
        let (first, others) = codes.split_first()?;
        let chief = self
            .capitals
            .values()
            .find(|capital| *capital.zone() == zone);
        let mut united = self.country(first)?.clone().of(first);
        let city = chief.map_or_else(|| united.city().clone(), |capital| capital.city().clone());
        for code in others {
            united.unite(code, self.country(code)?);
        }
        Some(united.with_zone(city, zone))
    }
}
