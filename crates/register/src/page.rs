//! Pages of records that a store answers as one value each, which is several times as fast as a row for each record.
//!
//! A page is taken apart only where everything fits: positions that follow on one another, lengths that add up. Of
//! anything else `None` is said, and the store reads row by row what stands there.

use crate::{Hash, Index, Indexed, Run, Stored};

/// The records of a page: the first and the last position, the lengths with commas between them, and the records one
/// after another. Nothing at all is a page past the end.
pub fn stored(
    first: Option<i64>,
    last: Option<i64>,
    lengths: Option<&str>,
    records: Option<&[u8]>,
) -> Option<Vec<Stored>> {
    let (Some(first), Some(last), Some(lengths), Some(records)) = (first, last, lengths, records)
    else {
        return Some(Vec::new());
    };
    let mut rest = Rest(records);
    let mut page = Vec::new();
    for (position, length) in (u64::try_from(first).ok()?..).zip(lengths.split(',')) {
        let blob = rest.take(length)?.to_vec();
        page.push(Stored { position, blob });
    }
    let contiguous = page.last()?.position == u64::try_from(last).ok()?;
    (contiguous && rest.0.is_empty()).then_some(page)
}

/// As [`stored`], in one piece, with the leaves one after another.
pub fn run(
    first: Option<i64>,
    last: Option<i64>,
    lengths: Option<&str>,
    records: Option<Vec<u8>>,
    leaves: Option<&[u8]>,
) -> Option<Run> {
    let (Some(first), Some(last), Some(lengths), Some(records), Some(leaves)) =
        (first, last, lengths, records, leaves)
    else {
        return None;
    };
    let (leaves, rest) = leaves.as_chunks::<{ Hash::BYTES }>();
    let leaves = leaves.iter().copied().map(Hash::from_bytes).collect();
    let lengths = lengths.split(',').map(|length| length.parse().ok());
    let run = Run::of_parts(u64::try_from(first).ok()?, lengths, records, leaves)?;
    let gapless = i64::try_from(run.len()).ok()? == last.checked_sub(first)?.checked_add(1)?;
    (gapless && rest.is_empty()).then_some(run)
}

/// The records of a page with their columns: how many there are, the numbers of each, and the bytes of all.
///
/// The numbers of a record are its position, its ordinal, and the lengths in bytes of act, command, at, kind, leaf and
/// record, with blanks between them; records are parted by commas. The bytes follow one another in the same order.
pub fn indexed(count: i64, numbers: Option<&str>, bytes: Option<&[u8]>) -> Option<Vec<Indexed>> {
    if count == 0 {
        return Some(Vec::new());
    }
    let mut rest = Rest(bytes?);
    let mut page: Vec<Indexed> = Vec::with_capacity(usize::try_from(count).ok()?);
    for numbers in numbers?.split(',') {
        let row = row(numbers, &mut rest)?;
        let before = page.last().map(|before| before.stored.position);
        let follows = before.is_none_or(|before| before + 1 == row.stored.position);
        follows.then_some(())?;
        page.push(row);
    }
    let whole = i64::try_from(page.len()) == Ok(count) && rest.0.is_empty();
    whole.then_some(page)
}

/// The leaves of a page, each with its position: how many there are, the first and the last position, and the leaves one
/// after another.
pub fn leaves(
    count: i64,
    first: Option<i64>,
    last: Option<i64>,
    leaves: Option<&[u8]>,
) -> Option<Vec<(i64, Vec<u8>)>> {
    let (Some(first), Some(last), Some(leaves)) = (first, last, leaves) else {
        return (count == 0).then(Vec::new);
    };
    let (leaves, rest) = leaves.as_chunks::<{ Hash::BYTES }>();
    let gapless = last.checked_sub(first)?.checked_add(1)? == count;
    let whole = i64::try_from(leaves.len()) == Ok(count) && rest.is_empty();
    (gapless && whole).then(|| {
        let leaves = leaves.iter().map(|leaf| leaf.to_vec());
        (first..).zip(leaves).collect()
    })
}

fn row(numbers: &str, rest: &mut Rest<'_>) -> Option<Indexed> {
    let mut numbers = numbers.split(' ');
    let position = numbers.next()?.parse().ok()?;
    let ordinal = numbers.next()?.parse().ok()?;
    let mut text = || String::from_utf8(rest.take(numbers.next()?)?.to_vec()).ok();
    let (act, command, at, kind) = (text()?, text()?, text()?, text()?);
    let leaf = rest.take(numbers.next()?)?.to_vec();
    let blob = rest.take(numbers.next()?)?.to_vec();
    numbers.next().is_none().then_some(Indexed {
        stored: Stored { position, blob },
        index: Index {
            act,
            command,
            ordinal,
            at,
            kind,
            leaf,
        },
    })
}

/// Bytes of which the beginning is taken away piece by piece.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, length: &str) -> Option<&'a [u8]> {
        let (piece, rest) = self.0.split_at_checked(length.parse().ok()?)?;
        self.0 = rest;
        Some(piece)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_taken_where_everything_fits() {
        let leaves = [7; 64];
        let run = |first, last, lengths, leaves: &[u8]| {
            let records = Some(b"aabbb".to_vec());
            super::run(
                Some(first),
                Some(last),
                Some(lengths),
                records,
                Some(leaves),
            )
        };
        let whole = run(7, 8, "2,3", &leaves).unwrap();
        let positions: Vec<u64> = whole.iter().map(|(position, ..)| position).collect();
        assert_eq!(positions, [7, 8]);
        assert!(run(7, 9, "2,3", &leaves).is_none(), "a gap");
        assert!(run(7, 8, "2,3", &leaves[1..]).is_none(), "a short leaf");
        assert!(run(7, 8, "2,3", &[7; 65]).is_none(), "a long leaf");
        assert!(run(7, 8, "2,4", &leaves).is_none(), "a short record");
        assert!(run(7, 8, "2,x", &leaves).is_none(), "no number");
        assert!(run(-1, 0, "2,3", &leaves).is_none(), "below the beginning");
    }

    fn two() -> Option<Vec<Stored>> {
        stored(Some(7), Some(8), Some("2,3"), Some(b"aabbb"))
    }

    #[test]
    fn records_are_taken_apart() {
        let page = two().unwrap();
        assert_eq!(page[0].position, 7);
        assert_eq!(page[1].position, 8);
        assert_eq!(page[0].blob, b"aa");
        assert_eq!(page[1].blob, b"bbb");
        assert_eq!(stored(None, None, None, None), Some(Vec::new()));
    }

    #[test]
    fn records_that_do_not_fit_are_left() {
        let left = |first, last, lengths, records: &[u8]| {
            assert_eq!(
                stored(Some(first), Some(last), Some(lengths), Some(records)),
                None
            );
        };
        left(7, 9, "2,3", b"aabbb");
        left(7, 7, "2,3", b"aabbb");
        left(-1, 0, "2,3", b"aabbb");
        left(7, 8, "2,4", b"aabbb");
        left(7, 8, "2,2", b"aabbb");
        left(7, 8, "2,-3", b"aabbb");
    }

    const NUMBERS: &str = "7 -2 1 2 1 2 2 3,8 0 1 2 1 2 2 1";
    const BYTES: &[u8] = b"AcoTki\xff\x00rrrBcuUkjllr";

    #[test]
    fn columns_are_taken_apart() {
        let page = indexed(2, Some(NUMBERS), Some(BYTES)).unwrap();
        let (first, second) = (&page[0], &page[1]);
        assert_eq!((first.stored.position, second.stored.position), (7, 8));
        assert_eq!((first.index.ordinal, second.index.ordinal), (-2, 0));
        assert_eq!(first.index.act, "A");
        assert_eq!(second.index.command, "cu");
        assert_eq!(first.index.at, "T");
        assert_eq!(second.index.kind, "kj");
        assert_eq!(first.index.leaf, b"\xff\x00");
        assert_eq!(first.stored.blob, b"rrr");
        assert_eq!(second.stored.blob, b"r");
        assert_eq!(indexed(0, None, None), Some(Vec::new()));
    }

    #[test]
    fn columns_that_do_not_fit_are_left() {
        let left = |count, numbers: &str, bytes: &[u8]| {
            assert_eq!(
                indexed(count, Some(numbers), Some(bytes)),
                None,
                "{numbers}"
            );
        };
        // A column that is missing in one row, as where it is null.
        left(3, NUMBERS, BYTES);
        left(1, NUMBERS, BYTES);
        left(2, &NUMBERS.replace("8 0", "9 0"), BYTES);
        left(2, &NUMBERS.replace("8 0", "7 0"), BYTES);
        left(2, &NUMBERS.replace("7 -2", "7 -"), BYTES);
        left(2, &NUMBERS.replace(" 3,", ","), BYTES);
        left(2, &NUMBERS.replace(" 3,", " 3 0,"), BYTES);
        left(2, NUMBERS, &BYTES[1..]);
        left(2, NUMBERS, &[BYTES, b"x"].concat());
        let not_utf8 = [b"\xff", &BYTES[1..]].concat();
        left(2, NUMBERS, &not_utf8);
        assert_eq!(indexed(2, None, None), None);
    }

    #[test]
    fn leaves_are_taken_apart_or_left() {
        let bytes = [[1; 32], [2; 32]].concat();
        let page = leaves(2, Some(7), Some(8), Some(&bytes)).unwrap();
        assert_eq!(page, [(7, vec![1; 32]), (8, vec![2; 32])]);
        assert_eq!(leaves(0, None, None, None), Some(Vec::new()));
        assert_eq!(leaves(2, None, None, None), None);
        assert_eq!(leaves(2, Some(7), Some(9), Some(&bytes)), None);
        assert_eq!(leaves(3, Some(7), Some(9), Some(&bytes)), None);
        assert_eq!(leaves(2, Some(7), Some(8), Some(&bytes[1..])), None);
    }
}
