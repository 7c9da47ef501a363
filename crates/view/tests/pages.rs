//! What pages show of a small conference: who takes part and presides, when, in which order and in which figures.

mod given;

use comity_view::{
    ActFilter, ActionFilter, ChairModel, DocumentFilter, Language, MeetingFilter, PartyCard, Seat,
    Target, Tie, TroikaPlace, View,
};
use given::{conference, on, river, view};

fn names(cards: &[PartyCard]) -> Vec<&str> {
    cards
        .iter()
        .map(|card| card.link.label.text.as_str())
        .collect()
}

fn troika(view: &View) -> Vec<(TroikaPlace, String)> {
    view.home()
        .troika
        .into_iter()
        .map(|seat| (seat.seat, seat.party.label.text))
        .collect()
}

#[test]
fn the_troika_of_october_2011_is_mexico_the_dominican_republic_and_panama() {
    let view = view(&conference(), Language::En);
    let expected = [
        (TroikaPlace::Former, "Mexico".to_owned()),
        (TroikaPlace::Current, "Dominican Republic".to_owned()),
        (TroikaPlace::Upcoming, "Panama".to_owned()),
    ];
    assert_eq!(troika(&view), expected);
    let home = view.home();
    assert_eq!(home.presidency.unwrap().id, "ppt-2011");
    assert_eq!(home.upcoming.unwrap().id, "ppt-2012");
}

#[test]
fn on_a_day_of_2005_the_conference_stands_as_it_did() {
    let view = on(&conference(), Language::Es, "2005-06-30");
    let seats: Vec<String> = troika(&view).into_iter().map(|(_, party)| party).collect();
    assert_eq!(seats, ["Panamá", "Canadá", "El Salvador"]);
    let home = view.home();
    assert_eq!(
        home.counts
            .parties
            .iter()
            .find(|count| count.kind == "observer_organization")
            .unwrap()
            .count,
        1,
        "SEGIB takes part since 2007"
    );
    assert_eq!(
        home.last_meetings
            .iter()
            .map(|line| line.link.id.as_str())
            .collect::<Vec<_>>(),
        ["vm-2005"]
    );
    assert_eq!(
        home.timeline.last().unwrap().id,
        "ppt-2006",
        "of the terms to come, only the next is known"
    );
    assert_eq!(
        home.counts.documents, 1,
        "the memorandum was first discussed in 2006"
    );
    assert_eq!(view.actions(&ActionFilter::default()).total, 1);
}

#[test]
fn within_the_margin_of_a_partial_date_a_fact_counts_and_is_marked() {
    let within = on(&conference(), Language::Es, "2003-05-01");
    let sica = |view: &View| view.country("sica").unwrap();
    assert!(sica(&within).present && sica(&within).card.uncertain);
    let after = on(&conference(), Language::Es, "2004-05-01");
    assert!(sica(&after).present && !sica(&after).card.uncertain);
    let before = on(&conference(), Language::Es, "2002-12-31");
    assert!(!sica(&before).present);
    assert!(before.parties(Some("observer_organization")).is_empty());
}

#[test]
fn where_today_lies_past_the_record_its_last_day_is_shown() {
    let view = given::today(&conference(), Language::En, "2026-01-01");
    assert_eq!(view.day().to_string(), "2011-10-31");
    assert_eq!(view.home().presidency.unwrap().id, "ppt-2011");
}

#[test]
fn countries_stand_in_the_order_of_the_readers_language() {
    let conference = conference();
    let spanish = view(&conference, Language::Es)
        .parties(Some("member"))
        .remove(0);
    let expected = [
        "Belice",
        "Canadá",
        "Costa Rica",
        "El Salvador",
        "Estados Unidos",
        "Guatemala",
        "Honduras",
        "México",
        "Nicaragua",
        "Panamá",
        "República Dominicana",
    ];
    assert_eq!(names(&spanish.parties), expected);
    let english = view(&conference, Language::En)
        .parties(Some("member"))
        .remove(0);
    assert_eq!(
        &names(&english.parties)[..4],
        ["Belize", "Canada", "Costa Rica", "Dominican Republic"]
    );
    assert_eq!(english.parties[0].tile, Some((3, 2)));
    assert_eq!(
        (english.collection.as_str(), english.plural.as_str()),
        ("members", "Member countries")
    );
}

#[test]
fn printed_shares_come_out_by_rounding_and_add_up_to_a_hundred_and_one_hundredth() {
    let finance = view(&conference(), Language::Es).finance();
    let scale = &finance.scales[0];
    assert_eq!(
        (scale.total, scale.sum_of_shares.as_str()),
        (282_724, "100.01")
    );
    for row in &scale.rows {
        assert_eq!(
            Some(format!("{}%", row.share)),
            row.printed_share,
            "{}",
            row.party.id
        );
    }
    let hundredths: u32 = scale
        .rows
        .iter()
        .map(|row| {
            row.share_of_hundred
                .replace('.', "")
                .parse::<u32>()
                .unwrap()
        })
        .sum();
    assert_eq!(hundredths, 10_000);
    let largest = scale
        .rows
        .iter()
        .find(|row| row.party.id == "united-states")
        .unwrap();
    assert_eq!((largest.bar, largest.amount), (1_000, 141_360));
    assert_eq!(finance.payers.unwrap().kinds[0].name, "Países miembros");
}

#[test]
fn counts_equal_the_rows_that_hold() {
    let view = view(&conference(), Language::En);
    let counts = view.home().counts;
    let by_kind: Vec<_> = counts
        .parties
        .iter()
        .map(|count| (count.collection.as_str(), count.count))
        .collect();
    assert_eq!(
        by_kind,
        [
            ("members", 11),
            ("observer-states", 0),
            ("observer-organizations", 2),
            ("civil-society", 0)
        ]
    );
    assert_eq!((counts.meetings, counts.conferences), (4, 3));
    assert_eq!(
        (counts.documents, counts.actions, counts.proposals),
        (2, 2, 1)
    );
    assert_eq!((counts.themes, counts.sections, counts.topics), (1, 2, 3));
    assert_eq!(
        (
            counts.organizations,
            counts.supports,
            counts.fora,
            counts.seminars
        ),
        (2, 1, 1, 2)
    );
    assert_eq!(
        counts.documents,
        view.documents(&DocumentFilter::default()).items.len()
    );
    assert_eq!(counts.acts, view.acts(&ActFilter::default(), 1).total);
}

#[test]
fn the_matrix_marks_each_kind_of_body_once_and_runs_to_the_day_shown() {
    let matrix = view(&conference(), Language::En).matrix(Some("mpm"));
    assert_eq!(matrix.years, (1998..=2011).collect::<Vec<i16>>());
    let row = &matrix.sections[0].rows[0];
    let in_year = |year: i16| row.cells[usize::try_from(year - 1998).unwrap()].clone();
    assert_eq!(in_year(1998), ["circle"]);
    assert!(in_year(1999).is_empty());
    assert_eq!(
        in_year(2006),
        ["circle", "square"],
        "from 2006 on, the group too"
    );
    assert_eq!(
        in_year(2011),
        ["square", "triangle"],
        "both networks are one mark; \"since\" goes on"
    );
    assert_eq!(
        row.by_body
            .iter()
            .map(|line| (line.body.id.as_str(), line.years.as_slice(), line.since))
            .collect::<Vec<_>>(),
        [
            ("vm", [1998, 2006].as_slice(), None),
            ("rcgm", [].as_slice(), Some(2006)),
            ("net-cp", [2011].as_slice(), None),
            ("net-tip", [2011].as_slice(), None),
        ]
    );
    let marks: Vec<_> = matrix.legend.iter().map(|line| line.mark).collect();
    assert_eq!(marks, ["circle", "square", "triangle"]);
    let earlier = on(&conference(), Language::En, "2006-06-30").matrix(Some("mpm"));
    assert_eq!(earlier.years.last(), Some(&2006));
}

#[test]
fn topics_are_tied_by_the_documents_and_actions_they_share() {
    let view = view(&conference(), Language::En);
    let graph = view.links();
    assert_eq!(graph.edges.len(), 1);
    let edge = &graph.edges[0];
    assert_eq!(
        (
            graph.nodes[edge.a].topic.id.as_str(),
            graph.nodes[edge.b].topic.id.as_str()
        ),
        ("repatriation", "consular-networks")
    );
    assert_eq!(edge.documents[0].id, "memorandum");
    assert_eq!(
        view.topic("repatriation").unwrap().linked[0].topic.id,
        "consular-networks"
    );
}

#[test]
fn a_documents_life_runs_by_date_with_linked_actions_woven_in() {
    let page = view(&conference(), Language::Es)
        .document("memorandum")
        .unwrap();
    let life: Vec<_> = page
        .life
        .iter()
        .map(|step| (step.step.id.as_str(), step.of_linked_action))
        .collect();
    assert_eq!(
        life,
        [
            ("discussed", false),
            ("held", true),
            ("approved", false),
            ("reviewed", false)
        ]
    );
    assert_eq!(page.life[2].step.name, "Aprobado");
    assert_eq!(page.life[2].meeting.as_ref().unwrap().label.text, "XIV CRM");
    assert_eq!(
        page.line
            .parties
            .iter()
            .map(|party| party.label.text.as_str())
            .collect::<Vec<_>>(),
        ["El Salvador", "Estados Unidos", "Honduras"]
    );
    assert_eq!(page.line.latest.unwrap().step.id, "approved");
}

#[test]
fn a_meeting_shows_what_was_addressed_proposed_and_approved_at_it() {
    let view = view(&conference(), Language::En);
    let page = view.meeting("vm-2009").unwrap();
    assert_eq!(
        (page.line.number.as_deref(), page.line.body_mark),
        (Some("XIV"), Some("circle"))
    );
    assert_eq!(page.line.presidency.unwrap().party.label.text, "Guatemala");
    assert_eq!(page.approved[0].link.id, "memorandum");
    assert_eq!(page.proposed[0].link.id, "seminar-later");
    assert_eq!(page.captions[0].text, "The delegations");
    assert_eq!(page.previous.unwrap().id, "vm-2006");
    assert_eq!(
        view.meeting("vm-2006").unwrap().topics[0].topic.id,
        "repatriation"
    );
    assert_eq!(
        view.meeting("rcgm-2003-12").unwrap().line.link.label.text,
        "RCGM 12/2003"
    );
}

#[test]
fn lists_narrow_by_their_fields_and_count_the_whole() {
    let view = view(&conference(), Language::Es);
    let all = view.meetings(&MeetingFilter::default());
    assert_eq!(
        all.items
            .iter()
            .map(|line| line.link.id.as_str())
            .collect::<Vec<_>>(),
        ["vm-2009", "vm-2006", "vm-2005", "rcgm-2003-12"]
    );
    let of_group = view.meetings(&MeetingFilter {
        body: Some("rcgm".into()),
        year: None,
    });
    assert_eq!((of_group.items.len(), of_group.total), (1, 4));
    assert_eq!(
        of_group.facets[0].options[0].count, 3,
        "options count the whole list"
    );
    let found = |text: &str| {
        view.documents(&DocumentFilter {
            text: Some(text.into()),
            ..Default::default()
        })
        .items
        .len()
    };
    assert_eq!(
        (
            found("REPATRIACION via"),
            found("repatriation"),
            found("remesas")
        ),
        (1, 1, 0)
    );
    let in_honduras = view.actions(&ActionFilter {
        country: Some("HN".into()),
        ..Default::default()
    });
    assert_eq!(in_honduras.items[0].link.id, "seminar-later");
    let of_year = view.actions(&ActionFilter {
        year: Some(2009),
        section: Some(String::new()),
        ..Default::default()
    });
    assert_eq!(
        of_year.items.len(),
        1,
        "proposed in 2009, held in 2010; an empty choice narrows nothing"
    );
}

#[test]
fn a_countrys_page_gathers_what_it_did() {
    let page = view(&conference(), Language::Es)
        .country("honduras")
        .unwrap();
    assert_eq!(page.card.link.to, Target::Country);
    assert_eq!(page.presided[0].year, 2008);
    assert_eq!(
        page.hosted_events.len(),
        1,
        "the seminar that is the same event stands with the action"
    );
    assert_eq!(page.hosted_events[0].also[0].id, "seminar-row-later");
    assert_eq!(page.proposed[0].step.as_ref().unwrap().id, "proposed");
    assert_eq!(page.instruments[0].link.id, "memorandum");
    assert_eq!(page.contributions[0].share, "1.77");
    assert_eq!(
        page.card.institutions[0].branch.name,
        "Relaciones exteriores"
    );
    assert_eq!(page.troika, None);
    assert!(view(&conference(), Language::Es).country("iom").is_none());
}

#[test]
fn a_seminar_tells_whether_the_list_of_actions_has_it() {
    let view = view(&conference(), Language::En);
    let seminars = view.seminars();
    assert!(seminars[0].in_actions && !seminars[1].in_actions);
    assert_eq!(seminars[1].matches[0].tie, Tie::PartOf);
    assert_eq!(
        view.action("seminar-later").unwrap().seminars[0].tie,
        Tie::Same
    );
}

#[test]
fn observers_among_organisations_are_computed() {
    let organizations = view(&conference(), Language::En).organizations();
    let marks: Vec<_> = organizations
        .iter()
        .map(|line| (line.link.id.as_str(), line.observer, line.supports))
        .collect();
    assert_eq!(marks, [("sica", true, 1), ("unhcr", false, 0)]);
}

#[test]
fn the_years_cycle_follows_from_what_the_rules_say_of_coupling() {
    let structure = view(&conference(), Language::En).structure();
    let stages = |index: usize| -> Vec<Vec<String>> {
        let gathering = &structure.cycle.gatherings[index];
        gathering
            .stages
            .iter()
            .map(|stage| stage.iter().map(|body| body.body.id.clone()).collect())
            .collect()
    };
    assert_eq!(
        stages(0),
        [vec!["net-tip", "net-cp"], vec!["rcgm"], vec!["vm"]]
    );
    assert_eq!(stages(1), [vec!["net-tip", "net-cp"], vec!["rcgm"]]);
    assert_eq!(
        structure.cycle.gatherings[0].season.as_deref(),
        Some("First semester")
    );
    let rule = structure.bodies[0].rule.as_ref().unwrap();
    assert_eq!(rule.sessions[1].reserved.len(), 5);
    assert_eq!(rule.sessions[0].minimum_items.len(), 3);
    assert!(
        structure
            .assumptions
            .iter()
            .any(|assumption| assumption.key == "consultation.silence")
    );
}

#[test]
fn a_correction_shows_what_it_replaced() {
    let view = view(&given::corrected(), Language::En);
    let newest = &view.acts(&ActFilter::default(), 1).acts[0];
    assert_eq!(
        (newest.kind, newest.about.as_ref().unwrap().id.as_str()),
        ("FactCorrected", "vm-2009")
    );
    let first = view.act_line(&newest.replaces[0]).unwrap();
    assert_eq!(first.replaced_by.as_deref(), Some(newest.id.as_str()));
    assert_eq!(view.meeting("vm-2009").unwrap().line.says.corrections, 1);
}

#[test]
fn notes_and_inferences_stand_in_the_edition() {
    let edition = view(&conference(), Language::Es).edition();
    assert_eq!(edition.source.unwrap().id, "rcm-15-years");
    assert_eq!(
        edition
            .inferred
            .iter()
            .map(|row| row.about.id.as_str())
            .collect::<Vec<_>>(),
        ["vm-2006"]
    );
    let note = edition
        .notes
        .iter()
        .find(|row| row.about.id == "vm-2006")
        .unwrap();
    assert_eq!(
        note.says.note.as_deref(),
        Some("Se deduce de la Presidencia.")
    );
    assert_eq!(
        edition
            .counts
            .iter()
            .find(|count| count.table == "party")
            .unwrap()
            .count,
        13
    );
}

#[test]
fn search_knows_every_page_in_both_languages() {
    let entries = view(&conference(), Language::En).search_entries();
    let meeting = entries.iter().find(|entry| entry.id == "vm-2009").unwrap();
    assert_eq!(
        (meeting.title_es.as_str(), meeting.title_en.as_str()),
        ("XIV CRM, 2009", "XIV RCM, 2009")
    );
    let body = entries
        .iter()
        .find(|entry| entry.id == "honduras-foreign-affairs")
        .unwrap();
    assert_eq!(body.link.as_ref().unwrap().id, "honduras");
    assert!(
        entries
            .iter()
            .all(|entry| !entry.title_es.is_empty() && !entry.title_en.is_empty())
    );
}

#[test]
fn a_process_with_co_chairs_and_no_troika_has_its_pages() {
    let view = view(&river(), Language::En);
    assert_eq!(view.chair_model(), ChairModel::CoChairs);
    let home = view.home();
    assert!(home.troika.is_empty());
    assert_eq!(
        home.chairs
            .iter()
            .map(|line| line.party.id.as_str())
            .collect::<Vec<_>>(),
        ["alta", "baja"]
    );
    assert_eq!(view.matrix(None).years, Vec::<i16>::new());
    assert!(
        view.finance().scales.is_empty() && view.criteria().is_empty() && view.chain().is_empty()
    );
    assert_eq!(
        view.meetings(&MeetingFilter::default()).items[0]
            .number
            .as_deref(),
        Some("3")
    );
}

#[test]
fn every_page_of_the_shipped_record_opens_in_both_languages_for_every_seat() {
    let shipped = given::shipped();
    for (language, seat) in [(Language::Es, Seat::Public), (Language::En, Seat::Operator)] {
        let view = given::view_as(&shipped, language, seat);
        for entry in view.search_entries() {
            let Some(link) = entry.link else { continue };
            assert!(given::opens(&view, &link), "{link:?}");
        }
        for row in view.edition().notes {
            assert!(row.about.link.is_none_or(|link| given::opens(&view, &link)));
        }
    }
}

#[test]
fn the_shipped_record_counts_what_the_publication_lists() {
    let view = given::view_as(&given::shipped(), Language::Es, Seat::Public);
    let counts = view.home().counts;
    let parties: Vec<usize> = counts.parties.iter().map(|count| count.count).collect();
    assert_eq!(parties, [11, 5, 8, 1]);
    assert_eq!((counts.conferences, counts.presidencies), (16, 16));
    assert_eq!((counts.themes, counts.sections, counts.topics), (3, 5, 42));
    assert_eq!(
        (counts.documents, counts.actions, counts.proposals),
        (22, 57, 2)
    );
    assert_eq!(
        (
            counts.organizations,
            counts.supports,
            counts.fora,
            counts.seminars
        ),
        (22, 83, 18, 35)
    );
    assert_eq!(
        view.organizations()
            .iter()
            .filter(|line| line.observer)
            .count(),
        6
    );
    assert_eq!(
        view.institutions()
            .iter()
            .map(|row| row.cells.len())
            .sum::<usize>(),
        33
    );
    assert!(
        view.criteria()
            .iter()
            .all(|set| set.entries.len() == usize::from(set.count))
    );
}
