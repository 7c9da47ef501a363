//! Where bytes are among bytes.

/// Where the needle is first, not before `from`.
pub(crate) fn find(bytes: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    let (&first, rest) = needle.split_first()?;
    let mut at = from;
    loop {
        let left = bytes.get(at..)?;
        at += left.iter().position(|&byte| byte == first)? + 1;
        if bytes[at..].starts_with(rest) {
            return Some(at - 1);
        }
    }
}

pub(crate) fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    find(bytes, needle, 0).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_needle_is_found_where_it_is_first() {
        assert_eq!(find(b"aab", b"ab", 0), Some(1));
        assert_eq!(find(b"abab", b"ab", 1), Some(2));
        assert_eq!(find(b"aba", b"ab", 1), None);
        assert_eq!(find(b"ab", b"ab", 9), None);
        assert_eq!(find(b"a", b"ab", 0), None);
        assert_eq!(find(b"a", b"", 0), None);
        assert!(contains(b"xa", b"a"));
    }
}
