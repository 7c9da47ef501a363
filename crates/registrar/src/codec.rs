//! Between an act and its record.

use comity_calendar::Partial;
use comity_conference::{Act, ActId, Actor, Entered, Origin};
use comity_register::{CommandId, Effective, Hash, Object, Record, RecordedAt, Salt};

use crate::Error;

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
        body: Object::new(&act.to_json()).expect(canonical),
    }
}

/// Reads a record as an act.
pub(crate) fn open(record: &Record) -> Result<Entered, Error> {
    let form = |what: &str| Error::Form {
        position: record.position,
        what: what.to_owned(),
    };
    // Before anything else of it: a later version may bring forms that this program does not know either.
    Act::knows(record.kind.as_str(), record.version).map_err(|source| Error::Act {
        position: record.position,
        source,
    })?;
    let effective = record
        .effective
        .as_ref()
        .map(|date| date.as_str().parse::<Partial>())
        .transpose()
        .map_err(|e| form(&e.to_string()))?;
    let origin: Origin = record.origin.parse().map_err(|e| form(&e.to_string()))?;
    let actor: Actor = record.actor.parse().map_err(|e| form(&e.to_string()))?;
    let act = Act::from_json(
        record.kind.as_str(),
        record.version,
        effective,
        origin,
        record.body.as_str(),
    )
    .map_err(|source| Error::Act {
        position: record.position,
        source,
    })?;
    let id = ActId::new(&record.act.to_string()).ok_or_else(|| form("the act id"))?;
    Ok(Entered {
        id,
        position: record.position,
        recorded_at: record.at.timestamp(),
        actor,
        act,
    })
}
