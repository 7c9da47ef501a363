//! The demonstration in Chromium.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod ground;

use std::collections::BTreeMap;

use thirtyfour::prelude::*;

use ground::{Demo, findings, ground, picture, theme, width};

/// One page of each kind and language: the site map names all pages, the kind is the first word of the path.
fn pages(demo: &Demo) -> Vec<String> {
    let map = demo.get("/sitemap.xml");
    let mut kinds: BTreeMap<(String, String, bool), String> = BTreeMap::new();
    for address in map
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| rest.split("</loc>").next())
    {
        let path = address
            .split("://")
            .nth(1)
            .and_then(|rest| rest.find('/').map(|at| &rest[at..]))
            .unwrap_or(address);
        let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
        let key = (
            parts[0].to_owned(),
            parts.get(1).unwrap_or(&"").to_string(),
            parts.len() > 2,
        );
        kinds.entry(key).or_insert_with(|| path.to_owned());
    }
    // What the site map does not name: results, a day of the past, something that is not there.
    let mut pages: Vec<String> = kinds.into_values().collect();
    for extra in [
        "/es/buscar?q=repatriacion",
        "/en/search?q=repatriation",
        "/es?on=2005-06-30",
        "/en/presidencies?on=2005-06-30",
        "/es/documentos/no-existe",
        "/en/nothing-here",
        "/en/documents?section=tip",
        "/es/acciones?year=2008",
        "/es/paises/honduras",
        "/en/countries/mexico",
        "/en/meetings/vm-2009",
        "/es/documentos/memorandum-repatriation-by-land",
        "/en/documents/memorandum-repatriation-by-land",
        "/es/organos/vm",
        "/es/sobre-esta-edicion?table=meeting",
    ] {
        pages.push(extra.to_owned());
    }
    // Acts are in no site map; the register lists them.
    for language in ["/es/registro", "/en/register"] {
        let list = demo.get(language);
        let act = list
            .split("href=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .find(|href| href.contains("/acts/") || href.contains("/actos/"));
        let act = act.expect("the register lists acts");
        pages.push(act.to_owned());
        // The page that verifies it, and the one for files.
        let verify = act
            .replace("/acts/", "/verify/")
            .replace("/actos/", "/comprobar/");
        let id = verify.rsplit('/').next().unwrap_or_default().len() + 1;
        pages.push(verify[..verify.len() - id].to_owned());
        pages.push(verify);
    }
    pages
}

#[tokio::test]
async fn every_page_kind_is_accessible_in_both_languages_and_themes_and_fits_a_phone() {
    let Some((demo, driver)) = ground().await else {
        return;
    };
    let tools = driver.cdp();
    let mut faults = Vec::new();
    let pages = pages(&demo);
    assert!(
        pages.len() > 40,
        "the site map names too few kinds of page: {pages:?}"
    );
    for path in &pages {
        for scheme in ["light", "dark"] {
            theme(&tools, scheme).await;
            width(&tools, 1280).await;
            driver
                .goto(format!("{}{path}", demo.address))
                .await
                .unwrap();
            faults.extend(
                findings(&driver)
                    .await
                    .into_iter()
                    .map(|finding| format!("{path} {scheme}: {finding}")),
            );
            picture(&driver, path, scheme).await;
        }
        theme(&tools, "light").await;
        width(&tools, 375).await;
        driver
            .goto(format!("{}{path}", demo.address))
            .await
            .unwrap();
        let wide = driver
            .execute("return document.documentElement.scrollWidth", vec![])
            .await
            .unwrap()
            .json()
            .as_u64()
            .unwrap();
        if wide > 375 {
            faults.push(format!("{path}: {wide} px wide on a phone of 375"));
        }
        picture(&driver, path, "phone").await;
        let heading = driver.find_all(By::Css("h1")).await.unwrap().len();
        if heading != 1 {
            faults.push(format!("{path}: {heading} first-level headings"));
        }
    }
    driver.quit().await.unwrap();
    println!("{} pages, light and dark, wide and narrow", pages.len());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[tokio::test]
async fn a_reader_reaches_a_document_by_keyboard_alone() {
    let Some((demo, driver)) = ground().await else {
        return;
    };
    driver.goto(format!("{}/es", demo.address)).await.unwrap();
    // The first stop is the way past the navigation.
    driver
        .action_chain()
        .send_keys(Key::Tab)
        .perform()
        .await
        .unwrap();
    let first = driver.active_element().await.unwrap();
    assert!(
        first
            .attr("href")
            .await
            .unwrap()
            .unwrap_or_default()
            .starts_with('#'),
        "the first stop skips to the content"
    );
    // By Tab and Enter from the masthead to the list of documents, and from there to one of them.
    for target in ["/es/documentos", "/es/documentos/"] {
        let mut reached = None;
        for _ in 0..200 {
            driver
                .action_chain()
                .send_keys(Key::Tab)
                .perform()
                .await
                .unwrap();
            let stop = driver.active_element().await.unwrap();
            let href = stop.attr("href").await.unwrap().unwrap_or_default();
            let wanted = if target.ends_with('/') {
                href.starts_with(target)
            } else {
                href == target
            };
            if wanted {
                let outline = driver.execute("const s = getComputedStyle(document.activeElement); return s.outlineStyle + s.boxShadow + s.backgroundColor", vec![]).await.unwrap();
                assert_ne!(
                    outline.json().as_str(),
                    Some("nonenonergba(0, 0, 0, 0)"),
                    "the focus is visible"
                );
                reached = Some(href);
                break;
            }
        }
        assert!(reached.is_some(), "`{target}` is within 200 stops");
        driver
            .action_chain()
            .send_keys(Key::Enter)
            .perform()
            .await
            .unwrap();
        driver.query(By::Css("h1")).first().await.unwrap();
    }
    let path = driver.current_url().await.unwrap().path().to_owned();
    assert!(path.starts_with("/es/documentos/"), "{path}");
    driver.quit().await.unwrap();
}

#[tokio::test]
async fn the_language_switch_keeps_the_page_and_the_day() {
    let Some((demo, driver)) = ground().await else {
        return;
    };
    driver
        .goto(format!("{}/es/presidencias?on=2005-06-30", demo.address))
        .await
        .unwrap();
    driver
        .find(By::Css("[hreflang=en]:not(link)"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    let url = driver.current_url().await.unwrap();
    assert_eq!(
        (url.path(), url.query()),
        ("/en/presidencies", Some("on=2005-06-30"))
    );
    driver.quit().await.unwrap();
}

#[tokio::test]
async fn a_page_works_without_scripts_and_asks_nothing_of_other_hosts() {
    let Some((demo, driver)) = ground().await else {
        return;
    };
    driver.goto(format!("{}/es", demo.address)).await.unwrap();
    let script = "return performance.getEntriesByType('resource').map(e => e.name)";
    let loaded = driver.execute(script, vec![]).await.unwrap().json().clone();
    for name in loaded.as_array().unwrap() {
        assert!(name.as_str().unwrap().starts_with(&demo.address), "{name}");
    }
    driver.quit().await.unwrap();
}
