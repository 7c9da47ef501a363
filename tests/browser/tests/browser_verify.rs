//! The page that verifies an act in the reader's browser: what it finds good, what it refuses, and what it says.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod ground;

use thirtyfour::prelude::*;

use ground::{Demo, findings, ground, picture, theme, width};

/// An act of the demonstration with what the site gives out for it.
struct Case {
    /// Path of the page that verifies it.
    page: String,
    record: Vec<u8>,
    proof: Vec<u8>,
    key: String,
}

impl Case {
    fn new(demo: &Demo, list: &str) -> Self {
        let acts = demo.get(list);
        let act = acts
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .find(|href| href.contains("/acts/") || href.contains("/actos/"))
            .unwrap();
        let id = act.rsplit('/').next().unwrap();
        let page = act
            .replace("/acts/", "/verify/")
            .replace("/actos/", "/comprobar/");
        let key = demo.get(&page);
        let key = key.split("data-shown-key=\"").nth(1).unwrap();
        Self {
            record: body(&demo.get(&format!("/record?act={id}"))),
            proof: body(&demo.get(&format!("/proof?act={id}"))),
            // The page writes a plus sign as it may stand in an attribute.
            key: key.split('"').next().unwrap().replace("&#43;", "+"),
            page,
        }
    }
}

fn body(answer: &str) -> Vec<u8> {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.0 200"), "{head}");
    body.as_bytes().to_vec()
}

/// What the page says after a verification.
struct Said {
    state: String,
    title: String,
    steps: Vec<String>,
}

async fn open(driver: &WebDriver, demo: &Demo, case: &Case) {
    let address = format!("{}{}", demo.address, case.page);
    driver.goto(address).await.unwrap();
    let form = driver.query(By::Id("verify")).and_displayed();
    form.first().await.unwrap();
}

/// Presses the button and waits for the outcome.
async fn press(driver: &WebDriver) -> Said {
    // Through the page: the outcome of the last verification may still be moving what is below it.
    let script = "document.querySelector('#verify button[type=submit]').click()";
    driver.execute(script, vec![]).await.unwrap();
    let verdict = driver.query(By::Css("#verdict:not([hidden])"));
    let verdict = verdict.first().await.unwrap();
    let mut steps = Vec::new();
    for step in driver.find_all(By::Css(".c-steps > li")).await.unwrap() {
        steps.push(step.attr("data-state").await.unwrap().unwrap());
    }
    let title = verdict.find(By::Css("h2")).await.unwrap();
    Said {
        state: verdict.attr("data-state").await.unwrap().unwrap(),
        title: title.text().await.unwrap(),
        steps,
    }
}

async fn write_key(driver: &WebDriver, key: &str) {
    let field = driver.find(By::Id("key")).await.unwrap();
    field.clear().await.unwrap();
    field.send_keys(key).await.unwrap();
}

/// Chooses both files, which are kept until the page has read them.
async fn choose(driver: &WebDriver, folder: &tempfile::TempDir, record: &[u8], proof: &[u8]) {
    let script = "document.querySelector('#verify details').open = true";
    driver.execute(script, vec![]).await.unwrap();
    for (id, bytes) in [("record", record), ("proof", proof)] {
        let path = folder.path().join(id);
        std::fs::write(&path, bytes).unwrap();
        let field = driver.find(By::Id(id)).await.unwrap();
        field.send_keys(path.to_str().unwrap()).await.unwrap();
    }
}

#[tokio::test]
async fn a_good_act_verifies_and_a_tampered_one_is_refused() {
    let Some((demo, driver)) = ground().await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let case = Case::new(&demo, "/en/register");

    open(&driver, &demo, &case).await;
    let said = press(&driver).await;
    assert_eq!(
        (said.state.as_str(), said.title.as_str()),
        ("open", "The site agrees with itself")
    );
    assert_eq!(
        said.steps, ["good"; 3],
        "it says what is missing: a key from elsewhere"
    );

    write_key(&driver, &case.key).await;
    let said = press(&driver).await;
    assert_eq!(said.state, "good", "{}", said.title);
    assert_eq!(said.steps, ["good"; 3]);

    // The same from files; then with one byte of the record another.
    choose(&driver, &folder, &case.record, &case.proof).await;
    assert_eq!(press(&driver).await.state, "good");
    let at = case
        .record
        .windows(8)
        .position(|at| at == b"\"salt\":\"")
        .unwrap()
        + 8;
    let mut tampered = case.record.clone();
    tampered[at] = if tampered[at] == b'1' { b'2' } else { b'1' };
    choose(&driver, &folder, &tampered, &case.proof).await;
    let said = press(&driver).await;
    assert_eq!(said.state, "bad");
    assert_eq!(
        said.steps,
        ["good", "bad", "open"],
        "the record has another fingerprint"
    );

    // A proof with another size under the signature; a proof that is none; a record of another act.
    let proof = String::from_utf8(case.proof.clone()).unwrap();
    let signed_again = proof.replacen("rcm-2011/demo/", "rcm-2011/dem0/", 1);
    choose(&driver, &folder, &case.record, signed_again.as_bytes()).await;
    let said = press(&driver).await;
    assert_eq!(
        (said.state.as_str(), said.steps[2].as_str()),
        ("bad", "bad")
    );
    choose(&driver, &folder, &case.record, proof.trim_end().as_bytes()).await;
    let said = press(&driver).await;
    assert_eq!(
        (said.state.as_str(), said.steps[1].as_str()),
        ("bad", "bad")
    );
    let other =
        String::from_utf8(case.record.clone())
            .unwrap()
            .replacen("\"act\":\"", "\"act\":\"0", 1);
    choose(&driver, &folder, other.as_bytes(), &case.proof).await;
    assert_eq!(press(&driver).await.steps, ["bad", "open", "open"]);
    driver.quit().await.unwrap();
}

#[tokio::test]
async fn another_key_and_a_key_that_is_none_are_told_apart() {
    let Some((demo, driver)) = ground().await else {
        return;
    };
    let case = Case::new(&demo, "/es/registro");
    open(&driver, &demo, &case).await;
    // A sound key of another register: the example of the documents.
    write_key(
        &driver,
        "rcm.example/register+f3869a97+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
    )
    .await;
    let said = press(&driver).await;
    assert_eq!(
        (said.state.as_str(), said.title.as_str()),
        ("bad", "✗ La comprobación falló")
    );
    assert_eq!(said.steps, ["good", "good", "bad"]);
    // A slip of the pen is not an alarm.
    write_key(&driver, &case.key[..case.key.len() - 3]).await;
    let said = press(&driver).await;
    assert_eq!(
        (said.state.as_str(), said.steps[2].as_str()),
        ("open", "bad")
    );
    driver.quit().await.unwrap();
}

/// The page as a reader sees it after each outcome, for the eye and for axe.
#[tokio::test]
async fn every_outcome_is_accessible_in_both_languages_and_themes() {
    let Some((demo, driver)) = ground().await else {
        return;
    };
    let tools = driver.cdp();
    let folder = tempfile::tempdir().unwrap();
    let mut faults = Vec::new();
    for list in ["/es/registro", "/en/register"] {
        let case = Case::new(&demo, list);
        for (scheme, wide) in [
            ("light", 1280),
            ("dark", 1280),
            ("light", 375),
            ("dark", 375),
        ] {
            theme(&tools, scheme).await;
            width(&tools, wide).await;
            open(&driver, &demo, &case).await;
            for outcome in ["agrees", "proven", "refused"] {
                match outcome {
                    "proven" => write_key(&driver, &case.key).await,
                    "refused" => choose(&driver, &folder, b"{}", &case.proof).await,
                    _ => {}
                }
                press(&driver).await;
                let name = format!("{outcome}.{scheme}.{wide}");
                faults.extend(
                    findings(&driver)
                        .await
                        .into_iter()
                        .map(|f| format!("{name}: {f}")),
                );
                let across = "return document.documentElement.scrollWidth";
                let across = driver.execute(across, vec![]).await.unwrap();
                if across.json().as_u64().unwrap() > wide.into() {
                    faults.push(format!("{name}: wider than the window"));
                }
                picture(&driver, &case.page, &name).await;
            }
        }
    }
    driver.quit().await.unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
