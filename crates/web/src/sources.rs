use std::collections::BTreeSet;

use comity_view::Says;

use crate::frame::Frame;

/// What several rows rest on together: "Source: …, lines 286–309. 17 acts in the register." `None` without rows.
///
/// How print differs is said beside each row, not here.
pub(crate) fn together<'a>(
    frame: &Frame,
    rows: impl IntoIterator<Item = &'a Says>,
) -> Option<String> {
    let rows: Vec<&Says> = rows.into_iter().collect();
    let acts: BTreeSet<&str> = rows.iter().map(|says| says.act.as_str()).collect();
    if acts.is_empty() {
        return None;
    }
    let acts = frame.say_one("sources-acts", "count", acts.len());
    let lines = rows.iter().filter_map(|says| says.lines.as_deref());
    Some(of_lines(frame, lines).map_or_else(|| acts.clone(), |source| format!("{source} {acts}")))
}

/// What rules rest on, which have lines but no act of their own.
pub(crate) fn of_lines<'a>(
    frame: &Frame,
    lines: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    let spans = spans(lines);
    let count = if matches!(spans.as_slice(), [(first, last)] if first == last) {
        1
    } else {
        2
    };
    let written: Vec<String> = spans
        .iter()
        .map(|(first, last)| {
            if first == last {
                first.to_string()
            } else {
                format!("{first}–{last}")
            }
        })
        .collect();
    let values = [
        ("work", frame.work().into()),
        ("lines", written.join(", ").into()),
        ("count", count.into()),
    ];
    (!spans.is_empty()).then(|| frame.words().say_with("says-source", &values))
}

/// The lines of several rows as spans in their order, each once; what is no number is left out.
fn spans<'a>(lines: impl IntoIterator<Item = &'a str>) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> = lines
        .into_iter()
        .flat_map(|lines| lines.split(','))
        .filter_map(span)
        .collect();
    spans.sort_unstable();
    spans
        .into_iter()
        .fold(Vec::new(), |mut merged: Vec<(u32, u32)>, (first, last)| {
            match merged.last_mut() {
                Some((_, end)) if first <= *end + 1 => *end = (*end).max(last),
                _ => merged.push((first, last)),
            }
            merged
        })
}

fn span(text: &str) -> Option<(u32, u32)> {
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some((first.trim().parse().ok()?, last.trim().parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_several_rows_are_told_once() {
        assert_eq!(
            spans(["288, 305", "286-290, 291", "747"]),
            [(286, 291), (305, 305), (747, 747)]
        );
        assert_eq!(spans([]), []);
    }
}
