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
const NOT_KEPT: [&str; 2] = ["prepare", "prepared"];

/// A prepared act, in words.
pub(super) struct Waiting {
    pub(super) key: String,
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
    /// It can be released no more: it is read and thrown away.
    pub(super) past: bool,
    /// It was written when another text was asked about, or the same one in another round.
    pub(super) other_text: bool,
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
        person: String::new(),
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
        let all = told(call, visitor, inside, seen).await?;
        let key = call.sent("key").unwrap_or_default();
        let Some(draft) = all.iter().find(|draft| draft.key == key) else {
            return Ok(Some(Err(NotDone::new(NotDone::NOT_PERMITTED))));
        };
        call.indoors()?.drop_draft(&draft.shelf, key).await?;
        return Ok(Some(Ok(())));
    }
    if call.sent("prepare").is_none() {
        return Ok(None);
    }
    if !prepares(seen.may) {
        return Ok(Some(Err(NotDone::new(NotDone::NOT_PERMITTED))));
    }
    let step = call.sent("do").unwrap_or_default();
    if !STEPS.iter().any(|(known, _)| *known == step) {
        return Ok(Some(Err(NotDone::new(NotDone::UNAVAILABLE))));
    }
    let kept = keep(call, visitor, inside, draft_of(call, Some(id))).await?;
    Ok(Some(kept))
}

/// Keeps what the Presidency or the Secretariat prepares.
pub(super) async fn keep(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
    draft: Draft,
) -> Result<Result<(), NotDone>, Outcome> {
    let indoors = call.indoors()?;
    let Some((presiding, _)) = inside.presiding_party() else {
        return Ok(Err(NotDone::new(NotDone::UNAVAILABLE)));
    };
    let all = kept(call, inside).await?;
    let known = all.into_iter().find(|known| known.key == draft.key);
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

/// Keeps what was written for a step that was refused, so that nobody writes it again. Answers whether anything was.
pub(super) async fn kept_refused(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
    id: &str,
    seen: &ConsultationPage,
) -> Result<bool, Outcome> {
    let step = call.sent("do").unwrap_or_default();
    let is_step = STEPS.iter().any(|(known, _)| *known == step);
    let mut draft = draft_of(call, Some(id));
    let mut fields = draft.fields.iter();
    let is_written = fields.any(|(name, _)| name.ends_with("_es") || name.ends_with("_en"));
    if !is_step || !is_written || !prepares(seen.may) {
        return Ok(false);
    }
    if draft.key.is_empty() {
        let same = same_step(call, inside, &draft).await?.into_iter().next();
        draft.key = same.map(|same| same.key).unwrap_or_default();
    }
    Ok(keep(call, visitor, inside, draft).await?.is_ok())
}

/// What was kept of the very same step already.
async fn same_step(call: &Call, inside: &Inside, draft: &Draft) -> Result<Vec<Draft>, Outcome> {
    let about = ["do", "position", "change", "objection"];
    let mut kept = kept(call, inside).await?;
    kept.retain(|kept| {
        let step = |name: &&str| kept.field(name) == draft.field(name);
        kept.about == draft.about && about.iter().all(step)
    });
    Ok(kept)
}

/// What was prepared is done: it waits no more, nor does what else was prepared for that very step.
pub(super) async fn released(call: &Call, inside: &Inside, id: &str) -> Result<(), Outcome> {
    for done in same_step(call, inside, &draft_of(call, Some(id))).await? {
        call.indoors()?.drop_draft(&done.shelf, &done.key).await?;
    }
    throw(call, inside, call.sent("prepared").unwrap_or_default()).await
}

/// Throws away what was prepared under a key for the party that presides.
pub(super) async fn throw(call: &Call, inside: &Inside, key: &str) -> Result<(), Outcome> {
    let indoors = call.indoors()?;
    for shelf in shelves(inside) {
        indoors.drop_draft(&shelf, key).await?;
    }
    Ok(())
}

/// Where what is prepared lies, for the party that presides.
fn shelves(inside: &Inside) -> impl Iterator<Item = String> {
    let presiding = inside.presiding_party().map(|(party, _)| party);
    let all = presiding.map(|party| [party, Draft::SECRETARIAT.to_owned()]);
    all.into_iter().flatten()
}

/// What was prepared for the party that presides.
pub(in crate::inside) async fn kept(call: &Call, inside: &Inside) -> Result<Vec<Draft>, Outcome> {
    let indoors = call.indoors()?;
    let mut all = Vec::new();
    for shelf in shelves(inside) {
        all.extend(indoors.drafts(&shelf).await?);
    }
    all.sort_by_key(|draft| draft.at);
    Ok(all)
}

/// What was prepared in a consultation, as far as it concerns a visitor: all of it where they prepare; what they wrote themselves
/// where their party handed the Presidency over since.
async fn told(
    call: &Call,
    visitor: &Visitor,
    inside: &Inside,
    seen: &ConsultationPage,
) -> Result<Vec<Draft>, Outcome> {
    let mut all = if begins(inside) {
        kept(call, inside).await?
    } else if inside.handed_over_since(seen.line.since) {
        let mut own = call.indoors()?.drafts(inside.party()).await?;
        own.retain(|draft| draft.person == visitor.person);
        own
    } else {
        return Ok(Vec::new());
    };
    all.retain(|draft| draft.about.as_ref() == Some(&seen.line.id));
    Ok(all)
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
#[expect(
    clippy::too_many_arguments,
    reason = "what a prepared act is told of is known to the page alone"
)]
pub(super) async fn waiting(
    call: &Call,
    visitor: &Visitor,
    frame: &Frame,
    inside: &Inside,
    seen: &ConsultationPage,
    zone: &Wall,
    forms: &Forms,
) -> Result<Vec<Waiting>, Outcome> {
    let all = told(call, visitor, inside, seen).await?;
    let words = all.into_iter().filter_map(|draft| {
        let (step, title) = STEPS
            .into_iter()
            .find(|(step, _)| *step == draft.field("do"))?;
        Some(in_words(
            frame, inside, seen, &draft, step, title, zone, forms,
        ))
    });
    Ok(words.collect())
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
    forms: &Forms,
) -> Waiting {
    let may = seen.may;
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
        note: draft.field("note").to_owned(),
        public: !draft.field("public").is_empty(),
        releases: match step {
            "certify" | "launch" => may.launches,
            "report" => may.reports,
            _ => may.conducts,
        },
        enters: may.enters && !alone,
        asks_knowingly: step == "open" && !forms.uncertain.is_empty(),
        past: !prepares(may) || is_past(step, seen.line.stage),
        other_text: match draft.field("text_act") {
            "" => false,
            text => text != forms.text_act,
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
