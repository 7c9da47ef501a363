//! A consultation in words: its rounds, members, changes, and what came of it.

use std::rc::Rc;
use std::sync::Arc;

use comity_view::{
    AnswerLine, ChangeLine, ClockDay, ConsultationPage, DayIs, End, LateLine, MemberLine,
    Paragraph, ReportedPosition, RoundPage, SaidLine, TermShown, Text,
};
use jiff::tz::TimeZone;

use super::words::{
    Phrases, Wall, answer_key, answer_mark, moment, nothing_key, reached_key, weekday_key,
};
use crate::frame::Frame;
use crate::inside::Room;
use crate::inside::visit::Call;
use crate::pictures::clock::{self, Clock};
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
    /// What it said; none where the seat may not see it.
    pub(super) answers: Vec<Answered>,
    pub(super) silent: Option<Rc<str>>,
    pub(super) not_at_one: bool,
    /// How it was reached, and whether somebody there opened the page; for whoever may see that.
    pub(super) reached: Option<String>,
}

/// A paragraph, with what stood there before where that was another.
pub(super) struct Side {
    pub(super) number: usize,
    pub(super) es: Vec<Part>,
    pub(super) en: Vec<Part>,
}

/// A piece of a paragraph: as it was, new, or gone.
pub(super) struct Part {
    pub(super) text: String,
    pub(super) is: &'static str,
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
    /// How the terms were counted: the members whose days are the same, and those days.
    pub(super) counted: Vec<Counted>,
    pub(super) hidden: bool,
    pub(super) answered: Option<String>,
    pub(super) changes: Vec<ChangeShown>,
    /// Those of earlier rounds of which nobody said yet what becomes of them, for whoever says so.
    pub(super) pending: Vec<ChangeShown>,
    pub(super) late: Vec<LateShown>,
    pub(super) against: Vec<String>,
    pub(super) shows_against: bool,
    pub(super) text: Vec<Side>,
}

/// Among more changes than these each has its form on a page of its own.
const FORMS_TOGETHER: usize = 30;

impl Round {
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
    let rounds = seen.earlier.iter().map(|round| {
        let title = frame.say_one("consult-round-title", "round", u64::from(round.number));
        let opened = frame.say_one("consult-opened", "at", moment(frame, round.opens_at, zone));
        let closed = frame.say_one("consult-closed", "at", moment(frame, round.closes_at, zone));
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

/// The report: when, in which words, and what each member said.
pub(super) struct ReportShown {
    pub(super) at: String,
    pub(super) words: String,
    pub(super) positions: Vec<(String, String)>,
    /// Where the public reads it, where it does.
    pub(super) public: Option<String>,
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
        ("at", moment(frame, round.closes_at, zone).into()),
        ("opened", moment(frame, round.opens_at, zone).into()),
        ("days", u64::from(round.days).into()),
    ];
    let key = if seen.end.is_some() {
        "consult-lead-ended"
    } else if round.over {
        "consult-lead-over"
    } else {
        "consult-lead-runs"
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
            let key = match line.reaction {
                Some(comity_view::Reaction::Consents) => "consult-troika-consents",
                Some(comity_view::Reaction::DoesNotConsent) => "consult-troika-does-not",
                None => "consult-troika-awaited",
            };
            (
                line.label.clone(),
                frame.say(key).into_owned(),
                line.words.clone(),
            )
        })
        .collect()
}

pub(super) fn ended(frame: &Frame, end: End, zone: &Wall) -> String {
    let key = match end {
        End::Launched { .. } => "consult-launched",
        End::Referred { .. } => "consult-referred",
        End::Withdrawn { .. } => "consult-withdrawn",
    };
    frame.say_one(key, "at", moment(frame, end.at(), zone))
}

pub(super) fn report(frame: &Frame, seen: &ConsultationPage, zone: &Wall) -> Option<ReportShown> {
    let (at, report) = seen.reported.zip(seen.report.as_ref())?;
    let positions = report.positions.iter().map(|(party, said)| {
        let key = match said {
            ReportedPosition::Answered { answer, .. } => answer_key(*answer),
            ReportedPosition::Submitted => "consult-said-submitted",
            ReportedPosition::NotAtOne => "consult-said-not-at-one",
            ReportedPosition::ObjectedBefore { .. } => "consult-said-objected-before",
            ReportedPosition::NoCommunication { reached } => nothing_key(*reached),
        };
        (party.clone(), frame.say(key).into_owned())
    });
    let path = frame.of(&crate::Address::Written);
    Some(ReportShown {
        at: moment(frame, at, zone),
        words: report.words.clone(),
        positions: positions.collect(),
        public: report.public.then_some(path),
    })
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
    opened: &[String],
) -> Round {
    let (members, counted) = members_in_words(frame, &round.members, opened);
    let numbered = round.text.iter().map(|paragraph| paragraph.number);
    let last = u16::try_from(numbered.max().unwrap_or_default()).unwrap_or(u16::MAX);
    let places: Vec<Rc<str>> = (0..=last).map(|number| paragraph(frame, number)).collect();
    let number = u64::from(round.number);
    let closes = if round.over {
        "consult-closed"
    } else {
        "consult-closes"
    };
    Round {
        title: frame.say_one("consult-round-title", "round", number),
        why: round.why.clone(),
        opened: frame.say_one("consult-opened", "at", moment(frame, round.opens_at, zone)),
        closes: frame.say_one(closes, "at", moment(frame, round.closes_at, zone)),
        hidden: round
            .members
            .iter()
            .any(|member| member.said == SaidLine::Hidden),
        answered: round.answered.map(|count| {
            let values = [("count", count.into()), ("of", round.members.len().into())];
            frame.words().say_with("consult-answered", &values)
        }),
        members,
        counted,
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
        late: round
            .late
            .iter()
            .map(|late| late_in_words(late, late.party_label.clone()))
            .collect(),
        shows_against: round.against.is_some(),
        against: against(frame, round),
        text: sides(&round.text),
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

/// "Acknowledged · opened".
fn reached(phrases: &mut Phrases<'_>, member: &MemberLine, opened: &[String]) -> Option<String> {
    let mut words = phrases.say(reached_key(member.reached?)).to_string();
    let escalated = member.escalated.then_some("consult-reached-escalated");
    let seen = if opened.contains(&member.party) {
        "consult-opened-there"
    } else {
        "consult-not-opened"
    };
    for key in escalated.into_iter().chain([seen]) {
        words.push_str(" · ");
        words.push_str(&phrases.say(key));
    }
    Some(words)
}

/// The days of a term in words, and what is said of each.
pub(super) type Days = Vec<(String, String)>;

/// The names of members, and the term that is the same for all of them.
pub(super) type Counted = (Vec<String>, Rc<TermSaid>);

/// What is the same for every member whose term is the same.
struct Shared {
    term: Arc<TermShown>,
    said: Rc<TermSaid>,
    of: Vec<String>,
}

/// A term in words and as a picture.
pub(super) struct TermSaid {
    /// What names its picture in the page.
    pub(super) id: usize,
    pub(super) clock: Clock,
    pub(super) days: Days,
    pub(super) left: String,
    pub(super) ends: String,
    zone: TimeZone,
}

fn members_in_words(
    frame: &Frame,
    members: &[MemberLine],
    opened: &[String],
) -> (Vec<Member>, Vec<Counted>) {
    let mut shared: Vec<Shared> = Vec::new();
    let mut phrases = Phrases::new(frame);
    let mut words = Vec::with_capacity(members.len());
    for member in members {
        let known = shared
            .iter()
            .position(|known| Arc::ptr_eq(&known.term, &member.term));
        let place = known.unwrap_or_else(|| {
            shared.push(Shared {
                term: Arc::clone(&member.term),
                said: Rc::new(term_in_words(frame, &member.term, shared.len())),
                of: Vec::new(),
            });
            shared.len() - 1
        });
        let same = &mut shared[place];
        same.of.push(member.label.clone());
        words.push(member_in_words(
            &mut phrases,
            member,
            opened,
            Rc::clone(&same.said),
        ));
    }
    let counted = shared.into_iter().map(|same| (same.of, same.said));
    (words, counted.collect())
}

fn term_in_words(frame: &Frame, term: &TermShown, id: usize) -> TermSaid {
    let zone = TimeZone::get(&term.zone).unwrap_or(TimeZone::UTC);
    let wall = zone.to_datetime(term.ends_at);
    let ends = if (wall.hour(), wall.minute()) == (0, 0) {
        format!("{}, 24:00", frame.words().day(term.ends_on))
    } else {
        let day = frame.words().day(wall.date());
        format!("{day}, {:02}:{:02}", wall.hour(), wall.minute())
    };
    TermSaid {
        id,
        clock: clock::lay_out(&term.days),
        days: term
            .days
            .iter()
            .map(|day| day_in_words(frame, day))
            .collect(),
        left: if term.over {
            frame.say("consult-left-none").into_owned()
        } else {
            frame.say_one("consult-left", "count", term.left)
        },
        ends: frame.say_one("consult-ends-local", "at", ends),
        zone,
    }
}

fn member_in_words(
    phrases: &mut Phrases<'_>,
    member: &MemberLine,
    opened: &[String],
    term: Rc<TermSaid>,
) -> Member {
    let wall = Wall::at(term.zone.clone(), &member.term.zone, member.city.as_deref());
    let (answers, silent, not_at_one) = match &member.said {
        SaidLine::Hidden => (Vec::new(), None, false),
        SaidLine::NoCommunication(reached) => {
            let key = match (member.term.over, reached) {
                (false, _) => "consult-said-nothing-yet",
                (true, reached) => nothing_key(*reached),
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
        answers,
        silent,
        not_at_one,
        reached: reached(phrases, member, opened),
    }
}

/// "Thu 5 April 2012", "Holy Thursday, not counted".
fn day_in_words(frame: &Frame, day: &ClockDay) -> (String, String) {
    let weekday = frame.say(weekday_key(day.date));
    let date = format!("{weekday} {}", frame.words().day(day.date));
    let why = match (day.number, &day.holiday) {
        (Some(number), _) => frame.say_one("consult-day-counted", "number", u64::from(number)),
        (None, Some(name)) => frame.say_one("consult-day-holiday", "name", name.as_str()),
        (None, None) if day.start => frame.say("consult-day-start").into_owned(),
        (None, None) => frame.say("consult-day-weekend").into_owned(),
    };
    let why = if day.when == DayIs::Today {
        format!("{why} · {}", frame.say("consult-day-today"))
    } else {
        why
    };
    (date, why)
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
            .as_deref()
            .map(|reference| frame.say_one("consult-received", "reference", reference)),
    }
}

pub(super) fn sides(text: &[Paragraph]) -> Vec<Side> {
    let sides = text.iter().map(|paragraph| {
        let before = paragraph.before.as_ref();
        Side {
            number: paragraph.number,
            es: parts(before.map(Text::es), &paragraph.es),
            en: parts(before.map(Text::en), &paragraph.en),
        }
    });
    sides.collect()
}

/// What is new and what is gone, word by word.
fn parts(before: Option<&str>, now: &str) -> Vec<Part> {
    let Some(before) = before else {
        return vec![Part {
            text: now.to_owned(),
            is: "same",
        }];
    };
    let diff = similar::TextDiff::from_words(before, now);
    let mut parts: Vec<Part> = Vec::new();
    for change in diff.iter_all_changes() {
        let is = match change.tag() {
            similar::ChangeTag::Equal => "same",
            similar::ChangeTag::Insert => "new",
            similar::ChangeTag::Delete => "gone",
        };
        match parts.last_mut() {
            Some(last) if last.is == is => last.text.push_str(change.value()),
            _ => parts.push(Part {
                text: change.value().to_owned(),
                is,
            }),
        }
    }
    parts
}
