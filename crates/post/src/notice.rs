use comity_directory::PersonId;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::HELD;

/// A letter that waited for so long between its attempts is given up.
pub const GIVEN_UP: SignedDuration = SignedDuration::from_hours(5 * 24);

/// How long it is kept that a letter went out.
pub(crate) const KEPT: SignedDuration = SignedDuration::from_hours(400 * 24);

/// After which attempt how long to wait, in minutes; then always the last.
const WAITS: [i64; 5] = [1, 5, 15, 60, 240];

/// What a letter is about. It holds no secret and nobody's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "matter", deny_unknown_fields)]
pub enum Matter {
    /// Somebody was seated and cannot sign in yet. The link is made when the letter goes out.
    Invitation { filled: String },
    /// Their data were not confirmed for long (P-07, C-10).
    ConfirmData,
    /// The Presidency passes.
    PresidencyHandedOver {
        presidency: String,
        from: Timestamp,
        zone: String,
    },
    /// A seat with a last day ends soon.
    SeatEnds { filled: String, on: String },
    /// Something of a written consultation, by the act that began it.
    Consultation { of: String, what: Step },
    /// Something of an informal consultation, by the act that began it.
    Informal { of: String, what: InformalStep },
    /// The letter of a round that may be opened, or of an informal consultation whose letters are held, as it would read, to
    /// whoever asks for it and to nobody else.
    TestCopy { of: String },
    /// The letter of a day: what has no deadline, by the keys of the letters in whose place it goes.
    Daily { keys: Vec<String> },
}

/// What happened in an informal consultation. Nobody is reminded: there is no term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum InformalStep {
    /// The Presidency asks.
    Opened,
    /// The Secretariat entered an answer that came otherwise: a copy for the state.
    Entered,
    /// The Presidency said what came of it.
    Closed,
}

impl InformalStep {
    pub const ALL: [Self; 3] = [Self::Opened, Self::Entered, Self::Closed];

    /// Its name, in keys and catalogues.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Opened => "informal-opened",
            Self::Entered => "informal-entered",
            Self::Closed => "informal-closed",
        }
    }
}

/// What happened in a written consultation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// The Troika is asked for its reaction.
    Troika,
    /// It is asked anew, for another text.
    Resubmitted,
    /// The members are asked whether they agree to decide in writing.
    Method,
    /// A round was opened: the text goes to all members.
    Round,
    /// The term was extended: every capital has another end.
    Extended,
    /// The round was closed before its term was over.
    ClosedEarly,
    /// Two working days are left, and no answer stands.
    Reminder,
    /// It is the last day, and no answer stands.
    LastDay,
    /// The Secretariat entered an answer that came otherwise: a copy for the state (C.3-9).
    Entered,
    /// It entered a reaction of a member of the Troika.
    EnteredReaction,
    /// It entered that a state agrees to decide in writing.
    EnteredMethod,
    /// It entered that a state has the notice of a round.
    EnteredReceipt,
    /// It entered a step of the Presidency on its instruction: a copy for the Presidency.
    EnteredStep,
    /// An objection came after the close: the Presidency is told of it.
    LateObjection,
    /// The Presidency answered an objection that came late: its state is told.
    Replied,
    /// The agreed action was launched.
    Launched,
    /// The matter was referred to the next meeting.
    Referred,
    /// The consultation was withdrawn.
    Withdrawn,
    /// The result was reported.
    Reported,
}

impl Step {
    pub const ALL: [Self; 19] = [
        Self::Troika,
        Self::Resubmitted,
        Self::Method,
        Self::Round,
        Self::Extended,
        Self::ClosedEarly,
        Self::Reminder,
        Self::LastDay,
        Self::Entered,
        Self::EnteredReaction,
        Self::EnteredMethod,
        Self::EnteredReceipt,
        Self::EnteredStep,
        Self::LateObjection,
        Self::Replied,
        Self::Launched,
        Self::Referred,
        Self::Withdrawn,
        Self::Reported,
    ];

    /// Its name, in keys and catalogues.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Troika => "consultation-troika",
            Self::Resubmitted => "consultation-resubmitted",
            Self::Method => "consultation-method",
            Self::Round => "consultation-round",
            Self::Extended => "consultation-extended",
            Self::ClosedEarly => "consultation-closed-early",
            Self::Reminder => "consultation-reminder",
            Self::LastDay => "consultation-last-day",
            Self::Entered => "consultation-entered",
            Self::EnteredReaction => "consultation-entered-reaction",
            Self::EnteredMethod => "consultation-entered-method",
            Self::EnteredReceipt => "consultation-entered-receipt",
            Self::EnteredStep => "consultation-entered-step",
            Self::LateObjection => "consultation-late-objection",
            Self::Replied => "consultation-replied",
            Self::Launched => "consultation-launched",
            Self::Referred => "consultation-referred",
            Self::Withdrawn => "consultation-withdrawn",
            Self::Reported => "consultation-reported",
        }
    }
}

impl Matter {
    /// Its name, in keys and catalogues.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Invitation { .. } => "invitation",
            Self::ConfirmData => "confirm-data",
            Self::PresidencyHandedOver { .. } => "presidency-handed-over",
            Self::SeatEnds { .. } => "seat-ends",
            Self::Consultation { what, .. } => what.as_str(),
            Self::Informal { what, .. } => what.as_str(),
            Self::TestCopy { .. } => "test-copy",
            Self::Daily { .. } => "daily",
        }
    }

    /// Whether it may wait for the letter of the day: nothing that has a deadline, lets somebody in or was asked for.
    pub const fn may_wait(&self) -> bool {
        match self {
            Self::ConfirmData | Self::PresidencyHandedOver { .. } | Self::SeatEnds { .. } => true,
            // A copy of what was entered can be corrected until the close: it has a deadline. A referral or a withdrawal may
            // take one back.
            Self::Consultation { what, .. } => {
                matches!(what, Step::Launched | Step::Reported | Step::EnteredStep)
            }
            // An answer helps by a day, and the close tells what came of it.
            Self::Informal { what, .. } => {
                matches!(what, InformalStep::Entered | InformalStep::Closed)
            }
            Self::Invitation { .. } | Self::TestCopy { .. } | Self::Daily { .. } => false,
        }
    }

    /// Whether it is held for a time, in which it can be stopped.
    pub const fn is_held(&self) -> bool {
        matches!(
            self,
            Self::Consultation {
                what: Step::Round,
                ..
            } | Self::Informal {
                what: InformalStep::Opened,
                ..
            }
        )
    }
}

/// Where a letter stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "state", deny_unknown_fields)]
pub enum State {
    Waiting {
        attempts: u32,
        next: Timestamp,
    },
    Sent {
        at: Timestamp,
    },
    /// The address does not take it, or it was tried for too long.
    Returned {
        at: Timestamp,
    },
    /// There was nothing to send any more: the person has come in, left the seat, or has no address.
    Dropped {
        at: Timestamp,
    },
}

/// A letter to be written: whose, on which occasion, about what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// An act, or something else that happens once.
    pub occasion: String,
    pub person: PersonId,
    pub about: Matter,
    pub since: Timestamp,
    pub now: State,
    /// What the last attempt came to, where it failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// An attempt ended after the letter was handed over: it may have arrived. It goes again under the same name.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub may_have_arrived: bool,
    /// When it was tried first, where it is tried again: the same letter keeps its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<Timestamp>,
}

impl Notice {
    /// A letter that waits: one that is [held](crate::HELD) longer than others.
    pub fn new(occasion: &str, person: PersonId, about: Matter, now: Timestamp) -> Self {
        let next = if about.is_held() {
            now.saturating_add(HELD).unwrap_or(Timestamp::MAX)
        } else {
            now
        };
        Self {
            occasion: occasion.to_owned(),
            person,
            about,
            since: now,
            now: State::Waiting { attempts: 0, next },
            why: None,
            may_have_arrived: false,
            tried: None,
        }
    }

    /// Unique for an occasion, a person and a matter.
    pub fn key(&self) -> String {
        format!("{}/{}/{}", self.occasion, self.person, self.about.as_str())
    }

    /// The name of the conversation to which the letter belongs: all of one consultation to one person are one.
    pub fn thread(&self) -> Option<String> {
        match &self.about {
            Matter::Consultation { of, .. } => Some(format!("consultation.{of}.{}", self.person)),
            Matter::Informal { of, .. } => Some(format!("informal.{of}.{}", self.person)),
            Matter::Invitation { .. }
            | Matter::ConfirmData
            | Matter::PresidencyHandedOver { .. }
            | Matter::SeatEnds { .. }
            | Matter::TestCopy { .. }
            | Matter::Daily { .. } => None,
        }
    }

    /// The name under which the letter goes out, however often.
    pub fn letter_id(&self) -> String {
        self.key().replace('/', ".")
    }

    /// The date of the letter, where it goes out now: that of the first attempt.
    pub fn date(&self, now: Timestamp) -> Timestamp {
        self.tried.unwrap_or(now)
    }

    pub const fn is_waiting(&self) -> bool {
        matches!(self.now, State::Waiting { .. })
    }

    /// Whether it went out, or is not to go any more. One that came back is neither: it can be sent again.
    pub const fn is_settled(&self) -> bool {
        matches!(self.now, State::Sent { .. } | State::Dropped { .. })
    }

    pub fn is_due(&self, now: Timestamp) -> bool {
        matches!(self.now, State::Waiting { next, .. } if next <= now)
    }

    /// Whether it waits and was never tried.
    pub const fn is_untried(&self) -> bool {
        matches!(self.now, State::Waiting { attempts: 0, .. })
    }

    /// After an attempt that failed for now: waits longer each time, and in the end no more.
    ///
    /// What counts is how long it waited between attempts, and not since when it is there: a letter may have been held
    /// for weeks before the outbox was opened, and is not to be given up at the first server that is busy.
    pub(crate) fn put_off(&mut self, why: String, now: Timestamp) {
        self.why = Some(why);
        self.tried.get_or_insert(now);
        let State::Waiting { attempts, .. } = self.now else {
            return;
        };
        let waited: i64 = (0..attempts).map(minutes_after).sum();
        if SignedDuration::from_mins(waited) >= GIVEN_UP {
            self.now = State::Returned { at: now };
            return;
        }
        let wait = SignedDuration::from_mins(minutes_after(attempts));
        self.now = State::Waiting {
            attempts: attempts + 1,
            next: now.saturating_add(wait).unwrap_or(Timestamp::MAX),
        };
    }
}

/// How long to wait after an attempt; the first has the number 0.
fn minutes_after(attempt: u32) -> i64 {
    let place = usize::try_from(attempt).unwrap_or(usize::MAX);
    WAITS[place.min(WAITS.len() - 1)]
}
