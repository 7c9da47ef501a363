//! What the forms of a consultation are made of.

use std::collections::BTreeSet;

use comity_view::{
    ChangeLine, ConsultationPage, ConsultationRights, Inside, Paragraph, Said, SaidLine, Stage,
};

use super::drafts::prepares;
use super::shown::{against, paragraph, reaction_key};
use super::words::today;
use crate::frame::Frame;
use crate::inside::consult::Both;
use crate::inside::visit::{Call, Outcome};

/// What the forms are made of.
pub(super) struct Forms<'a> {
    pub(super) may: ConsultationRights,
    /// The stage allows it now.
    pub(super) reacts: bool,
    /// What its country said to the Troika's text already.
    pub(super) reacted: Option<String>,
    pub(super) answers: bool,
    /// Only an objection or its withdrawal is taken.
    pub(super) only_objections: bool,
    /// After the close an objection of the country to this text stands, of this round or one before; what takes it back asks
    /// for nothing new.
    pub(super) withdraws: bool,
    pub(super) opens_first: bool,
    pub(super) opens_again: bool,
    /// The same text can go out anew while the term runs.
    pub(super) opens_anew: bool,
    pub(super) resubmits: bool,
    /// Shown also to the Secretariat, which prepares it and no more.
    pub(super) certifies: bool,
    pub(super) launches: bool,
    /// What stands against consensus now: while there is any, it is neither certified nor launched.
    pub(super) in_the_way: Vec<String>,
    /// A step of the Presidency may be kept to be released.
    pub(super) prepares: bool,
    pub(super) ends: bool,
    pub(super) reports: bool,
    pub(super) enters: bool,
    /// The paper on which something is entered can come with it.
    pub(super) papers: bool,
    pub(super) acknowledges: bool,
    pub(super) parties: Vec<(&'a str, &'a str)>,
    pub(super) troika: Vec<(String, String)>,
    pub(super) in_place_of: Vec<&'a str>,
    /// The act by which the text on the page was put forward, to the Troika or in its round.
    pub(super) text_act: String,
    pub(super) round: u16,
    /// The answers of all members that are seen standing, for whoever enters one.
    pub(super) standing: Vec<&'a str>,
    pub(super) uncertain: Vec<String>,
    /// The members that a round would go to, where one can be opened.
    pub(super) consulted: Vec<String>,
    /// Those of them for which nobody may answer.
    pub(super) unspoken: Vec<String>,
    pub(super) text: Both,
    pub(super) today: String,
    pub(super) sent: Sent,
}

/// What stands in the form of an answer: what was written into one that was refused; else the answer that stands.
#[derive(Default)]
pub(super) struct Sent {
    /// It was sent, and comes back.
    pub(super) again: bool,
    pub(super) answer: String,
    pub(super) words: String,
    /// For the whole text and each paragraph.
    pub(super) changes: Vec<SentOf>,
}

/// What was written on one paragraph.
pub(super) struct SentOf {
    /// The paragraph, in words.
    pub(super) name: String,
    pub(super) change: String,
    pub(super) why: String,
    pub(super) comment: String,
}

impl SentOf {
    pub(super) fn is_empty(&self) -> bool {
        self.change.is_empty() && self.why.is_empty() && self.comment.is_empty()
    }
}

pub(super) async fn forms<'a>(
    call: &Call,
    frame: &Frame,
    inside: &Inside,
    seen: &'a ConsultationPage,
) -> Result<Forms<'a>, Outcome> {
    let may = seen.may;
    let stage = seen.line.stage;
    let over = seen.round.as_ref().is_some_and(|round| round.over);
    let conducts = may.conducts || (may.enters && seen.end.is_none());
    let own = seen
        .round
        .as_ref()
        .and_then(|round| round.members.iter().find(|member| member.party == seen.own));
    let standing = own.map_or_else(Vec::new, |member| standing_of(&member.said));
    let objects = match own.map(|member| &*member.said) {
        Some(SaidLine::One(answer)) => answer.answer == Said::Objects,
        Some(SaidLine::NotAtOne(all)) => all.iter().any(|answer| answer.answer == Said::Objects),
        _ => false,
    };
    let opens_first = conducts && stage == Stage::Ready;
    let opens_again = conducts && matches!(stage, Stage::Closed | Stage::Certified);
    let opens_anew = conducts && stage == Stage::Round;
    // Whom a round would go to is asked where one can be opened.
    let asked = match opens_first || opens_again || opens_anew {
        true => inside.consulted_parties(),
        false => Vec::new(),
    };
    let consulted: Vec<String> = asked.iter().map(|(id, _)| id.clone()).collect();
    let unspoken = inside.without_voice_of(&asked);
    let unreached = match asked.is_empty() {
        true => Vec::new(),
        false => call.indoors()?.unreached(&consulted).await?,
    };
    let unreached: BTreeSet<String> = unreached.into_iter().collect();
    let uncertain = asked.into_iter().filter(|(id, _)| unreached.contains(id));
    let uncertain = uncertain.map(|(_, label)| label).collect();
    Ok(Forms {
        reacts: may.reacts && stage == Stage::Troika,
        reacted: seen.troika.iter().find(|line| line.own).and_then(|line| {
            let said = reaction_key(line.reaction?);
            let said = frame.say(said).into_owned();
            Some(match &line.words {
                Some(words) => format!("{said}. {words}"),
                None => said,
            })
        }),
        answers: may.states && matches!(stage, Stage::Round | Stage::Closed | Stage::Certified),
        only_objections: over && !may.objected_before && !objects,
        withdraws: over && (may.objected_before || objects),
        opens_first,
        opens_again,
        opens_anew,
        resubmits: conducts && matches!(stage, Stage::Troika | Stage::Ready),
        certifies: (may.launches || may.enters) && stage == Stage::Closed,
        launches: (may.launches || may.enters) && stage == Stage::Certified,
        prepares: prepares(may),
        in_the_way: seen
            .round
            .as_ref()
            .map(|round| against(frame, round))
            .unwrap_or_default(),
        ends: conducts,
        reports: (may.reports || may.enters) && stage == Stage::Ended,
        enters: may.enters && seen.end.is_none(),
        papers: may.enters && call.indoors()?.keeps_papers(),
        acknowledges: may.acknowledges && standing.is_empty(),
        parties: seen
            .round
            .as_ref()
            .map(|round| {
                let members = round.members.iter();
                members
                    .map(|member| (member.party.as_str(), member.label.as_str()))
                    .collect()
            })
            .unwrap_or_default(),
        troika: seen
            .troika
            .iter()
            .map(|line| (line.party.clone(), line.label.clone()))
            .collect(),
        in_place_of: standing,
        text_act: seen.text_act().to_owned(),
        round: seen.line.round,
        standing: seen
            .round
            .iter()
            .flat_map(|round| &round.members)
            .flat_map(|member| standing_of(&member.said))
            .collect(),
        uncertain,
        unspoken,
        consulted,
        text: Both {
            es: joined(&seen.text, |paragraph| &paragraph.es),
            en: joined(&seen.text, |paragraph| &paragraph.en),
        },
        today: today(call, inside),
        sent: match call.form {
            Some(_) => sent(call, frame, seen),
            None => stands(frame, seen, own.map(|member| &*member.said)),
        },
        may,
    })
}

fn sent(call: &Call, frame: &Frame, seen: &ConsultationPage) -> Sent {
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let changes = places(seen).map(|number| {
        let sent = |name: &str| text(&format!("{name}_{number}"));
        SentOf {
            name: paragraph(frame, number).to_string(),
            change: sent("change"),
            why: sent("change_why"),
            comment: sent("comment"),
        }
    });
    Sent {
        again: true,
        answer: text("answer"),
        words: text("words"),
        changes: changes.collect(),
    }
}

/// The one answer that stands: whoever changes it does not write it anew.
fn stands(frame: &Frame, seen: &ConsultationPage, said: Option<&SaidLine>) -> Sent {
    let one = match said {
        Some(SaidLine::One(one)) => Some(one),
        _ => None,
    };
    let round = seen.round.iter();
    let lines = round.flat_map(|round| round.changes.iter());
    let own: Vec<&ChangeLine> = lines
        .map(|line| &**line)
        .filter(|line| one.is_some_and(|one| one.act == line.position))
        .collect();
    let changes = places(seen).map(|number| {
        let here = |comment: bool| {
            let lines = own.iter();
            lines.filter(move |line| line.paragraph == number && line.comment == comment)
        };
        let joined = |comment: bool| {
            let words: Vec<&str> = here(comment).map(|line| line.words.as_str()).collect();
            words.join("\n\n")
        };
        let mut whys = here(false).filter_map(|line| line.why.clone());
        SentOf {
            name: paragraph(frame, number).to_string(),
            change: joined(false),
            why: whys.next().unwrap_or_default(),
            comment: joined(true),
        }
    });
    Sent {
        again: false,
        answer: one
            .map(|one| one.answer.as_str().to_owned())
            .unwrap_or_default(),
        words: one.and_then(|one| one.words.clone()).unwrap_or_default(),
        changes: changes.collect(),
    }
}

/// The text as a whole, and each paragraph.
fn places(seen: &ConsultationPage) -> impl Iterator<Item = u16> {
    0..=u16::try_from(seen.text.len()).unwrap_or(u16::MAX)
}

/// The answers of a member that stand in the round.
pub(super) fn standing_of(said: &SaidLine) -> Vec<&str> {
    match said {
        SaidLine::One(answer) => vec![&answer.act],
        SaidLine::NotAtOne(all) => all.iter().map(|answer| answer.act.as_str()).collect(),
        SaidLine::Hidden
        | SaidLine::NoCommunication(_)
        | SaidLine::Submitted
        | SaidLine::ObjectedBefore(_) => Vec::new(),
    }
}

fn joined(text: &[Paragraph], side: impl Fn(&Paragraph) -> &String) -> String {
    let all: Vec<&str> = text
        .iter()
        .map(|paragraph| side(paragraph).as_str())
        .collect();
    all.join("\n\n")
}
