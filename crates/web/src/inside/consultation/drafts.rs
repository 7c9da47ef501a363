//! Acts of the Presidency that are prepared, by the Secretariat or by itself, and released by the Presidency.

use comity_view::{ConsultationPage, ConsultationRights, Inside, Stage};

use super::begins;
use super::forms::Forms;
use super::words::{Wall, moment};
use crate::frame::Frame;
use crate::inside::visit::{Call, Outcome};
use crate::inside::{Draft, NotDone, Visitor};
use crate::query::Query;

/// What can be prepared in a consultation: the value of `do` in its form, and the word for it.
const STEPS: [(&str, &str); 11] = [
    ("resubmit", "consult-resubmit-title"),
    ("open", "consult-open-title"),
    ("extend", "consult-draft-extend"),
    ("close-early", "consult-draft-close-early"),
    ("dispose", "consult-dispose"),
    ("reply", "consult-reply"),
    ("certify", "consult-certify-title"),
    ("launch", "consult-launch-title"),
    ("refer", "consult-refer-title"),
    ("withdraw", "consult-withdraw-title"),
    ("report", "consult-report-title"),
];

/// Fields that are no part of what is prepared.
const NOT_KEPT: [&str; 3] = ["prepare", "prepared", PREPARED_AT];

/// The field of when the draft that was seen was kept, in milliseconds.
const PREPARED_AT: &str = "prepared_at";

/// A prepared act, in words.
pub(super) struct Waiting {
    pub(super) key: String,
    /// When it was kept.
    pub(super) at: String,
    pub(super) step: &'static str,
    pub(super) what: String,
    /// Who prepared it, and when.
    pub(super) by: String,
    /// Text in both languages: its label, the name of the field, Spanish, English.
    pub(super) texts: Vec<(String, &'static str, String, String)>,
    /// What becomes of a change, where that is what was prepared.
    pub(super) disposition: Option<String>,
    /// To which change or objection it belongs.
    pub(super) hidden: Vec<(&'static str, String)>,
    pub(super) note: String,
    /// The report is for the public.
    pub(super) public: bool,
    /// The visitor's seat does it.
    pub(super) releases: bool,
    /// It does so on the Presidency's written instruction.
    pub(super) enters: bool,
    /// The round goes out knowing who may not be reached.
    pub(super) asks_knowingly: bool,
    /// Why it can be released no more, or not by this visitor: it is read and thrown away.
    pub(super) past: Option<&'static str>,
    /// Why it is to be read again: another text is asked about, or the same one in another round; another country presides.
    pub(super) read_again: Option<&'static str>,
}

/// Who sees what is prepared: whoever may do it, and the Secretariat.
pub(super) const fn prepares(may: ConsultationRights) -> bool {
    may.conducts || may.launches || may.reports || may.enters
}

/// What a form holds, to be kept.
pub(in crate::inside) fn draft_of(call: &Call, about: Option<&str>) -> Draft {
    let fields = call.form.iter().flat_map(Query::pairs);
    let kept = fields.filter(|(name, value)| !NOT_KEPT.contains(name) && !value.is_empty());
    Draft {
        key: call.sent("prepared").unwrap_or_default().to_owned(),
        about: about.map(str::to_owned),
        shelf: String::new(),
        people: Vec::new(),
        name: String::new(),
        at: jiff::Timestamp::UNIX_EPOCH,
        fields: kept
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
    }
}

/// Keeps or throws away what a form of drafts asks for; nothing where it is of another kind.
pub(super) async fn drafted(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
    id: &str,
    seen: &ConsultationPage,
) -> Result<Option<Result<(), NotDone>>, Outcome> {
    if call.sent("do") == Some("drop-draft") {
        return Ok(Some(throw(call, visitor, inside).await?));
    }
    if call.sent("prepare").is_none() {
        return Ok(None);
    }
    if !prepares(seen.may) {
        return Ok(Some(Err(NotDone::new(NotDone::NOT_PERMITTED))));
    }
    if !is_step(call) {
        return Ok(Some(Err(NotDone::new(NotDone::UNAVAILABLE))));
    }
    let kept = keep(call, visitor, inside, draft_of(call, Some(id))).await?;
    Ok(Some(kept))
}

/// Keeps what the Presidency or the Secretariat prepares. What somebody else corrected meanwhile is not written over.
pub(super) async fn keep(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
    mut draft: Draft,
) -> Result<Result<(), NotDone>, Outcome> {
    let indoors = call.indoors()?;
    let Some((presiding, _)) = inside.presiding_party() else {
        return Ok(Err(NotDone::new(NotDone::UNAVAILABLE)));
    };
    let all = kept(call, inside).await?;
    let seen = call.sent(PREPARED_AT);
    let known = all.into_iter().find(|known| {
        let as_seen = seen.is_none_or(|seen| *seen == at_of(known));
        known.key == draft.key && as_seen
    });
    if known.is_none() {
        draft.key = String::new();
    }
    // What a Presidency wrote or corrected stays its own.
    let own =
        inside.party() == presiding || known.as_ref().is_some_and(|known| known.shelf == presiding);
    let shelf = match own {
        true => presiding.as_str(),
        false => Draft::SECRETARIAT,
    };
    let done = indoors.keep_draft(visitor, shelf, draft).await?;
    if let (Ok(key), Some(known)) = (&done, known)
        && *key != known.key
    {
        indoors.drop_draft(&known.shelf, &known.key).await?;
    }
    Ok(done.map(drop))
}

/// Keeps what was written for a step that was refused, so that nobody writes it again. Answers whether it was kept now, or waits
/// as it did; nothing where it does not.
pub(super) async fn kept_refused(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
    id: &str,
    seen: &ConsultationPage,
) -> Result<Option<bool>, Outcome> {
    let mut draft = draft_of(call, Some(id));
    let mut fields = draft.fields.iter();
    let is_written = fields.any(|(name, _)| name.ends_with("_es") || name.ends_with("_en"));
    if !is_step(call) || !is_written || !prepares(seen.may) {
        return Ok(None);
    }
    let all = kept(call, inside).await?;
    if let Some(known) = all.iter().find(|kept| kept.key == draft.key) {
        // It was not released: for which text it was written is as it was, and so is what its form does not show.
        let not_shown: &[&str] = match seen.may.enters {
            true => &[TEXT_ACT],
            false => &[TEXT_ACT, "note"],
        };
        for name in not_shown {
            draft.fields.retain(|(known, _)| known != name);
            let stands = known.field(name).to_owned();
            draft.fields.push(((*name).to_owned(), stands));
        }
    }
    // Sent again as it waits already, it is not kept twice.
    let waits = |kept: &Draft| {
        let same = |name: &str| kept.field(name) == draft.field(name);
        kept.about == draft.about
            && same_step(kept, &draft)
            && WRITTEN.iter().all(|name| same(name))
    };
    if all.iter().any(waits) {
        return Ok(Some(draft.key.is_empty()));
    }
    let kept = keep(call, visitor, inside, draft).await?;
    Ok(kept.is_ok().then_some(true))
}

fn is_step(call: &Call) -> bool {
    let step = call.sent("do").unwrap_or_default();
    STEPS.iter().any(|(known, _)| *known == step)
}

/// What was written into a form that was refused, where no form shows it again: it is shown to be copied.
pub(super) fn not_shown_again(call: &Call, seen: &ConsultationPage) -> Vec<String> {
    let over = seen.round.as_ref().is_some_and(|round| round.over);
    let late = over && call.sent("do") == Some("state");
    let of_step = is_step(call);
    let written = |name: &str| {
        let of_answer = name.starts_with("comment_") || name.starts_with("change_");
        let both = ["why_es", "why_en", "text_es", "text_en"];
        (late && of_answer) || (of_step && both.contains(&name))
    };
    let fields = call.form.iter().flat_map(Query::pairs);
    let lost = fields.filter(|(name, value)| written(name) && !value.trim().is_empty());
    lost.map(|(_, value)| value.to_owned()).collect()
}

/// When a draft was kept, as its form says it.
pub(super) fn at_of(draft: &Draft) -> String {
    draft.at.as_millisecond().to_string()
}

/// The field of the act by which the text was put forward that was seen.
const TEXT_ACT: &str = "text_act";

/// What somebody writes for a step.
const WRITTEN: [&str; 7] = [
    "text_es",
    "text_en",
    "why_es",
    "why_en",
    "disposition",
    "note",
    "public",
];

/// Whether two are the very same step: with another text it is another one.
fn same_step(one: &Draft, other: &Draft) -> bool {
    let about = [
        "do",
        "position",
        "change",
        "objection",
        "text_es",
        "text_en",
    ];
    about
        .iter()
        .all(|name| one.field(name) == other.field(name))
}

/// What was prepared is done: it waits no more, nor does what else was prepared for that very step.
pub(super) async fn released(call: &Call, inside: &Inside, id: &str) -> Result<(), Outcome> {
    let sent = draft_of(call, Some(id));
    let all = kept(call, inside).await?.into_iter();
    let done = all.filter(|kept| {
        kept.key == sent.key || (kept.about == sent.about && same_step(kept, &sent))
    });
    for done in done {
        call.indoors()?.drop_draft(&done.shelf, &done.key).await?;
    }
    Ok(())
}

/// What was prepared was submitted.
pub(super) async fn done_with(call: &Call, inside: &Inside) -> Result<(), Outcome> {
    let key = call.sent("prepared").unwrap_or_default();
    let all = kept(call, inside).await?;
    if let Some(draft) = all.iter().find(|draft| draft.key == key) {
        call.indoors()?.drop_draft(&draft.shelf, key).await?;
    }
    Ok(())
}

/// Throws away what was prepared, where the visitor is told of it.
pub(super) async fn throw(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
) -> Result<Result<(), NotDone>, Outcome> {
    let key = call.sent("key").unwrap_or_default();
    let all = told(call, visitor, inside).await?;
    let Some(draft) = all.iter().find(|draft| draft.key == key) else {
        return Ok(Err(NotDone::new(NotDone::NOT_PERMITTED)));
    };
    call.indoors()?.drop_draft(&draft.shelf, key).await?;
    Ok(Ok(()))
}

/// What was prepared for the party that presides.
pub(in crate::inside) async fn kept(call: &Call, inside: &Inside) -> Result<Vec<Draft>, Outcome> {
    let Some((presiding, _)) = inside.presiding_party() else {
        return Ok(Vec::new());
    };
    let indoors = call.indoors()?;
    let (own, theirs) = (
        indoors.drafts(&presiding),
        indoors.drafts(Draft::SECRETARIAT),
    );
    let (mut all, theirs) = futures_util::future::try_join(own, theirs).await?;
    all.extend(theirs);
    all.sort_by_key(|draft| draft.at);
    Ok(all)
}

/// What was prepared, as far as it concerns a visitor: all of it where they prepare; else what they wrote themselves while their
/// party presided.
pub(super) async fn told(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
) -> Result<Vec<Draft>, Outcome> {
    if begins(inside) {
        return kept(call, inside).await;
    }
    // Its party presides, and the seat does not: that is none of its own.
    let presiding = inside.presiding_party();
    if presiding.is_some_and(|(party, _)| party == inside.party()) {
        return Ok(Vec::new());
    }
    let mut own = call.indoors()?.drafts(inside.party()).await?;
    own.retain(|draft| draft.people.contains(&visitor.person));
    Ok(own)
}

/// Whether a step cannot be taken any more at a stage, whatever is still to come.
pub(in crate::inside) fn is_past(step: &str, stage: Stage) -> bool {
    let begun = !matches!(stage, Stage::Troika | Stage::Ready);
    match step {
        "report" => stage == Stage::Reported,
        _ if matches!(stage, Stage::Ended | Stage::Reported) => true,
        "resubmit" => begun,
        "extend" | "close-early" => begun && stage != Stage::Round,
        _ => false,
    }
}

/// What waits to be released in a consultation, and what can be released no more.
pub(super) fn waiting(
    mut all: Vec<Draft>,
    frame: &Frame,
    inside: &Inside,
    seen: &ConsultationPage,
    zone: &Wall,
    forms: &Forms<'_>,
) -> Vec<Waiting> {
    all.retain(|draft| draft.about.as_ref() == Some(&seen.line.id));
    let words = all.into_iter().filter_map(|draft| {
        let (step, title) = STEPS
            .into_iter()
            .find(|(step, _)| *step == draft.field("do"))?;
        Some(in_words(
            frame, inside, seen, &draft, step, title, zone, forms,
        ))
    });
    words.collect()
}

#[expect(
    clippy::too_many_arguments,
    reason = "what a prepared act is told of is known here alone"
)]
fn in_words(
    frame: &Frame,
    inside: &Inside,
    seen: &ConsultationPage,
    draft: &Draft,
    step: &'static str,
    title: &str,
    zone: &Wall,
    forms: &Forms<'_>,
) -> Waiting {
    let may = seen.may;
    let handed_over = inside.handed_over_since(draft.at);
    let alone = matches!(step, "certify" | "launch");
    let own = |name: &'static str| (name, draft.field(name).to_owned());
    let hidden = ["position", "change", "objection"].map(own);
    let title = if step == "open" && seen.round.is_some() {
        "consult-again-title"
    } else {
        title
    };
    let what = frame.say(title).into_owned();
    let texts = [("text", "consult-text"), ("why", words_key(step))];
    let texts = texts.into_iter().filter_map(|(name, label)| {
        let (es, en) = (
            draft.field(&format!("{name}_es")),
            draft.field(&format!("{name}_en")),
        );
        // The text of a first round is that to which the Troika consented.
        let written = !es.is_empty() || !en.is_empty();
        let asked =
            name == "why" && !matches!(step, "resubmit" | "launch" | "extend" | "close-early");
        let asked = asked && !(step == "open" && seen.round.is_none());
        (written || asked).then(|| {
            let label = frame.say(label).into_owned();
            (label, name, es.to_owned(), en.to_owned())
        })
    });
    Waiting {
        key: draft.key.clone(),
        at: at_of(draft),
        step,
        what: match of_whom(frame, inside, seen, draft) {
            Some(whom) => format!("{what}: {whom}"),
            None => what,
        },
        by: format!("{} · {}", draft.name, moment(frame, draft.at, zone)),
        texts: texts.collect(),
        disposition: (step == "dispose").then(|| draft.field("disposition").to_owned()),
        hidden: hidden
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        // Another Presidency's instruction is none of this one.
        note: match handed_over {
            true => String::new(),
            false => draft.field("note").to_owned(),
        },
        public: !draft.field("public").is_empty(),
        releases: match step {
            "certify" | "launch" => may.launches,
            "report" => may.reports,
            _ => may.conducts,
        },
        enters: may.enters && !alone,
        asks_knowingly: step == "open" && !forms.uncertain.is_empty(),
        past: if !begins(inside) {
            Some("consult-draft-not-yours")
        } else if is_past(step, seen.line.stage) || !prepares(may) {
            Some("consult-draft-past")
        } else {
            None
        },
        read_again: match draft.field(TEXT_ACT) {
            _ if handed_over => Some("consult-draft-other-presidency"),
            text if !text.is_empty() && text != forms.text_act => Some("consult-draft-other-text"),
            _ => None,
        },
    }
}

fn words_key(step: &str) -> &'static str {
    match step {
        "certify" => "consult-certify-words",
        "report" => "consult-report-words",
        "reply" => "consult-reply-words",
        "open" => "consult-again-why",
        _ => "consult-why",
    }
}

/// Whose change or objection it is about.
fn of_whom(
    frame: &Frame,
    inside: &Inside,
    seen: &ConsultationPage,
    draft: &Draft,
) -> Option<String> {
    let round = seen.round.as_ref()?;
    let place = draft.field("change").parse().ok();
    let change = place.and_then(|place| {
        inside.consultation_change(&seen.line.id, draft.field("position"), place)
    });
    if let Some((_, line)) = change {
        let place = super::shown::paragraph(frame, line.paragraph);
        return Some(format!("{}, {place}", line.party_label));
    }
    let before = seen.late_before.iter().map(|(_, line)| line);
    let late = round.late.iter().chain(before);
    let mut late = late.filter(|line| line.act == draft.field("objection"));
    late.next().map(|line| line.party_label.clone())
}
