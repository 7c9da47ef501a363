//! The days that a save-the-date asks about.

use comity_calendar::Date;
use jiff::Timestamp;

use super::{InformalKind, InformalOpened, NotInformal, is_past_everywhere};

/// So many days at most: nobody keeps more than a month free for one meeting, and more is a slip.
const DAYS: i32 = 31;

impl InformalOpened {
    /// The first and the last day that it asks about. Records of before say none.
    pub fn days(&self) -> Option<(Date, Date)> {
        let first = self.first?;
        Some((first, self.last.unwrap_or(first)))
    }
}

/// The days as the act holds them: a last one only where it is another.
pub(super) fn check(
    kind: InformalKind,
    first: Option<Date>,
    last: Option<Date>,
    now: Timestamp,
) -> Result<(Option<Date>, Option<Date>), NotInformal> {
    if kind != InformalKind::SaveTheDate {
        return match (first, last) {
            (None, None) => Ok((None, None)),
            _ => Err(NotInformal::DaysUnfit),
        };
    }
    let first = first.ok_or(NotInformal::NoDays)?;
    let last = last.unwrap_or(first);
    if last < first {
        return Err(NotInformal::DaysReversed { first, last });
    }
    if is_past_everywhere(first, now) {
        return Err(NotInformal::DateGone { first });
    }
    let days = (last - first).get_days() + 1;
    if days > DAYS {
        return Err(NotInformal::TooManyDays { days, most: DAYS });
    }
    Ok((Some(first), Some(last).filter(|last| *last != first)))
}
