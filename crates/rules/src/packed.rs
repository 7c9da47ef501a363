//! Several texts in one piece of memory: a register holds very many short ones, and what stands beside each would take as
//! much as they do.

/// Bits of a length that one letter holds, and the bit that says that another follows.
const BITS: u32 = 6;
const MORE: u8 = 1 << BITS;

/// Adds a text with its length before it: in ASCII letters, the lowest bits first.
pub fn push(part: &str, out: &mut String) {
    let mut left = part.len();
    loop {
        let low = (left & (usize::from(MORE) - 1)) as u8;
        left >>= BITS;
        if left == 0 {
            out.push(char::from(low));
            break;
        }
        out.push(char::from(low | MORE));
    }
    out.push_str(part);
}

/// The first text of those that were [pushed](push), and what stands behind it.
///
/// # Panics
/// The texts were not made by [`push`].
pub fn take(packed: &str) -> (&str, &str) {
    let mut length = 0;
    for (place, letter) in packed.bytes().enumerate() {
        length |= usize::from(letter & (MORE - 1)) << (place as u32 * BITS);
        if letter & MORE == 0 {
            return packed[place + 1..].split_at(length);
        }
    }
    panic!("a packed text ends within its length")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_any_length_come_out_as_they_went_in() {
        let mut packed = String::new();
        let lengths = [0, 1, 63, 64, 4_095, 4_096, 300_000];
        for length in lengths {
            push(&"ñ".repeat(length), &mut packed);
        }
        let mut rest = packed.as_str();
        for length in lengths {
            let (part, behind) = take(rest);
            assert!(part == "ñ".repeat(length), "{length}");
            rest = behind;
        }
        assert_eq!(rest, "");
    }
}
