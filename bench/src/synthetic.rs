//! Synthetic registers of any length: the record that ships, over and over, each copy under ids of its own, with a
//! correction for one fact in twenty. Kinds, lengths of texts and the number of references are those of the record.

use std::collections::BTreeSet;
use std::path::Path;

use comity_conference::{Act, ActBody, Fact, Origin};
use comity_record::{RecordFile, read};
use comity_register::{
    ActId, Appended, CommandId, Effective, Hash, Object, Record, RecordedAt, Register, Salt,
};
use comity_sqlite::SqliteRegister;
use serde_json::{Value, json};

use crate::machine;

/// Stands in a template where the number of the copy goes; no source holds this character.
const MARK: char = '\u{e000}';

/// One fact in so many is corrected.
const CORRECTED_ONE_IN: usize = 20;

/// Members of a body that hold words of the rules, of a language or of ISO, never ids.
const WORDS: [&str; 14] = [
    "branch",
    "code",
    "country",
    "currency",
    "en",
    "en_is",
    "es",
    "es_is",
    "is",
    "kind",
    "list",
    "recurrence",
    "status",
    "step",
];

/// All synthetic registers are beginnings of the same one.
const SEED: u64 = 2011;

/// Records appended at once when a register is made.
const BATCH: u64 = 5_000;

/// Makes the records of a synthetic register, one after another.
#[derive(Debug)]
pub struct Maker {
    rules: String,
    templates: Vec<Template>,
    /// Templates of a copy that are corrected at its end.
    corrected: Vec<usize>,
    seed: u64,
    next: u64,
}

#[derive(Debug)]
struct Template {
    kind: &'static str,
    body: String,
    origin: String,
    effective: Option<Effective>,
}

impl Maker {
    /// From the rules and the record in the folder of the project.
    pub fn new(project: &Path, seed: u64) -> Self {
        let rules = text(&project.join("rules/rcm-2011/rules.toml"));
        let mut files: Vec<(String, String)> =
            std::fs::read_dir(project.join("record/rcm-1996-2012"))
                .expect("the record is beside the program's source")
                .map(|entry| entry.expect("a folder that can be read").path())
                .map(|path| (path.display().to_string(), text(&path)))
                .collect();
        files.sort();
        let files: Vec<RecordFile<'_>> = files
            .iter()
            .map(|(name, text)| RecordFile { name, text })
            .collect();
        let located = read(&files, "rcm-15-years").expect("the record that ships can be read");
        let rows: Vec<_> = located.into_iter().map(|row| row.row).collect();
        let ids: BTreeSet<String> = rows
            .iter()
            .flat_map(|row| {
                [
                    row.fact.id().to_owned(),
                    row.provenance.source().to_string(),
                ]
            })
            .collect();
        let templates: Vec<Template> = rows
            .into_iter()
            .map(|row| {
                let effective = row.fact.effective().map(|date| date.to_string());
                let origin = Origin::Recorded(row.provenance);
                template(row.fact, &origin, effective, &ids)
            })
            .collect();
        let corrected = (0..templates.len()).step_by(CORRECTED_ONE_IN).collect();
        Self {
            rules,
            templates,
            corrected,
            seed,
            next: 0,
        }
    }

    /// The same records from this position on.
    pub fn starting_at(self, position: u64) -> Self {
        Self {
            next: position,
            ..self
        }
    }

    /// Acts of one copy.
    fn copy_size(&self) -> u64 {
        (self.templates.len() + self.corrected.len()) as u64
    }

    fn chance(&self, what: &str, position: u64) -> [u8; 16] {
        let hash = Hash::of(format!("{what} {} {position}", self.seed).as_bytes());
        <[u8; 16]>::try_from(&hash.as_bytes()[..16]).expect("16 bytes of 32")
    }

    fn act(&self, position: u64) -> ActId {
        ActId::from_bytes(self.chance("act", position))
    }

    /// Kind, body, origin and effective date of the act at a position.
    fn says(&self, position: u64) -> (&'static str, Object, Object, Option<Effective>) {
        if position == 0 {
            let body = json!({"process": "rcm", "register": "synthetic", "text": self.rules});
            return (
                "RulesAdopted",
                object(&body),
                object(&json!({"enacted": true})),
                None,
            );
        }
        let copy = (position - 1) / self.copy_size();
        let place = usize::try_from((position - 1) % self.copy_size()).expect("a short copy");
        let first = 1 + copy * self.copy_size();
        let filled = |template: &str| template.replace(MARK, &format!("-{copy}"));
        let Some(place) = place.checked_sub(self.templates.len()) else {
            let template = &self.templates[place];
            return (
                template.kind,
                parsed(&filled(&template.body)),
                parsed(&filled(&template.origin)),
                template.effective.clone(),
            );
        };
        let at = self.corrected[place];
        let template = &self.templates[at];
        let body = format!(
            "{{\"fact\":{},\"kind\":\"{}\",\"replaces\":\"{}\"}}",
            filled(&template.body),
            template.kind,
            self.act(first + at as u64)
        );
        (
            "FactCorrected",
            parsed(&body),
            parsed(&filled(&template.origin)),
            template.effective.clone(),
        )
    }
}

impl Iterator for Maker {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let position = self.next;
        self.next += 1;
        let (kind, body, origin, effective) = self.says(position);
        let command = position.saturating_sub(1) / self.copy_size() + u64::from(position > 0);
        let ordinal = position.saturating_sub(1) % self.copy_size();
        let millisecond = 1_318_687_200_000 + i64::try_from(position).expect("few");
        let at =
            jiff::Timestamp::from_millisecond(millisecond).expect("an instant of this century");
        let command: CommandId = hex::encode(self.chance("command", command))
            .parse()
            .expect("hex digits make a command id");
        Some(Record {
            act: self.act(position),
            command,
            ordinal: u32::try_from(ordinal).expect("a short copy"),
            position,
            at: RecordedAt::new(at).expect("an instant of this century"),
            effective,
            origin,
            actor: object(&json!({"capacity": "operator", "seat": "operator"})),
            rules: Hash::of(self.rules.as_bytes()),
            kind: kind.parse().expect("a kind"),
            version: 1,
            salt: Salt::from_bytes(self.chance("salt", position)),
            body,
        })
    }
}

/// A register in an SQLite file that holds `size` acts; one that is there already is grown.
pub async fn in_file(file: &Path, size: u64) -> SqliteRegister {
    let register = if file.exists() {
        SqliteRegister::open(file).await
    } else {
        SqliteRegister::create(file).await
    };
    let register = register.expect("a register in the folder for temporary files");
    let head = register.head().await.expect("the register answers");
    assert!(
        head.size <= size,
        "the register in `{}` holds {} acts",
        file.display(),
        head.size
    );
    grow(&register, Maker::new(&machine::project(), SEED), size).await;
    register
}

/// Appends records until the register holds `size`; what it holds already must come from the same maker.
async fn grow(register: &dyn Register, maker: Maker, size: u64) {
    let mut head = register.head().await.expect("the register answers");
    let mut maker = maker.starting_at(head.size);
    while head.size < size {
        let count = BATCH.min(size - head.size);
        let records = (&mut maker)
            .take(usize::try_from(count).expect("a batch"))
            .collect();
        head = match register
            .append(head, records)
            .await
            .expect("room for a batch")
        {
            Appended::Committed(head) => head,
            Appended::Moved(_) => panic!("somebody else writes to the bench's register"),
        };
    }
}

fn template(
    fact: Fact,
    origin: &Origin,
    effective: Option<String>,
    ids: &BTreeSet<String>,
) -> Template {
    let kind = fact.kind().as_str();
    let act = Act {
        effective: None,
        origin: origin.clone(),
        body: ActBody::Fact(fact),
    };
    let mut body = act.to_json();
    let mut origin = serde_json::to_value(origin).expect("an origin holds only texts");
    mark(&mut body, ids);
    mark(&mut origin, ids);
    Template {
        kind,
        body: object(&body).as_str().to_owned(),
        origin: object(&origin).as_str().to_owned(),
        effective: effective.map(|date| date.parse().expect("EDTF text")),
    }
}

/// Puts the mark behind every id of the record.
fn mark(value: &mut Value, ids: &BTreeSet<String>) {
    match value {
        Value::String(text) if ids.contains(text.as_str()) => text.push(MARK),
        Value::Array(items) => items.iter_mut().for_each(|item| mark(item, ids)),
        Value::Object(members) => members
            .iter_mut()
            .filter(|(key, _)| !WORDS.contains(&key.as_str()))
            .for_each(|(_, member)| mark(member, ids)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn object(value: &Value) -> Object {
    Object::new(value).expect("a value with a canonical form")
}

fn parsed(text: &str) -> Object {
    object(&serde_json::from_str(text).expect("a template that was JSON"))
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).expect("a file of the project")
}
