use askama::Template;
use comity_view::{ActRow, Date, Link, Target, Words};
use comity_wording::Wording;

use super::{Ask, Evidence, render};
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;
use crate::{Address, Inclusion, RecordProof, rows};

#[derive(Template)]
#[template(path = "pages/act.html")]
struct ActPage {
    frame: Frame,
    kind: String,
    /// The thing's page, where it has one.
    about: Option<Link>,
    label: Option<String>,
    effective: Option<String>,
    recorded: String,
    recorded_from_source: bool,
    attribution: Attribution,
    id: String,
    replaced_by: Option<Link>,
    replaces: Vec<Link>,
    record: Option<RecordProof>,
    proof: Option<Proof>,
    /// The page that verifies it in the reader's browser.
    verify: String,
}

/// The way from the record's fingerprint to the root.
struct Proof {
    root: String,
    lead: String,
    steps: Vec<Step>,
}

/// A fingerprint on the way, and on which side it is joined.
struct Step {
    hash: String,
    left: bool,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let words = words(ask.view.language());
    let act = ask.view.act_line(ask.id()?).ok_or_else(|| ask.unknown())?;
    let record = match &ask.evidence {
        Evidence::Record(record) => record.clone(),
        Evidence::None | Evidence::Checkpoint(_) => None,
    };
    let kind = kind_name(words, act.kind);
    let label = act.about.as_ref().map(|about| about.label.text.clone());
    let title = label.as_ref().map_or_else(
        || kind.clone(),
        |label| format!("{kind}: {}", rows::clipped(label, 120)),
    );
    let frame = Frame::new(ask, title).below(&Address::Register);
    render(&page(ask, frame, kind, act, record))
}

fn page(
    ask: &Ask,
    frame: Frame,
    kind: String,
    act: ActRow,
    record: Option<RecordProof>,
) -> ActPage {
    let words = frame.words();
    let to_act = |id: &String| {
        ask.view.act_line(id).map(|other| Link {
            to: Target::Act,
            id: other.id,
            label: Words {
                text: moment(words, &other.recorded_at),
                standing: None,
            },
        })
    };
    ActPage {
        proof: record
            .as_ref()
            .and_then(|record| record.inclusion.as_ref())
            .map(|inclusion| proof(words, inclusion)),
        record,
        kind,
        label: act.about.as_ref().map(|about| about.label.text.clone()),
        about: act.about.and_then(|about| about.link),
        effective: act.effective.map(|date| words.date(&date)),
        recorded: moment(words, &act.recorded_at),
        recorded_from_source: act.lines.is_some(),
        attribution: Attribution::new(&frame, &act.says, ""),
        replaced_by: act.replaced_by.as_ref().and_then(to_act),
        replaces: act.replaces.iter().filter_map(to_act).collect(),
        verify: frame.of(&Address::VerifyAct(act.id.clone())),
        id: act.id,
        frame,
    }
}

/// The steps of RFC 9162, 2.1.3.2: on which side each fingerprint of the way is joined.
fn proof(words: &Wording, inclusion: &Inclusion) -> Proof {
    let sides = sides(inclusion.position, inclusion.size);
    let steps: Vec<Step> = inclusion
        .path
        .iter()
        .zip(sides)
        .map(|(hash, left)| Step {
            hash: hash.clone(),
            left,
        })
        .collect();
    let lead = if steps.is_empty() {
        words.say("act-proof-one").into_owned()
    } else {
        words.say_with(
            "act-proof-lead",
            &[
                ("steps", steps.len().into()),
                ("size", inclusion.size.into()),
            ],
        )
    };
    Proof {
        root: inclusion.root.clone(),
        lead,
        steps,
    }
}

/// For each step upwards, whether the sibling stands to the left.
fn sides(position: u64, size: u64) -> Vec<bool> {
    let (mut here, mut last) = (position, size.saturating_sub(1));
    let mut sides = Vec::new();
    while last > 0 {
        if here % 2 == 1 {
            sides.push(true);
        } else if here < last {
            sides.push(false);
        }
        here /= 2;
        last /= 2;
    }
    sides
}

/// The kind of an act in words; as records name it where the site has none.
pub(super) fn kind_name(words: &Wording, kind: &str) -> String {
    let key = format!("act-kind-{kind}");
    if words.knows(&key) {
        words.say(&key).into_owned()
    } else {
        kind.to_owned()
    }
}

/// "15 October 2011, 14:03 UTC" of an instant by RFC 3339.
pub(super) fn moment(words: &Wording, instant: &str) -> String {
    let day = instant.get(..10).and_then(|day| day.parse::<Date>().ok());
    match (day, instant.get(11..16)) {
        (Some(day), Some(time)) => format!("{}, {time} UTC", words.day(day)),
        _ => instant.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn siblings_stand_where_the_tree_puts_them() {
        // The example tree of RFC 6962 with seven leaves.
        assert_eq!(sides(0, 7), [false, false, false]);
        assert_eq!(sides(3, 7), [true, true, false]);
        assert_eq!(sides(4, 7), [false, false, true]);
        assert_eq!(sides(6, 7), [true, true]);
        assert_eq!(sides(0, 1), Vec::<bool>::new());
    }
}
