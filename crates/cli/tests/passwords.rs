//! Signing in with a password and the code of a telephone, over the real program, and how often somebody may try.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod served;

use std::process::Command;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use served::{Answer, Served, Visit, between};
use totp_rs::{Builder, Secret, Totp};

const PASSWORD: &str = "volcan+tortuga+81+lluvia";

/// A register with one seat, its site, and the way in.
fn site() -> (tempfile::TempDir, Served, String) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(["init", "--data", data])
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let link = format!("/en/sign-in/{}", between(&printed, "/en/sign-in/", "\n"));
    let site = Served::start(&["serve", "--data", data]);
    (folder, site, link)
}

fn enter<'a>(site: &'a Served, link: &str) -> Visit<'a> {
    let entered = site.ask("POST", link, "", "");
    assert_eq!(entered.status, 303, "{}", entered.body);
    Visit {
        site,
        cookie: entered.cookie().unwrap(),
    }
}

fn give_address(visit: &Visit<'_>) {
    let card = "name=Ana+Prueba&email=ana%40st.example&language=en";
    assert_eq!(visit.post("/en/account", card).status, 303);
}

#[expect(
    clippy::disallowed_methods,
    reason = "a telephone has a clock of its own"
)]
fn now() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_secs()
}

/// What the telephone shows after reading the page.
fn telephone(page: &str) -> Totp {
    let typed = between(page, "<code class=\"c-hash\">", "</code>");
    let secret = Secret::try_from_base32(typed.replace(' ', "")).unwrap();
    Builder::new().with_secret(secret).build_noncompliant()
}

fn code(telephone: &Totp, steps: u64) -> String {
    telephone.generate(now() + 30 * steps).to_string()
}

/// Sets a password; answers with the telephone and the codes of recovery.
fn set(visit: &Visit<'_>) -> (Totp, Vec<String>) {
    let page = visit.get("/en/account/password").body;
    let telephone = telephone(&page);
    let seed = between(&page, "name=\"seed\" value=\"", "\"");
    let form = |password: &str, code: &str| format!("seed={seed}&password={password}&code={code}");
    // What is wrong is said, and the telephone need not be set up again.
    for (password, code, says) in [
        ("short", code(&telephone, 0), "fewer than 12"),
        ("password1234", code(&telephone, 0), "easily guessed"),
        (
            PASSWORD,
            "000000".to_owned(),
            "not the one that the telephone shows",
        ),
    ] {
        let answer = visit.post("/en/account/password", &form(password, &code));
        assert_eq!(answer.status, 422);
        assert!(answer.body.contains(says), "{says}: {}", answer.body);
        assert!(answer.body.contains(&seed), "the same seed");
        assert!(!answer.body.contains(password), "it is not written back");
    }
    let answer = visit.post(
        "/en/account/password",
        &form(PASSWORD, &code(&telephone, 0)),
    );
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert!(answer.head.contains("cache-control: no-store"));
    let codes: Vec<String> = answer
        .body
        .split("<li><code>")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().to_owned())
        .collect();
    assert_eq!(codes.len(), 10);
    (telephone, codes)
}

fn sign_in(site: &Served, cookies: &str, email: &str, password: &str, code: &str) -> Answer {
    let headers = format!("Cookie: {cookies}\r\n");
    let form = format!("email={email}&password={password}&code={code}");
    site.ask("POST", "/en/sign-in", &headers, &form)
}

#[test]
fn a_password_lets_in_with_a_code_and_a_code_once() {
    let (_folder, site, link) = site();
    let visit = enter(&site, &link);
    assert!(visit.get("/en/account").body.contains("Set a password"));
    let early = visit.get("/en/account/password").body;
    assert!(early.contains("an e-mail address is needed"), "{early}");
    give_address(&visit);
    let (telephone, recovery) = set(&visit);
    let account = visit.get("/en/account").body;
    assert!(account.contains("10 recovery codes are left"), "{account}");

    let ana = |password: &str, code: &str| sign_in(&site, "", "Ana%40st.example", password, code);
    let next = code(&telephone, 1);
    let wrong = [
        ana("another+password+here", &next),
        ana(PASSWORD, "000000"),
        sign_in(&site, "", "nobody%40st.example", PASSWORD, &next),
        sign_in(&site, "", "", "", ""),
    ];
    // Who has an account is nobody's business: but for what was typed itself all answers are alike.
    let plain = |answer: &Answer| {
        let body = answer.body.replace("Ana@st.example", "ADDRESS");
        body.replace("nobody@st.example", "ADDRESS")
            .replace("value=\"\"", "value=\"ADDRESS\"")
    };
    for answer in &wrong {
        assert_eq!((answer.status, answer.cookie()), (403, None));
        assert_eq!(plain(answer), plain(&wrong[0]));
    }
    let entered = ana(PASSWORD, &next);
    assert_eq!((entered.status, entered.to()), (303, "/en/desk"));
    let device = entered
        .head
        .lines()
        .find(|line| line.starts_with("set-cookie: device="));
    let device = device.unwrap();
    assert!(
        device.contains("HttpOnly") && device.contains("Max-Age="),
        "{device}"
    );
    let again = ana(PASSWORD, &next);
    assert_eq!(again.status, 403, "the same code");
    let stood_in = ana(PASSWORD, &recovery[2]);
    assert_eq!(stood_in.status, 303);
    assert_eq!(ana(PASSWORD, &recovery[2]).status, 403);
    let visit = Visit {
        site: &site,
        cookie: stood_in.cookie().unwrap(),
    };
    let account = visit.get("/en/account").body;
    assert!(account.contains("9 recovery codes are left"), "{account}");
    assert_eq!(visit.post("/en/account/password/remove", "").status, 303);
    assert_eq!(ana(PASSWORD, &recovery[3]).status, 403, "it is gone");
}

/// Of many that use one code at the same moment, one comes in.
#[test]
fn a_code_is_not_used_twice_at_once() {
    let (_folder, site, link) = site();
    let visit = enter(&site, &link);
    give_address(&visit);
    let (telephone, _) = set(&visit);
    let next = code(&telephone, 1);
    let entered = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| sign_in(&site, "", "ana%40st.example", PASSWORD, &next)))
            .collect();
        let answers = tries.into_iter().map(|one| one.join().unwrap());
        answers.filter(|answer| answer.status == 303).count()
    });
    assert_eq!(entered, 1);
}

/// Whoever tries passwords elsewhere uses up the attempts of strangers, and the person comes in from their own browser.
#[test]
fn nobody_can_lock_somebody_out() {
    let (_folder, site, link) = site();
    let visit = enter(&site, &link);
    give_address(&visit);
    let (telephone, recovery) = set(&visit);
    let first = sign_in(
        &site,
        "",
        "ana%40st.example",
        PASSWORD,
        &code(&telephone, 1),
    );
    let device = between(&first.head, "set-cookie: device=", ";");
    let stranger =
        |password: &str, code: &str| sign_in(&site, "", "ANA%40st.example", password, code);
    let mut tried = 0;
    let stopped = loop {
        let answer = stranger("guess+after+guess", "123456");
        if answer.status != 403 {
            break answer;
        }
        tried += 1;
        assert!(tried < 20, "there is no limit");
    };
    assert_eq!(
        (stopped.status, tried),
        (429, 9),
        "one attempt was Ana's own"
    );
    assert!(
        stopped.body.contains("too many attempts"),
        "{}",
        stopped.body
    );
    assert_eq!(
        stranger(PASSWORD, &recovery[0]).status,
        429,
        "nor with the right one"
    );
    let own = format!("device={device}");
    let ana = sign_in(&site, &own, "ana%40st.example", PASSWORD, &recovery[0]);
    assert_eq!(ana.status, 303, "{}", ana.body);
    let forged = format!("device={}", "0".repeat(64));
    let other = sign_in(&site, &forged, "ana%40st.example", PASSWORD, &recovery[1]);
    assert_eq!(other.status, 429);
}

/// Somebody who writes another's address into their own data keeps nobody out, and takes no address that is in use.
#[test]
fn an_address_that_two_have_keeps_nobody_out() {
    let (_folder, site, link) = site();
    let ana = enter(&site, &link);
    let form = "seat=assistant&person=new&name=Luisa&email=luisa%40st.example&language=en";
    let filled = ana.post("/en/people/secretariat/new", form);
    let token = between(&filled.body, "/en/sign-in/", "<");
    let luisa = enter(&site, &format!("/en/sign-in/{token}"));
    give_address(&ana);
    let (ana_telephone, _) = set(&ana);
    let (luisa_telephone, _) = set(&luisa);
    let card = "name=Luisa&email=ana%40st.example&language=en";
    assert_eq!(luisa.post("/en/account", card).status, 303);
    let page = luisa.get("/en/account/password").body;
    let seed = between(&page, "name=\"seed\" value=\"", "\"");
    let shown = telephone(&page);
    let form = format!("seed={seed}&password={PASSWORD}&code={}", code(&shown, 0));
    let shared = luisa.post("/en/account/password", &form);
    assert_eq!(shared.status, 422);
    assert!(
        shared
            .body
            .contains("Somebody else signs in with that address"),
        "{}",
        shared.body
    );
    for telephone in [&ana_telephone, &luisa_telephone] {
        let next = code(telephone, 1);
        let entered = sign_in(&site, "", "ana%40st.example", PASSWORD, &next);
        assert_eq!(entered.status, 303, "{}", entered.body);
    }
}

#[test]
fn a_network_that_tries_too_often_waits() {
    let (_folder, site, link) = site();
    let from = |network: &str| {
        let headers = format!("X-Forwarded-For: {network}\r\n");
        site.ask("POST", "/es/llaves/mostrar", &headers, "x=")
            .status
    };
    let refused = (0..200).position(|_| from("192.0.2.7") == 429).unwrap();
    assert!((60..100).contains(&refused), "{refused}");
    let page = site.ask("POST", &link, "X-Forwarded-For: 192.0.2.7\r\n", "");
    assert_eq!(page.status, 429);
    assert!(page.body.contains("Too many attempts"), "{}", page.body);
    assert_ne!(from("192.0.2.8"), 429, "and no other");
    std::thread::sleep(Duration::from_millis(2_100));
    let entered = site.ask("POST", &link, "X-Forwarded-For: 192.0.2.7\r\n", "");
    assert_eq!(entered.status, 303, "the link was not used up");
}
