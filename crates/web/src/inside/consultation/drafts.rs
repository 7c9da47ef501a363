//! Acts of the Presidency that are prepared, by the Secretariat or by itself, and released by the Presidency.

use comity_view::{ConsultationPage, ConsultationRights, Inside};

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
    let throws = call.sent("do") == Some("drop-draft");
    if call.sent("prepare").is_none() && !throws {
        return Ok(None);
    }
    let presiding = inside.presiding_party();
    let Some((party, _)) = presiding.filter(|_| prepares(seen.may)) else {
        return Ok(Some(Err(NotDone::new(NotDone::NOT_PERMITTED))));
    };
    if throws {
        let key = call.sent("key").unwrap_or_default();
        call.indoors()?.drop_draft(&party, key).await?;
        return Ok(Some(Ok(())));
    }
    let step = call.sent("do").unwrap_or_default();
    if !STEPS.iter().any(|(known, _)| *known == step) {
        return Ok(Some(Err(NotDone::new(NotDone::UNAVAILABLE))));
    }
    let draft = draft_of(call, Some(id));
    let kept = call.indoors()?.keep_draft(visitor, &party, draft).await?;
    Ok(Some(kept.map(drop)))
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
    let draft = draft_of(call, Some(id));
    let mut fields = draft.fields.iter();
    let is_written = fields.any(|(name, _)| name.ends_with("_es") || name.ends_with("_en"));
    let Some((party, _)) = inside.presiding_party() else {
        return Ok(false);
    };
    if !is_step || !is_written || !prepares(seen.may) {
        return Ok(false);
    }
    let mut draft = draft;
    if draft.key.is_empty() {
        draft.key = same_step(call, inside, &draft).await?.unwrap_or_default();
    }
    let kept = call.indoors()?.keep_draft(visitor, &party, draft).await?;
    Ok(kept.is_ok())
}

/// What was kept of the very same step already: refused again from the same form, it is not kept twice.
async fn same_step(call: &Call, inside: &Inside, draft: &Draft) -> Result<Option<String>, Outcome> {
    let about = ["do", "position", "change", "objection"];
    let kept = kept(call, inside).await?;
    let mut same = kept.into_iter().filter(|kept| {
        let step = |name: &&str| kept.field(name) == draft.field(name);
        kept.about == draft.about && about.iter().all(step)
    });
    Ok(same.next().map(|kept| kept.key))
}

/// What was prepared is done: it waits no more.
pub(in crate::inside) async fn released(call: &Call, inside: &Inside) -> Result<(), Outcome> {
    let (Some(key), Some((party, _))) = (call.sent("prepared"), inside.presiding_party()) else {
        return Ok(());
    };
    Ok(call.indoors()?.drop_draft(&party, key).await?)
}

/// What was prepared for the party that presides.
pub(in crate::inside) async fn kept(call: &Call, inside: &Inside) -> Result<Vec<Draft>, Outcome> {
    let Some((party, _)) = inside.presiding_party() else {
        return Ok(Vec::new());
    };
    Ok(call.indoors()?.drafts(&party).await?)
}

/// What waits to be released in a consultation.
pub(super) async fn waiting(
    call: &Call,
    frame: &Frame,
    inside: &Inside,
    id: &str,
    seen: &ConsultationPage,
    zone: &Wall,
    uncertain: bool,
) -> Result<Vec<Waiting>, Outcome> {
    if !prepares(seen.may) {
        return Ok(Vec::new());
    }
    let all = kept(call, inside).await?;
    let own = all
        .into_iter()
        .filter(|draft| draft.about.as_deref() == Some(id));
    let words = own.filter_map(|draft| {
        let (step, title) = STEPS
            .into_iter()
            .find(|(step, _)| *step == draft.field("do"))?;
        Some(in_words(
            frame, inside, seen, &draft, step, title, zone, uncertain,
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
    uncertain: bool,
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
        asks_knowingly: step == "open" && uncertain,
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
