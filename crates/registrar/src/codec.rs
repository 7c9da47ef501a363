//! Between an act and its record.

use std::sync::Arc;

use comity_calendar::Partial;
use comity_conference::{Act, ActId, Actor, Entered, Origin};
use comity_register::{
    CommandId, Effective, Hash, Object, Parts, Record, RecordedAt, Salt, Stored,
};

use crate::Error;
use crate::commands::mark;

/// What a record needs beside the act.
pub(crate) struct Seal<'a> {
    pub id: [u8; 16],
    pub salt: [u8; 16],
    pub command: &'a CommandId,
    pub ordinal: u32,
    pub position: u64,
    pub at: RecordedAt,
    pub actor: &'a Actor,
    pub rules: Hash,
}

pub(crate) fn seal(act: &Act, seal: &Seal<'_>) -> Record {
    let canonical =
        "acts hold texts, small integers and lists of them, which all have a canonical form";
    Record {
        act: comity_register::ActId::from_bytes(seal.id),
        command: seal.command.clone(),
        ordinal: seal.ordinal,
        position: seal.position,
        at: seal.at,
        effective: act.effective.map(|date| {
            date.to_string()
                .parse::<Effective>()
                .expect("EDTF text is a word of the register")
        }),
        origin: Object::new(&act.origin).expect(canonical),
        actor: Object::new(seal.actor).expect(canonical),
        rules: seal.rules,
        kind: act.kind().parse().expect("kinds are words of the register"),
        version: act.version(),
        salt: Salt::from_bytes(seal.salt),
        body: Object::new(&act.written()).expect(canonical),
    }
}

/// Reads a record as an act.
pub(crate) fn open(record: &Record) -> Result<Entered, Error> {
    Decoder::default().read(&Said {
        position: record.position,
        act: record.act,
        at: record.at,
        effective: record.effective.as_ref().map(Effective::as_str),
        origin: record.origin.as_str(),
        actor: record.actor.as_str(),
        kind: record.kind.as_str(),
        version: record.version,
        body: record.body.as_str(),
    })
}

/// What is read of a record, whoever took it apart.
struct Said<'a> {
    position: u64,
    act: comity_register::ActId,
    at: RecordedAt,
    effective: Option<&'a str>,
    origin: &'a str,
    actor: &'a str,
    kind: &'a str,
    version: u32,
    body: &'a str,
}

/// Reads records one after another. What stands in record after record, who acted, is read once.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    last_actor: Option<(String, Arc<Actor>)>,
}

impl Decoder {
    /// Reads the record that the bytes say as an act, with the mark of the command that made it.
    pub(crate) fn open(&mut self, position: u64, blob: &[u8]) -> Result<(Entered, u64), Error> {
        let Some(parts) = Parts::read(blob) else {
            let blob = blob.to_vec();
            let record = Stored { position, blob }.decode()?;
            return Ok((open(&record)?, mark(record.command.as_str())));
        };
        let entered = self.read(&Said {
            position: parts.position,
            act: parts.act,
            at: parts.at,
            effective: parts.effective,
            origin: parts.origin,
            actor: parts.actor,
            kind: parts.kind,
            version: parts.version,
            body: parts.body,
        })?;
        Ok((entered, mark(parts.command)))
    }

    fn read(&mut self, said: &Said<'_>) -> Result<Entered, Error> {
        let position = said.position;
        let form = |what: String| Error::Form { position, what };
        let unread = |source| Error::Act { position, source };
        // Before anything else of it: a later version may bring forms that this program does not know either.
        Act::knows(said.kind, said.version).map_err(unread)?;
        let effective = said
            .effective
            .map(str::parse::<Partial>)
            .transpose()
            .map_err(|error| form(error.to_string()))?;
        let origin: Origin =
            serde_json::from_str(said.origin).map_err(|error| form(error.to_string()))?;
        let actor = self
            .actor(said.actor)
            .map_err(|error| form(error.to_string()))?;
        let act = Act::from_json(said.kind, said.version, effective, origin, said.body)
            .map_err(unread)?;
        Ok(Entered {
            id: ActId::from_bytes(*said.act.as_bytes()),
            position,
            recorded_at: said.at.timestamp(),
            actor,
            act,
        })
    }

    fn actor(&mut self, text: &str) -> Result<Arc<Actor>, serde_json::Error> {
        if let Some((last, actor)) = &self.last_actor
            && last == text
        {
            return Ok(Arc::clone(actor));
        }
        let actor: Arc<Actor> = Arc::new(serde_json::from_str(text)?);
        self.last_actor = Some((text.to_owned(), Arc::clone(&actor)));
        Ok(actor)
    }
}
