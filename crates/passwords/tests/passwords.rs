//! Passwords and their second factor: what lets somebody in, once, and what does not.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use comity_passwords::{
    Chances, LONGEST, NotSet, OFFER_LASTS, Offer, Passwords, RECOVERY_CODES, SHORTEST, Set, strong,
    summary,
};
use totp_rs::Totp;

const ANA: &str = "ana";
const GOOD: &str = "volcán tortuga 81 lluvia";
const NOW: u64 = 1_800_000_000;

fn passwords() -> Passwords {
    Passwords::new([7; 32], "Conferencia: prueba")
}

fn chances() -> Chances {
    let mut recovery = [[0; 10]; RECOVERY_CODES];
    for (number, code) in (1..).zip(&mut recovery) {
        *code = [number; 10];
    }
    Chances {
        salt: [1; 16],
        nonce: [2; 12],
        recovery,
    }
}

fn offer() -> Offer {
    passwords().offer(ANA, "ana@ministry.example", [9; 20], [3; 12], NOW)
}

/// What the telephone shows, as it reads the address of the offer.
fn shown(offer: &Offer, now: u64) -> String {
    Totp::from_url(&offer.address)
        .unwrap()
        .generate(now)
        .to_string()
}

fn set() -> (Offer, Set) {
    let offer = offer();
    let code = shown(&offer, NOW);
    let given = (offer.sealed.as_str(), code.as_str());
    let set = passwords().set(ANA, GOOD, &[], given, &chances(), NOW);
    (offer, set.unwrap())
}

#[test]
fn a_password_and_the_code_of_the_telephone_let_in_once() {
    let (offer, set) = set();
    let later = NOW + 60;
    let code = shown(&offer, later);
    let check = |body: &str, password: &str, code: &str, at: u64| {
        passwords().check(ANA, body, (password, code), at)
    };
    for (password, given) in [
        ("another password here", code.as_str()),
        (GOOD, "000000"),
        (GOOD, ""),
        ("", &code),
        // Each alone lets nobody in.
        (GOOD, GOOD),
        (&code, &code),
    ] {
        assert_eq!(check(&set.body, password, given, later), None, "{password}");
    }
    let right = check(&set.body, GOOD, &code, later).unwrap();
    let spaced = format!("{} {}", &code[..3], &code[3..]);
    assert_eq!(check(&set.body, GOOD, &spaced, later).unwrap(), right);
    // The same code again, with what is kept now.
    assert_eq!(check(&right.body, GOOD, &code, later), None);
    let next = shown(&offer, later + 30);
    assert!(check(&right.body, GOOD, &next, later + 30).is_some());
    // The code with which the password was set is used up too.
    assert_eq!(check(&set.body, GOOD, &shown(&offer, NOW), NOW), None);
}

#[test]
fn a_code_is_good_for_one_step_beside_its_own() {
    let (offer, set) = set();
    let at = NOW + 600;
    let step = at / 30 * 30;
    let code = shown(&offer, step);
    for (now, good) in [
        (step - 31, false),
        (step - 30, true),
        (step + 59, true),
        (step + 60, false),
    ] {
        let right = passwords().check(ANA, &set.body, (GOOD, &code), now);
        assert_eq!(right.is_some(), good, "{}", now as i64 - step as i64);
    }
}

#[test]
fn a_code_of_recovery_stands_in_once() {
    let (_, set) = set();
    assert_eq!(set.recovery.len(), RECOVERY_CODES);
    let code = &set.recovery[3];
    assert_eq!(code, "04040-40404-04040-40404");
    let check = |body: &str, password: &str, code: &str| {
        passwords().check(ANA, body, (password, code), NOW + 60)
    };
    assert_eq!(check(&set.body, "wrong password here", code), None);
    let right = check(&set.body, GOOD, &code.to_uppercase()).unwrap();
    assert_eq!(summary(&right.body).unwrap().recovery_left, 9);
    assert_eq!(summary(&right.body).unwrap().made_at, NOW);
    assert_eq!(check(&right.body, GOOD, code), None, "a second time");
    let other = check(&right.body, GOOD, &set.recovery[4]).unwrap();
    assert_ne!(other.once, right.once);
}

#[test]
fn what_is_kept_does_not_hold_what_lets_in() {
    let (offer, set) = set();
    assert!(!set.body.contains(GOOD));
    let secret = offer.secret.replace(' ', "");
    let seed = hex::encode([9_u8; 20]);
    for hidden in [&secret, &seed, &set.recovery[0].replace('-', "")] {
        assert!(!set.body.contains(hidden.as_str()), "{hidden}");
    }
    assert!(set.body.contains("$argon2id$v=19$m=19456,t=2,p=1$"));
    // With another key, or moved to another person, it is worth nothing.
    let code = shown(&offer, NOW + 60);
    let other = Passwords::new([8; 32], "x");
    assert_eq!(other.check(ANA, &set.body, (GOOD, &code), NOW + 60), None);
    let beto = passwords().check("beto", &set.body, (GOOD, &code), NOW + 60);
    assert_eq!(beto, None);
    assert_eq!(passwords().check(ANA, "{}", (GOOD, &code), NOW + 60), None);
    for logged in [
        format!("{offer:?}"),
        format!("{set:?}"),
        format!("{:?}", passwords()),
        format!("{:?}", chances()),
    ] {
        assert!(logged.len() < 80, "{logged}");
    }
}

#[test]
fn an_offer_is_for_one_person_and_a_quarter_of_an_hour() {
    let offer = offer();
    let try_at = |person: &str, sealed: &str, now: u64| {
        let code = shown(&offer, now);
        passwords()
            .set(person, GOOD, &[], (sealed, &code), &chances(), now)
            .map(|_| ())
    };
    assert_eq!(try_at(ANA, &offer.sealed, NOW + OFFER_LASTS - 1), Ok(()));
    let stale = Err(NotSet::Stale);
    assert_eq!(try_at(ANA, &offer.sealed, NOW + OFFER_LASTS), stale);
    assert_eq!(try_at("beto", &offer.sealed, NOW), stale);
    for forged in [
        "",
        "00",
        &offer.sealed[2..],
        &offer.sealed.replace('0', "1"),
    ] {
        assert_eq!(try_at(ANA, forged, NOW), stale);
    }
    let again = |at: u64| passwords().again(ANA, "ana@ministry.example", &offer.sealed, at);
    assert_eq!(again(NOW + OFFER_LASTS - 1).unwrap(), offer);
    assert_eq!(again(NOW + OFFER_LASTS), None);
    let wrong = passwords().set(ANA, GOOD, &[], (&offer.sealed, "123456"), &chances(), NOW);
    assert_eq!(wrong.unwrap_err(), NotSet::Code);
}

#[test]
fn an_offer_is_what_an_authenticator_reads() {
    let offer = offer();
    assert!(
        offer.address.starts_with("otpauth://totp/"),
        "{}",
        offer.address
    );
    let read = Totp::from_url(&offer.address).unwrap();
    assert_eq!(read.issuer(), Some("Conferencia  prueba"));
    assert_eq!(offer.secret.len(), 32 + 7);
    let (side, path) = &offer.picture;
    assert!(*side > 29 && path.starts_with("M4 4h1v1h-1z"), "{side}");
    // An address too long for a picture is still typed.
    let long = "a".repeat(4000);
    let offer = passwords().offer(ANA, &long, [9; 20], [3; 12], NOW);
    assert_eq!(offer.picture, (0, String::new()));
}

#[test]
fn a_password_that_is_guessed_is_not_taken() {
    let about = ["María Fernanda Quetzal", "maria@ministerio.example"];
    let at_edge = "zk7#Pq2!mX9w";
    assert_eq!(at_edge.chars().count(), SHORTEST);
    assert_eq!(strong(at_edge, &about), Ok(()));
    assert_eq!(strong(&at_edge[1..], &about), Err(NotSet::Short));
    let long = GOOD.repeat(9).chars().take(LONGEST).collect::<String>();
    assert_eq!(strong(&long, &about), Ok(()));
    assert_eq!(strong(&format!("{long}x"), &about), Err(NotSet::Long));
    for weak in [
        "password1234",
        "123456789012",
        "aaaaaaaaaaaaaaaa",
        "qwertyuiop12",
        "mariafernanda",
        "Fernanda2012",
        "quetzalquetzal",
    ] {
        assert_eq!(strong(weak, &about), Err(NotSet::Weak), "{weak}");
    }
    assert_eq!(strong(GOOD, &about), Ok(()));
}
