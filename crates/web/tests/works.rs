//! The plan, the works, the partners, the money and the register, through HTTP over the record that ships.

mod support;

use axum::http::StatusCode;
use comity_view::{ActionFilter, DocumentFilter, Language, Link};
use comity_web::Address;
use support::{Page, Place};

/// What may come in one first flight.
const FLIGHT: usize = 14 * 1024;

/// Pages without an id.
const LISTS: [Address; 10] = [
    Address::Plan,
    Address::Documents,
    Address::Actions,
    Address::Organisations,
    Address::Fora,
    Address::Seminars,
    Address::Finance,
    Address::Edition,
    Address::Register,
    Address::Checkpoint,
];

/// The pages of every theme, section, topic, document, action and organisation.
fn things(place: &Place) -> Vec<Address> {
    let view = place.view(Language::En);
    let mut links: Vec<Link> = Vec::new();
    for theme in view.plan().themes {
        links.push(theme.link);
        for section in theme.sections {
            links.push(section.link);
            links.extend(section.topics.into_iter().map(|topic| topic.link));
        }
    }
    links.extend(
        view.documents(&DocumentFilter::default())
            .items
            .into_iter()
            .map(|line| line.link),
    );
    links.extend(
        view.actions(&ActionFilter::default())
            .items
            .into_iter()
            .map(|line| line.link),
    );
    links.extend(view.organizations().into_iter().map(|line| line.link));
    links.iter().map(|link| Address::of(link).0).collect()
}

fn is_sound(page: &Page, path: &str) {
    assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.text);
    assert_eq!(page.count("<h1"), 1, "{path}");
    assert_eq!(page.count("⟦"), 0, "{path}");
    assert_eq!(page.text.matches(" style=").count(), 0, "{path}");
    let mut ids: Vec<&str> = page
        .text
        .split(" id=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "{path} has an id twice: {ids:?}");
}

#[tokio::test]
async fn every_page_is_drawn_in_both_languages_and_comes_in_one_flight() {
    let place = Place::shipped();
    let addresses = [
        LISTS.to_vec(),
        things(&place),
        vec![Address::Act(place.latest_act())],
    ]
    .concat();
    assert!(
        addresses.len() > 10 + 3 + 5 + 42 + 22 + 59 + 22,
        "{}",
        addresses.len()
    );
    let mut heavy = Vec::new();
    for language in Language::ALL {
        for address in &addresses {
            let path = address.path(language);
            is_sound(&place.get(&path).await, &path);
            let weight = place.weight(&path).await;
            if weight > FLIGHT {
                heavy.push((path, weight));
            }
        }
    }
    assert_eq!(heavy, [], "pages beyond one flight");
}

#[tokio::test]
async fn an_unknown_thing_is_not_found() {
    let place = Place::shipped();
    for path in [
        "themes",
        "sections",
        "topics",
        "documents",
        "actions",
        "organisations",
        "register/acts",
    ] {
        assert_eq!(
            place
                .get(&format!("/en/{path}/nothing-of-that-name"))
                .await
                .status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    assert_eq!(
        place.get("/en/register?from=nothing").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn another_process_has_sensible_pages() {
    let place = Place::river();
    for language in Language::ALL {
        for address in LISTS {
            let path = address.path(language);
            is_sound(&place.get(&path).await, &path);
        }
    }
    place
        .get("/en/plan-of-action")
        .await
        .says("The record holds no themes on the day shown.")
        .says("No topic had been taken up");
    place
        .get("/es/documentos")
        .await
        .says("El registro no contiene documentos en el día mostrado.");
    place
        .get("/en/finance")
        .await
        .says("no scale of contributions");
    place
        .get("/es/seminarios")
        .await
        .says("El registro no enumera seminarios");
}

#[tokio::test]
async fn the_plan_shows_who_took_up_which_topic_and_what_ties_topics() {
    let place = Place::shipped();
    let page = place.get("/en/plan-of-action").await;
    page.says("3 themes, 5 sections and 42 topics")
        .says(r#"<th scope="col" class="is-now">2011</th>"#);
    assert_eq!(
        page.count(r#"<th scope="row"><a href="/en/topics/"#),
        42 + 4,
        "42 topics and the ties' table"
    );
    assert_eq!(
        page.count("<path class=\"f-none"),
        place.view(Language::En).links().edges.len()
    );
    place
        .get("/es/plan-de-accion")
        .await
        .says("3 ejes, 5 secciones y 42 temas")
        .says("Quién trató cada tema y cuándo");
}

#[tokio::test]
async fn a_topic_says_which_body_took_it_up_when_and_where_that_stands() {
    let page = Place::shipped()
        .get("/en/topics/repatriation-by-land")
        .await;
    page.says("1996–1998")
        .says("/en/bodies/rcgm")
        .says("/en/register/acts/")
        .says("/en/documents/memorandum-repatriation-by-land");
}

#[tokio::test]
async fn the_memorandum_reads_from_2005_to_2011_each_step_with_its_source() {
    let place = Place::shipped();
    let page = place
        .get("/es/documentos/memorandum-repatriation-by-land")
        .await;
    let years: Vec<usize> = ["2005", "2006", "noviembre de 2008", "2009", "2010", "2011"]
        .iter()
        .map(|year| {
            page.main()
                .find(&format!(r#"class="c-when">{year}"#))
                .unwrap_or_else(|| panic!("no step of {year}"))
        })
        .collect();
    assert!(years.is_sorted(), "{years:?}");
    page.says("Firmado")
        .says("Ampliado")
        .says("Sin fecha en la fuente")
        .says("«2009, 2010 y 2011»")
        .says("Líneas 527, 581")
        .says("Nicaragua");
    assert_eq!(
        page.count("c-when"),
        page.count(r#"<p class="c-source">L"#),
        "each step has its lines"
    );
    place
        .get("/en/documents/memorandum-repatriation-by-land?on=2006-12-31")
        .await
        .says("Signed")
        .says_not(r#"class="c-when">2009"#);
}

#[tokio::test]
async fn lists_are_narrowed_by_their_form() {
    let place = Place::shipped();
    let all = place.get("/en/documents").await;
    all.says("22 documents")
        .says(r#"<select id="f-section" name="section">"#);
    let some = place.get("/en/documents?section=tip").await;
    some.says("of 22 documents")
        .says(r#"<option value="tip" selected>"#)
        .says("Show all")
        .says_not("/en/documents/memorandum-repatriation-by-land\"");
    place
        .get("/en/documents?text=nothing+like+this")
        .await
        .says("No document answers to this choice.");
    place
        .get("/es/acciones?country=GT&status=held")
        .await
        .says("de 59 acciones");
    place.get("/en/actions?year=never").await.says("59 actions");
    place
        .get("/en/documents?section=tip&on=2005-06-30")
        .await
        .says(r#"<input type="hidden" name="on" value="2005-06-30">"#);
}

#[tokio::test]
async fn contributions_add_up_exactly_and_their_rounded_shares_do_not() {
    let place = Place::shipped();
    let page = place.get("/en/finance").await;
    page.says("US$ 282,724")
        .says("Why the shares add up to 100.01%")
        .says("US$ 141,360")
        .says("24.05%")
        .says("Honduras");
    let (first, last) = (
        page.main().find("/en/countries/united-states"),
        page.main().find("/en/countries/panama"),
    );
    assert!(first < last, "the largest share comes first");
    place
        .get("/es/finanzas")
        .await
        .says("Por qué las cuotas suman 100.01\u{a0}%");
}

#[tokio::test]
async fn the_edition_lists_the_rows_that_differ_from_print() {
    let place = Place::shipped();
    place
        .get("/en/about-this-edition")
        .await
        .says("Presidencies")
        .says_not("“Estados Unidos”");
    let page = place.get("/en/about-this-edition?table=presidency").await;
    page.says("Where the reading differs from print")
        .says("“Estados Unidos”")
        .says("Regional Conference on Migration – 15 Years");
}

#[tokio::test]
async fn the_register_is_paged_by_acts_and_not_by_positions() {
    let place = Place::shipped();
    let mut path = "/en/register?kind=MeetingHeld".to_owned();
    let (mut seen, mut pages) = (Vec::new(), 0);
    loop {
        let page = place.get(&path).await;
        let acts = page
            .main()
            .split("/en/register/acts/")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        seen.extend(acts.map(str::to_owned));
        pages += 1;
        let next = page.main().find(r#"" rel="next""#).map(|end| {
            let start = page.main()[..end].rfind('"').unwrap_or(0) + 1;
            page.main()[start..end]
                .replace("&#38;", "&")
                .replace("&amp;", "&")
        });
        match next {
            Some(next) => path = next,
            None => break,
        }
    }
    let count = seen.len();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), count, "an act stands on two pages");
    let meetings = place.view(Language::En).meetings(&Default::default()).total;
    assert!(
        count >= meetings && pages == count.div_ceil(50),
        "{count} acts on {pages} pages, {meetings} meetings"
    );
}

#[tokio::test]
async fn an_act_shows_the_record_and_the_way_to_the_root() {
    let place = Place::shipped();
    let page = place
        .get(&format!("/en/register/acts/{}", place.latest_act()))
        .await;
    page.says(&"ee".repeat(32))
        .says(&"dd".repeat(32))
        .says("On the right: <code>aa")
        .says("On the left: <code>cc")
        .says("&#60;Ñ&#62;");
    place
        .get("/en/register/checkpoint")
        .await
        .says("example/demo/x");
}

#[tokio::test]
async fn organisations_show_what_they_gave_and_whether_they_observe() {
    let place = Place::shipped();
    place
        .get("/en/organisations")
        .await
        .says("22 organisations. 6 of them are observers on the day shown.");
    place
        .get("/en/organisations/unhcr")
        .await
        .says("What it gave")
        .says("/en/documents/regional-guidelines-child-victims")
        .says("observer");
    place
        .get("/en/seminars")
        .await
        .says("35 rows")
        .says("The same event:");
    place.get("/es/foros").await.says("Ciudad de México");
}
