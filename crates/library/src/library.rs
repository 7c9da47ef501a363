use tantivy::collector::TopDocs;
use tantivy::directory::RamDirectory;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TokenizerManager;
use tantivy::{Index, IndexReader, ReloadPolicy, TantivyDocument};

use crate::Error;
use crate::question::Question;
use crate::words::Tongue;

/// What the writer may hold while it builds; given back when the index stands.
const WRITER_BYTES: usize = 15_000_000;

/// Something that can be found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// By which whoever asks recognises it.
    pub key: String,
    /// What sort of thing it is; handed back as it came.
    pub kind: String,
    /// Names and titles: they weigh more than bodies.
    pub titles_es: Vec<String>,
    pub titles_en: Vec<String>,
    pub bodies_es: Vec<String>,
    pub bodies_en: Vec<String>,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub key: String,
    pub kind: String,
    /// Comparable within one answer only.
    pub score: f32,
}

/// An index over entries, in memory.
pub struct Library {
    reader: IndexReader,
    fields: Fields,
    /// Key and kind of each entry. INVARIANT: the index has one segment, written in this order, so that an entry's
    /// number in the segment is its place here.
    known: Vec<(String, String)>,
}

impl std::fmt::Debug for Library {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Library")
            .field("entries", &self.known.len())
            .finish_non_exhaustive()
    }
}

/// Where titles and bodies of each language stand in the index.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    title_es: Field,
    title_en: Field,
    body_es: Field,
    body_en: Field,
}

impl Fields {
    /// Titles and bodies of a language.
    pub(crate) const fn of(self, tongue: Tongue) -> (Field, Field) {
        match tongue {
            Tongue::Spanish => (self.title_es, self.body_es),
            Tongue::English => (self.title_en, self.body_en),
        }
    }
}

impl Library {
    /// Indexes the entries.
    ///
    /// # Example: without accents, in the other language, half typed
    /// ```
    /// use comity_library::{Entry, Library, Tongue};
    /// let library = Library::build([Entry {
    ///     key: "memorandum".to_owned(),
    ///     kind: "document".to_owned(),
    ///     titles_es: vec!["Memorando sobre la repatriación".to_owned()],
    ///     titles_en: vec!["Memorandum on repatriation".to_owned()],
    ///     ..Entry::default()
    /// }])?;
    /// for question in ["repatriacion", "repatriation", "REPATRIACIONES", "memo repat"] {
    ///     assert_eq!(library.search(Tongue::Spanish, question, 10)?[0].key, "memorandum");
    /// }
    /// # Ok::<(), comity_library::Error>(())
    /// ```
    pub fn build(entries: impl IntoIterator<Item = Entry>) -> Result<Self, Error> {
        let (schema, fields) = schema();
        let tokenizers = TokenizerManager::new();
        for tongue in Tongue::ALL {
            tokenizers.register(tongue.analyzer_name(), tongue.analyzer());
        }
        let mut writer = Index::builder()
            .schema(schema)
            .tokenizers(tokenizers)
            .single_segment_index_writer::<TantivyDocument>(RamDirectory::create(), WRITER_BYTES)?;
        let mut known = Vec::new();
        for entry in entries {
            writer.add_document(document(fields, &entry))?;
            known.push((entry.key, entry.kind));
        }
        let index = writer.finalize()?;
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()?;
        Ok(Self {
            reader,
            fields,
            known,
        })
    }

    /// How many entries it holds.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Finds entries, the best first. The reader's language weighs more; the other one is searched too.
    ///
    /// Entries with every word come first; where there are none, those with any of the words; where there are none of
    /// these either, those with a word one letter away. No text is out of form for it.
    pub fn search(&self, tongue: Tongue, question: &str, limit: usize) -> Result<Vec<Hit>, Error> {
        let question = Question::read(question);
        if question.is_empty() || limit == 0 || self.is_empty() {
            return Ok(Vec::new());
        }
        let searcher = self.reader.searcher();
        let top = TopDocs::with_limit(limit.min(self.len())).order_by_score();
        for attempt in question.attempts(tongue, self.fields) {
            let found = searcher.search(&attempt, &top)?;
            if !found.is_empty() {
                return Ok(found
                    .into_iter()
                    .filter_map(|(score, at)| self.hit(score, at.doc_id))
                    .collect());
            }
        }
        Ok(Vec::new())
    }

    fn hit(&self, score: f32, number: u32) -> Option<Hit> {
        let (key, kind) = self.known.get(number as usize)?;
        Some(Hit {
            key: key.clone(),
            kind: kind.clone(),
            score,
        })
    }
}

fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let mut field = |name: &str, tongue: Tongue| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tongue.analyzer_name())
            .set_index_option(IndexRecordOption::WithFreqs);
        schema.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
    };
    let fields = Fields {
        title_es: field("title_es", Tongue::Spanish),
        title_en: field("title_en", Tongue::English),
        body_es: field("body_es", Tongue::Spanish),
        body_en: field("body_en", Tongue::English),
    };
    (schema.build(), fields)
}

fn document(fields: Fields, entry: &Entry) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    for (field, texts) in [
        (fields.title_es, &entry.titles_es),
        (fields.title_en, &entry.titles_en),
        (fields.body_es, &entry.bodies_es),
        (fields.body_en, &entry.bodies_en),
    ] {
        for text in texts {
            document.add_text(field, text);
        }
    }
    document
}
