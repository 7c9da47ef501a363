//! A consultation in words: its rounds, members, changes, and what came of it.

use std::rc::Rc;
use std::sync::Arc;

use comity_view::{
    AnswerLine, ChangeLine, ConsultationPage, End, Fell, LateLine, MemberLine, ReceivedLine,
    RoundPage, SaidLine, Silence, WhoseDays,
};

use super::sides::{Side, sides};
use super::terms::{Counted, Shared, TermSaid, counted, term_in_words};
use super::words::{
    Phrases, Wall, answer_key, answer_mark, channel_key, moment, nothing_key, reached_key, until,
};
use crate::frame::Frame;
use crate::inside::Room;
use crate::inside::visit::Call;
use crate::query::Query;

/// An answer in words.
pub(super) struct Answered {
    pub(super) said: Rc<str>,
    pub(super) mark: &'static str,
    pub(super) words: Option<String>,
    pub(super) at: String,
    pub(super) late: bool,
    pub(super) received: Option<String>,
}

/// A member with its clock.
pub(super) struct Member {
    pub(super) label: String,
    pub(super) city: Option<String>,
    pub(super) own: bool,
    /// Its term; one for all whose term is the same.
    pub(super) term: Rc<TermSaid>,
    /// When that ends: by its own clock, or by the one that is named.
    pub(super) ends: String,
    /// What it said; none where the seat may not see it.
    pub(super) answers: Vec<Answered>,
    pub(super) silent: Option<Rc<str>>,
    pub(super) not_at_one: bool,
    /// How it was reached; for whoever may see that.
    pub(super) reached: Option<String>,
    /// Whether somebody there opened the page.
    pub(super) opened: Option<Rc<str>>,
}

pub(super) struct ChangeShown {
    pub(super) position: String,
    pub(super) change: u16,
    pub(super) comment: bool,
    pub(super) party: String,
    pub(super) paragraph: Rc<str>,
    pub(super) words: String,
    pub(super) why: Option<String>,
    pub(super) disposition: Option<(String, String)>,
    /// The form by which the Presidency says what becomes of it; opened where it was chosen.
    pub(super) form: bool,
    pub(super) chosen: bool,
    /// Where that form is, among so many that each has it on a page of its own.
    pub(super) href: Option<String>,
}

pub(super) struct LateShown {
    pub(super) act: String,
    pub(super) stands_no_more: Option<&'static str>,
    pub(super) party: String,
    pub(super) words: Option<String>,
    pub(super) reply: Option<String>,
}

pub(super) struct Round {
    pub(super) title: String,
    pub(super) why: Option<String>,
    pub(super) opened: String,
    pub(super) closes: String,
    pub(super) members: Vec<Member>,
    /// The terms that differ, each drawn once.
    pub(super) terms: Vec<Rc<TermSaid>>,
    /// How the terms were counted: the members whose days are the same, and those days.
    pub(super) counted: Vec<Counted>,
    /// What silence means by the rules.
    pub(super) silence: Option<&'static str>,
    /// Why answers are not told here, where some are not.
    pub(super) hidden: Option<&'static str>,
    pub(super) answered: Option<String>,
    pub(super) changes: Vec<ChangeShown>,
    /// Those of earlier rounds of which nobody said yet what becomes of them, for whoever says so.
    pub(super) pending: Vec<ChangeShown>,
    /// They stand apart, and are asked for.
    pub(super) pending_apart: bool,
    pub(super) late: Vec<LateShown>,
    pub(super) against: Vec<String>,
    pub(super) shows_against: bool,
    /// The words for that nothing does.
    pub(super) nothing_against: &'static str,
    pub(super) text: Vec<Side>,
}

/// Among more changes than these each has its form on a page of its own.
const FORMS_TOGETHER: usize = 30;

impl Round {
    /// About how large a page is that shows it: a member takes a kilobyte, a change or a comment half as much.
    pub(super) fn bytes(&self) -> usize {
        32_768 + self.members.len() * 1_024 + self.changes.len() * 512
    }

    /// Puts the late objections of earlier rounds before its own, as long as nobody replied.
    pub(super) fn put_before(&mut self, frame: &Frame, late: &[(u16, LateLine)]) {
        let before = late.iter().map(|(round, line)| {
            let of = frame.say_one("consult-of-round", "round", u64::from(*round));
            late_in_words(line, format!("{}, {of}", line.party_label))
        });
        self.late.splice(0..0, before);
    }

    /// Gives each change its form, or the way to it.
    pub(super) fn ask_for_dispositions(
        &mut self,
        call: &Call,
        frame: &Frame,
        pending: &[(u16, ChangeLine)],
    ) {
        let before = pending.iter().map(|(round, line)| {
            let round = frame.say_one("consult-of-round", "round", u64::from(*round));
            let place = format!("{round}, {}", paragraph(frame, line.paragraph));
            change_in_words(frame, line, place.into())
        });
        self.pending = before.collect();
        let few = self.changes.len() + self.pending.len() <= FORMS_TOGETHER;
        let asked = call.query.get("change");
        for change in self.changes.iter_mut().chain(&mut self.pending) {
            let name = format!("{}.{}", change.position, change.change);
            change.chosen = asked == Some(&name);
            change.form = few || change.chosen;
            if !change.form {
                // An id and a number: nothing to be written otherwise in an address.
                change.href = Some(format!("?change={name}#change"));
            }
        }
    }
}

/// The rounds before the last one: what each is called, when it was, where it is.
pub(super) fn earlier(
    call: &Call,
    frame: &Frame,
    seen: &ConsultationPage,
    zone: &Wall,
) -> Vec<(String, String, String)> {
    let mut phrases = Phrases::new(frame);
    let rounds = seen.earlier.iter().map(|round| {
        let opens_at = phrases.moment(round.opens_at, zone);
        let closes_at = phrases.until(round.closes_at, zone);
        let title = frame.say_one("consult-round-title", "round", u64::from(round.number));
        let opened = frame.say_one("consult-opened", "at", opens_at);
        let closed = frame.say_one("consult-closed", "at", closes_at);
        let query = Query::default().with("round", &round.number.to_string());
        let path = Room::Consultation(seen.line.id.clone()).path(call.language);
        (
            title,
            format!("{opened} · {closed}"),
            format!("{path}{}", query.written()),
        )
    });
    rounds.collect()
}

pub(super) fn lead(frame: &Frame, seen: &ConsultationPage, zone: &Wall) -> String {
    let Some(round) = seen.round.as_ref() else {
        return frame.say_one(
            "consult-lead-troika",
            "presidency",
            seen.presidency.as_str(),
        );
    };
    let values = [
        ("at", until(frame, round.closes_at, zone).into()),
        ("opened", moment(frame, round.opens_at, zone).into()),
        ("days", u64::from(round.days).into()),
    ];
    let key = match (round.over, round.whose) {
        (true, _) => "consult-lead-over",
        (false, None | Some(WhoseDays::EachMember)) => "consult-lead-runs",
        (false, Some(WhoseDays::Chair)) => "consult-lead-runs-chair",
        (false, Some(WhoseDays::Secretariat)) => "consult-lead-runs-secretariat",
        (false, Some(WhoseDays::Union)) => "consult-lead-runs-union",
    };
    frame.words().say_with(key, &values)
}

pub(super) fn troika(
    frame: &Frame,
    seen: &ConsultationPage,
) -> Vec<(String, String, Option<String>)> {
    let lines = seen.troika.iter();
    lines
        .map(|line| {
            let key = line.reaction.map_or("consult-troika-awaited", reaction_key);
            (
                line.label.clone(),
                frame.say(key).into_owned(),
                line.words.clone(),
            )
        })
        .collect()
}

pub(super) const fn reaction_key(reaction: comity_view::Reaction) -> &'static str {
    match reaction {
        comity_view::Reaction::Consents => "consult-troika-consents",
        comity_view::Reaction::DoesNotConsent => "consult-troika-does-not",
    }
}

pub(super) fn ended(frame: &Frame, end: End, zone: &Wall) -> String {
    let key = match end {
        End::Launched { .. } => "consult-launched",
        End::Referred { .. } => "consult-referred",
        End::Withdrawn { .. } => "consult-withdrawn",
    };
    frame.say_one(key, "at", moment(frame, end.at(), zone))
}

/// "Entered by the Secretariat: note of 12 October 2011, No. 7".
pub(in crate::inside) fn received_in_words(frame: &Frame, received: &ReceivedLine) -> String {
    let values = [
        ("by", frame.say(channel_key(received.by)).into()),
        ("day", frame.words().day(received.on).into()),
        ("reference", received.reference.as_str().into()),
    ];
    frame.words().say_with("consult-received", &values)
}

const fn silence_key(silence: Silence) -> &'static str {
    match silence {
        Silence::Consent => "consult-silence-consent",
        Silence::NoPosition => "consult-silence-no-position",
        Silence::Blocks => "consult-silence-blocks",
    }
}

fn change_in_words(frame: &Frame, change: &ChangeLine, paragraph: Rc<str>) -> ChangeShown {
    let disposition = change.disposition.as_ref();
    ChangeShown {
        position: change.position.clone(),
        change: change.change,
        comment: change.comment,
        party: change.party_label.clone(),
        paragraph,
        words: change.words.clone(),
        why: change.why.clone(),
        disposition: disposition.map(|(what, why)| (disposed(frame, *what), why.clone())),
        form: false,
        chosen: false,
        href: None,
    }
}

fn late_in_words(late: &LateLine, party: String) -> LateShown {
    LateShown {
        act: late.act.clone(),
        stands_no_more: match late.fell {
            None => None,
            Some(Fell::Replaced) => Some("consult-late-replaced"),
            Some(Fell::WithItsText) => Some("consult-late-of-another-text"),
        },
        party,
        words: late.words.clone(),
        reply: late.reply.clone(),
    }
}

/// A round in words; of the last one it is known in which countries somebody opened the page.
pub(super) fn round_in_words(
    frame: &Frame,
    round: &RoundPage,
    zone: &Wall,
    opened: Option<&[String]>,
) -> Round {
    let (members, shared) = members_in_words(frame, round, opened);
    let numbered = round.text.iter().map(|paragraph| paragraph.number);
    let last = u16::try_from(numbered.max().unwrap_or_default()).unwrap_or(u16::MAX);
    let places: Vec<Rc<str>> = (0..=last).map(|number| paragraph(frame, number)).collect();
    let number = u64::from(round.number);
    let closes = match (round.cut, round.over) {
        (true, _) => "consult-would-have-closed",
        (false, true) => "consult-closed",
        (false, false) => "consult-closes",
    };
    let hidden = match (round.over, round.runs_on) {
        (true, true) => "consult-hidden-again",
        (true, false) => "consult-hidden-always",
        (false, _) => "consult-hidden",
    };
    let mut lines = round.members.iter();
    let hides = lines.any(|member| member.said == SaidLine::Hidden);
    Round {
        title: frame.say_one("consult-round-title", "round", number),
        why: round.why.clone(),
        opened: frame.say_one("consult-opened", "at", moment(frame, round.opens_at, zone)),
        closes: frame.say_one(closes, "at", until(frame, round.closes_at, zone)),
        silence: round.silence.map(silence_key),
        hidden: hides.then_some(hidden),
        answered: round.answered.map(|count| {
            let values = [("count", count.into()), ("of", round.members.len().into())];
            frame.words().say_with("consult-answered", &values)
        }),
        members,
        counted: counted(&shared),
        terms: shared.into_iter().map(|shared| shared.said).collect(),
        changes: round
            .changes
            .iter()
            .map(|change| {
                let place = places.get(usize::from(change.paragraph));
                let place = place.map_or_else(|| paragraph(frame, change.paragraph), Rc::clone);
                change_in_words(frame, change, place)
            })
            .collect(),
        pending: Vec::new(),
        pending_apart: false,
        late: round
            .late
            .iter()
            .map(|late| late_in_words(late, late.party_label.clone()))
            .collect(),
        shows_against: round.against.is_some(),
        against: against(frame, round),
        nothing_against: match round.over {
            true => "consult-against-none",
            false => "consult-against-none-yet",
        },
        // Of the last one the whole page shows it.
        text: match opened {
            None => sides(&round.text),
            Some(_) => Vec::new(),
        },
    }
}

/// What stands against consensus, where the seat may know it.
pub(super) fn against(frame: &Frame, round: &RoundPage) -> Vec<String> {
    let lines = round.against.iter().flatten();
    let said = lines.map(|line| {
        let party = line.party_label.as_deref().unwrap_or_default();
        frame.say_one(&format!("consult-against-{}", line.what), "party", party)
    });
    said.collect()
}

/// What became of a change or of a comment.
pub(super) fn disposed(frame: &Frame, what: comity_view::Disposition) -> String {
    let key = match what {
        comity_view::Disposition::Taken => "consult-taken",
        comity_view::Disposition::InPart => "consult-in-part",
        comity_view::Disposition::NotTaken => "consult-not-taken",
    };
    frame.say(key).into_owned()
}

pub(super) fn paragraph(frame: &Frame, number: u16) -> Rc<str> {
    if number == 0 {
        return frame.say("consult-whole-text").into();
    }
    let said = frame.say_one("consult-paragraph", "number", u64::from(number));
    said.into()
}

/// "Acknowledged · asked in another way".
fn reached(phrases: &mut Phrases<'_>, member: &MemberLine) -> Option<String> {
    let mut words = phrases.say(reached_key(member.reached?)).to_string();
    if member.escalated {
        words.push_str(" · ");
        words.push_str(&phrases.say("consult-reached-escalated"));
    }
    if member.unspoken {
        words.push_str(" · ");
        words.push_str(&phrases.say("consult-unspoken"));
    }
    Some(words)
}

/// Whether somebody there opened the page; for whoever sees how it was reached.
fn opened_there(
    phrases: &mut Phrases<'_>,
    member: &MemberLine,
    opened: Option<&[String]>,
) -> Option<Rc<str>> {
    let opened = opened.filter(|_| member.reached.is_some())?;
    Some(phrases.say(if opened.contains(&member.party) {
        "consult-opened-there"
    } else {
        "consult-not-opened"
    }))
}

fn members_in_words(
    frame: &Frame,
    round: &RoundPage,
    opened: Option<&[String]>,
) -> (Vec<Member>, Vec<Shared>) {
    let mut shared: Vec<Shared> = Vec::new();
    let mut phrases = Phrases::new(frame);
    let mut words = Vec::with_capacity(round.members.len());
    for member in &round.members {
        let known = shared
            .iter()
            .position(|known| Arc::ptr_eq(&known.term, &member.term));
        let place = known.unwrap_or_else(|| {
            shared.push(Shared {
                term: Arc::clone(&member.term),
                said: Rc::new(term_in_words(
                    &mut phrases,
                    &member.term,
                    round.cut,
                    shared.len(),
                )),
                of: Vec::new(),
            });
            shared.len() - 1
        });
        let same = &mut shared[place];
        same.of.push(member.label.clone());
        words.push(member_in_words(
            &mut phrases,
            round,
            member,
            opened,
            Rc::clone(&same.said),
        ));
    }
    (words, shared)
}

fn member_in_words(
    phrases: &mut Phrases<'_>,
    round: &RoundPage,
    member: &MemberLine,
    opened: Option<&[String]>,
    term: Rc<TermSaid>,
) -> Member {
    // Counted by another clock than its own, the term ends by that one: it is named.
    let city = member.city.as_deref().filter(|_| member.own_clock);
    let wall = Wall::at(term.zone.clone(), &member.term.zone, city);
    let ends = term.ends.as_str();
    let ends = if member.own_clock {
        phrases.frame().say_one("consult-ends-local", "at", ends)
    } else {
        let values = [("at", ends.into()), ("place", wall.place().into())];
        phrases
            .frame()
            .words()
            .say_with("consult-ends-there", &values)
    };
    let (answers, silent, not_at_one) = match &member.said {
        SaidLine::Hidden => (Vec::new(), None, false),
        SaidLine::NoCommunication(reached) => {
            // An answer is taken until the round closes, whosever term is over before.
            let key = match (round.cut, round.over) {
                (true, _) => "consult-said-nothing-until-end",
                (false, false) => "consult-said-nothing-yet",
                // How it was reached stands below.
                (false, true) if member.reached.is_some() => "consult-said-nothing",
                (false, true) => nothing_key(*reached),
            };
            (Vec::new(), Some(phrases.say(key)), false)
        }
        SaidLine::Submitted => (
            Vec::new(),
            Some(phrases.say("consult-said-submitted")),
            false,
        ),
        SaidLine::One(answer) => (vec![answered(phrases, answer, &wall)], None, false),
        SaidLine::ObjectedBefore(answer) => (
            vec![answered(phrases, answer, &wall)],
            Some(phrases.say("consult-said-objected-before")),
            false,
        ),
        SaidLine::NotAtOne(all) => {
            let all = all.iter();
            let all = all.map(|answer| answered(phrases, answer, &wall));
            (all.collect(), None, true)
        }
    };
    Member {
        label: member.label.clone(),
        city: member.city.clone(),
        own: member.own,
        term,
        ends,
        answers,
        silent,
        not_at_one,
        reached: reached(phrases, member),
        opened: opened_there(phrases, member, opened),
    }
}

fn answered(phrases: &mut Phrases<'_>, answer: &AnswerLine, wall: &Wall) -> Answered {
    let frame = phrases.frame();
    let at = phrases.moment(answer.at, wall);
    Answered {
        said: phrases.say(answer_key(answer.answer)),
        mark: answer_mark(answer.answer),
        words: answer.words.clone(),
        at,
        late: answer.late,
        received: answer
            .received
            .as_ref()
            .map(|received| received_in_words(frame, received)),
    }
}
