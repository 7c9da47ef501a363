//! Seats filled and vacated, and the Presidency handed over: each refusal before its acceptance, both sides of each edge.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod room;

use comity_conference::{ActId, Attached, Command, Rejection, Seat, SeatFilled, SeatVacated};
use comity_rules::Text;
use room::{ANA, NOW, Room, seat};

const BRUNO: &str = "7zzzzzzzzzzzzzzzzzzzzzzzzz";

impl Room {
    fn fill(&mut self, seat: SeatFilled) -> Result<Vec<ActId>, Rejection> {
        self.fill_or_replace(seat, false)
    }

    fn fill_or_replace(
        &mut self,
        seat: SeatFilled,
        replace: bool,
    ) -> Result<Vec<ActId>, Rejection> {
        let seat = Box::new(seat);
        let acts = self.asked(&Command::FillSeat { seat, replace })?;
        Ok(self.enter(&acts))
    }

    fn vacate(&mut self, filled: ActId) -> Result<Vec<ActId>, Rejection> {
        let acts = self.asked(&Command::VacateSeat(SeatVacated { filled, note: None }))?;
        Ok(self.enter(&acts))
    }

    fn hand_over(
        &mut self,
        to: &str,
        from: Option<&str>,
        zone: &str,
    ) -> Result<Vec<ActId>, Rejection> {
        let acts = self.asked(&Command::HandOverPresidency {
            presidency: to.into(),
            from: from.map(|from| from.parse().unwrap()),
            zone: zone.into(),
        })?;
        Ok(self.enter(&acts))
    }

    fn held(&self) -> Vec<(String, String)> {
        let now = self.now.parse().unwrap();
        let held = self.conference.held_seats(now);
        held.map(|(_, holding)| {
            (
                holding.filled.seat.to_string(),
                holding.filled.person.to_string(),
            )
        })
        .collect()
    }

    /// Who presides at an instant, and who sits beside it.
    fn troika(&self, at: &str) -> Vec<(Seat, String)> {
        let members = self.conference.troika_at(&self.rules, at.parse().unwrap());
        let named = |member: &comity_conference::TroikaMember<'_>| {
            (member.seat, member.presidency.fact.party.to_string())
        };
        members.iter().map(named).collect()
    }
}

#[test]
fn a_seat_is_refused_that_the_rules_or_the_party_do_not_have() {
    let mut room = Room::new();
    for unknown in ["minister", "operator", "public"] {
        let refused = room.fill(seat(unknown, "honduras", ANA)).unwrap_err();
        assert_eq!(refused.code(), "E-0401", "{unknown}");
    }
    for (class, party) in [
        ("speaker", "peru"),
        ("speaker", "belize"),
        ("speaker", "atlantis"),
        ("speaker", "member"),
        ("observer-state", "honduras"),
        ("coordinator", "honduras"),
        ("coordinator", "member"),
    ] {
        let refused = room.fill(seat(class, party, ANA)).unwrap_err();
        assert_eq!(refused.code(), "E-0402", "{class} of {party}");
    }
    assert_eq!(room.held(), []);
    room.fill(seat("coordinator", "secretariat", ANA)).unwrap();
    room.fill(seat("observer-state", "peru", BRUNO)).unwrap();
    assert_eq!(room.held().len(), 2);
}

#[test]
fn a_seat_says_what_its_class_asks_for_and_nothing_else() {
    let mut room = Room::new();
    let meeting = room.meeting();
    let full = |class: &str| SeatFilled {
        branch: (class == "focal-point").then(|| "interior".into()),
        purpose: (class == "special-focal-point").then(|| Text::new("Campaña", "Campaign")),
        ..seat(class, "honduras", ANA)
    };
    for (class, code) in [
        ("focal-point", "E-0403"),
        ("special-focal-point", "E-0403"),
        ("deputy", "E-0403"),
    ] {
        assert_eq!(
            room.fill(seat(class, "honduras", ANA)).unwrap_err().code(),
            code
        );
    }
    let half = SeatFilled {
        purpose: Some(Text::new("Campaña", " ")),
        ..full("special-focal-point")
    };
    assert_eq!(room.fill(half).unwrap_err().code(), "E-0403");
    let elsewhere = SeatFilled {
        branch: Some("treasury".into()),
        ..full("focal-point")
    };
    assert_eq!(room.fill(elsewhere).unwrap_err().code(), "E-0405");
    let chatty = SeatFilled {
        branch: Some("interior".into()),
        ..seat("speaker", "honduras", ANA)
    };
    assert_eq!(room.fill(chatty).unwrap_err().code(), "E-0404");
    let guest = |meeting: &str, until: Option<&str>| SeatFilled {
        meeting: Some(meeting.into()),
        until: until.map(|day| day.parse().unwrap()),
        ..seat("guest", "guest", ANA)
    };
    assert_eq!(
        room.fill(guest(&meeting, None)).unwrap_err().code(),
        "E-0403"
    );
    assert_eq!(
        room.fill(guest("nowhere", Some("2011-12-01")))
            .unwrap_err()
            .code(),
        "E-0405"
    );
    let noted = |note: &str| SeatFilled {
        note: Some(note.to_owned()),
        ..seat("deputy", "honduras", ANA)
    };
    assert_eq!(room.fill(noted(" ")).unwrap_err().code(), "E-0403");
    assert_eq!(room.fill(noted("a\nb")).unwrap_err().code(), "E-0403");
    assert_eq!(
        room.fill(noted(&"x".repeat(201))).unwrap_err().code(),
        "E-0407"
    );
    assert_eq!(room.held(), []);
    room.fill(full("focal-point")).unwrap();
    room.fill(full("special-focal-point")).unwrap();
    room.fill(guest(&meeting, Some("2011-12-01"))).unwrap();
    room.fill(noted(&"x".repeat(200))).unwrap();
    assert_eq!(room.held().len(), 4);
}

#[test]
fn an_invitation_ends_with_its_last_day() {
    let mut room = Room::new();
    let meeting = room.meeting();
    let guest = |day: &str| SeatFilled {
        meeting: Some(meeting.clone()),
        until: Some(day.parse().unwrap()),
        ..seat("guest", "guest", ANA)
    };
    assert_eq!(room.fill(guest("2011-10-14")).unwrap_err().code(), "E-0406");
    let filled = room.fill(guest("2011-10-15")).unwrap()[0];
    for (now, held) in [
        ("2011-10-15T23:59:59Z", true),
        ("2011-10-16T00:00:00Z", false),
    ] {
        room.now = now;
        assert_eq!(!room.held().is_empty(), held, "{now}");
    }
    assert_eq!(room.vacate(filled).unwrap_err().code(), "E-0411");
}

#[test]
fn a_seat_for_one_is_held_by_one() {
    let mut room = Room::new();
    let first = room.fill(seat("speaker", "honduras", ANA)).unwrap()[0];
    let again = room.fill(seat("speaker", "honduras", ANA)).unwrap_err();
    assert_eq!(again, Rejection::SeatHeldAlready { filled: first });
    let taken = room.fill(seat("speaker", "honduras", BRUNO)).unwrap_err();
    assert_eq!(taken, Rejection::SeatTaken { filled: first });
    // Of another country it is another seat, and vice-ministers may be several.
    room.fill(seat("speaker", "panama", BRUNO)).unwrap();
    room.fill(seat("vice-minister", "honduras", ANA)).unwrap();
    room.fill(seat("vice-minister", "honduras", BRUNO)).unwrap();
    let acts = room
        .fill_or_replace(seat("speaker", "honduras", BRUNO), true)
        .unwrap();
    assert_eq!(acts.len(), 2, "one leaves and one comes, by one command");
    let speakers: Vec<_> = room
        .held()
        .into_iter()
        .filter(|(seat, _)| seat == "speaker")
        .collect();
    assert_eq!(
        speakers,
        [
            ("speaker".into(), BRUNO.to_owned()),
            ("speaker".into(), BRUNO.to_owned())
        ]
    );
}

#[test]
fn a_seat_is_vacated_once() {
    let mut room = Room::new();
    let unknown = ActId::new("00000000000000000000009999").unwrap();
    assert_eq!(room.vacate(unknown).unwrap_err(), Rejection::UnknownHolding);
    let filled = room.fill(seat("speaker", "honduras", ANA)).unwrap()[0];
    let vacated = room.vacate(filled).unwrap()[0];
    assert_eq!(room.held(), []);
    let again = room.vacate(filled).unwrap_err();
    assert_eq!(
        again,
        Rejection::SeatNotHeld {
            vacated: Some(vacated)
        }
    );
}

#[test]
fn who_is_forgotten_holds_no_seat_and_takes_none() {
    let mut room = Room::new();
    let filled = room.fill(seat("speaker", "honduras", ANA)).unwrap()[0];
    let erase = Command::ErasePerson { person: ANA.into() };
    let acts = room.asked(&erase).unwrap();
    room.enter(&acts);
    assert_eq!(room.held(), []);
    assert_eq!(room.vacate(filled).unwrap_err().code(), "E-0411");
    assert_eq!(
        room.fill(seat("speaker", "honduras", ANA))
            .unwrap_err()
            .code(),
        "E-0302"
    );
    room.fill(seat("speaker", "honduras", BRUNO)).unwrap();
}

#[test]
fn the_presidency_passes_to_the_next_at_its_instant() {
    let mut room = Room::new();
    for (to, from, zone, code) in [
        ("ppt-2013", None, "America/Panama", "E-0502"),
        ("ppt-2011", None, "America/Panama", "E-0503"),
        (
            "ppt-2012",
            Some("2011-10-15T11:59:59Z"),
            "America/Panama",
            "E-0505",
        ),
        ("ppt-2012", None, "", "E-0506"),
        ("ppt-2012", None, "America Panama", "E-0506"),
    ] {
        let refused = room.hand_over(to, from, zone).unwrap_err();
        assert_eq!(refused.code(), code, "{to} {from:?} {zone}");
    }
    let (before, after) = ("2012-02-01T04:59:59Z", "2012-02-01T05:00:00Z");
    // Without a hand-over the years run from January to December.
    assert_eq!(room.troika(before)[1], (Seat::Current, "panama".into()));
    room.hand_over("ppt-2012", Some(after), "America/Panama")
        .unwrap();
    let outgoing = [
        (Seat::Current, "honduras".to_owned()),
        (Seat::Upcoming, "panama".to_owned()),
    ];
    let incoming = [
        (Seat::Former, "honduras".to_owned()),
        (Seat::Current, "panama".to_owned()),
    ];
    assert_eq!(room.troika("2011-12-31T23:59:59Z"), outgoing);
    assert_eq!(
        room.troika(before),
        outgoing,
        "the term goes on until the hand-over"
    );
    assert_eq!(room.troika(after), incoming);
    let again = room
        .hand_over("ppt-2012", None, "America/Panama")
        .unwrap_err();
    assert_eq!(again.code(), "E-0504");
}

#[test]
fn a_hand_over_may_come_before_the_year_ends_and_at_once() {
    let mut room = Room::new();
    room.hand_over("ppt-2012", None, "America/Panama").unwrap();
    assert_eq!(
        room.troika("2011-10-15T11:59:59Z")[0],
        (Seat::Current, "honduras".into())
    );
    assert_eq!(room.troika(NOW)[1], (Seat::Current, "panama".into()));
}

#[test]
fn a_file_comes_with_the_note_that_it_is() {
    let mut room = Room::new();
    let file = |sha256: &str| {
        Some(Attached {
            sha256: sha256.into(),
            kind: "pdf".into(),
            bytes: 3,
        })
    };
    let deputy = |note: Option<&str>, sha256: &str| SeatFilled {
        note: note.map(str::to_owned),
        file: file(sha256),
        ..seat("focal-point", "honduras", ANA)
    };
    let hash = "0f".repeat(32);
    for (asked, code) in [
        (deputy(None, &hash), "E-0403"),
        (deputy(Some("Nota 1"), "0F"), "E-0012"),
    ] {
        let branch = Some("foreign_affairs".into());
        let refused = room.fill(SeatFilled { branch, ..asked }).unwrap_err();
        assert_eq!(refused.code(), code);
    }
    let branch = Some("foreign_affairs".into());
    let asked = SeatFilled {
        branch,
        ..deputy(Some("Nota 1"), &hash)
    };
    let filled = room.fill(asked).unwrap()[0];
    let held = room.conference.seats.get(&filled).unwrap();
    assert_eq!(held.filled.file, file(&hash));
}

#[test]
fn a_guest_does_not_outlast_the_meeting_of_the_invitation() {
    let mut room = Room::new();
    let guest = |until: &str| SeatFilled {
        meeting: Some("vm-2011".into()),
        until: Some(until.parse().unwrap()),
        ..seat("guest", "guest", ANA)
    };
    // Of the meeting the month is known: it ends with its last day at the latest.
    let refused = room.fill(guest("2011-12-01")).unwrap_err();
    assert_eq!(refused.code(), "E-0412");
    room.fill(guest("2011-11-30")).unwrap();
    room.now = "2011-11-30T23:59:59Z";
    assert_eq!(room.held().len(), 1);
    room.now = "2011-12-01T00:00:00Z";
    assert_eq!(room.held(), []);
}
