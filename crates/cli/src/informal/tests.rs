//! The letters of an informal consultation: to whoever may answer for a country that was asked, and to nobody else.

mod held;

use comity_conference::{
    ActId, Channel, CloseInformal, InformalAnswered, InformalAsked, InformalKind, InformalReaders,
    InformalReply, Informally, Matter, OpenInformal, Received,
};
use comity_registrar::{Capacity, Command, Registrar};
use comity_rules::Text;

use crate::circulation::tests::{Ground, countries, decoded};
use crate::loading;

/// The seat of a class that a party has.
fn seat(registrar: &Registrar, party: &str, class: &str) -> ActId {
    let state = registrar.state();
    let mut held = state.conference.held_seats(registrar.now());
    let found =
        held.find(|(_, holding)| *holding.filled.party == *party && *holding.filled.seat == *class);
    found.unwrap().0
}

async fn does(registrar: &Registrar, from: ActId, step: Informally) -> ActId {
    let command = Command::Informally(Box::new(step));
    let settled = registrar
        .submit(Capacity::Held(from), loading::fresh_id(), command)
        .await;
    *settled.unwrap().acts.last().unwrap()
}

fn asks(matter: Matter, parties: &[&str]) -> Informally {
    let parties = parties.iter().map(|party| (*party).into()).collect();
    Informally::Open(OpenInformal {
        kind: InformalKind::SaveTheDate,
        topic: Text::new("Fecha del taller", "Date of the workshop"),
        text: vec![Text::new("¿Conviene el 7?", "Does the 7th suit?")],
        matter,
        mandate: Some("Decisión 9".to_owned()),
        asked: InformalAsked::These(parties),
        first: Some(jiff::civil::date(2011, 11, 7)),
        last: Some(jiff::civil::date(2011, 11, 8)),
        helpful_by: Some(jiff::civil::date(2011, 10, 28)),
        readers: InformalReaders::Members,
        note: None,
    })
}

#[tokio::test]
async fn whoever_may_answer_hears_that_it_was_opened_entered_and_closed_and_nobody_is_reminded() {
    let ground = Ground::new().await;
    let registrar = &ground.registrar;
    let presidency = seat(registrar, "dominican-republic", "speaker");
    let assistant = seat(registrar, "secretariat", "assistant");
    let id = does(
        registrar,
        presidency,
        asks(Matter::Ordinary, &["guatemala", "panama"]),
    )
    .await;
    ground.until_let_go().await;
    let letters = ground.bag.empty();
    assert_eq!(countries(&letters), ["guatemala", "panama"]);
    let state = registrar.state();
    let may_answer = |holding: &comity_conference::Holding| {
        ["guatemala", "panama"].contains(&&*holding.filled.party)
            && ["speaker", "deputy", "focal-point"].contains(&&*holding.filled.seat)
    };
    let people: std::collections::BTreeSet<&str> = state
        .conference
        .held_seats(registrar.now())
        .filter(|(_, holding)| may_answer(holding))
        .map(|(_, holding)| holding.filled.person.as_str())
        .collect();
    assert_eq!(letters.len(), people.len());
    for letter in letters.values().map(|letter| decoded(letter)) {
        for part in [
            "Consulta informal: Fecha del taller",
            "No es la consulta por escrito",
            "28 de octubre de 2011",
            "https://conference.example/es/consultas-informales/",
            "References: <informal.",
            // The days that are asked about, for a calendar: provisional, and without what is read on the site.
            "Fecha consultada: 7 y 8 de noviembre de 2011",
            "UID:informal.",
            "@conference.example\r\n",
            "DTSTART;VALUE=DATE:20111107\r\n",
            "DTEND;VALUE=DATE:20111109\r\n",
            "STATUS:TENTATIVE\r\n",
            "SUMMARY:Por confirmar: Fecha del taller\r\n",
        ] {
            assert!(letter.contains(part), "{part}: {letter}");
        }
        assert!(!letter.contains("Conviene"), "the text is read on the site");
    }

    // No reminder comes, before the day or after it.
    for day in [
        "2011-10-27T16:00:00Z",
        "2011-10-28T16:00:00Z",
        "2011-11-28T16:00:00Z",
    ] {
        ground.forward(day);
        ground.round().await;
        let letters = ground.bag.empty();
        let informal = letters
            .values()
            .find(|letter| letter.contains("<informal."));
        assert!(informal.is_none(), "{informal:?}");
    }

    // A copy of what was entered goes to that country alone; an answer of its own is told to nobody.
    let answer = |party: &str, received: Option<Received>| InformalAnswered {
        consultation: id,
        party: party.into(),
        reply: Some(InformalReply::Suits),
        words: None,
        in_place_of: None,
        received,
    };
    let received = Received {
        by: Channel::Note,
        on: jiff::civil::date(2011, 11, 2),
        reference: "Nota 7".to_owned(),
        file: None,
    };
    let entered = Informally::Answer(answer("panama", Some(received)));
    does(registrar, assistant, entered).await;
    let guatemala = seat(registrar, "guatemala", "speaker");
    does(
        registrar,
        guatemala,
        Informally::Answer(answer("guatemala", None)),
    )
    .await;
    ground.round().await;
    let letters = ground.bag.empty();
    assert_eq!(countries(&letters), ["panama"]);
    let copy = decoded(letters.values().next().unwrap());
    assert!(copy.contains("asentó una respuesta"));
    assert!(!copy.contains("BEGIN:VCALENDAR"), "{copy}");

    let close = CloseInformal {
        consultation: id,
        summary: Text::new("Conviene a ambos.", "It suits both."),
        note: None,
    };
    does(registrar, presidency, Informally::Close(close)).await;
    ground.round().await;
    let letters = ground.bag.empty();
    assert_eq!(countries(&letters), ["guatemala", "panama"]);
    assert!(!decoded(letters.values().next().unwrap()).contains("Conviene a ambos"));
    ground.round().await;
    assert!(ground.bag.empty().is_empty());
}

#[tokio::test]
async fn a_matter_of_the_closed_door_has_no_topic_in_a_letter() {
    let ground = Ground::new().await;
    let presidency = seat(&ground.registrar, "dominican-republic", "speaker");
    let step = asks(Matter::ClosedDoor, &["guatemala"]);
    does(&ground.registrar, presidency, step).await;
    ground.until_let_go().await;
    let letters = ground.bag.empty();
    assert!(!letters.is_empty());
    for letter in letters.values().map(|letter| decoded(letter)) {
        assert!(letter.contains("Consulta informal"), "{letter}");
        assert!(!letter.contains("Fecha del taller"), "{letter}");
        assert!(
            letter.contains("SUMMARY:Por confirmar: fecha consultada"),
            "{letter}"
        );
    }
}
