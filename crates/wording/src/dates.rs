use comity_calendar::{Date, Partial, Point, Span};

use crate::{Tongue, Wording};

const MONTHS_ES: [&str; 12] = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SEASONS_ES: [&str; 4] = ["primavera", "verano", "otoño", "invierno"];
const SEASONS_EN: [&str; 4] = ["spring", "summer", "autumn", "winter"];

impl Wording {
    /// A partial date in words.
    ///
    /// # Example: days, months, spans and open ends
    /// ```
    /// use comity_wording::{Tongue, Wording};
    /// let [spanish, english] = Tongue::ALL.map(Wording::get);
    /// let days = "2008-06-26/2008-06-27".parse()?;
    /// assert_eq!(english.date(&days), "26–27 June 2008");
    /// assert_eq!(spanish.date(&days), "26 y 27 de junio de 2008");
    /// assert_eq!(spanish.date(&"2002/..".parse()?), "desde 2002");
    /// # Ok::<(), comity_calendar::PartialError>(())
    /// ```
    pub fn date(&self, date: &Partial) -> String {
        match date.span() {
            Span::Point(point) => self.point(point),
            Span::Interval { from, until: None } => self.since(from),
            Span::Interval {
                from,
                until: Some(until),
            } if from == until => self.point(from),
            Span::Interval {
                from,
                until: Some(until),
            } => self.span(from, until),
        }
    }

    /// One day: "26 June 2008".
    pub fn day(&self, day: Date) -> String {
        self.date(&Partial::day(day))
    }

    /// The month of a day: "October 2011".
    pub fn month(&self, day: Date) -> String {
        let month = Point {
            day: None,
            ..Partial::day(day).start()
        };
        self.point(month)
    }

    /// "since 2002" / «desde el 3 de mayo de 2002».
    pub fn since(&self, point: Point) -> String {
        match self.tongue() {
            Tongue::English => format!("since {}", self.point(point)),
            Tongue::Spanish => format!("desde {}{}", article(point), self.point(point)),
        }
    }

    /// "until 2008" / «hasta el 3 de mayo de 2008».
    pub fn until(&self, point: Point) -> String {
        match self.tongue() {
            Tongue::English => format!("until {}", self.point(point)),
            Tongue::Spanish => format!("hasta {}{}", article(point), self.point(point)),
        }
    }

    fn point(&self, point: Point) -> String {
        self.marked(point, &self.bare(point))
    }

    /// Our marks for what is approximate or uncertain, in words.
    fn marked(&self, point: Point, text: &str) -> String {
        let (about, doubt) = match self.tongue() {
            Tongue::English => ("about ", " (date uncertain)"),
            Tongue::Spanish => ("aproximadamente ", " (fecha incierta)"),
        };
        let about = if point.approximate { about } else { "" };
        let doubt = if point.uncertain { doubt } else { "" };
        format!("{about}{text}{doubt}")
    }

    fn bare(&self, point: Point) -> String {
        let year = point.year;
        match (self.tongue(), point.month, point.day) {
            (_, None, _) => year.to_string(),
            (Tongue::English, Some(month), None) => format!("{} {year}", self.month_name(month)),
            (Tongue::Spanish, Some(month), None) => format!("{} de {year}", self.month_name(month)),
            (Tongue::English, Some(month), Some(day)) => {
                format!("{day} {} {year}", self.month_name(month))
            }
            (Tongue::Spanish, Some(month), Some(day)) => {
                format!("{day} de {} de {year}", self.month_name(month))
            }
        }
    }

    /// The name of a month, or of a season where EDTF's numbers 21-24 stand in its place.
    fn month_name(&self, month: i8) -> &'static str {
        let (months, seasons) = match self.tongue() {
            Tongue::English => (&MONTHS_EN, &SEASONS_EN),
            Tongue::Spanish => (&MONTHS_ES, &SEASONS_ES),
        };
        let name = match month {
            21..=24 => seasons.get(usize::from(month.unsigned_abs()) - 21),
            _ => months.get(usize::from(month.unsigned_abs()).wrapping_sub(1)),
        };
        name.copied().unwrap_or_default()
    }

    fn span(&self, from: Point, until: Point) -> String {
        let marked = [from, until]
            .iter()
            .any(|point| point.approximate || point.uncertain);
        let same_year = from.year == until.year && !marked;
        match (from.month, from.day, until.month, until.day) {
            (None, _, None, _) if !marked => format!("{}–{}", from.year, until.year),
            (Some(month), Some(first), Some(other), Some(last)) if same_year && month == other => {
                self.days(from, first, last)
            }
            (Some(first), None, Some(last), None) if same_year => {
                self.months(from.year, first, last)
            }
            (Some(_), _, Some(_), _) if same_year => {
                self.between(&self.without_year(from), &self.point(until), from, until)
            }
            _ => self.between(&self.point(from), &self.point(until), from, until),
        }
    }

    /// Days of one month.
    fn days(&self, at: Point, first: i8, last: i8) -> String {
        let month = self.bare(Point { day: None, ..at });
        match self.tongue() {
            Tongue::English => format!("{first}–{last} {month}"),
            Tongue::Spanish if last - first == 1 => format!("{first} y {last} de {month}"),
            Tongue::Spanish => format!("del {first} al {last} de {month}"),
        }
    }

    /// Months, or seasons, of one year.
    fn months(&self, year: i16, first: i8, last: i8) -> String {
        let (from, until) = (self.month_name(first), self.month_name(last));
        match self.tongue() {
            Tongue::English => format!("{from}–{until} {year}"),
            Tongue::Spanish if last - first == 1 => format!("{from} y {until} de {year}"),
            Tongue::Spanish => format!("de {from} a {until} de {year}"),
        }
    }

    fn between(&self, first: &str, last: &str, from: Point, until: Point) -> String {
        match self.tongue() {
            Tongue::English => format!("{first} – {last}"),
            Tongue::Spanish => {
                let from = if from.day.is_some() && !from.approximate {
                    "del"
                } else {
                    "de"
                };
                let to = if until.day.is_some() && !until.approximate {
                    "al"
                } else {
                    "a"
                };
                format!("{from} {first} {to} {last}")
            }
        }
    }

    fn without_year(&self, point: Point) -> String {
        let text = self.bare(point);
        let year = match self.tongue() {
            Tongue::English => format!(" {}", point.year),
            Tongue::Spanish => format!(" de {}", point.year),
        };
        text.strip_suffix(&year).unwrap_or(&text).to_owned()
    }
}

/// Spanish puts «el» before a day: «desde el 3 de mayo».
fn article(point: Point) -> &'static str {
    if point.day.is_some() && !point.approximate {
        "el "
    } else {
        ""
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_words_in_both_languages() {
        let [spanish, english] = Tongue::ALL.map(Wording::get);
        for (date, es, en) in [
            ("2011", "2011", "2011"),
            ("2011-10", "octubre de 2011", "October 2011"),
            ("2008-06-26", "26 de junio de 2008", "26 June 2008"),
            (
                "2008-06-26/2008-06-27",
                "26 y 27 de junio de 2008",
                "26–27 June 2008",
            ),
            (
                "2008-06-20/2008-06-24",
                "del 20 al 24 de junio de 2008",
                "20–24 June 2008",
            ),
            (
                "2008-06-26/2008-06-26",
                "26 de junio de 2008",
                "26 June 2008",
            ),
            (
                "2008-06-30/2008-07-02",
                "del 30 de junio al 2 de julio de 2008",
                "30 June – 2 July 2008",
            ),
            (
                "2008-12-30/2009-01-02",
                "del 30 de diciembre de 2008 al 2 de enero de 2009",
                "30 December 2008 – 2 January 2009",
            ),
            ("2008-05/2008-06", "mayo y junio de 2008", "May–June 2008"),
            (
                "2008-03/2008-06",
                "de marzo a junio de 2008",
                "March–June 2008",
            ),
            (
                "2008-05/2009-06",
                "de mayo de 2008 a junio de 2009",
                "May 2008 – June 2009",
            ),
            ("2005/2008", "2005–2008", "2005–2008"),
            (
                "2005/2008-06",
                "de 2005 a junio de 2008",
                "2005 – June 2008",
            ),
            ("2002/..", "desde 2002", "since 2002"),
            ("2002-05/..", "desde mayo de 2002", "since May 2002"),
            (
                "2002-05-03/..",
                "desde el 3 de mayo de 2002",
                "since 3 May 2002",
            ),
            ("2004-21", "primavera de 2004", "spring 2004"),
            ("2004-24", "invierno de 2004", "winter 2004"),
            (
                "2011-02~",
                "aproximadamente febrero de 2011",
                "about February 2011",
            ),
            ("2011?", "2011 (fecha incierta)", "2011 (date uncertain)"),
            (
                "2011%",
                "aproximadamente 2011 (fecha incierta)",
                "about 2011 (date uncertain)",
            ),
            ("2002~/..", "desde aproximadamente 2002", "since about 2002"),
            (
                "2005~/2008",
                "de aproximadamente 2005 a 2008",
                "about 2005 – 2008",
            ),
        ] {
            let date: Partial = date.parse().unwrap();
            assert_eq!(spanish.date(&date), es);
            assert_eq!(english.date(&date), en);
        }
    }

    #[test]
    fn a_day_has_its_month_in_words() {
        let day = Date::constant(2011, 10, 31);
        assert_eq!(Wording::get(Tongue::Spanish).month(day), "octubre de 2011");
        assert_eq!(Wording::get(Tongue::English).day(day), "31 October 2011");
        assert_eq!(
            Wording::get(Tongue::Spanish).until(Partial::day(day).start()),
            "hasta el 31 de octubre de 2011"
        );
    }
}
