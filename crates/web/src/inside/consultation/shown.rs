//! A consultation in words: its rounds, members, changes, and what came of it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use comity_view::{
    AnswerLine, ChangeLine, ConsultationPage, End, Fell, LateLine, MemberLine, Reached,
    ReceivedLine, RoundPage, SaidLine, Side, Silence, WhoseDays,
};

use super::terms::{Counted, DaysSaid, Shared, TermSaid, counted, term_in_words};
use super::words::{
    Around, Phrases, Wall, answer_key, answer_mark, channel_key, moment, nothing_key, reached_key,
    until,
};
use crate::frame::Frame;
use crate::inside::Room;
use crate::inside::visit::Call;
use crate::query::Query;

/// An answer in words.
pub(super) struct Answered<'a> {
    pub(super) said: Rc<str>,
    pub(super) mark: &'static str,
    pub(super) words: Option<&'a str>,
    pub(super) at: String,
    pub(super) late: bool,
    pub(super) received: Option<String>,
}

/// A member with its clock.
pub(super) struct Member<'a> {
    pub(super) label: &'a str,
    pub(super) city: Option<&'a str>,
    pub(super) own: bool,
    /// Its term; one for all whose term is the same.
    pub(super) term: Rc<TermSaid>,
    /// When that ends: by its own clock, or by the one that is named.
    pub(super) ends: Rc<str>,
    /// What it said; none where the seat may not see it.
    pub(super) answers: Vec<Answered<'a>>,
    pub(super) silent: Option<Rc<str>>,
    pub(super) not_at_one: bool,
    /// How it was reached; for whoever may see that.
    pub(super) reached: Option<Rc<str>>,
    /// Whether somebody there opened the page.
    pub(super) opened: Option<Rc<str>>,
}

pub(super) struct ChangeShown<'a> {
    pub(super) position: &'a str,
    pub(super) change: u16,
    pub(super) comment: bool,
    pub(super) party: &'a str,
    pub(super) paragraph: Rc<str>,
    pub(super) words: &'a str,
    pub(super) why: Option<&'a str>,
    pub(super) disposition: Option<(Cow<'static, str>, &'a str)>,
    /// The form by which the Presidency says what becomes of it; opened where it was chosen.
    pub(super) form: bool,
    pub(super) chosen: bool,
    /// That form is on a page of its own: they are so many.
    pub(super) apart: bool,
}

pub(super) struct LateShown {
    pub(super) act: String,
    pub(super) stands_no_more: Option<&'static str>,
    pub(super) party: String,
    pub(super) words: Option<String>,
    pub(super) reply: Option<String>,
}

pub(super) struct Round<'a> {
    pub(super) title: String,
    pub(super) why: Option<String>,
    pub(super) opened: String,
    pub(super) closes: String,
    pub(super) members: Vec<Member<'a>>,
    /// The terms that differ, each drawn once.
    pub(super) terms: Vec<Rc<TermSaid>>,
    /// How the terms were counted: the members whose days are the same, and those days.
    pub(super) counted: Vec<Counted>,
    /// What silence means by the rules.
    pub(super) silence: Option<&'static str>,
    /// Why answers are not told here, where some are not.
    pub(super) hidden: Option<&'static str>,
    pub(super) answered: Option<String>,
    pub(super) changes: Vec<ChangeShown<'a>>,
    /// Those of earlier rounds of which nobody said yet what becomes of them, for whoever says so.
    pub(super) pending: Vec<ChangeShown<'a>>,
    /// They stand apart, and are asked for.
    pub(super) pending_apart: bool,
    pub(super) late: Vec<LateShown>,
    pub(super) against: Vec<String>,
    pub(super) shows_against: bool,
    /// The words for that nothing does.
    pub(super) nothing_against: &'static str,
    pub(super) text: &'a [Side],
}

/// Among more changes than these each has its form on a page of its own.
const FORMS_TOGETHER: usize = 30;

/// The change whose form was asked for: the answer that it came with, and its place in it.
struct Chosen<'q> {
    position: &'q str,
    change: u16,
}

impl<'q> Chosen<'q> {
    fn of(call: &'q Call) -> Option<Self> {
        let (position, change) = call.query.get("change")?.split_once('.')?;
        let change = change.parse().ok()?;
        Some(Self { position, change })
    }

    fn is_of(&self, position: &str, change: u16) -> bool {
        self.position == position && self.change == change
    }
}

impl<'a> Round<'a> {
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
        pending: &'a [(u16, ChangeLine)],
    ) {
        let before = pending.iter().map(|(round, line)| {
            let round = frame.say_one("consult-of-round", "round", u64::from(*round));
            let place = format!("{round}, {}", paragraph(frame, line.paragraph));
            change_in_words(frame, line, place.into())
        });
        self.pending = before.collect();
        let few = self.changes.len() + self.pending.len() <= FORMS_TOGETHER;
        let asked = Chosen::of(call);
        for change in self.changes.iter_mut().chain(&mut self.pending) {
            change.chosen = asked
                .as_ref()
                .is_some_and(|asked| asked.is_of(change.position, change.change));
            change.form = few || change.chosen;
            change.apart = !change.form;
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
    let title = Around::of(frame, "consult-round-title", "round");
    let opened = Around::of(frame, "consult-opened", "at");
    let closed = Around::of(frame, "consult-closed", "at");
    let path = Room::Consultation(seen.line.id.clone()).path(call.language);
    let rounds = seen.earlier.iter().map(|round| {
        let opens_at = phrases.moment(round.opens_at, zone);
        let closes_at = phrases.until(round.closes_at, zone);
        let title = title.with(&round.number.to_string());
        let opened = opened.with(&opens_at);
        let closed = closed.with(&closes_at);
        let query = Query::default().with("round", &round.number.to_string());
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

fn change_in_words<'a>(
    frame: &Frame,
    change: &'a ChangeLine,
    paragraph: Rc<str>,
) -> ChangeShown<'a> {
    let disposition = change.disposition.as_ref();
    ChangeShown {
        position: &change.position,
        change: change.change,
        comment: change.comment,
        party: &change.party_label,
        paragraph,
        words: &change.words,
        why: change.why.as_deref(),
        disposition: disposition.map(|(what, why)| (disposed(frame, *what), why.as_str())),
        form: false,
        chosen: false,
        apart: false,
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
pub(super) fn round_in_words<'a>(
    frame: &Frame,
    round: &'a RoundPage,
    zone: &Wall,
    opened: Option<&[String]>,
) -> Round<'a> {
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
    let hides = lines.any(|member| *member.said == SaidLine::Hidden);
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
        counted: counted(frame, &shared),
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
            None => &round.sides,
            Some(_) => &[],
        },
    }
}

/// What stands against consensus, where the seat may know it.
pub(super) fn against(frame: &Frame, round: &RoundPage) -> Vec<String> {
    let lines = round.against.iter().flat_map(|lines| lines.iter());
    let said = lines.map(|line| {
        let party = line.party_label.as_deref().unwrap_or_default();
        frame.say_one(&format!("consult-against-{}", line.what), "party", party)
    });
    said.collect()
}

/// What became of a change or of a comment.
pub(super) fn disposed(frame: &Frame, what: comity_view::Disposition) -> Cow<'static, str> {
    let key = match what {
        comity_view::Disposition::Taken => "consult-taken",
        comity_view::Disposition::InPart => "consult-in-part",
        comity_view::Disposition::NotTaken => "consult-not-taken",
    };
    frame.say(key)
}

pub(super) fn paragraph(frame: &Frame, number: u16) -> Rc<str> {
    if number == 0 {
        return frame.say("consult-whole-text").into();
    }
    let said = frame.say_one("consult-paragraph", "number", u64::from(number));
    said.into()
}

/// How a member was reached, as it is said of many: escalated, and with nobody who speaks for it.
type Way = (Reached, bool, bool);

/// "Acknowledged · asked in another way": each is put together once.
fn reached(
    phrases: &mut Phrases<'_>,
    said: &mut HashMap<Way, Rc<str>>,
    member: &MemberLine,
) -> Option<Rc<str>> {
    let way = (member.reached?, member.escalated, member.unspoken);
    let words = said.entry(way).or_insert_with(|| {
        let mut words = phrases.say(reached_key(way.0)).to_string();
        if member.escalated {
            words.push_str(" · ");
            words.push_str(&phrases.say("consult-reached-escalated"));
        }
        if member.unspoken {
            words.push_str(" · ");
            words.push_str(&phrases.say("consult-unspoken"));
        }
        words.into()
    });
    Some(Rc::clone(words))
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

fn members_in_words<'a>(
    frame: &Frame,
    round: &'a RoundPage,
    opened: Option<&[String]>,
) -> (Vec<Member<'a>>, Vec<Shared<'a>>) {
    let mut shared: Vec<Shared<'a>> = Vec::new();
    let mut phrases = Phrases::new(frame);
    let mut ways = HashMap::new();
    let mut days = DaysSaid::default();
    let mut words = Vec::with_capacity(round.members.len());
    for member in &round.members {
        let known = shared.iter().position(|known| known.term.is(&member.term));
        let place = known.unwrap_or_else(|| {
            let term = &member.term;
            let said = term_in_words(&mut phrases, &mut days, term, round.cut, shared.len());
            shared.push(Shared {
                term: term.clone(),
                said: Rc::new(said),
                of: Vec::new(),
            });
            shared.len() - 1
        });
        let same = &mut shared[place];
        same.of.push(&member.label);
        let term = Rc::clone(&same.said);
        words.push(Member {
            reached: reached(&mut phrases, &mut ways, member),
            opened: opened_there(&mut phrases, member, opened),
            ..member_in_words(&mut phrases, round, member, term)
        });
    }
    (words, shared)
}

/// Without how it was reached.
fn member_in_words<'a>(
    phrases: &mut Phrases<'_>,
    round: &RoundPage,
    member: &'a MemberLine,
    term: Rc<TermSaid>,
) -> Member<'a> {
    // Counted by another clock than its own, the term ends by that one: it is named.
    let city = member.city.as_deref().filter(|_| member.own_clock);
    let place = city.unwrap_or_else(|| term.wall.place());
    let ends = match member.own_clock {
        true => &term.ends,
        false => &term.ends_there,
    };
    let mut answered = |answer: &'a AnswerLine| {
        let at = phrases.moment_in(answer.at, &term.wall.zone, place);
        answered(phrases, answer, at)
    };
    let (answers, silent, not_at_one) = match &*member.said {
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
        SaidLine::One(answer) => (vec![answered(answer)], None, false),
        SaidLine::ObjectedBefore(answer) => (
            vec![answered(answer)],
            Some(phrases.say("consult-said-objected-before")),
            false,
        ),
        SaidLine::NotAtOne(all) => (all.iter().map(answered).collect(), None, true),
    };
    Member {
        label: &member.label,
        city: member.city.as_deref(),
        own: member.own,
        ends: Rc::clone(ends),
        term,
        answers,
        silent,
        not_at_one,
        reached: None,
        opened: None,
    }
}

fn answered<'a>(phrases: &mut Phrases<'_>, answer: &'a AnswerLine, at: String) -> Answered<'a> {
    Answered {
        said: phrases.say(answer_key(answer.answer)),
        mark: answer_mark(answer.answer),
        words: answer.words.as_deref(),
        at,
        late: answer.late,
        received: answer
            .received
            .as_ref()
            .map(|received| received_in_words(phrases.frame(), received)),
    }
}
