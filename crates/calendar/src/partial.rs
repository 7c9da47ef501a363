use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::PartialError;

/// One end of a partial date: a year, a season, a month or a day.
///
/// `~` marks it as approximate, `?` as uncertain; `%` is both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// Year of the common era, four digits.
    pub year: i16,
    /// 1-12, or an EDTF season: 21 spring, 22 summer, 23 autumn, 24 winter.
    pub month: Option<i8>,
    /// 1-31; only with a month.
    pub day: Option<i8>,
    /// `~` or `%` was written.
    pub approximate: bool,
    /// `?` or `%` was written.
    pub uncertain: bool,
}

/// A date that may be known only in part (EDTF): `1996`, `1996-02`, `2008-06-26/2008-06-27`, `2002/..`.
///
/// # Example: what "2006" covers
/// ```
/// use comity_calendar::Partial;
/// let year: Partial = "2006".parse()?;
/// assert_eq!(year.earliest().to_string(), "2006-01-01");
/// assert_eq!(year.latest().map(|day| day.to_string()).as_deref(), Some("2006-12-31"));
/// # Ok::<(), comity_calendar::PartialError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Partial {
    // Eight bytes: a register holds very many dates.
    from: Packed,
    /// The other end: [`NONE`], [`OPEN`] or a packed point.
    until: u32,
}

/// What a partial date is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// A single point of some precision.
    Point(Point),
    /// From one point to another; `until` is `None` where the end is open (`..`).
    Interval { from: Point, until: Option<Point> },
}

/// A point in four bytes: from the lowest bit day (5), month (5), approximate, uncertain, year (16), and one that is set.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Packed(NonZeroU32);

/// No other end.
const NONE: u32 = 0;
/// An end that is open; no packed point is so small.
const OPEN: u32 = 1;
/// The bit that is set in every packed point.
const SET: NonZeroU32 = NonZeroU32::new(1 << 28).expect("it is not zero");

impl Packed {
    fn of(point: Point) -> Self {
        let small = |part: Option<i8>| part.map_or(0, |part| u32::from(part.unsigned_abs()) & 31);
        let bits = small(point.day)
            | small(point.month) << 5
            | u32::from(point.approximate) << 10
            | u32::from(point.uncertain) << 11
            | u32::from(point.year.cast_unsigned()) << 12;
        Self(SET | bits)
    }

    /// The point of these bits.
    fn point(bits: u32) -> Point {
        let small = |part: u32| i8::try_from(part & 31).ok().filter(|part| *part > 0);
        Point {
            year: (((bits >> 12) & 0xffff) as u16).cast_signed(),
            month: small(bits >> 5),
            day: small(bits),
            approximate: bits & (1 << 10) != 0,
            uncertain: bits & (1 << 11) != 0,
        }
    }
}

impl Point {
    fn parse(text: &str) -> Result<Self, PartialError> {
        let shape = || PartialError::Shape(text.to_owned());
        let (digits, approximate, uncertain) = match text.as_bytes().last() {
            Some(b'~') => (&text[..text.len() - 1], true, false),
            Some(b'?') => (&text[..text.len() - 1], false, true),
            Some(b'%') => (&text[..text.len() - 1], true, true),
            _ => (text, false, false),
        };
        let mut parts = digits.split('-');
        let year = number(parts.next(), 4).ok_or_else(shape)?;
        let month = parts
            .next()
            .map(|part| number(Some(part), 2).ok_or_else(shape))
            .transpose()?;
        let day = parts
            .next()
            .map(|part| number(Some(part), 2).ok_or_else(shape))
            .transpose()?;
        if parts.next().is_some() {
            return Err(shape());
        }
        let point = Self {
            year,
            month: month.and_then(|m| i8::try_from(m).ok()),
            day: day.and_then(|d| i8::try_from(d).ok()),
            approximate,
            uncertain,
        };
        match (point.month, point.day) {
            (None, None) => Ok(point),
            (Some(1..=12 | 21..=24), None) => Ok(point),
            (Some(month @ 1..=12), Some(day)) => Date::new(year, month, day)
                .map(|_| point)
                .map_err(|_| PartialError::NoSuchDay(text.to_owned())),
            _ => Err(PartialError::NoSuchDay(text.to_owned())),
        }
    }

    /// The day, where it is one and nothing is said against it.
    pub fn exact(self) -> Option<Date> {
        let told = self.day.is_some() && !self.approximate && !self.uncertain;
        told.then(|| self.earliest())
    }

    /// The first day that this point can mean.
    pub fn earliest(self) -> Date {
        let (month, day) = match (self.month, self.day) {
            (Some(month @ 21..=24), _) => (season_start(month), 1),
            (Some(month), Some(day)) => (month, day),
            (Some(month), None) => (month, 1),
            (None, _) => (1, 1),
        };
        Date::constant(self.year, month, day)
    }

    /// The last day that this point can mean.
    pub fn latest(self) -> Date {
        match (self.month, self.day) {
            // Winter begins in December and ends with the next February.
            (Some(24), _) => Date::new(self.year + 1, 2, 1).map_or(Date::MAX, Date::last_of_month),
            (Some(month @ 21..=24), _) => {
                Date::constant(self.year, season_start(month) + 2, 1).last_of_month()
            }
            (Some(month), Some(day)) => Date::constant(self.year, month, day),
            (Some(month), None) => Date::constant(self.year, month, 1).last_of_month(),
            (None, _) => Date::constant(self.year, 12, 31),
        }
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        match (self.approximate, self.uncertain) {
            (true, true) => f.write_str("%"),
            (true, false) => f.write_str("~"),
            (false, true) => f.write_str("?"),
            (false, false) => Ok(()),
        }
    }
}

impl Partial {
    /// A whole year.
    pub fn year(year: i16) -> Self {
        Self::point(Point {
            year,
            month: None,
            day: None,
            approximate: false,
            uncertain: false,
        })
    }

    fn point(point: Point) -> Self {
        Self {
            from: Packed::of(point),
            until: NONE,
        }
    }

    fn interval(from: Point, until: Option<Point>) -> Self {
        Self {
            from: Packed::of(from),
            until: until.map_or(OPEN, |until| Packed::of(until).0.get()),
        }
    }

    /// What it is made of.
    pub fn span(self) -> Span {
        let from = self.start();
        match self.until {
            NONE => Span::Point(from),
            OPEN => Span::Interval { from, until: None },
            until => Span::Interval {
                from,
                until: Some(Packed::point(until)),
            },
        }
    }

    /// One day.
    pub fn day(date: Date) -> Self {
        Self::point(Point {
            year: date.year(),
            month: Some(date.month()),
            day: Some(date.day()),
            approximate: false,
            uncertain: false,
        })
    }

    /// Where it begins.
    pub fn start(&self) -> Point {
        Packed::point(self.from.0.get())
    }

    /// Whole days, from the first to the last.
    pub fn days(first: Date, last: Date) -> Self {
        if first == last {
            return Self::day(first);
        }
        Self::interval(Self::day(first).start(), Some(Self::day(last).start()))
    }

    /// The day on which it begins, where that is known to the day.
    pub fn first_day(&self) -> Option<Date> {
        self.start().exact()
    }

    /// The day on which it ends, where that is known to the day.
    pub fn last_day(&self) -> Option<Date> {
        match self.span() {
            Span::Point(point) => point.exact(),
            Span::Interval { until, .. } => until.and_then(Point::exact),
        }
    }

    /// The first day that it can mean.
    pub fn earliest(&self) -> Date {
        self.start().earliest()
    }

    /// The last day that it can mean; `None` where the end is open.
    pub fn latest(&self) -> Option<Date> {
        match self.span() {
            Span::Point(point) => Some(point.latest()),
            Span::Interval { until, .. } => until.map(Point::latest),
        }
    }

    /// Every year that it touches, from its first to its last, at most to `horizon` where the end is open.
    pub fn years(&self, horizon: i16) -> std::ops::RangeInclusive<i16> {
        let last = self.latest().map_or(horizon, jiff::civil::Date::year);
        self.earliest().year()..=last
    }
}

impl FromStr for Partial {
    type Err = PartialError;

    fn from_str(text: &str) -> Result<Self, PartialError> {
        let Some((from, until)) = text.split_once('/') else {
            return Point::parse(text).map(Self::point);
        };
        let from = Point::parse(from)?;
        if until == ".." {
            return Ok(Self::interval(from, None));
        }
        let until = Point::parse(until)?;
        if until.latest() < from.earliest() {
            return Err(PartialError::Reversed(text.to_owned()));
        }
        Ok(Self::interval(from, Some(until)))
    }
}

impl fmt::Display for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.span() {
            Span::Point(point) => point.fmt(f),
            Span::Interval {
                from,
                until: Some(until),
            } => write!(f, "{from}/{until}"),
            Span::Interval { from, until: None } => write!(f, "{from}/.."),
        }
    }
}

impl fmt::Debug for Partial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Partial({self})")
    }
}

impl Serialize for Partial {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Partial {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl serde::de::Visitor<'_> for Visitor {
            type Value = Partial;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date in quotes, such as \"2004\", \"2004-10\" or \"2004-10-21\"")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Partial, E> {
                text.parse().map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Visitor)
    }
}

fn number(part: Option<&str>, digits: usize) -> Option<i16> {
    let part = part?;
    (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
        .then(|| part.parse().ok())
        .flatten()
}

fn season_start(season: i8) -> i8 {
    match season {
        21 => 3,
        22 => 6,
        23 => 9,
        _ => 12,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, earliest: &str, latest: Option<&str>) {
        let partial: Partial = text.parse().unwrap();
        assert_eq!(partial.to_string(), text);
        assert_eq!(partial.earliest().to_string(), earliest);
        assert_eq!(
            partial.latest().map(|day| day.to_string()).as_deref(),
            latest
        );
    }

    #[test]
    fn a_day_is_known_where_it_is_told_and_nothing_is_said_against_it() {
        let days = |text: &str| {
            let partial: Partial = text.parse().unwrap();
            let told = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
            (told(partial.first_day()), told(partial.last_day()))
        };
        let both = |first: &str, last: &str| (first.to_owned(), last.to_owned());
        assert_eq!(days("2008-06-26"), both("2008-06-26", "2008-06-26"));
        assert_eq!(
            days("2008-06-26/2008-06-27"),
            both("2008-06-26", "2008-06-27")
        );
        assert_eq!(days("2008-06-26/.."), both("2008-06-26", ""));
        for unknown in ["2008-06", "2008", "2008-06-26~", "2008-06-26?"] {
            assert_eq!(days(unknown), both("", ""), "{unknown}");
        }
    }

    #[test]
    fn a_date_takes_eight_bytes_whether_it_is_there_or_not() {
        assert_eq!(size_of::<Option<Partial>>(), 8);
        for year in [i16::MIN, -9_999, -1, 0, 1, 9_999, i16::MAX] {
            assert_eq!(Partial::year(year).start().year, year);
        }
    }

    #[test]
    fn a_partial_date_knows_its_first_and_last_possible_day() {
        check("1996", "1996-01-01", Some("1996-12-31"));
        check("1996-02", "1996-02-01", Some("1996-02-29"));
        check("2008-06-26/2008-06-27", "2008-06-26", Some("2008-06-27"));
        check("2002/..", "2002-01-01", None);
        check("2005/2008", "2005-01-01", Some("2008-12-31"));
        check("2004-21", "2004-03-01", Some("2004-05-31"));
        check("9999-24", "9999-12-01", Some("9999-12-31"));
        check("2003-24", "2003-12-01", Some("2004-02-29"));
        check("2011-02~", "2011-02-01", Some("2011-02-28"));
    }

    #[test]
    fn what_is_not_a_date_is_refused() {
        for text in [
            "",
            "96",
            "1996-13",
            "1996-02-30",
            "1996-2",
            "1996/1995",
            "May 1996",
            "1996-02-03-04",
            "1996-21-01",
            "../1996",
            "１９９６",
        ] {
            assert!(text.parse::<Partial>().is_err(), "{text}");
        }
    }

    proptest! {
        /// The bounds agree with an independent implementation of EDTF for years, months and days.
        #[test]
        fn bounds_agree_with_another_reader(year in 1900i16..2100, month in 1i8..=12, day in 1i8..=28, precision in 0..3) {
            let text = match precision {
                0 => format!("{year}"),
                1 => format!("{year}-{month:02}"),
                _ => format!("{year}-{month:02}-{day:02}"),
            };
            let ours: Partial = text.parse().unwrap();
            let theirs = edtf_core::Edtf::parse(&text).unwrap();
            prop_assert_eq!(theirs.to_string(), ours.to_string());
        }
    }
}
