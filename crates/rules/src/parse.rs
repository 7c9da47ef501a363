use toml::de::{DeTable, DeValue};

use crate::{Fault, Faults, Model, Rules, check};

impl Rules {
    /// Reads and checks a rules file.
    ///
    /// # Errors
    /// Every fault, each with its line and a remedy: a text that is not TOML, a key or value of the wrong shape, or a
    /// reference to something that the file does not define.
    pub fn parse(text: &str) -> Result<Self, Faults> {
        let lines = Lines::new(text)?;
        let model: Model = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            Faults(vec![Fault {
                line,
                key: lines.key_at(line),
                what: error.message().to_owned(),
                remedy:
                    "compare the table with rules/rcm-2011/rules.toml, which shows every key once"
                        .to_owned(),
            }])
        })?;
        let faults: Vec<Fault> = check::faults(&model)
            .into_iter()
            .map(|found| Fault {
                line: lines.line_of(&found.path),
                key: found.path.join("."),
                what: found.what,
                remedy: found.remedy,
            })
            .collect();
        if faults.is_empty() {
            Ok(Self {
                text: text.to_owned(),
                model,
                seats: Vec::new(),
            })
        } else {
            Err(Faults(faults))
        }
    }
}

/// Where each key of the file stands.
struct Lines<'a> {
    text: &'a str,
    table: toml::Spanned<DeTable<'a>>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Result<Self, Faults> {
        let table = DeTable::parse(text).map_err(|error| {
            Faults(vec![Fault {
                line: error.span().map_or(1, |span| line_of(text, span.start)),
                key: String::new(),
                what: format!("not TOML: {}", error.message()),
                remedy: "mend the line; strings stand in double quotes, tables in [brackets]"
                    .to_owned(),
            }])
        })?;
        Ok(Self { text, table })
    }

    /// The line of the deepest part of a path that stands in the file.
    fn line_of(&self, path: &[String]) -> usize {
        let mut start = 0;
        let mut here: Option<&toml::Spanned<DeValue<'_>>> = None;
        for part in path {
            let next = match here.map(toml::Spanned::get_ref) {
                None => self.table.get_ref().get(part.as_str()),
                Some(DeValue::Table(table)) => table.get(part.as_str()),
                Some(DeValue::Array(array)) => {
                    part.parse().ok().and_then(|index: usize| array.get(index))
                }
                Some(_) => None,
            };
            let Some(next) = next else { break };
            start = next.span().start;
            here = Some(next);
        }
        line_of(self.text, start)
    }

    fn key_at(&self, line: usize) -> String {
        let text = self.text.lines().nth(line - 1).unwrap_or_default();
        text.split('=').next().unwrap_or_default().trim().to_owned()
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text[..offset.min(text.len())]
        .bytes()
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}
