//! The site's source over the live registrar, and the search index that follows it.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use comity_library::{Entry, Library, Tongue};
use comity_registrar::{ActProof, GrowthProof, Registrar, Snapshot, Standing};
use comity_view::{Date, Language, SearchEntry, Seat, View};
use comity_web::{
    Acronym, Answering, Behind, Checkpoint, Found, Freshness, Given, Glossary, Inclusion,
    PublicHead, RecordProof, SnapshotKey, Source, SourceError, Term, Thing,
};

/// The site's source: whoever asks is the public until there are seats to sign in from.
pub struct Live {
    registrar: Registrar,
    index: RwLock<Option<Arc<Index>>>,
}

/// What can be found in one state.
struct Index {
    /// Root of the tree that the entries were taken from.
    root: String,
    library: Library,
    /// Links and what they are about, by the key of their entry and language.
    found: BTreeMap<(String, Language), Found>,
}

impl Live {
    pub const fn new(registrar: Registrar) -> Self {
        Self {
            registrar,
            index: RwLock::new(None),
        }
    }

    fn snapshot(&self) -> Arc<Snapshot> {
        self.registrar
            .snapshot()
            .expect("a site is only opened over a register that has its rules")
    }

    /// The index of the present state, built when it is first asked for after a change.
    fn index(&self) -> Option<Arc<Index>> {
        let root = self.snapshot().root.clone();
        let held = self
            .index
            .read()
            .ok()?
            .clone()
            .filter(|index| index.root == root);
        if held.is_some() {
            return held;
        }
        let built = Arc::new(self.build(root)?);
        *self.index.write().ok()? = Some(Arc::clone(&built));
        Some(built)
    }

    fn build(&self, root: String) -> Option<Index> {
        let mut found = BTreeMap::new();
        let mut entries = Vec::new();
        for language in Language::ALL {
            for entry in self.view(Seat::Public, language, None).search_entries() {
                let key = key(&entry);
                let (title, about) = match language {
                    Language::Es => (entry.title_es.clone(), entry.body_es.clone()),
                    Language::En => (entry.title_en.clone(), entry.body_en.clone()),
                };
                // An acronym has no page of its own: the glossary explains it.
                let Some(mut link) = entry.link.clone() else {
                    continue;
                };
                link.label.text = title;
                found.insert(
                    (key.clone(), language),
                    Found {
                        link,
                        about: brief(&about),
                    },
                );
                if language == Language::Es {
                    entries.push(Entry {
                        key,
                        kind: entry.kind.to_owned(),
                        titles_es: vec![entry.title_es],
                        titles_en: vec![entry.title_en],
                        bodies_es: vec![entry.body_es],
                        bodies_en: vec![entry.body_en],
                    });
                }
            }
        }
        match Library::build(entries) {
            Ok(library) => Some(Index {
                root,
                library,
                found,
            }),
            Err(error) => {
                tracing::error!(%error, "the search index could not be built");
                None
            }
        }
    }
}

fn unread(error: &comity_registrar::Error) -> SourceError {
    SourceError(error.to_string())
}

/// The beginning of a text, cut between words; nothing of an empty one.
fn brief(text: &str) -> Option<String> {
    const LETTERS: usize = 180;
    let Some((end, _)) = text.char_indices().nth(LETTERS) else {
        return (!text.is_empty()).then(|| text.to_owned());
    };
    let cut = text[..end].rfind(' ').unwrap_or(end);
    Some(format!("{} …", &text[..cut]))
}

fn key(entry: &SearchEntry) -> String {
    format!("{}/{}", entry.kind, entry.id)
}

impl Source for Live {
    fn view(&self, seat: Seat, language: Language, on: Option<Date>) -> View {
        self.registrar
            .view(seat, language, on)
            .expect("a site is only opened over a register that has its rules")
    }

    fn today(&self) -> Date {
        self.registrar.today()
    }

    fn snapshot_key(&self) -> SnapshotKey {
        let snapshot = self.snapshot();
        let head = self.registrar.public_head();
        SnapshotKey {
            size: head.size,
            root: head.root.to_string(),
            open: snapshot.open.clone(),
            rules_hash: snapshot.rules_hash.clone(),
            demo: snapshot.demo,
        }
    }

    fn record<'a>(&'a self, act: &'a str) -> Answering<'a, Option<RecordProof>> {
        Box::pin(async move {
            let sealed = self
                .registrar
                .record(Seat::Public, act)
                .await
                .map_err(|error| SourceError(error.to_string()))?;
            Ok(sealed.map(|sealed| RecordProof {
                text: String::from_utf8_lossy(&sealed.blob).into_owned(),
                leaf: sealed.leaf.to_string(),
                inclusion: sealed.proof.map(|proof| Inclusion {
                    position: proof.position,
                    size: proof.head.size,
                    root: proof.head.root.to_string(),
                    path: proof.path.iter().map(ToString::to_string).collect(),
                }),
            }))
        })
    }

    fn freshness(&self) -> Freshness {
        let why = match self.registrar.standing() {
            Standing::Following => return Freshness::Current,
            Standing::CutOff => Behind::CutOff,
            Standing::Stopped(_) => Behind::Stopped,
            Standing::Halted(_) => Behind::Halted,
        };
        Freshness::AsOf {
            at: self.registrar.as_of(),
            why,
        }
    }

    fn as_of(&self) -> Option<comity_registrar::Timestamp> {
        Some(self.registrar.as_of_told())
    }

    fn public_head(&self) -> PublicHead {
        let head = self.registrar.public_head();
        PublicHead {
            size: head.size,
            root: head.root.to_string(),
        }
    }

    fn checkpoint(&self) -> Answering<'_, Checkpoint> {
        Box::pin(async move {
            let checkpoint = self
                .registrar
                .public_checkpoint()
                .map_err(|error| unread(&error))?;
            let head = checkpoint.head();
            let signers = self.registrar.signers();
            Ok(Checkpoint {
                origin: checkpoint.origin().to_owned(),
                size: head.size,
                root: head.root.to_string(),
                text: checkpoint.to_string(),
                note: self
                    .registrar
                    .sign(&checkpoint)
                    .map(|note| note.to_string()),
                keys: signers.iter().map(ToString::to_string).collect(),
            })
        })
    }

    fn act_proof<'a>(&'a self, act: &'a str) -> Answering<'a, Given> {
        Box::pin(async move {
            let proof = self.registrar.act_proof(Seat::Public, act).await;
            Ok(match proof.map_err(|error| unread(&error))? {
                ActProof::Unknown => Given::Absent,
                ActProof::Pending => Given::Pending,
                ActProof::Unsigned => Given::Unsigned,
                ActProof::Proven(proof) => Given::Text(proof.to_string()),
            })
        })
    }

    fn growth_proof(&self, old_size: u64) -> Answering<'_, Given> {
        Box::pin(async move {
            let proof = self.registrar.growth_proof(old_size).await;
            Ok(match proof.map_err(|error| unread(&error))? {
                GrowthProof::Beyond => Given::Absent,
                GrowthProof::Unsigned => Given::Unsigned,
                GrowthProof::Proven(proof) => Given::Text(proof.to_string()),
            })
        })
    }

    fn tile<'a>(&'a self, path: &'a str) -> Answering<'a, Option<Vec<u8>>> {
        Box::pin(async move {
            let Ok(tile) = path.parse() else {
                return Ok(None);
            };
            self.registrar
                .tile(tile)
                .await
                .map_err(|error| unread(&error))
        })
    }

    fn search(&self, language: Language, question: &str, limit: usize) -> Vec<Found> {
        let Some(index) = self.index() else {
            return Vec::new();
        };
        let tongue = match language {
            Language::Es => Tongue::Spanish,
            Language::En => Tongue::English,
        };
        let hits = index
            .library
            .search(tongue, question, limit)
            .unwrap_or_else(|error| {
                tracing::error!(%error, "a search failed");
                Vec::new()
            });
        hits.into_iter()
            .filter_map(|hit| index.found.get(&(hit.key, language)).cloned())
            .collect()
    }

    fn things(&self, language: Language) -> Vec<Thing> {
        let state = self.registrar.state();
        // The act that last spoke of each thing.
        let mut spoken = BTreeMap::new();
        for line in &state.conference.acts {
            if let Some((kind, id)) = line.about() {
                spoken.insert(
                    (kind.table(), id.to_string()),
                    (line.id, line.recorded_at()),
                );
            }
        }
        let entries = self.view(Seat::Public, language, None).search_entries();
        let own_page =
            |entry: &SearchEntry| entry.link.as_ref().is_some_and(|link| link.id == entry.id);
        entries
            .into_iter()
            .filter(own_page)
            .filter_map(|entry| {
                let (act, entered_at) = *spoken.get(&(entry.kind, entry.id.clone()))?;
                let summary = match language {
                    Language::Es => entry.body_es,
                    Language::En => entry.body_en,
                };
                let summary = (!summary.is_empty()).then_some(summary);
                Some(Thing {
                    link: entry.link?,
                    summary,
                    act: act.to_string(),
                    entered_at,
                })
            })
            .collect()
    }

    fn glossary(&self, language: Language) -> Glossary {
        let view = self.view(Seat::Public, language, None);
        let other = self.view(Seat::Public, language.other(), None);
        let others: BTreeMap<String, (String, String)> = other
            .acronyms()
            .into_iter()
            .map(|line| (line.id, (line.acronym, line.meaning.text)))
            .collect();
        let acronyms = view.acronyms().into_iter().map(|line| {
            let (other, other_meaning) = others.get(&line.id).cloned().unwrap_or_default();
            Acronym {
                acronym: line.acronym,
                meaning: line.meaning.text,
                other,
                other_meaning,
            }
        });
        Glossary {
            acronyms: acronyms.collect(),
            terms: terms(&view),
        }
    }
}

/// The words of the rules: kinds of parties and bodies, documents, actions and steps.
fn terms(view: &View) -> Vec<Term> {
    let language = view.language();
    let rules = view.rules();
    let kinds = rules
        .party_kinds
        .iter()
        .map(|kind| &kind.name)
        .chain(rules.body_kinds.iter().map(|kind| &kind.name));
    let words = kinds.chain(rules.vocabulary.values().flat_map(BTreeMap::values));
    let mut terms: Vec<Term> = words
        .map(|text| Term {
            term: text.get(language).to_owned(),
            other: text.get(language.other()).to_owned(),
        })
        .collect();
    terms.sort_by(|left, right| view.compare(&left.term, &right.term));
    terms.dedup();
    terms
}
