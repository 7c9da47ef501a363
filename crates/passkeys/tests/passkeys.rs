//! What can be said of ceremonies without a browser: the browser's half is in `tests/browser`.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use comity_passkeys::{Error, Passkeys};
use serde_json::Value;

fn site() -> Passkeys {
    Passkeys::new("https://conference.example", "Conference").unwrap()
}

#[test]
fn a_site_has_passkeys_under_a_name_over_tls_or_on_this_machine() {
    for wrong in [
        "",
        "conference.example",
        "http://conference.example",
        "https://192.0.2.1",
        "http://127.0.0.1:8080",
    ] {
        let error = Passkeys::new(wrong, "Conference").unwrap_err();
        assert!(matches!(error, Error::Address { .. }), "{wrong}");
    }
    for right in [
        "https://conference.example",
        "https://conference.example:8443",
        "http://localhost:8080",
    ] {
        Passkeys::new(right, "Conference").unwrap();
    }
}

#[test]
fn the_device_is_asked_to_know_the_passkey_and_its_holder() {
    let begun = site().begin_making([7; 16], "Ana", &[]).unwrap();
    let options: Value = serde_json::from_str(&begun.options).unwrap();
    let asked = &options["publicKey"];
    assert_eq!(asked["rp"]["id"], "conference.example");
    assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(
        asked["authenticatorSelection"]["userVerification"],
        "required"
    );
    let begun = site().begin_showing().unwrap();
    let options: Value = serde_json::from_str(&begun.options).unwrap();
    assert_eq!(options["publicKey"]["userVerification"], "required");
    assert_eq!(options.get("mediation"), None);
}

#[test]
fn every_question_is_another() {
    let challenge = || {
        let begun = site().begin_showing().unwrap();
        let options: Value = serde_json::from_str(&begun.options).unwrap();
        options["publicKey"]["challenge"].to_string()
    };
    assert_ne!(challenge(), challenge());
}

#[test]
fn what_is_no_answer_is_refused() {
    let site = site();
    let begun = site.begin_showing().unwrap();
    for wrong in ["", "{}", "null", "[1]", "{\"id\":\"x\"}"] {
        assert!(
            matches!(site.shown(wrong), Err(Error::Malformed(_))),
            "{wrong}"
        );
        let shown = site.finish_showing(&begun.state, wrong, "{}");
        assert!(matches!(shown, Err(Error::Malformed(_))), "{wrong}");
        let made = site.finish_making(&begun.state, wrong);
        assert!(matches!(made, Err(Error::Malformed(_))), "{wrong}");
    }
    assert_eq!(format!("{begun:?}"), "Begun { .. }");
}
