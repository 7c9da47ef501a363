use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Partial;

/// The time in which a fact holds; an absent end is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Validity {
    /// It holds from here, counted from the earliest possible day. Absent: from the beginning.
    pub from: Option<Partial>,
    /// It holds up to and including the latest possible day of this. Absent: still.
    pub until: Option<Partial>,
}

/// Whether a fact holds on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// It holds.
    Yes,
    /// It counts as holding, but the day lies within the margin of a partial date.
    Uncertain,
    /// It does not hold.
    No,
}

impl Validity {
    /// Whether it holds on `day`: a partial date counts from its earliest possible day (Decided early, 5).
    ///
    /// # Example: a year as the start
    /// ```
    /// use comity_calendar::{Date, Holds, Validity};
    /// let since = Validity { from: Some("2003".parse()?), until: None };
    /// assert_eq!(since.holds_on(Date::constant(2002, 12, 31)), Holds::No);
    /// assert_eq!(since.holds_on(Date::constant(2003, 1, 1)), Holds::Uncertain);
    /// assert_eq!(since.holds_on(Date::constant(2004, 1, 1)), Holds::Yes);
    /// # Ok::<(), comity_calendar::PartialError>(())
    /// ```
    pub fn holds_on(&self, day: Date) -> Holds {
        let begun = match self.from {
            None => Holds::Yes,
            Some(from) if day < from.start().earliest() => return Holds::No,
            Some(from) if day < from.start().latest() => Holds::Uncertain,
            Some(_) => Holds::Yes,
        };
        match self.until {
            None => begun,
            Some(until) => match until.latest() {
                Some(last) if day > last => Holds::No,
                Some(_) if day > until.earliest() && until.latest() != Some(until.earliest()) => {
                    Holds::Uncertain
                }
                _ => begun,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_to_day_interval_is_never_uncertain() {
        let term = Validity {
            from: Some("2005-03-01".parse().unwrap()),
            until: Some("2005-03-31".parse().unwrap()),
        };
        assert_eq!(term.holds_on(day("2005-02-28")), Holds::No);
        assert_eq!(term.holds_on(day("2005-03-01")), Holds::Yes);
        assert_eq!(term.holds_on(day("2005-03-31")), Holds::Yes);
        assert_eq!(term.holds_on(day("2005-04-01")), Holds::No);
    }

    #[test]
    fn a_partial_end_is_uncertain_within_its_margin() {
        let term = Validity {
            from: None,
            until: Some("2005".parse().unwrap()),
        };
        assert_eq!(term.holds_on(day("2004-12-31")), Holds::Yes);
        assert_eq!(term.holds_on(day("2005-06-30")), Holds::Uncertain);
        assert_eq!(term.holds_on(day("2006-01-01")), Holds::No);
    }
}
