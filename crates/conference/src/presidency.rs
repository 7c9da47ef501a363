//! Who wants to preside, who was agreed on, and under which theme. The hand-over is in [`handover`](crate::handover).

use comity_calendar::Partial;
use comity_rules::{Chair, ChairModel, Rules, Text, Title};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::fact::PresidencyAgreed;
use crate::{Act, ActBody, ActId, Conference, Context, Name, Origin, Rejection, note};

/// A member announces that it would preside (H-03).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidacyAnnounced {
    pub party: Name,
    /// For which term: a year.
    pub term: Partial,
    /// The meeting in whose plenary it was announced.
    pub meeting: Name,
    /// The note by which it came, where the Secretariat entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A member no longer would.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidacyWithdrawn {
    /// The act that announced it.
    pub announced: ActId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The members agreed who presides next (H-02): one that had announced it, for the term after the last one agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PresidencyDesignated {
    /// The presidency that comes of it: `ppt-2013`.
    pub presidency: Name,
    /// The act that announced the candidacy.
    pub announced: ActId,
    pub party: Name,
    pub term: Partial,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A Presidency chooses the central theme of its term (H-04). A later choice takes the place of an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ThemeChosen {
    pub presidency: Name,
    pub theme: Title,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A candidacy, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidacy {
    pub announced: CandidacyAnnounced,
    pub since: Timestamp,
    /// The act by which it was withdrawn, and when.
    pub withdrawn: Option<(ActId, Timestamp)>,
}

/// How many years ahead a member may announce itself.
const YEARS_AHEAD: i16 = 10;

impl PresidencyDesignated {
    pub(crate) fn agreed(&self, at: Timestamp) -> PresidencyAgreed {
        PresidencyAgreed {
            id: self.presidency.clone(),
            party: self.party.clone(),
            term: self.term,
            theme: None,
            agreed: Some(Partial::day(jiff::tz::Offset::UTC.to_datetime(at).date())),
        }
    }
}

impl Conference {
    /// The year in which the last presidency agreed begins its term.
    fn last_term(&self) -> Option<i16> {
        let years = self.presidencies.iter();
        years.map(|held| held.fact.term.earliest().year()).max()
    }

    /// The candidacies for terms that nobody was agreed for, by term and in the order of their acts.
    pub fn open_candidacies(&self) -> Vec<(ActId, &Candidacy)> {
        let last = self.last_term();
        let mut open: Vec<(ActId, &Candidacy)> = self
            .candidacies
            .iter()
            .map(|(act, candidacy)| (*act, &**candidacy))
            .filter(|(_, candidacy)| candidacy.withdrawn.is_none())
            .filter(|(_, candidacy)| Some(candidacy.announced.term.earliest().year()) > last)
            .collect();
        open.sort_by_key(|(act, candidacy)| {
            (candidacy.announced.term.earliest(), candidacy.since, *act)
        });
        open
    }
}

fn rotating(rules: Option<&Rules>) -> Result<(&Rules, &Chair), Rejection> {
    let rules = rules.ok_or(Rejection::NoRulesAdopted)?;
    if rules.chair.model != ChairModel::Rotating {
        return Err(Rejection::NothingToHandOver);
    }
    Ok((rules, &rules.chair))
}

/// A candidacy is in order from a party that may hold the office, for a later year that nobody was agreed for, before the
/// body and at a meeting of it that has begun, once.
pub(crate) fn announce(
    conference: &Conference,
    rules: Option<&Rules>,
    asked: &CandidacyAnnounced,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    let (_, chair) = rotating(rules)?;
    let party = conference.parties.get(&asked.party);
    let holds = party.is_some_and(|party| {
        chair.holders.iter().any(|kind| **kind == *party.fact.kind) && party.fact.until.is_none()
    });
    if !holds {
        return Err(Rejection::NotAHolder {
            party: asked.party.to_string(),
        });
    }
    let last = conference.last_term().unwrap_or_default();
    let year = asked.term.earliest().year();
    if asked.term != Partial::year(year) || year <= last || year > last.saturating_add(YEARS_AHEAD)
    {
        return Err(Rejection::TermNotOpen {
            term: asked.term.to_string(),
        });
    }
    let today = jiff::tz::Offset::UTC.to_datetime(context.now).date();
    let meeting = conference.meetings.get(&asked.meeting).filter(|meeting| {
        let of_body = chair
            .announce_in
            .as_deref()
            .is_none_or(|body| *meeting.fact.body == *body);
        of_body && meeting.fact.date.earliest() <= today
    });
    if meeting.is_none() {
        return Err(Rejection::NotAnnouncedThere {
            meeting: asked.meeting.to_string(),
        });
    }
    note::check(asked.note.as_deref())?;
    let alike = conference.candidacies.iter().find(|(_, held)| {
        held.withdrawn.is_none()
            && (&held.announced.party, held.announced.term) == (&asked.party, asked.term)
    });
    if let Some((act, _)) = alike {
        return Err(Rejection::AnnouncedAlready { act: *act });
    }
    Ok(vec![enacted(ActBody::CandidacyAnnounced(asked.clone()))])
}

/// A candidacy that stands is withdrawn once, before somebody was agreed for its term.
pub(crate) fn withdraw(
    conference: &Conference,
    rules: Option<&Rules>,
    asked: &CandidacyWithdrawn,
) -> Result<Vec<Act>, Rejection> {
    rotating(rules)?;
    standing(conference, asked.announced)?;
    note::check(asked.note.as_deref())?;
    Ok(vec![enacted(ActBody::CandidacyWithdrawn(asked.clone()))])
}

fn standing(conference: &Conference, announced: ActId) -> Result<&Candidacy, Rejection> {
    let open = conference.open_candidacies().into_iter();
    open.filter(|(act, _)| *act == announced)
        .map(|(_, candidacy)| candidacy)
        .next()
        .ok_or(Rejection::NoSuchCandidacy)
}

/// Who presides next is designated among those that announced it, for the term right after the last one agreed.
pub(crate) fn designate(
    conference: &Conference,
    rules: Option<&Rules>,
    announced: ActId,
    by_note: Option<&str>,
) -> Result<Vec<Act>, Rejection> {
    let (_, chair) = rotating(rules)?;
    let candidacy = standing(conference, announced)?;
    let year = candidacy.announced.term.earliest().year();
    let years = i16::try_from(chair.term_years.unwrap_or(1)).unwrap_or(1);
    if conference
        .last_term()
        .is_some_and(|last| year != last + years)
    {
        return Err(Rejection::TermNotNext {
            term: candidacy.announced.term.to_string(),
        });
    }
    note::check(by_note)?;
    Ok(vec![enacted(ActBody::PresidencyDesignated(
        PresidencyDesignated {
            presidency: Name::new(&format!("{}-{year}", chair.body)),
            announced,
            party: candidacy.announced.party.clone(),
            term: candidacy.announced.term,
            note: by_note.map(str::to_owned),
        },
    ))])
}

/// A theme is chosen for a presidency that is not over, in both languages.
pub(crate) fn choose_theme(
    conference: &Conference,
    rules: Option<&Rules>,
    presidency: &str,
    theme: &Text,
    by_note: Option<&str>,
    context: &Context,
) -> Result<Vec<Act>, Rejection> {
    rotating(rules)?;
    let all = conference.presidencies_in_order();
    let place = all
        .iter()
        .position(|(held, _)| *held.fact.id == *presidency);
    let place = place.ok_or_else(|| Rejection::UnknownPresidency {
        presidency: presidency.to_owned(),
    })?;
    let begun = all[place].1.at <= context.now;
    let current = conference.in_office(&all, context.now);
    if begun && current != Some(place) {
        return Err(Rejection::PresidencyOver {
            presidency: presidency.to_owned(),
        });
    }
    note::check_text(theme)?;
    note::check(by_note)?;
    let theme = Title::official(theme);
    if all[place].0.fact.theme.as_ref() == Some(&theme) {
        return Err(Rejection::ThemeStands);
    }
    Ok(vec![enacted(ActBody::ThemeChosen(ThemeChosen {
        presidency: Name::new(presidency),
        theme,
        note: by_note.map(str::to_owned),
    }))])
}

fn enacted(body: ActBody) -> Act {
    Act {
        effective: None,
        origin: Origin::Enacted,
        body,
    }
}
