use crate::{Tongue, Wording};

impl Wording {
    /// A whole number with its separators; both languages of the region write 282,724.
    pub fn number(&self, value: impl TryInto<i128>) -> String {
        value.try_into().map_or_else(|_| String::new(), separated)
    }

    /// A sum in whole units: `US$ 282,724`.
    pub fn money(&self, currency: &str, amount: u64) -> String {
        let sign = match currency {
            "USD" => "US$",
            other => other,
        };
        format!("{sign} {}", separated(i128::from(amount)))
    }

    /// A share given in hundredths of a per cent: `17.69%`, in Spanish `17.69 %`.
    pub fn share(&self, hundredths: u32) -> String {
        let gap = match self.tongue() {
            Tongue::Spanish => "\u{a0}",
            Tongue::English => "",
        };
        format!("{}.{:02}{gap}%", hundredths / 100, hundredths % 100)
    }
}

/// A number as messages show it.
pub(crate) fn plain(value: f64) -> String {
    // Whole numbers up to here are exactly what they say.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() != 0.0 {
        value.to_string()
    } else if value.abs() < EXACT {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a whole number within the range was just asked for"
        )]
        separated(value as i128)
    } else {
        format!("{value:.0}")
            .parse()
            .map_or_else(|_| value.to_string(), separated)
    }
}

fn separated(value: i128) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if value < 0 {
        out.push('−');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_a_comma_at_every_thousand() {
        for (value, text) in [
            (0, "0"),
            (999, "999"),
            (1_000, "1,000"),
            (282_724, "282,724"),
            (-1_234_567, "−1,234,567"),
        ] {
            assert_eq!(Wording::get(Tongue::Spanish).number(value), text);
            assert_eq!(Wording::get(Tongue::English).number(value), text);
        }
    }

    #[test]
    fn a_number_in_a_message_says_what_it_is() {
        for (value, text) in [
            (0.0, "0"),
            (1_204.0, "1,204"),
            (-1_234_567.0, "−1,234,567"),
            (9_007_199_254_740_991.0, "9,007,199,254,740,991"),
            (1e18, "1,000,000,000,000,000,000"),
            (0.5, "0.5"),
            (-12.25, "-12.25"),
            (f64::INFINITY, "inf"),
        ] {
            assert_eq!(plain(value), text);
        }
    }

    #[test]
    fn sums_and_shares_are_written_as_the_region_writes_them() {
        let [spanish, english] = Tongue::ALL.map(Wording::get);
        assert_eq!(spanish.money("USD", 282_724), "US$ 282,724");
        assert_eq!(english.money("USD", 282_724), "US$ 282,724");
        assert_eq!(english.money("CHF", 5), "CHF 5");
        assert_eq!(english.share(1769), "17.69%");
        assert_eq!(spanish.share(10_001), "100.01\u{a0}%");
        assert_eq!(spanish.share(305), "3.05\u{a0}%");
    }
}
