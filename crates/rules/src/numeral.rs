/// A number as a Roman numeral: 14 is `XIV`. Zero has none and gives an empty text.
///
/// # Example: the number of a conference
/// ```
/// assert_eq!(comity_rules::roman(16), "XVI");
/// ```
pub fn roman(mut number: u16) -> String {
    const PARTS: [(u16, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut numeral = String::new();
    for (value, letters) in PARTS {
        while number >= value {
            numeral.push_str(letters);
            number -= value;
        }
    }
    numeral
}

#[cfg(test)]
mod tests {
    use super::roman;

    #[test]
    fn numerals_follow_the_usual_pattern() {
        for (number, numeral) in [
            (0, ""),
            (1, "I"),
            (4, "IV"),
            (9, "IX"),
            (14, "XIV"),
            (16, "XVI"),
            (40, "XL"),
            (1999, "MCMXCIX"),
        ] {
            assert_eq!(roman(number), numeral);
        }
    }
}
