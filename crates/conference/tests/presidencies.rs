//! Candidacies, designations, themes: each refusal before its acceptance, both sides of each edge.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod room;

use comity_calendar::Partial;
use comity_conference::{
    ActId, Candidacy, CandidacyAnnounced, CandidacyWithdrawn, Command, Rejection,
};
use comity_rules::{Standing, Text};
use room::Room;

fn candidacy(party: &str, year: i16, meeting: &str) -> CandidacyAnnounced {
    CandidacyAnnounced {
        party: party.into(),
        term: Partial::year(year),
        meeting: meeting.into(),
        note: None,
    }
}

fn announce(room: &mut Room, asked: CandidacyAnnounced) -> Result<Vec<ActId>, Rejection> {
    room.does(&Command::AnnounceCandidacy(asked))
}

fn designate(room: &mut Room, announced: ActId) -> Result<Vec<ActId>, Rejection> {
    room.does(&Command::DesignatePresidency {
        announced,
        note: Some("Acta de la plenaria".into()),
    })
}

fn theme(room: &mut Room, presidency: &str, es: &str, en: &str) -> Result<Vec<ActId>, Rejection> {
    room.does(&Command::ChooseTheme {
        presidency: presidency.into(),
        theme: Text::new(es, en),
        note: None,
    })
}

#[test]
fn a_candidacy_is_announced_by_a_member_for_an_open_year_at_a_meeting_that_has_begun() {
    let mut room = Room::new();
    for (asked, code) in [
        // An observer, one that left, one that nobody knows.
        (candidacy("peru", 2013, "vm-2009"), "E-0507"),
        (candidacy("belize", 2013, "vm-2009"), "E-0507"),
        (candidacy("atlantis", 2013, "vm-2009"), "E-0507"),
        // Somebody was agreed for 2012; a day is no term; eleven years ahead of it.
        (candidacy("honduras", 2012, "vm-2009"), "E-0508"),
        (candidacy("honduras", 2023, "vm-2009"), "E-0508"),
        (
            CandidacyAnnounced {
                term: "2013-05".parse().unwrap(),
                ..candidacy("honduras", 2013, "vm-2009")
            },
            "E-0508",
        ),
        // Nobody knows the meeting; it is of another body; it is still to come.
        (candidacy("honduras", 2013, "vm-1900"), "E-0509"),
        (candidacy("honduras", 2013, "rcgm-2010"), "E-0509"),
        (candidacy("honduras", 2013, "vm-2014"), "E-0509"),
        (
            CandidacyAnnounced {
                note: Some(" ".into()),
                ..candidacy("honduras", 2013, "vm-2009")
            },
            "E-0403",
        ),
    ] {
        let refused = announce(&mut room, asked.clone()).unwrap_err();
        assert_eq!(refused.code(), code, "{asked:?}");
    }
    announce(&mut room, candidacy("honduras", 2022, "vm-2009")).unwrap();
    let act = announce(&mut room, candidacy("honduras", 2013, "vm-2009")).unwrap()[0];
    let again = announce(&mut room, candidacy("honduras", 2013, "vm-2009")).unwrap_err();
    assert_eq!(again, Rejection::AnnouncedAlready { act });
    // Another member may, for the same year.
    announce(&mut room, candidacy("panama", 2013, "vm-2009")).unwrap();
    let open: Vec<(String, i16)> = room
        .conference
        .open_candidacies()
        .iter()
        .map(|(_, Candidacy { announced, .. })| {
            (
                announced.party.to_string(),
                announced.term.earliest().year(),
            )
        })
        .collect();
    let expected = [("honduras", 2013), ("panama", 2013), ("honduras", 2022)];
    assert_eq!(open, expected.map(|(party, year)| (party.to_owned(), year)));
}

#[test]
fn a_candidacy_is_withdrawn_once() {
    let mut room = Room::new();
    let act = announce(&mut room, candidacy("honduras", 2013, "vm-2009")).unwrap()[0];
    let withdraw = |announced| {
        Command::WithdrawCandidacy(CandidacyWithdrawn {
            announced,
            note: None,
        })
    };
    let nobodys = room.does(&withdraw(ActId::new(&"7".repeat(26)).unwrap()));
    assert_eq!(nobodys.unwrap_err(), Rejection::NoSuchCandidacy);
    room.does(&withdraw(act)).unwrap();
    assert!(room.conference.open_candidacies().is_empty());
    assert_eq!(
        room.does(&withdraw(act)).unwrap_err(),
        Rejection::NoSuchCandidacy
    );
    assert_eq!(
        designate(&mut room, act).unwrap_err(),
        Rejection::NoSuchCandidacy
    );
    // And may be announced again.
    announce(&mut room, candidacy("honduras", 2013, "vm-2009")).unwrap();
}

#[test]
fn whoever_announced_it_is_designated_for_the_next_term_and_hands_over_in_turn() {
    let mut room = Room::new();
    let later = announce(&mut room, candidacy("honduras", 2014, "vm-2009")).unwrap()[0];
    let refused = designate(&mut room, later).unwrap_err();
    assert_eq!(refused.code(), "E-0512");
    let next = announce(&mut room, candidacy("honduras", 2013, "vm-2009")).unwrap()[0];
    let other = announce(&mut room, candidacy("panama", 2013, "vm-2009")).unwrap()[0];
    let made = designate(&mut room, next).unwrap()[0];
    let held = room.conference.presidencies.get("ppt-2013").unwrap();
    assert_eq!(
        (&*held.fact.party, room.conference.says(held)),
        ("honduras", made)
    );
    assert_eq!(held.fact.agreed, Some("2011-10-15".parse().unwrap()));
    // The year is no longer open, for anybody.
    assert_eq!(
        designate(&mut room, other).unwrap_err(),
        Rejection::NoSuchCandidacy
    );
    assert_eq!(
        designate(&mut room, next).unwrap_err(),
        Rejection::NoSuchCandidacy
    );
    let refused = announce(&mut room, candidacy("panama", 2013, "vm-2009")).unwrap_err();
    assert_eq!(refused.code(), "E-0508");
    // Now 2014 follows.
    designate(&mut room, later).unwrap();
    room.now = "2012-12-31T23:59:59Z";
    let hand_over = |presidency: &str| Command::HandOverPresidency {
        presidency: presidency.into(),
        from: None,
        zone: "UTC".into(),
    };
    assert_eq!(
        room.does(&hand_over("ppt-2014")).unwrap_err().code(),
        "E-0503"
    );
    room.does(&hand_over("ppt-2013")).unwrap();
    let now = room.now.parse().unwrap();
    let presides = room.conference.presidency_at(now).unwrap();
    assert_eq!(&*presides.fact.id, "ppt-2013");
}

#[test]
fn a_theme_is_chosen_in_both_languages_until_the_presidency_is_over() {
    let mut room = Room::new();
    let (es, en) = ("Migración y desarrollo", "Migration and development");
    for (presidency, es, en, code) in [
        ("ppt-1900", es, en, "E-0502"),
        ("ppt-2011", "", en, "E-0010"),
        ("ppt-2011", es, " ", "E-0010"),
        ("ppt-2011", "dos\nlíneas", en, "E-0010"),
        ("ppt-2011", &"á".repeat(301), en, "E-0011"),
    ] {
        let refused = theme(&mut room, presidency, es, en).unwrap_err();
        assert_eq!(refused.code(), code, "{presidency} {es:?} {en:?}");
    }
    let longest = "á".repeat(300);
    theme(&mut room, "ppt-2012", &longest, en).unwrap();
    let first = theme(&mut room, "ppt-2011", es, en).unwrap()[0];
    assert_eq!(
        theme(&mut room, "ppt-2011", es, en).unwrap_err(),
        Rejection::ThemeStands
    );
    let second = theme(&mut room, "ppt-2011", es, "Migration").unwrap()[0];
    let held = room.conference.presidencies.get("ppt-2011").unwrap();
    let chosen = held.fact.theme.as_ref().unwrap();
    assert_eq!(
        (chosen.en(), room.conference.says(held)),
        ("Migration", second)
    );
    assert_eq!(
        chosen.standing(comity_rules::Language::Es),
        Standing::Official
    );
    assert_eq!(held.before.last().unwrap().act, first);
    // With its last day its Presidency is over.
    room.now = "2011-12-31T23:59:59Z";
    theme(&mut room, "ppt-2011", es, en).unwrap();
    room.now = "2012-01-01T00:00:00Z";
    let refused = theme(&mut room, "ppt-2011", es, "Migration").unwrap_err();
    assert_eq!(refused.code(), "E-0513");
}
