//! Who looked at what is not for everybody.

use comity_directory::{Drawer, Kept, PersonId};
use comity_view::Inside;
use comity_web::SourceError;
use comity_web::inside::{Sight, Visitor};
use jiff::SignedDuration;
use jiff::civil::Date;

use super::{House, failed, now};

/// How long it is kept that somebody looked.
const LASTS: SignedDuration = SignedDuration::from_hours(400 * 24);

/// How many lines a party is shown.
const SHOWN: usize = 1_000;

impl House {
    /// One line for each seat, party and day: how often somebody looked on a day says nothing.
    pub(super) async fn note_sight(
        &self,
        visitor: &Visitor,
        party: &str,
    ) -> Result<(), SourceError> {
        let (Some(filled), Ok(person)) = (&visitor.seat, visitor.person.parse::<PersonId>()) else {
            return Ok(());
        };
        let now = now();
        let day = jiff::tz::Offset::UTC.to_datetime(now).date();
        let kept = Kept {
            drawer: Drawer::Sight,
            key: format!("{party}/{day}/{filled}"),
            person: Some(person),
            until: now.saturating_add(LASTS).ok(),
            body: "{}".to_owned(),
        };
        let noted = self.directory().claim(&kept).await;
        noted.map(drop).map_err(|error| failed(&error))
    }

    pub(super) async fn sights_of(
        &self,
        inside: &Inside,
        party: &str,
    ) -> Result<Vec<Sight>, SourceError> {
        let start = format!("{party}/");
        let mut lines: Vec<Kept> = Vec::new();
        loop {
            let after = lines.last().map_or(start.as_str(), |last| &last.key);
            let page = self
                .directory()
                .contents(Drawer::Sight, Some(after), SHOWN)
                .await
                .map_err(|error| failed(&error))?;
            // Keys are in order: the first that is another party's ends it.
            let own = page.iter().take_while(|kept| kept.key.starts_with(&start));
            let own = own.count();
            lines.extend(page.into_iter().take(own));
            if own < SHOWN {
                break;
            }
        }
        let mut sights = Vec::new();
        for kept in lines.iter().rev().take(SHOWN) {
            let mut parts = kept.key[start.len()..].split('/');
            let day = parts.next().and_then(|day| day.parse::<Date>().ok());
            let Some(day) = day else { continue };
            let seat = parts.next().and_then(|filled| inside.seat_ever(filled));
            let name = match &kept.person {
                Some(person) => {
                    let person = self.directory().get(person).await;
                    person.map_err(|error| failed(&error))?
                }
                None => None,
            };
            sights.push(Sight {
                day,
                seat: seat.map(|seat| format!("{}, {}", seat.label, seat.party_label)),
                name: name.map(|person| person.name).unwrap_or_default(),
            });
        }
        Ok(sights)
    }
}
