//! Which paragraph of a text became which of the next one: a paragraph that went, came in or moved along hides no other
//! (B.5-5).

use std::collections::BTreeSet;

use comity_rules::Text;

use super::Paragraph;

/// What two paragraphs that are the same count for; of two that are alike, the part of their words that they share.
const SAME: u32 = 1_000;
/// Less than this is another paragraph.
const ALIKE: u32 = 400;

/// The paragraphs of a text in their order, each with what it was before where that was otherwise. One that is new was nothing
/// before; one that went stands where it was, without a number and with no text of its own.
pub(crate) fn paragraphs(text: &[Text], before: Option<&[Text]>) -> Vec<Paragraph> {
    let Some(before) = before.filter(|before| *before != text) else {
        let lines = (1..).zip(text);
        return lines
            .map(|(number, text)| line(number, text, None))
            .collect();
    };
    let mut lines = Vec::new();
    let (mut old, mut new) = (0, 0);
    for (from, to) in pairs(before, text)
        .into_iter()
        .chain([(before.len(), text.len())])
    {
        lines.extend(before[old..from].iter().map(gone));
        let added = (new + 1..).zip(&text[new..to]);
        let nothing = || Some(Text::new("", ""));
        lines.extend(added.map(|(number, text)| line(number, text, nothing())));
        if let (Some(was), Some(is)) = (before.get(from), text.get(to)) {
            let was = Some(was.clone()).filter(|was| was != is);
            lines.push(line(to + 1, is, was));
        }
        (old, new) = (from + 1, to + 1);
    }
    lines
}

fn line(number: usize, text: &Text, before: Option<Text>) -> Paragraph {
    Paragraph {
        number,
        es: text.es().to_owned(),
        en: text.en().to_owned(),
        before,
    }
}

fn gone(text: &Text) -> Paragraph {
    line(0, &Text::new("", ""), Some(text.clone()))
}

/// The places of paragraphs that became one another, in order, so that together they are as alike as can be.
fn pairs(before: &[Text], text: &[Text]) -> Vec<(usize, usize)> {
    // Most of a text is as it was: what is the same from the beginning and from the end is not held against all others.
    let same = |(one, other): &(&Text, &Text)| one == other;
    let first = before.iter().zip(text).take_while(same).count();
    let (old, new) = (&before[first..], &text[first..]);
    let ends = old.iter().rev().zip(new.iter().rev());
    let last = ends.take_while(same).count();
    let (old_end, new_end) = (before.len() - last, text.len() - last);
    let head = (0..first).map(|place| (place, place));
    let between = best_pairs(&before[first..old_end], &text[first..new_end]);
    let between = between
        .into_iter()
        .map(|(from, to)| (first + from, first + to));
    let tail = (0..last).map(|place| (old_end + place, new_end + place));
    head.chain(between).chain(tail).collect()
}

fn best_pairs(before: &[Text], text: &[Text]) -> Vec<(usize, usize)> {
    let old: Vec<_> = before.iter().map(words).collect();
    let new: Vec<_> = text.iter().map(words).collect();
    let score = |from: usize, to: usize| {
        if before[from] == text[to] {
            SAME
        } else {
            alike(&old[from], &new[to])
        }
    };
    // best[from][to]: what the paragraphs from there on can come to.
    let mut best = vec![vec![0_u32; text.len() + 1]; before.len() + 1];
    for from in (0..before.len()).rev() {
        for to in (0..text.len()).rev() {
            let without = best[from + 1][to].max(best[from][to + 1]);
            let with = match score(from, to) {
                0 => 0,
                score => score + best[from + 1][to + 1],
            };
            best[from][to] = without.max(with);
        }
    }
    let (mut from, mut to, mut found) = (0, 0, Vec::new());
    while from < before.len() && to < text.len() {
        if best[from][to] == best[from + 1][to] {
            from += 1;
        } else if best[from][to] == best[from][to + 1] {
            to += 1;
        } else {
            found.push((from, to));
            (from, to) = (from + 1, to + 1);
        }
    }
    found
}

fn words(text: &Text) -> BTreeSet<&str> {
    let both = [text.es(), text.en()].into_iter();
    both.flat_map(str::split_whitespace).collect()
}

/// The part of the words of two paragraphs that both have, in thousandths; nothing where it is small.
fn alike(one: &BTreeSet<&str>, other: &BTreeSet<&str>) -> u32 {
    let most = one.len().max(other.len()).max(1);
    let shared = one.intersection(other).count();
    let part = u32::try_from(shared * 999 / most).unwrap_or(0);
    if part < ALIKE { 0 } else { part }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(words: &[&str]) -> Vec<Text> {
        let both = |words: &&str| Text::new(*words, words.to_uppercase());
        words.iter().map(both).collect()
    }

    /// Number, Spanish, what it was before in Spanish.
    fn shown(before: &[&str], now: &[&str]) -> Vec<(usize, String, Option<String>)> {
        let (before, now) = (text(before), text(now));
        let lines = paragraphs(&now, Some(&before)).into_iter();
        lines
            .map(|line| {
                let was = line.before.map(|was| was.es().to_owned());
                (line.number, line.es, was)
            })
            .collect()
    }

    fn own(number: usize, now: &str, was: Option<&str>) -> (usize, String, Option<String>) {
        (number, now.to_owned(), was.map(str::to_owned))
    }

    const A: &str = "el taller es en diciembre";
    const B: &str = "la sede es la capital";
    const C: &str = "quien preside invita a todos";

    #[test]
    fn one_that_went_stands_where_it_was() {
        let first = [own(0, "", Some(A)), own(1, B, None), own(2, C, None)];
        assert_eq!(shown(&[A, B, C], &[B, C]), first);
        let last = [own(1, A, None), own(2, B, None), own(0, "", Some(C))];
        assert_eq!(shown(&[A, B, C], &[A, B]), last);
    }

    #[test]
    fn one_that_came_in_was_nothing_before() {
        let first = [own(1, C, Some("")), own(2, A, None), own(3, B, None)];
        assert_eq!(shown(&[A, B], &[C, A, B]), first);
        let last = [own(1, A, None), own(2, B, None), own(3, C, Some(""))];
        assert_eq!(shown(&[A, B], &[A, B, C]), last);
    }

    #[test]
    fn one_that_changed_is_held_against_what_it_was() {
        let other = "el taller es en noviembre";
        let changed = [own(1, C, Some("")), own(2, other, Some(A)), own(3, B, None)];
        assert_eq!(shown(&[A, B], &[C, other, B]), changed);
        // Another one in its place is no change of it.
        let replaced = [own(0, "", Some(A)), own(1, C, Some("")), own(2, B, None)];
        assert_eq!(shown(&[A, B], &[C, B]), replaced);
        assert_eq!(shown(&[A, B], &[A, B]), [own(1, A, None), own(2, B, None)]);
    }

    #[test]
    fn one_that_is_there_twice_is_one_of_them_that_went() {
        let twice = [own(1, A, None), own(2, B, None), own(0, "", Some(B))];
        assert_eq!(shown(&[A, B, B], &[A, B]), twice);
        let went = [own(1, A, None), own(2, C, Some("")), own(3, A, None)];
        assert_eq!(shown(&[A, A], &[A, C, A]), went);
        let nothing: [(usize, String, Option<String>); 2] =
            [own(0, "", Some(A)), own(0, "", Some(B))];
        assert_eq!(shown(&[A, B], &[]), nothing);
    }
}
