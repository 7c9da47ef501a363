//! What a form asks for.

use comity_view::ConsultationPage;

use super::forms::standing_of;
use crate::inside::NotDone;
use crate::inside::consult::{Both, Change, Comment, Consult, Received};
use crate::inside::visit::Call;

pub(in crate::inside) fn both(call: &Call, name: &str) -> Both {
    let text = |language: &str| {
        let name = format!("{name}_{language}");
        one_line(call.sent(&name).unwrap_or_default())
    };
    Both {
        es: text("es"),
        en: text("en"),
    }
}

/// What a person writes on several lines stands on one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(in crate::inside) fn text_of(call: &Call) -> Both {
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    Both {
        es: text("text_es"),
        en: text("text_en"),
    }
}

pub(super) fn wished(call: &Call, id: &str, seen: &ConsultationPage) -> Result<Consult, NotDone> {
    let id = id.to_owned();
    let text = |name: &str| call.sent(name).unwrap_or_default().to_owned();
    let some = |name: &str| call.sent(name).map(str::to_owned);
    let note = some("note");
    let step = call.sent("do").unwrap_or_default();
    // Of a page that was opened before: what is final is not done on what nobody saw.
    let of_text = [
        "resubmit",
        "launch",
        "refer",
        "withdraw",
        "extend",
        "close-early",
    ];
    let of_text = of_text.contains(&step);
    if of_text && some("text_act").is_some_and(|text| text != seen.text_act()) {
        return Err(NotDone::new("E-0856"));
    }
    Ok(match step {
        "resubmit" => Consult::Resubmit {
            id,
            text: text_of(call),
            note,
        },
        "react" => Consult::React {
            id,
            party: some("party").unwrap_or_else(|| seen.own.clone()),
            consents: call.sent("reaction") == Some("consents"),
            text: some("text_act"),
            words: some("words"),
            note,
        },
        "method" => Consult::ConsentToMethod {
            id,
            party: some("party").unwrap_or_else(|| seen.own.clone()),
            note,
        },
        "open" => {
            let sent = text_of(call);
            let why = both(call, "why");
            Consult::Open {
                id,
                seen: some("text_act"),
                text: Some(sent).filter(|sent| !sent.es.is_empty() || !sent.en.is_empty()),
                why: Some(why).filter(|why| !why.es.is_empty() || !why.en.is_empty()),
                knowingly: call.sent("knowingly").is_some(),
                note,
            }
        }
        "extend" => Consult::Extend { id, note },
        "close-early" => Consult::CloseEarly { id, note },
        "state" => {
            let received = some("reference").map(|reference| Received {
                by: text("by"),
                on: text("on"),
                reference,
            });
            let party = some("party").unwrap_or_else(|| seen.own.clone());
            let in_place_of = match some("in_place_of") {
                Some(acts) => acts.split_whitespace().map(str::to_owned).collect(),
                None => standing_seen(call, seen, &party),
            };
            Consult::State {
                id,
                party,
                answer: text("answer"),
                words: some("words"),
                changes: changes(call, seen.text.len())?,
                comments: comments_of(call, seen, &in_place_of),
                text: some("text_act"),
                in_place_of,
                received,
            }
        }
        "dispose" => Consult::Dispose {
            id,
            position: text("position"),
            change: text("change"),
            disposition: text("disposition"),
            why: both(call, "why"),
            note,
        },
        "reply" => Consult::AnswerObjection {
            id,
            objection: text("objection"),
            reply: both(call, "why"),
            note,
        },
        "note" => Consult::Note {
            id,
            // A page that was opened in a round before is of that round.
            round: (some("round").and_then(|round| round.parse().ok())).unwrap_or(seen.line.round),
            party: some("party").unwrap_or_else(|| seen.own.clone()),
            passage: text("passage"),
            note,
        },
        "certify" => Consult::Certify {
            id,
            seen: some("text_act"),
            words: both(call, "why"),
        },
        "launch" => Consult::Launch { id },
        "refer" => Consult::Refer {
            id,
            why: both(call, "why"),
            note,
        },
        "withdraw" => Consult::Withdraw {
            id,
            why: both(call, "why"),
            note,
        },
        "report" => Consult::Report {
            id,
            words: both(call, "why"),
            public: call.sent("public").is_some(),
            note,
        },
        _ => return Err(NotDone::new(NotDone::UNAVAILABLE)),
    })
}

/// The answers of a member that stood on the page from which one is entered: what came since is seen first.
fn standing_seen(call: &Call, seen: &ConsultationPage, party: &str) -> Vec<String> {
    let sent = call.sent("seen").unwrap_or_default();
    let sent: Vec<&str> = sent.split_whitespace().collect();
    let members = seen.round.iter().flat_map(|round| &round.members);
    let own = members.filter(|member| member.party == party);
    own.flat_map(|member| standing_of(&member.said))
        .filter(|act| sent.contains(act))
        .map(str::to_owned)
        .collect()
}

/// The changes that are proposed: a field for the whole text and for each paragraph, or the one of a form that has no more. With
/// an answer of another kind they are refused, not left out.
fn changes(call: &Call, paragraphs: usize) -> Result<Vec<Change>, NotDone> {
    let of = |paragraph: u16, suffix: &str| {
        let words = written(call, &format!("change{suffix}"))?;
        Some(Change {
            paragraph,
            words,
            why: call.sent(&format!("change_why{suffix}")).map(str::to_owned),
        })
    };
    let several = places(paragraphs).filter_map(|number| of(number, &format!("_{number}")));
    let changes: Vec<Change> = of(0, "").into_iter().chain(several).collect();
    if changes.is_empty() == (call.sent("answer") == Some("proposes_change")) {
        return Err(NotDone::new("E-0831"));
    }
    Ok(changes)
}

/// After the close an objection or its withdrawal takes along what was commented on in time: its form does not ask for it.
fn comments_of(call: &Call, seen: &ConsultationPage, in_place_of: &[String]) -> Vec<Comment> {
    let mut comments = comments(call, seen.text.len());
    let over = seen.round.iter().filter(|round| round.over);
    let lines = over.flat_map(|round| &round.changes);
    for line in lines.filter(|line| line.comment && in_place_of.contains(&line.position)) {
        let (paragraph, words) = (line.paragraph, line.words.clone());
        let stands = Comment { paragraph, words };
        if !comments.contains(&stands) {
            comments.push(stands);
        }
    }
    comments
}

fn comments(call: &Call, paragraphs: usize) -> Vec<Comment> {
    let of = |paragraph: u16, suffix: &str| {
        let words = written(call, &format!("comment{suffix}"))?;
        Some(Comment { paragraph, words })
    };
    let several = places(paragraphs).filter_map(|number| of(number, &format!("_{number}")));
    of(0, "").into_iter().chain(several).collect()
}

/// The whole text, and each paragraph.
fn places(paragraphs: usize) -> impl Iterator<Item = u16> {
    0..=u16::try_from(paragraphs).unwrap_or(u16::MAX)
}

/// What stands in a field, if anything does.
fn written(call: &Call, name: &str) -> Option<String> {
    let words = call.sent(name)?.trim().replace("\r\n", "\n");
    (!words.is_empty()).then_some(words)
}
