use std::collections::BTreeMap;

use axum::body::Bytes;
use comity_view::{Attached, Inside, Language};
use jiff::Timestamp;

use super::{
    Back, BoundRow, Came, Card, Ceremony, Draft, Entered, Filled, Filling, Given, Health,
    InWorkroom, Letters, Mailings, Ministry, NotDone, NotLetIn, Offer, PasskeyRow, PasswordRow,
    Prepared, Seed, SessionRow, Sight, Visitor, Way, Welcome, Whose, Wish, Workroom,
};
use crate::Answering;

/// The way in and out, and who is in.
pub trait Doors: Send + Sync + std::fmt::Debug + 'static {
    /// Whether somebody from this network may try a door now. Each question counts.
    fn is_open_to(&self, network: &str) -> bool;

    /// The seats that anybody may take in a demonstration; none elsewhere.
    fn offers(&self, language: Language) -> Answering<'_, Vec<Offer>>;

    /// Takes one of them. Answers with the session's token.
    fn take<'a>(&'a self, offer: &'a str, agent: &'a str) -> Answering<'a, Option<String>>;

    /// Whom a link lets in; it is not used up.
    fn knock<'a>(&'a self, link: &'a str) -> Answering<'a, Option<Welcome>>;

    /// Uses a link up. Answers with the session's token.
    fn enter<'a>(&'a self, link: &'a str, agent: &'a str) -> Answering<'a, Option<String>>;

    /// Who is signed in with a token. Where it is `noted`, the session goes on from now.
    fn visitor<'a>(&'a self, session: &'a str, noted: bool) -> Answering<'a, Option<Visitor>>;

    /// Goes on from another seat of the same person, under a new token.
    fn sit<'a>(&'a self, visitor: &'a Visitor, filled: &'a str) -> Answering<'a, Option<String>>;

    /// Ends the session.
    fn leave<'a>(&'a self, session: &'a str) -> Answering<'a, ()>;

    /// Where the visitor is signed in.
    fn sessions<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Vec<SessionRow>>;

    /// Ends one of these sessions.
    fn end<'a>(&'a self, visitor: &'a Visitor, handle: &'a str) -> Answering<'a, ()>;

    /// Puts the clock of a demonstration forward: by hours, or to the next end of a term where none are given. False where
    /// there is no such clock.
    fn put_forward(&self, hours: Option<u16>) -> bool;

    /// Whether the site is reached over TLS, so that its cookies may demand it.
    fn is_secure(&self) -> bool;
}

/// What somebody signs in with.
pub trait Keys: Send + Sync + std::fmt::Debug + 'static {
    /// Whether the site's address lets it have passkeys.
    fn has_passkeys(&self) -> bool;

    /// Asks the visitor's device for a new passkey.
    fn begin_making<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Option<Ceremony>>;

    /// Takes a new passkey up; false where the answer does not hold.
    fn finish_making<'a>(
        &'a self,
        visitor: &'a Visitor,
        ceremony: &'a str,
        answer: &'a str,
        agent: &'a str,
    ) -> Answering<'a, bool>;

    /// Asks whoever is there to show a passkey.
    fn begin_showing(&self) -> Answering<'_, Option<Ceremony>>;

    /// Lets in whoever showed one; somebody who is in goes on as having proved who they are. Answers with the session's token.
    fn finish_showing<'a>(
        &'a self,
        visitor: Option<&'a Visitor>,
        ceremony: &'a str,
        answer: &'a str,
        agent: &'a str,
    ) -> Answering<'a, Option<String>>;

    /// The visitor's passkeys.
    fn passkeys<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Vec<PasskeyRow>>;

    /// Throws one of them away.
    fn drop_passkey<'a>(&'a self, visitor: &'a Visitor, id: &'a str) -> Answering<'a, ()>;

    /// Whether the site has the key that the second factor is sealed with.
    fn has_passwords(&self) -> bool;

    /// The visitor's password, if they set one.
    fn password<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Option<PasswordRow>>;

    /// A second factor for the visitor, to be set up with a password: the one that was shown before, while it holds, or a
    /// new one.
    fn seed(&self, visitor: &Visitor, before: Option<&str>) -> Option<Seed>;

    /// Sets the visitor's password, in the place of one before. Answers with the codes of recovery, which are shown once.
    fn set_password<'a>(
        &'a self,
        visitor: &'a Visitor,
        sealed: &'a str,
        password: &'a str,
        code: &'a str,
    ) -> Answering<'a, Result<Vec<String>, NotDone>>;

    /// Throws the visitor's password away.
    fn drop_password<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, ()>;

    /// Lets in whoever knows a password and shows its code; somebody who is in goes on as having proved who they are.
    fn enter_by_password<'a>(
        &'a self,
        visitor: Option<&'a Visitor>,
        given: &'a Given,
        device: Option<&'a str>,
        agent: &'a str,
    ) -> Answering<'a, Result<Entered, NotLetIn>>;
}

/// The accounts that ministries give their people.
pub trait Ministries: Send + Sync + std::fmt::Debug + 'static {
    /// Those with which somebody may sign in, by the reader's language.
    fn ministries(&self, language: Language) -> Vec<Ministry>;

    /// Those that the visitor may sign in with from now on: of their own parties.
    fn may_bind(&self, visitor: &Visitor, language: Language) -> Vec<Ministry>;

    /// Sends somebody to such an account: to come in, to prove again who they are, or to bind it to whoever is in.
    fn begin_ministry<'a>(
        &'a self,
        visitor: Option<&'a Visitor>,
        id: &'a str,
        bind: bool,
    ) -> Answering<'a, Result<Way, NotLetIn>>;

    /// Takes in whoever comes back, by what the browser kept. Answers with what came of it.
    fn finish_ministry<'a>(
        &'a self,
        visitor: Option<&'a Visitor>,
        back: &'a Back,
        agent: &'a str,
    ) -> Answering<'a, Result<Came, NotLetIn>>;

    /// The accounts that are bound to the visitor.
    fn bound<'a>(
        &'a self,
        visitor: &'a Visitor,
        language: Language,
    ) -> Answering<'a, Vec<BoundRow>>;

    /// Unties one of them.
    fn unbind<'a>(&'a self, visitor: &'a Visitor, id: &'a str) -> Answering<'a, ()>;
}

/// The way in, and all that a person may do from a seat. The answer to anything that is not theirs is that it is not there.
pub trait Indoors: Doors + Keys + Ministries + Mailings {
    /// A mark of what this node holds, which tells nobody how much that is. Asked at every request, so it must be cheap.
    fn held(&self) -> String;

    /// Waits until this node has come to what the mark was made of.
    fn until_held(&self, mark: String) -> Answering<'_, ()>;

    /// What the visitor sees from the seat; `None` where they hold none now.
    fn inside(&self, visitor: &Visitor, language: Language) -> Option<Inside>;

    /// The seats that the visitor may choose from, each by the act that filled it with its name.
    fn seats(&self, visitor: &Visitor, language: Language) -> Vec<(String, String)>;

    /// What the directory knows of people, by their ids. Whoever asks has seen the ids from a seat.
    fn cards(&self, people: Vec<String>) -> Answering<'_, BTreeMap<String, Card>>;

    /// Notes that the visitor looked at the people of a party that is not theirs.
    fn saw<'a>(&'a self, visitor: &'a Visitor, party: &'a str) -> Answering<'a, ()>;

    /// Who looked at the people of a party, the latest first.
    fn sights<'a>(&'a self, inside: &'a Inside, party: &'a str) -> Answering<'a, Vec<Sight>>;

    /// The letters; `None` where the node sends none.
    fn letters(&self) -> Answering<'_, Option<Letters>>;

    /// Opens the outbox, or closes it again.
    fn open_outbox(&self, open: bool) -> Answering<'_, ()>;

    /// Sends a letter again that came back.
    fn send_again<'a>(&'a self, key: &'a str) -> Answering<'a, ()>;

    /// Keeps what the visitor prepares, under a new id or in the place of what was there. Answers with the id.
    fn prepare<'a>(
        &'a self,
        visitor: &'a Visitor,
        id: Option<&'a str>,
        body: String,
    ) -> Answering<'a, String>;

    /// What the visitor prepares, by its id or all of it.
    fn prepared<'a>(
        &'a self,
        visitor: &'a Visitor,
        id: Option<&'a str>,
    ) -> Answering<'a, Vec<Prepared>>;

    /// Whether this is the first that takes in what the visitor prepares: of several at once, one is.
    fn first_to_take<'a>(&'a self, visitor: &'a Visitor, id: &'a str) -> Answering<'a, bool>;

    /// Gives up what is known of somebody who never came in and holds no seat.
    fn forget_unseen<'a>(&'a self, person: &'a str) -> Answering<'a, ()>;

    /// Seats a person, who is invited if they cannot sign in yet.
    fn fill<'a>(
        &'a self,
        visitor: &'a Visitor,
        filling: Filling,
    ) -> Answering<'a, Result<Filled, NotDone>>;

    /// Ends that somebody holds a seat.
    fn vacate<'a>(
        &'a self,
        visitor: &'a Visitor,
        filled: &'a str,
        note: Option<String>,
    ) -> Answering<'a, Result<(), NotDone>>;

    /// Makes a new link for whoever holds a seat.
    fn invite<'a>(
        &'a self,
        visitor: &'a Visitor,
        filled: &'a str,
    ) -> Answering<'a, Result<Filled, NotDone>>;

    /// Does something from the seat. Answers with the act that came of it.
    fn wish<'a>(
        &'a self,
        visitor: &'a Visitor,
        wish: Wish,
    ) -> Answering<'a, Result<String, NotDone>>;

    /// Which calendars of the visitor have a secret address: their own, and those of bodies.
    fn feeds<'a>(&'a self, visitor: &'a Visitor) -> Answering<'a, Vec<Whose>>;

    /// Makes one, in the place of what there was. Answers with its token, which is shown once.
    fn make_feed<'a>(&'a self, visitor: &'a Visitor, whose: &'a Whose) -> Answering<'a, String>;

    /// Gives it up.
    fn drop_feed<'a>(&'a self, visitor: &'a Visitor, whose: &'a Whose) -> Answering<'a, ()>;

    /// Whose calendar it is, and what is seen from every seat of the person whose address it is; nothing where it is nobody's.
    fn feed<'a>(
        &'a self,
        token: &'a str,
        language: Language,
    ) -> Answering<'a, Option<(Whose, Vec<Inside>)>>;

    /// What a delegation says among itself of a consultation.
    fn workroom<'a>(
        &'a self,
        visitor: &'a Visitor,
        consultation: &'a str,
        party: &'a str,
    ) -> Answering<'a, Workroom>;

    /// Says something there, takes back what one said, or sets by when the delegation wants to be ready. Whoever asks has seen that
    /// it may.
    fn in_workroom<'a>(
        &'a self,
        visitor: &'a Visitor,
        consultation: &'a str,
        party: &'a str,
        what: InWorkroom,
    ) -> Answering<'a, Result<(), NotDone>>;

    /// What lies on a shelf of what is prepared, and waits to be released; the first one first.
    fn drafts<'a>(&'a self, shelf: &'a str) -> Answering<'a, Vec<Draft>>;

    /// Keeps a draft, in the place of the one with its key; answers with its key. Whoever asks has seen that the visitor may.
    fn keep_draft<'a>(
        &'a self,
        visitor: &'a Visitor,
        shelf: &'a str,
        draft: Draft,
    ) -> Answering<'a, Result<String, NotDone>>;

    /// Throws a draft away: it was released, or is not wanted any more.
    fn drop_draft<'a>(&'a self, shelf: &'a str, key: &'a str) -> Answering<'a, ()>;

    /// Somebody of a party opened the page of a round, by the act that opened it.
    fn note_opened<'a>(
        &'a self,
        visitor: &'a Visitor,
        round: &'a str,
        party: &'a str,
    ) -> Answering<'a, ()>;

    /// The parties of which somebody did.
    fn opened<'a>(&'a self, round: &'a str) -> Answering<'a, Vec<String>>;

    /// Which of these parties may not be reached by letter: nobody there has an address that was confirmed lately.
    fn unreached<'a>(&'a self, parties: &'a [String]) -> Answering<'a, Vec<String>>;

    /// Whether papers can be sent in.
    fn keeps_papers(&self) -> bool;

    /// A paper that was sent in: its media type, and what is in it. Whoever asks has seen it from a seat.
    fn paper<'a>(&'a self, file: &'a Attached) -> Answering<'a, Option<(&'static str, Bytes)>>;

    /// How many acts there were when the visitor was here last; now there are so many. Nothing on the first visit.
    fn last_visit<'a>(&'a self, visitor: &'a Visitor, acts: u64) -> Answering<'a, Option<u64>>;

    /// How the program is.
    fn health(&self) -> Answering<'_, Health>;

    /// Hands the Presidency over to the one that follows.
    fn hand_over<'a>(
        &'a self,
        visitor: &'a Visitor,
        presidency: &'a str,
        from: Option<Timestamp>,
        zone: &'a str,
    ) -> Answering<'a, Result<(), NotDone>>;

    /// The visitor says what is right of their own data.
    fn confirm<'a>(
        &'a self,
        visitor: &'a Visitor,
        card: Card,
    ) -> Answering<'a, Result<(), NotDone>>;
}
