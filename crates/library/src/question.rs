use tantivy::Term;
use tantivy::query::{BooleanQuery, BoostQuery, FuzzyTermQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use crate::library::Fields;
use crate::words::{Tongue, cut, is_idle, plain};

/// What is read of a question; the rest of a longer one is left.
const LONGEST_QUESTION: usize = 400;
const MOST_WORDS: usize = 12;
/// Shorter beginnings would stand for half the index.
const SHORTEST_BEGINNING: usize = 2;
/// Of shorter words, one letter away is another word.
const SHORTEST_MISTYPED: usize = 4;

/// What a reader typed, as words. Nothing in it is an operator, so that nothing in it can be out of form.
#[derive(Debug)]
pub(crate) struct Question {
    words: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    /// Lower case, without accents.
    plain: String,
    spanish: Vec<String>,
    english: Vec<String>,
}

/// How strictly a word is taken.
#[derive(Debug, Clone, Copy)]
enum Reading {
    Stem,
    /// The stem, or whatever begins like this: for the last word, which may still be being typed.
    Beginning,
    /// One letter more, less or other.
    Mistyped,
}

impl Question {
    pub(crate) fn read(text: &str) -> Self {
        let text: String = text.chars().take(LONGEST_QUESTION).collect();
        let mut spanish = Tongue::Spanish.analyzer();
        let mut english = Tongue::English.analyzer();
        let mut words: Vec<Word> = cut(&mut plain(), &text)
            .into_iter()
            .filter(|word| !word.is_empty())
            .map(|plain| Word {
                spanish: cut(&mut spanish, &plain),
                english: cut(&mut english, &plain),
                plain,
            })
            .collect();
        if words.iter().any(|word| !is_idle(&word.plain)) {
            words.retain(|word| !is_idle(&word.plain));
        }
        words.truncate(MOST_WORDS);
        Self { words }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The queries to try one after another, from the strictest.
    pub(crate) fn attempts(&self, tongue: Tongue, fields: Fields) -> Vec<BooleanQuery> {
        vec![
            self.query(Occur::Must, Reading::Beginning, tongue, fields),
            self.query(Occur::Should, Reading::Beginning, tongue, fields),
            self.query(Occur::Must, Reading::Mistyped, tongue, fields),
            self.query(Occur::Should, Reading::Mistyped, tongue, fields),
        ]
    }

    fn query(&self, occur: Occur, last: Reading, tongue: Tongue, fields: Fields) -> BooleanQuery {
        let count = self.words.len();
        let clauses = self.words.iter().enumerate().map(|(index, word)| {
            let reading = match last {
                Reading::Beginning if index + 1 < count => Reading::Stem,
                Reading::Stem | Reading::Beginning | Reading::Mistyped => last,
            };
            let query: Box<dyn Query> = Box::new(word.query(reading, tongue, fields));
            (occur, query)
        });
        BooleanQuery::new(clauses.collect())
    }
}

impl Word {
    fn stems(&self, tongue: Tongue) -> &[String] {
        match tongue {
            Tongue::Spanish => &self.spanish,
            Tongue::English => &self.english,
        }
    }

    /// The word in any field; titles and the reader's own language weigh more.
    fn query(&self, reading: Reading, reader: Tongue, fields: Fields) -> BooleanQuery {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::new();
        for tongue in Tongue::ALL {
            let own = if tongue == reader { 2.0 } else { 1.0 };
            let (title, body) = fields.of(tongue);
            for (field, weight) in [(title, 3.0 * own), (body, own)] {
                for query in self.in_field(field, tongue, reading) {
                    clauses.push((Occur::Should, Box::new(BoostQuery::new(query, weight))));
                }
            }
        }
        BooleanQuery::new(clauses)
    }

    fn in_field(&self, field: Field, tongue: Tongue, reading: Reading) -> Vec<Box<dyn Query>> {
        let stems = self
            .stems(tongue)
            .iter()
            .map(|stem| Term::from_field_text(field, stem));
        let exactly = |term| -> Box<dyn Query> {
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
        };
        match reading {
            Reading::Stem => stems.map(exactly).collect(),
            Reading::Beginning => {
                let mut queries: Vec<Box<dyn Query>> = stems.map(exactly).collect();
                if self.plain.chars().count() >= SHORTEST_BEGINNING {
                    let begins = Term::from_field_text(field, &self.plain);
                    let begins = FuzzyTermQuery::new_prefix(begins, 0, false);
                    // A word that only begins so must not outweigh the word itself.
                    queries.push(Box::new(BoostQuery::new(Box::new(begins), 0.3)));
                }
                queries
            }
            Reading::Mistyped => stems
                .map(|term| -> Box<dyn Query> {
                    if self.plain.chars().count() < SHORTEST_MISTYPED {
                        return exactly(term);
                    }
                    Box::new(FuzzyTermQuery::new(term, 1, true))
                })
                .collect(),
        }
    }
}
