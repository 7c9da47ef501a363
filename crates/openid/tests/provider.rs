//! Against a real provider: `oidc-provider` from npm, set up in `tests/openid`. Without `COMITY_TEST_OPENID`, the folder in which
//! `npm ci` was run, these are left out, and say so.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod walker;

use comity_openid::{Login, NotShown, Openid, Why};
use walker::{REDIRECT, Real, configured, now, random};

fn openid(issuer: &str, client: &str) -> Openid {
    Openid::new(vec![configured(issuer, client)], REDIRECT).unwrap()
}

#[tokio::test]
async fn somebody_signs_in_and_is_known_by_their_subject() {
    let Some(real) = Real::start() else { return };
    let openid = openid(&real.issuer, "conference");
    let begun = openid
        .begin("ministry", random(1), Login::Any, now())
        .await
        .unwrap();
    let back = real.walk(&begun.url).await;
    assert_eq!(back.state, begun.state);
    let shown = openid
        .finish(
            &begun.keep,
            &back.state,
            &back.code,
            back.issuer.as_deref(),
            now(),
        )
        .await
        .unwrap();
    assert_eq!(
        (shown.subject.as_str(), shown.issuer.as_str()),
        ("ana", real.issuer.as_str())
    );
    assert_eq!(shown.email.as_deref(), Some("ana@ministry.example"));
    assert_eq!(shown.key().len(), 64);
    // A code is good once.
    let again = openid
        .finish(
            &begun.keep,
            &back.state,
            &back.code,
            back.issuer.as_deref(),
            now(),
        )
        .await;
    assert_eq!(again.unwrap_err(), NotShown::Refused(Why::CodeRefused));
}

#[tokio::test]
async fn what_was_begun_is_ended_in_time_by_the_same_browser_and_from_the_same_provider() {
    let Some(real) = Real::start() else { return };
    let openid = openid(&real.issuer, "conference");
    let begun = openid
        .begin("ministry", random(2), Login::Any, now())
        .await
        .unwrap();
    let back = real.walk(&begun.url).await;
    let finish = async |state: &str, issuer: Option<&str>, at: i64| {
        let done = openid
            .finish(&begun.keep, state, &back.code, issuer, at)
            .await;
        done.unwrap_err()
    };
    let issuer = back.issuer.as_deref();
    assert!(issuer.is_some(), "this provider says who it is");
    for (state, issuer, at, why) in [
        ("", issuer, now(), Why::WrongState),
        (&begun.state[1..], issuer, now(), Why::WrongState),
        (
            &begun.state,
            Some("http://127.0.0.1:1"),
            now(),
            Why::WrongIssuer,
        ),
        (&begun.state, None, now(), Why::WrongIssuer),
        (&begun.state, issuer, now() + 601, Why::TooLate),
        (&begun.state, issuer, now() - 100, Why::TooLate),
    ] {
        assert_eq!(
            finish(state, issuer, at).await,
            NotShown::Refused(why),
            "{why}"
        );
    }
    // None of these used the code up.
    let done = openid
        .finish(&begun.keep, &begun.state, &back.code, issuer, now())
        .await;
    assert!(done.is_ok(), "{done:?}");
}

/// A code that was made for another beginning brings another nonce and another challenge.
#[tokio::test]
async fn a_code_of_another_beginning_shows_nobody() {
    let Some(real) = Real::start() else { return };
    let openid = openid(&real.issuer, "conference");
    let mine = openid
        .begin("ministry", random(3), Login::Any, now())
        .await
        .unwrap();
    let other = openid
        .begin("ministry", random(4), Login::Any, now())
        .await
        .unwrap();
    let back = real.walk(&other.url).await;
    let issuer = back.issuer.as_deref();
    let done = openid
        .finish(&mine.keep, &mine.state, &back.code, issuer, now())
        .await;
    assert_eq!(done.unwrap_err(), NotShown::Refused(Why::CodeRefused));
}

/// What another client of the same provider was given is worth nothing here.
#[tokio::test]
async fn a_code_of_another_client_shows_nobody() {
    let Some(real) = Real::start() else { return };
    let (mine, other) = (
        openid(&real.issuer, "conference"),
        openid(&real.issuer, "another"),
    );
    let begun = other
        .begin("ministry", random(5), Login::Any, now())
        .await
        .unwrap();
    let back = real.walk(&begun.url).await;
    let issuer = back.issuer.as_deref();
    let done = mine
        .finish(&begun.keep, &begun.state, &back.code, issuer, now())
        .await;
    assert_eq!(done.unwrap_err(), NotShown::Refused(Why::CodeRefused));
}

#[tokio::test]
async fn whoever_proves_again_who_they_are_signs_in_anew() {
    let Some(real) = Real::start() else { return };
    let openid = openid(&real.issuer, "conference");
    let begun = openid
        .begin("ministry", random(6), Login::Anew, now())
        .await
        .unwrap();
    assert!(
        begun.url.contains("prompt=login") && begun.url.contains("max_age=0"),
        "{}",
        begun.url
    );
    let back = real.walk(&begun.url).await;
    let issuer = back.issuer.as_deref();
    let done = openid
        .finish(&begun.keep, &begun.state, &back.code, issuer, now())
        .await;
    assert_eq!(done.unwrap().subject, "ana");
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_no_refusal() {
    let openid = openid("http://127.0.0.1:1", "conference");
    let done = openid.begin("ministry", random(7), Login::Any, now()).await;
    assert_eq!(done.unwrap_err(), NotShown::Unavailable);
    let done = openid.begin("nobody", random(7), Login::Any, now()).await;
    assert_eq!(done.unwrap_err(), NotShown::Refused(Why::UnknownProvider));
}
