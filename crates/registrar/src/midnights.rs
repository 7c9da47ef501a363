use comity_register::Head;
use comity_view::Date;
use imbl::OrdMap;
use jiff::Timestamp;
use jiff::tz::Offset;

/// Where the register stood at each midnight by the conference's clock.
///
/// The public checkpoint moves at midnight only, so that its movement does not betray an act. Until the first midnight
/// it stands after the acts with which the register began, all of which anybody may see.
#[derive(Debug, Clone, Default)]
pub struct Midnights {
    /// Where the register stood after the last act of each day that had any; without the latest of these days.
    ends: OrdMap<Date, Head>,
    latest: Option<Day>,
    /// Where it stood when the first act came that not everybody may see.
    began: Option<Head>,
}

/// A day, with the instant at which it is over: comparing that is cheaper than taking the date of every act.
#[derive(Debug, Clone, Copy)]
struct Day {
    date: Date,
    over_at: Timestamp,
}

impl Day {
    fn of(at: Timestamp) -> Self {
        let date = Offset::UTC.to_datetime(at).date();
        let over_at = date
            .tomorrow()
            .ok()
            .and_then(|next| Offset::UTC.to_timestamp(next.at(0, 0, 0, 0)).ok());
        Self {
            date,
            over_at: over_at.unwrap_or(Timestamp::MAX),
        }
    }
}

/// Who may see an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Openness {
    Public,
    Closed,
}

impl Midnights {
    /// Takes note of an act before it is counted; `head` tells where the register stands without it.
    pub(crate) fn before(&mut self, at: Timestamp, openness: Openness, head: impl Fn() -> Head) {
        if openness == Openness::Closed && self.began.is_none() {
            self.began = Some(head());
        }
        if self.latest.is_some_and(|day| at < day.over_at) {
            return;
        }
        if let Some(day) = self.latest {
            self.ends.insert(day.date, head());
        }
        self.latest = Some(Day::of(at));
    }

    /// The head that the public is told on a day, where the register stands at `now`.
    pub(crate) fn public(&self, today: Date, now: Head) -> Head {
        if self.latest.is_some_and(|day| day.date < today) {
            return now;
        }
        let ended = self.ends.range(..today).next_back();
        match ended {
            Some((_, head)) => *head,
            None => self.began.unwrap_or(now),
        }
    }
}

#[cfg(test)]
mod tests {
    use comity_register::Hash;

    use super::*;

    fn head(size: u64) -> Head {
        let root = Hash::of(&size.to_be_bytes());
        Head { size, root }
    }

    fn on(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// The sizes that the public is told on a day after acts at these instants.
    fn told(acts: &[(&str, Openness)], today: &str) -> u64 {
        let mut midnights = Midnights::default();
        for (size, (at, openness)) in (0..).zip(acts) {
            midnights.before(at.parse().unwrap(), *openness, || head(size));
        }
        let now = head(acts.len() as u64);
        midnights.public(on(today), now).size
    }

    #[test]
    fn only_a_midnight_moves_it() {
        use Openness::{Closed, Public};
        let acts = [
            ("2011-10-15T12:00:00Z", Public),
            ("2011-10-15T12:00:00Z", Public),
            ("2011-10-15T23:59:59.999Z", Closed),
            ("2011-10-16T00:00:00Z", Public),
            ("2011-10-18T09:00:00Z", Closed),
        ];
        // On the first day the acts up to the first closed one; from then on those before the midnight.
        for (count, today, size) in [
            (0, "2011-10-15", 0),
            (1, "2011-10-15", 1),
            (2, "2011-10-15", 2),
            (3, "2011-10-15", 2),
            (3, "2011-10-16", 3),
            (4, "2011-10-16", 3),
            (4, "2011-10-17", 4),
            (5, "2011-10-17", 4),
            (5, "2011-10-18", 4),
            (5, "2011-10-19", 5),
            // A clock that was set back tells no more than it did.
            (5, "2011-10-16", 3),
            (5, "2011-10-15", 2),
            (5, "2011-10-14", 2),
        ] {
            assert_eq!(told(&acts[..count], today), size, "{count} acts, {today}");
        }
    }
}
