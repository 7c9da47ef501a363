//! Bodies of acts in older shapes, brought to the shape of today when they are read. What is stored is never rewritten.
//!
//! To change the shape of a kind incompatibly: add a [`Step`] from the version before, change the struct, and keep the
//! fixture of the old version in `tests/fixtures/`, which must be read forever. The version that is written follows.

use serde_json::Value;

use crate::DecodeError;

/// From one version of a kind's body to the next.
pub(crate) struct Step {
    pub kind: &'static str,
    pub from: u32,
    pub change: fn(&mut Value),
}

/// Every step there ever was, in order.
///
/// A correction (`FactCorrected`) holds a fact of another kind in the shape of its time: a step of that kind comes with
/// one of `FactCorrected`, which changes the facts of that kind within it.
const STEPS: &[Step] = &[
    // Documents may stand beside the text of the rules: an earlier program must not take them for rules without.
    Step {
        kind: "RulesAdopted",
        from: 1,
        change: |_| {},
    },
];

/// The version in which a kind is written: one more than there are steps.
pub(crate) fn written(kind: &str) -> u32 {
    written_after(STEPS, kind)
}

fn written_after(steps: &[Step], kind: &str) -> u32 {
    let last = steps
        .iter()
        .filter(|step| step.kind == kind)
        .map(|step| step.from)
        .max();
    last.map_or(1, |from| from + 1)
}

/// The body in the shape of today; none if it is so already, which spares reading it twice.
///
/// # Errors
/// The version is not one that this program knows, or the body is no JSON.
pub(crate) fn upcast(kind: &str, version: u32, body: &str) -> Result<Option<String>, DecodeError> {
    upcast_by(STEPS, kind, version, body)
}

fn upcast_by(
    steps: &[Step],
    kind: &str,
    version: u32,
    body: &str,
) -> Result<Option<String>, DecodeError> {
    let written = written_after(steps, kind);
    if version == 0 || version > written {
        return Err(DecodeError::UnknownKind {
            kind: kind.to_owned(),
            version,
        });
    }
    if version == written {
        return Ok(None);
    }
    let mut value: Value = serde_json::from_str(body).map_err(|source| DecodeError::Body {
        kind: kind.to_owned(),
        source,
    })?;
    let ahead = steps
        .iter()
        .filter(|step| step.kind == kind && step.from >= version);
    for step in ahead {
        (step.change)(&mut value);
    }
    Ok(Some(value.to_string()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// As it would be had meetings once said `city` and `land`, then `place`, and now a list of places.
    const ONCE: &[Step] = &[
        Step {
            kind: "MeetingHeld",
            from: 1,
            change: |body| {
                let (city, land) = (body["city"].take(), body["land"].take());
                *body = json!({"id": body["id"], "place": {"city": city, "country": land}});
            },
        },
        Step {
            kind: "PartyAdmitted",
            from: 1,
            change: |_| panic!("another kind is left alone"),
        },
        Step {
            kind: "MeetingHeld",
            from: 2,
            change: |body| *body = json!({"id": body["id"], "place": [body["place"]]}),
        },
    ];

    fn read(version: u32, body: &Value) -> Result<Option<Value>, DecodeError> {
        let read = upcast_by(ONCE, "MeetingHeld", version, &body.to_string())?;
        Ok(read.map(|text| serde_json::from_str(&text).unwrap()))
    }

    #[test]
    fn an_older_body_goes_through_every_step_since() {
        let today = json!({"id": "m-1", "place": [{"city": "Puebla", "country": "MX"}]});
        let first = json!({"id": "m-1", "city": "Puebla", "land": "MX"});
        let second = json!({"id": "m-1", "place": {"city": "Puebla", "country": "MX"}});
        assert_eq!(read(1, &first).unwrap(), Some(today.clone()));
        assert_eq!(read(2, &second).unwrap(), Some(today.clone()));
        assert_eq!(read(3, &today).unwrap(), None);
        assert_eq!(written_after(ONCE, "MeetingHeld"), 3);
        assert_eq!(written_after(ONCE, "ThemeEstablished"), 1);
    }

    #[test]
    fn versions_that_never_were_are_refused() {
        for version in [0, 4, u32::MAX] {
            let error = read(version, &json!({})).unwrap_err();
            assert!(
                matches!(error, DecodeError::UnknownKind { version: found, .. } if found == version)
            );
        }
        let error = upcast_by(ONCE, "MeetingHeld", 1, "{").unwrap_err();
        assert!(matches!(error, DecodeError::Body { .. }), "{error}");
    }

    #[test]
    fn steps_of_a_kind_follow_one_another_from_the_first_version() {
        for (place, step) in STEPS.iter().enumerate() {
            let before = STEPS[..place]
                .iter()
                .filter(|other| other.kind == step.kind)
                .count();
            assert_eq!(
                step.from as usize,
                before + 1,
                "{} from {}",
                step.kind,
                step.from
            );
        }
    }
}
