//! The pages on who takes part, who presides, who meets and how it is built, through HTTP.

mod support;

use axum::http::StatusCode;
use comity_view::Language;
use support::Place;

/// A page kind in both languages: its address and words that must stand on it.
type Expected = [(&'static str, &'static [&'static str]); 2];

const PAGES: &[Expected] = &[
    [
        (
            "/es",
            &[
                "República Dominicana",
                "Presidencia Pro-Témpore 2011",
                "Anterior, 2010",
                "Entrante, 2012",
                ">16<",
                ">42<",
            ],
        ),
        (
            "/en",
            &[
                "Migration and Labor",
                "Presidency Pro-Témpore 2011",
                "Former, 2010",
                "Upcoming, 2012",
                ">22<",
                "5 + 8 + 1",
            ],
        ),
    ],
    [
        (
            "/es/acerca-de",
            &[
                "también llamada Proceso Puebla",
                "febrero de 1996",
                "por consenso",
                "No son vinculantes",
                "Resumen, no el texto acordado",
            ],
        ),
        (
            "/en/about",
            &[
                "also called the Puebla Process",
                "February 1996",
                "by consensus",
                "not binding",
                "A summary, not the agreed text",
            ],
        ),
    ],
    [
        (
            "/es/estructura",
            &[
                "Reunión Viceministerial",
                "conclusiones y recomendaciones",
                "dos veces al año",
                "si se le invita",
                "supuesto",
                "nunca se tiene por consentimiento",
            ],
        ),
        (
            "/en/structure",
            &[
                "Technical Secretariat",
                "declaration and decisions",
                "Closed-door session",
                "if invited",
                "assumption",
                "A summary",
            ],
        ),
    ],
    [
        (
            "/es/miembros",
            &[
                "Países miembros (11)",
                "Estados observadores (5)",
                "Presidió en 1996, 2003 y 2010",
                "Instituto Nacional de Migración",
            ],
        ),
        (
            "/en/members",
            &[
                "Member countries (11)",
                "Observer organisations (8)",
                "Presided in 1996, 2003 and 2010",
                "Outlined, cut corners: Observer states",
            ],
        ),
    ],
    [
        (
            "/es/criterios",
            &[
                "Resumen, no el texto acordado",
                "Ubicación en el continente americano",
                "Compromisos",
            ],
        ),
        (
            "/en/criteria",
            &[
                "A summary, not the agreed text",
                "A place on the American continent",
                "Conditions on observers",
            ],
        ),
    ],
    [
        (
            "/es/paises/mexico",
            &[
                "<h1>México</h1>",
                "México presidió en 1996, 2003 y 2010.",
                "US$ 33,364",
                "Instituto Nacional de Migración",
                "presidencia anterior",
            ],
        ),
        (
            "/en/countries/honduras",
            &[
                "<h1>Honduras</h1>",
                "Honduras presided in 2008.",
                "XIII RCM",
                "1.77%",
            ],
        ),
    ],
    [
        (
            "/es/presidencias",
            &[
                "en ejercicio",
                "(entrante)",
                "Migración y familia",
                "XIV CRM",
            ],
        ),
        (
            "/en/presidencies",
            &[
                "in office",
                "(upcoming)",
                "Migration and Family",
                "17 acts in the register",
            ],
        ),
    ],
    [
        (
            "/es/presidencias/ppt-2009",
            &[
                "Guatemala, 2009",
                "Migración y desarrollo",
                "XIV CRM",
                "concluida",
            ],
        ),
        (
            "/en/presidencies/ppt-2009",
            &[
                "Guatemala, 2009",
                "Migration and Development",
                "XIV RCM",
                "Honduras, 2008",
                "Mexico, 2010",
            ],
        ),
    ],
    [
        ("/es/reuniones", &["XVI CRM", "GRCM", "Ciudad de Guatemala"]),
        ("/en/meetings", &["XVI RCM", "RCGM", "Guatemala City"]),
    ],
    [
        (
            "/es/reuniones/vm-2009",
            &[
                "XIV CRM: Reunión Viceministerial",
                "Ciudad de Guatemala",
                "Lo que se acordó",
                "Enlace funcional",
            ],
        ),
        (
            "/en/meetings/vm-2009",
            &[
                "XIV RCM: Vice-Ministerial Meeting",
                "Guatemala City",
                "What was agreed",
                "El Salvador",
            ],
        ),
    ],
    [
        (
            "/es/organos/vm",
            &[
                "Sesión a puerta cerrada",
                "solo miembros",
                "Solicitudes de la condición de observador",
                "XVI CRM",
            ],
        ),
        (
            "/en/bodies/rcgm",
            &[
                "(RCGM)",
                "Functions",
                "twice a year",
                "Reports to",
                "A summary, not the agreed text",
            ],
        ),
    ],
];

#[tokio::test]
async fn each_page_says_what_matters_in_both_languages() {
    let place = Place::shipped();
    for (address, words) in PAGES.iter().flatten() {
        let page = place.get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert_eq!(page.count("<h1"), 1, "{address}");
        for text in *words {
            page.says(text);
        }
        page.says_not("⟦");
        let weight = place.weight(address).await;
        assert!(weight <= 14 * 1024, "{address} weighs {weight} bytes");
    }
}

#[tokio::test]
async fn every_country_body_presidency_and_meeting_has_its_page() {
    let place = Place::shipped();
    for language in [Language::Es, Language::En] {
        let view = place.view(language);
        let states = view
            .parties(None)
            .into_iter()
            .filter(|group| group.state)
            .flat_map(|group| group.parties);
        let mut targets: Vec<comity_view::Link> = states.map(|party| party.link).collect();
        let structure = view.structure();
        targets.extend(
            structure
                .bodies
                .into_iter()
                .chain(structure.groups)
                .map(|body| body.link),
        );
        targets.extend(
            view.meetings(&comity_view::MeetingFilter::default())
                .items
                .into_iter()
                .map(|line| line.link),
        );
        let presidencies = view.presidencies().into_iter();
        targets.extend(presidencies.map(|line| comity_view::Link {
            to: comity_view::Target::Presidency,
            id: line.id,
            label: line.party.label,
        }));
        assert!(targets.len() > 80, "{}", targets.len());
        for link in targets {
            let address = comity_web::Address::of(&link).0.path(language);
            let page = place.get(&address).await;
            assert_eq!(page.status, StatusCode::OK, "{address}");
            assert_eq!(page.count("<h1"), 1, "{address}");
            assert_eq!(
                page.main().matches("<section").count(),
                page.main().matches("</section>").count(),
                "{address}"
            );
        }
    }
}

#[tokio::test]
async fn the_pictures_say_in_words_what_they_draw() {
    let place = Place::shipped();
    for (address, pictures) in [
        ("/en", 1),
        ("/en/presidencies", 1),
        ("/en/members", 1),
        ("/en/structure", 2),
    ] {
        let page = place.get(address).await;
        for part in ["role=\"img\"", "<title id=", "<desc id="] {
            assert_eq!(page.count(part), pictures, "{address}: {part}");
        }
    }
    let members = place.get("/en/members").await;
    assert_eq!(
        members.count("class=\"f-serif\""),
        16,
        "a tile for each State"
    );
    let timeline = place.get("/en/presidencies").await;
    assert_eq!(timeline.count("<circle"), 17);
    assert_eq!(timeline.count("<circle class=\"f-now\""), 1);
    timeline.says("2011, Dominican Republic, is in office.");
    let structure = place.get("/en/structure").await;
    structure.says("Regional Consultation Group on Migration gives Vice-Ministerial Meeting: conclusions and recommendations.");
}

#[tokio::test]
async fn meetings_are_narrowed_by_body_and_year() {
    let place = Place::shipped();
    place
        .get("/en/meetings?body=vm")
        .await
        .says("16 of ")
        .says("XVI RCM")
        .says_not("RCGM 2009");
    place
        .get("/en/meetings?body=rcgm&year=2009")
        .await
        .says("RCGM 2009")
        .says_not("XIV RCM");
    place
        .get("/es/reuniones?year=1890")
        .await
        .says("Ninguna reunión responde a esta selección.");
    place
        .get("/es/reuniones?year=nunca")
        .await
        .says("Ninguna reunión responde a esta selección.");
}

#[tokio::test]
async fn a_past_day_shows_who_sat_then_and_nothing_later() {
    let place = Place::shipped();
    let home = place.get("/en?on=2005-06-30").await;
    home.says("Former, 2004")
        .says("In office, 2005")
        .says("Upcoming, 2006")
        .says("Canada")
        .says_not("2011</text>");
    let members = place.get("/en/members?on=2005-06-30").await;
    members
        .says("Observer organisations (6)")
        .says_not("Ibero-American General Secretariat");
    place
        .get("/en/meetings?on=2005-06-30")
        .await
        .says_not("XI RCM")
        .says("/en/meetings/vm-2004?on=2005-06-30");
    place
        .get("/en/meetings/vm-2009?on=2005-06-30")
        .await
        .says("This meeting lies after the day shown.");
}

#[tokio::test]
async fn what_a_country_did_not_do_is_not_said() {
    let place = Place::shipped();
    let observer = place.get("/es/paises/peru").await;
    observer
        .says("Estado observador")
        .says("Perú participa en el proceso.")
        .says_not("presidió")
        .says_not("US$");
    let nicaragua = place.get("/en/countries/nicaragua").await;
    nicaragua
        .says("Member country")
        .says_not("presided in")
        .says_not("never");
    let printed = place.get("/en/countries/mexico").await;
    printed.says("class=\"c-brief\"");
}

#[tokio::test]
async fn what_is_inferred_or_differs_from_print_is_marked() {
    let place = Place::shipped();
    let meeting = place.get("/en/meetings/vm-1996").await;
    meeting
        .says("inferred")
        .says("Inferred: ")
        .says("In print: ")
        .says("line");
    let act = place.latest_act();
    assert!(!act.is_empty());
    meeting.says("/en/register/acts/");
}

#[tokio::test]
async fn an_unknown_id_is_said_to_be_unknown() {
    let place = Place::shipped();
    for address in [
        "/en/countries/atlantis",
        "/en/countries/iom",
        "/es/presidencias/ppt-1890",
        "/en/meetings/vm-1890",
        "/es/organos/senado",
    ] {
        let page = place.get(address).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn another_process_with_co_chairs_has_sensible_pages() {
    let place = Place::river();
    let home = place.get("/en").await;
    home.says("River Basin Forum")
        .says("Alta")
        .says("Baja")
        .says_not("Former")
        .says_not("RCM")
        .says_not("⟦");
    let members = place.get("/es/miembros").await;
    members
        .says("Estados ribereños (2)")
        .says_not("<svg class=\"c-tiles\"");
    let presidencies = place.get("/en/presidencies").await;
    assert_eq!(presidencies.count("in office"), 2);
    presidencies.says_not("<svg");
    let structure = place.get("/es/estructura").await;
    structure
        .says("Asamblea")
        .says("decide")
        .says_not("Lo que la fuente deja abierto");
    place
        .get("/en/meetings/assembly-2003")
        .await
        .says("3 RBF: Assembly")
        .says("The source says no more of this meeting.");
    place.get("/en/countries/alta").await.says("Riparian state");
    place
        .get("/en/bodies/assembly")
        .await
        .says("once a year")
        .says("Riparian states and Agencies");
    for address in [
        "/en/about",
        "/es/criterios",
        "/en/meetings",
        "/en/presidencies/chair-alta",
    ] {
        let page = place.get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert_eq!(page.count("<h1"), 1, "{address}");
        page.says_not("CRM").says_not("RCM").says_not("Puebla");
    }
}
