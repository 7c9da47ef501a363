use comity_contacts::out::{self, Entry};

use super::Room;
use super::people::cards;
use super::visit::{Call, Outcome};

/// Everybody whom this seat may see, as a sheet or as cards. Whose people went out is noted as if their page was opened.
pub(super) async fn contacts(call: &Call) -> Result<Outcome, Outcome> {
    let (_, inside) = call.inside()?;
    let mut entries = Vec::new();
    for line in inside.parties() {
        let Some(people) = inside.people(&line.id) else {
            continue;
        };
        let cards = cards(call, &inside, &people.seats).await?;
        for seat in people.seats {
            let card = cards.get(&seat.person).cloned().unwrap_or_default();
            let confirmed = card
                .confirmed_at
                .map(|at| jiff::tz::Offset::UTC.to_datetime(at).date());
            entries.push(Entry {
                id: seat.person,
                name: card.name,
                party: line.label.clone(),
                seat: seat.label,
                detail: seat.detail.unwrap_or_default(),
                email: card.email,
                phone: card.phone,
                language: card.language,
                zone: card.zone,
                confirmed: confirmed.map(|day| day.to_string()).unwrap_or_default(),
            });
        }
    }
    if call.room == Room::Cards {
        let cards = out::vcard(&entries).into_bytes();
        return Ok(Outcome::File(
            "text/vcard; charset=utf-8",
            "contacts.vcf",
            cards,
        ));
    }
    let words = crate::language::words(call.language);
    let headings = [
        "sheet-party",
        "sheet-seat",
        "sheet-branch",
        "sheet-name",
        "sheet-email",
        "sheet-phone",
        "sheet-language",
        "sheet-confirmed",
    ];
    let headings = headings.map(|key| words.say(key).into_owned());
    let sheet = out::csv(&headings, &entries);
    Ok(Outcome::File(
        "text/csv; charset=utf-8",
        "contacts.csv",
        sheet,
    ))
}
