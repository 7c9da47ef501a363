//! The letters that open an informal consultation are held, listed, stopped, let go, and tried on oneself; and what became of
//! them.

use comity_post::{HELD, NotCarried, State};
use comity_registrar::{Clock as _, Timestamp};
use comity_view::Language;
use comity_web::inside::{
    ByLetter, Held, InMailing, LettersOf, Mailing, Mailings as _, NotDone, Visitor,
};
use jiff::SignedDuration;

use super::*;
use crate::circulation::tests::REFUSED;
use crate::circulation::tests::held::{addresses, code};

const SECOND: SignedDuration = SignedDuration::from_secs(1);

/// Who was asked; the server of the last one refuses every letter.
const ASKED: [&str; 3] = ["guatemala", "panama", "honduras"];

struct Asked {
    ground: Ground,
    id: ActId,
}

impl Asked {
    async fn new() -> Self {
        let ground = Ground::new().await;
        let presidency = seat(&ground.registrar, "dominican-republic", "speaker");
        let step = asks(Matter::Ordinary, &ASKED);
        let id = does(&ground.registrar, presidency, step).await;
        Self { ground, id }
    }

    fn presidency(&self) -> Visitor {
        self.ground.visitor("dominican-republic", "speaker")
    }

    fn assistant(&self) -> Visitor {
        self.ground.visitor("secretariat", "assistant")
    }

    async fn mailing(&self, visitor: &Visitor) -> Option<Mailing> {
        let (house, id) = (self.ground.house(), self.id.to_string());
        let found = house.mailing(visitor, LettersOf::Informal(&id), &[], Language::En);
        found.await.unwrap()
    }

    async fn done(&self, visitor: &Visitor, what: InMailing) -> Result<(), NotDone> {
        let (house, id) = (self.ground.house(), self.id.to_string());
        let done = house.in_mailing(visitor, LettersOf::Informal(&id), what);
        done.await.unwrap()
    }

    async fn reached(&self) -> [ByLetter; 3] {
        let (house, id) = (self.ground.house(), self.id.to_string());
        let reached = house.reached(&id).await.unwrap();
        assert_eq!(reached.len(), ASKED.len(), "{reached:?}");
        ASKED.map(|party| reached[party])
    }

    async fn closes(&self) {
        let close = CloseInformal {
            consultation: self.id,
            summary: Text::new("Conviene.", "It suits."),
            note: None,
        };
        let registrar = &self.ground.registrar;
        let presidency = seat(registrar, "dominican-republic", "speaker");
        does(registrar, presidency, Informally::Close(close)).await;
    }

    /// When the letters go out, as the page says it.
    async fn let_go_at(&self) -> Timestamp {
        match self.mailing(&self.presidency()).await.unwrap().held {
            Held::Until(at) => at,
            held => panic!("{held:?}"),
        }
    }

    /// To whom letters that ask came since, by address.
    fn asking(&self) -> Vec<String> {
        let letters = self.ground.bag.empty().into_iter();
        letters
            .filter(|(_, letter)| decoded(letter).contains("consulta informalmente a su pa"))
            .map(|(address, _)| address)
            .collect()
    }
}

#[tokio::test]
async fn nothing_asks_at_nine_fifty_nine_and_everything_at_ten_whom_the_list_names() {
    let asked = Asked::new().await;
    let (ground, presidency) = (&asked.ground, asked.presidency());
    // Before whoever sends has read of it, the list and the instant stand already.
    let listed = asked.mailing(&presidency).await.unwrap();
    assert!(matches!(listed.held, Held::Until(_)), "{:?}", listed.held);
    assert_eq!(asked.reached().await, [ByLetter::Waiting; 3]);
    ground.round().await;
    assert!(asked.asking().is_empty());
    let at = asked.let_go_at().await;
    let mailing = asked.mailing(&presidency).await.unwrap();
    assert_eq!(addresses(&mailing), addresses(&listed));
    let waits = Some("letter-waiting");
    assert!(mailing.lines.iter().all(|line| line.state == waits));
    assert!(mailing.lines.iter().all(|line| !line.seats.is_empty()));
    ground.round_at(at - SECOND).await;
    assert!(asked.asking().is_empty(), "9:59");
    assert_eq!(asked.reached().await, [ByLetter::Waiting; 3]);
    ground.round_at(at).await;
    let mut went = asked.asking();
    assert!(!went.is_empty());
    let refused = |address: &String| address.ends_with(REFUSED);
    went.extend(addresses(&mailing).into_iter().filter(refused));
    went.sort();
    assert_eq!(went, addresses(&mailing), "exactly the list");

    // What became of each stands in the same list, and of each country on the board.
    ground.clock.forward_to(at + SECOND);
    let after = asked.mailing(&presidency).await.unwrap();
    assert_eq!(after.held, Held::No);
    for line in &after.lines {
        let (state, why) = match line.party.as_str() {
            "honduras" => ("letter-returned", Some("550 no such box".to_owned())),
            _ => ("letter-sent", None),
        };
        assert_eq!((line.state, &line.why), (Some(state), &why), "{line:?}");
    }
    let [guatemala, panama, honduras] = asked.reached().await;
    assert_eq!([guatemala, panama], [ByLetter::Sent; 2]);
    assert_eq!(honduras, ByLetter::Refused);
    let late = asked.done(&presidency, InMailing::Stop).await;
    assert_eq!(code(late), "nothing-waits");
}

#[tokio::test]
async fn the_letters_are_stopped_and_sent_by_who_consults_or_enters_and_by_nobody_else() {
    let asked = Asked::new().await;
    let ground = &asked.ground;
    ground.round().await;
    let acts = ground.acts();
    let (presidency, assistant) = (asked.presidency(), asked.assistant());
    let guatemala = ground.visitor("guatemala", "speaker");
    let unproven = Visitor {
        proven: false,
        ..presidency.clone()
    };
    for what in [InMailing::Stop, InMailing::SendNow, InMailing::TestCopy] {
        let refused = code(asked.done(&guatemala, what).await);
        assert_eq!(refused, NotDone::NOT_PERMITTED);
        let refused = code(asked.done(&unproven, what).await);
        assert_eq!(refused, NotDone::PROVE_AGAIN);
    }
    assert!(asked.mailing(&guatemala).await.is_none(), "no addresses");

    asked.done(&assistant, InMailing::Stop).await.unwrap();
    let mailing = asked.mailing(&presidency).await.unwrap();
    assert!(
        matches!(mailing.held, Held::Stopped(_)),
        "{:?}",
        mailing.held
    );
    let stopped = Some("letter-stopped");
    assert!(mailing.lines.iter().all(|line| line.state == stopped));
    assert_eq!(asked.reached().await, [ByLetter::Stopped; 3]);
    ground.clock.forward_to(ground.clock.now() + HELD + HELD);
    ground.round().await;
    assert!(asked.asking().is_empty(), "stopped");
    assert_eq!(ground.acts(), acts, "it stays open as it is on record");
    asked.done(&presidency, InMailing::SendNow).await.unwrap();
    ground.round().await;
    assert!(!asked.asking().is_empty());
    ground.round().await;
    assert!(asked.asking().is_empty(), "one for a person and a matter");

    // What is sent now waits no longer, whether or not it was put in by then.
    let asked = Asked::new().await;
    let presidency = asked.presidency();
    asked.done(&presidency, InMailing::SendNow).await.unwrap();
    assert_eq!(asked.reached().await, [ByLetter::Waiting; 3]);
    asked.ground.round().await;
    assert!(!asked.asking().is_empty());
}

/// An outbox that was opened after it knows nothing of its letters, and says nothing.
#[tokio::test]
async fn of_letters_that_nobody_remembers_nothing_is_said() {
    let asked = Asked::new().await;
    let (house, id) = (asked.ground.house(), asked.id.to_string());
    assert_eq!(house.reached(&id).await.unwrap().len(), ASKED.len());
    let acts = asked.ground.acts();
    let outbox = &asked.ground.postman.outbox;
    outbox.set_cursor(acts).await.unwrap();
    assert!(house.reached(&id).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_letter_that_may_have_arrived_is_shown_as_such() {
    let asked = Asked::new().await;
    asked.ground.round().await;
    let outbox = &asked.ground.postman.outbox;
    let waiting = outbox.of_occasion(&asked.id.to_string()).await.unwrap();
    let guatemala = asked.ground.visitor("guatemala", "speaker");
    let one = waiting
        .into_iter()
        .find(|notice| notice.person.to_string() == guatemala.person)
        .unwrap();
    let lost = Err(NotCarried::Unknown {
        why: "the connection ended".to_owned(),
    });
    let now = asked.ground.clock.now();
    outbox.done(one, lost, now).await.unwrap();
    let [guatemala, panama, _] = asked.reached().await;
    assert_eq!(guatemala, ByLetter::Uncertain);
    assert_eq!(panama, ByLetter::Waiting);
}

/// Of one that is closed there is nothing to ask for: closed a second before its letters would go, none goes; a second after,
/// they have gone.
#[tokio::test]
async fn what_is_closed_within_the_ten_minutes_asks_nobody() {
    for (by, asks) in [(-SECOND, false), (SECOND, true)] {
        let asked = Asked::new().await;
        let ground = &asked.ground;
        ground.round().await;
        let at = asked.let_go_at().await;
        ground.clock.forward_to(at + by);
        ground.round().await;
        assert_eq!(!asked.asking().is_empty(), asks, "{by:?}");
        asked.closes().await;
        ground.clock.forward_to(at + HELD);
        ground.round().await;
        assert!(asked.asking().is_empty(), "{by:?}");
        let occasion = asked.id.to_string();
        let letters = ground.postman.outbox.of_occasion(&occasion).await.unwrap();
        assert!(!letters.is_empty());
        for notice in letters {
            let dropped = matches!(notice.now, State::Dropped { .. });
            assert_eq!(dropped, !asks, "{notice:?}");
        }
    }
    // Those that were stopped are put away too, and what is closed has no letters to stop or to try.
    let asked = Asked::new().await;
    let (ground, presidency) = (&asked.ground, asked.presidency());
    ground.round().await;
    asked.done(&presidency, InMailing::Stop).await.unwrap();
    asked.closes().await;
    ground.round().await;
    let waiting = ground.postman.outbox.waiting().await.unwrap();
    assert!(
        waiting.iter().all(|notice| !notice.about.is_held()),
        "{waiting:?}"
    );
    assert_eq!(asked.reached().await, [ByLetter::None; 3]);
    assert!(asked.mailing(&presidency).await.is_none());
    for what in [InMailing::Stop, InMailing::SendNow, InMailing::TestCopy] {
        assert_eq!(code(asked.done(&presidency, what).await), "not-now");
    }
}

#[tokio::test]
async fn a_test_copy_is_had_while_the_letters_are_held_and_by_whoever_asks_alone() {
    let asked = Asked::new().await;
    let ground = &asked.ground;
    ground.round().await;
    ground.bag.empty();
    let acts = ground.acts();
    let at = asked.let_go_at().await;
    let copied = async |visitor: &Visitor| {
        asked.done(visitor, InMailing::TestCopy).await.unwrap();
        ground.round().await;
        let letters = ground.bag.empty();
        let to = visitor.card.email.clone().unwrap();
        assert_eq!(letters.keys().collect::<Vec<_>>(), [&to]);
        decoded(&letters[&to])
    };
    for visitor in [asked.presidency(), asked.assistant()] {
        let text = copied(&visitor).await;
        for part in [
            "[Copia de prueba]",
            "copia de prueba, enviada solo a usted",
            "Ayuda que la respuesta llegue",
            "No es la consulta por escrito",
            "STATUS:TENTATIVE",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("ronda"), "{text}");
        let seen = asked.mailing(&visitor).await.unwrap().test_copy;
        assert_eq!(seen.unwrap().0, "letter-sent");
    }
    // Also while they are stopped; not once they are gone.
    let presidency = asked.presidency();
    asked.done(&presidency, InMailing::Stop).await.unwrap();
    ground.clock.forward_to(at - SECOND);
    copied(&presidency).await;
    assert_eq!(ground.acts(), acts, "no trace on record");
    asked.done(&presidency, InMailing::SendNow).await.unwrap();
    ground.round().await;
    let late = asked.done(&presidency, InMailing::TestCopy).await;
    assert_eq!(code(late), "not-now");
}
