//! The text in both languages side by side, with what changed since the one before.

use comity_rules::Text;

use super::Paragraph;

/// A paragraph, with what stood there before where that was another.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Side {
    pub number: usize,
    pub es: Vec<Part>,
    pub en: Vec<Part>,
}

/// A piece of a paragraph: as it was, new, or gone.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Part {
    pub text: String,
    pub is: &'static str,
}

/// Each paragraph in pieces.
pub fn sides(text: &[Paragraph]) -> Vec<Side> {
    let sides = text.iter().map(|paragraph| {
        let before = paragraph.before.as_ref();
        Side {
            number: paragraph.number,
            es: parts(before.map(Text::es), &paragraph.es),
            en: parts(before.map(Text::en), &paragraph.en),
        }
    });
    sides.collect()
}

/// The text by itself, without what stood there before.
pub fn clean(text: &[Paragraph]) -> Vec<Side> {
    let stands = text.iter().filter(|paragraph| paragraph.number > 0);
    let clean: Vec<Paragraph> = stands
        .map(|paragraph| Paragraph {
            before: None,
            ..paragraph.clone()
        })
        .collect();
    sides(&clean)
}

/// What is new and what is gone, word by word.
fn parts(before: Option<&str>, now: &str) -> Vec<Part> {
    let Some(before) = before else {
        return vec![Part {
            text: now.to_owned(),
            is: "same",
        }];
    };
    let diff = similar::TextDiff::from_words(before, now);
    let mut parts: Vec<Part> = Vec::new();
    for change in diff.iter_all_changes() {
        let is = match change.tag() {
            similar::ChangeTag::Equal => "same",
            similar::ChangeTag::Insert => "new",
            similar::ChangeTag::Delete => "gone",
        };
        match parts.last_mut() {
            Some(last) if last.is == is => last.text.push_str(change.value()),
            // Read aloud or copied, the one is not to run into the other.
            Some(last) if last.is == "gone" && is == "new" => {
                last.text.push(' ');
                parts.push(Part {
                    text: change.value().to_owned(),
                    is,
                });
            }
            _ => parts.push(Part {
                text: change.value().to_owned(),
                is,
            }),
        }
    }
    parts
}
