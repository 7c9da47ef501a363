//! A written consultation lived through in Chromium, in Spanish, by clicks: as a state on a telephone, as the Secretariat, as the
//! Presidency, as a state that objects late, as a member of the Troika, as the public, and as those who find nothing of it.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod ground;

use std::time::Duration;

use serde_json::json;
use thirtyfour::cdp::Cdp;
use thirtyfour::prelude::*;

use ground::{Demo, findings, ground, picture, theme, width};

const PHONE: u32 = 375;
const WIDE: u32 = 1_200;
const LIST: &str = "/es/consultas";
const SPEAKER: &str = "Vocería designada";

struct Walk {
    driver: WebDriver,
    tools: Cdp,
    site: String,
    /// How wide the window is of whoever sits there now.
    wide: u32,
    /// What axe found, and what was too wide.
    found: Vec<String>,
}

impl Walk {
    async fn open(&self, path: &str) {
        let address = format!("{}{path}", self.site);
        self.driver.goto(address).await.unwrap();
    }

    async fn read(&self, script: &str) -> serde_json::Value {
        let read = self.driver.execute(script, vec![]).await.unwrap();
        read.json().clone()
    }

    async fn text(&self) -> String {
        let text = self
            .read("return document.body ? document.body.innerText : ''")
            .await;
        text.as_str().unwrap_or_default().to_owned()
    }

    async fn says(&self, words: &str) {
        for _ in 0..100 {
            if self.text().await.contains(words) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("`{words}` is not said: {}", self.text().await);
    }

    /// What can be seen and begins with these words: a button, a link, a summary or a choice.
    async fn seen(&self, what: &str, words: &str) -> WebElement {
        let path = format!("//{what}[starts-with(normalize-space(.), '{words}')]");
        for element in self.driver.find_all(By::XPath(path)).await.unwrap() {
            if element.is_displayed().await.unwrap() {
                return element;
            }
        }
        panic!("no {what} `{words}`: {}", self.text().await);
    }

    async fn click(&self, what: &str, words: &str) {
        let element = self.seen(what, words).await;
        self.press(&element).await;
    }

    /// The page scrolls smoothly; a pointer would miss what is still on its way.
    async fn press(&self, element: &WebElement) {
        let scroll = "arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })";
        let there = vec![element.to_json().unwrap()];
        self.driver.execute(scroll, there).await.unwrap();
        element.click().await.unwrap();
    }

    /// A click that leads to a page, also to the same one anew.
    async fn follow(&self, what: &str, words: &str) {
        let element = self.seen(what, words).await;
        self.read("document.body.dataset.left = 'yes'").await;
        self.press(&element).await;
        let come = "return document.readyState === 'complete' && !document.body.dataset.left";
        for _ in 0..100 {
            // Between two pages there is none to ask.
            let here = self.driver.execute(come, vec![]).await;
            if here.is_ok_and(|here| here.json() == &json!(true)) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("`{words}` leads nowhere: {}", self.text().await);
    }

    async fn write(&self, field: &str, value: &str) {
        let field = self.driver.find(By::Css(field)).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(value).await.unwrap();
    }

    /// Writes words in both languages into the form that is open in this place.
    async fn write_why(&self, place: &str, es: &str, en: &str) {
        self.write(&format!("{place} [name=why_es]"), es).await;
        self.write(&format!("{place} [name=why_en]"), en).await;
    }

    async fn sit(&mut self, party: &str, seat: &str, wide: u32) {
        self.wide = wide;
        width(&self.tools, wide).await;
        self.open("/es/tomar-asiento").await;
        let what = format!("section[h2='{party}']//li[contains(., '{seat}')]//button");
        self.follow(&what, "Tomar este asiento").await;
        self.says("Su escritorio").await;
    }

    /// From the strip over the page to the only consultation.
    async fn go_to_consultation(&self) {
        self.follow("a", "Consultas").await;
        self.follow("a", "Fecha y sede").await;
    }

    /// What is seen of a country in the last round.
    async fn row(&self, party: &str) -> String {
        let path = format!("//section//ul[@class='c-clocks']/li[.//h3='{party}']");
        let row = self.driver.find(By::XPath(path)).await.unwrap();
        row.text().await.unwrap()
    }

    async fn row_says(&self, party: &str, words: &str) {
        let row = self.row(party).await;
        assert!(row.contains(words), "{party}, `{words}`: {row}");
    }

    async fn put_forward(&self, by: &str) {
        self.follow("footer//button", by).await;
    }

    /// Puts the clock forward until the round is closed for all.
    async fn close(&self) {
        for _ in 0..12 {
            if self.text().await.contains("la Presidencia decide cómo") {
                return;
            }
            self.put_forward("hasta el próximo vencimiento").await;
        }
        panic!("a round has eleven terms at most");
    }

    /// What axe finds on the page that is open, light and dark, wide and narrow, and whether it is wider than a telephone.
    async fn look(&mut self, name: &str) {
        for (scheme, wide) in [("light", WIDE), ("dark", PHONE)] {
            theme(&self.tools, scheme).await;
            width(&self.tools, wide).await;
            let told = findings(&self.driver).await.into_iter();
            self.found
                .extend(told.map(|finding| format!("{name} {scheme}: {finding}")));
            let over = "return document.documentElement.scrollWidth - window.innerWidth";
            let over = self.read(over).await.as_i64().unwrap();
            if over > 0 {
                let found = format!("{name} at {wide}: {over} pixels too wide");
                self.found.push(found);
            }
            picture(&self.driver, &format!("consultation/{name}"), scheme).await;
        }
        theme(&self.tools, "light").await;
        width(&self.tools, self.wide).await;
    }

    /// Names what is there to be filled in or pressed when the page is printed.
    async fn printed_controls(&self) -> serde_json::Value {
        let media = |media: &str| json!({ "media": media });
        let emulate = "Emulation.setEmulatedMedia";
        self.tools.send_raw(emulate, media("print")).await.unwrap();
        let controls = "return [...document.querySelectorAll('button, input, select, textarea, .c-button')]\
                        .filter(control => control.checkVisibility()).map(control => control.outerHTML)";
        let controls = self.read(controls).await;
        self.tools.send_raw(emulate, media("")).await.unwrap();
        controls
    }
}

/// A browser and a site to walk through; nothing where the environment names none.
async fn walk() -> Option<(Demo, Walk)> {
    let (demo, driver) = ground().await?;
    let walk = Walk {
        tools: Cdp::new(driver.handle().clone()),
        driver,
        site: demo.address.clone(),
        wide: WIDE,
        found: Vec::new(),
    };
    Some((demo, walk))
}

/// A course of action, the same in both languages: names of fields and what is written there.
const COURSE: [(&str, &str); 4] = [
    ("topic", "Lista de participantes (ilustración)"),
    ("now", "El cupo se cierra pronto. (Ilustración.)"),
    (
        "agreed",
        "A todos les conviene la misma lista. (Ilustración.)",
    ),
    (
        "text",
        "Cada país nombraría a dos participantes. (Ilustración.)",
    ),
];

const MOVED: [(&str, &str, &str); 2] = [("es", "ocho", "nueve"), ("en", "eight", "nine")];

#[tokio::test]
async fn a_consultation_is_lived_through_by_clicks() {
    let Some((demo, mut walk)) = walk().await else {
        return;
    };

    // A state answers on a telephone, in two taps.
    walk.sit("Honduras", SPEAKER, PHONE).await;
    walk.follow("a", "Se espera la respuesta de su país").await;
    let here = walk.driver.current_url().await.unwrap();
    let path = here.path().to_owned();
    walk.says("Ilustración").await;
    walk.row_says("Honduras", "Aún sin comunicación").await;
    assert_eq!(walk.printed_controls().await, json!([]));
    walk.look("state").await;
    walk.click("label", "Sin objeción").await;
    walk.follow("main//button", "Dar la respuesta").await;
    walk.row_says("Honduras", "✓ Sin objeción").await;
    let guatemala = walk.row("Guatemala").await;
    assert!(!guatemala.contains("comunicación"), "{guatemala}");
    assert!(!walk.text().await.contains("países respondieron"));
    assert_eq!(walk.printed_controls().await, json!([]));
    walk.look("answered").await;
    walk.follow("a", "Consultas").await;
    walk.look("list").await;

    // The Secretariat prepares what the Presidency says of the change that a country proposes.
    walk.sit("Secretaría", "Asistencia", WIDE).await;
    walk.go_to_consultation().await;
    walk.click("summary", "Indicar qué se decide").await;
    walk.click("option", "Se recoge en parte").await;
    walk.write_why("form:has([value=dispose])", "A las diez.", "At ten.")
        .await;
    walk.follow("main//button", "Dejar preparado").await;
    walk.says("Preparado para la Presidencia").await;
    walk.look("prepared").await;

    // The Presidency sees who answered, corrects what was prepared and authorises it.
    walk.sit("República Dominicana", SPEAKER, WIDE).await;
    walk.says("espera que la Presidencia lo autorice").await;
    walk.follow("a", "Consultas").await;
    walk.follow("a", "Iniciar una consulta").await;
    walk.look("new").await;
    walk.go_to_consultation().await;
    walk.row_says("Honduras", "✓ Sin objeción").await;
    walk.says("2 de 11 países respondieron").await;
    walk.look("board").await;
    walk.write_why("form:has([name=prepared])", "A las nueve.", "At nine.")
        .await;
    walk.click("summary", "Indicar qué se decide").await;
    walk.look("dispose").await;
    walk.follow("main//button", "Autorizar").await;
    walk.says("A las nueve.").await;
    assert!(!walk.text().await.contains("Preparado para la Presidencia"));

    // After the close there is no consensus on this text: it goes to all again.
    walk.close().await;
    walk.says("el texto va de nuevo a todos").await;
    walk.row_says("México", "No se recibió comunicación").await;
    walk.look("closed").await;
    for _ in 0..8 {
        walk.put_forward("un día").await;
    }
    walk.click("summary", "Enviar el texto de nuevo a todos")
        .await;
    for (language, gone, new) in MOVED {
        let text = walk
            .read(&format!(
                "return document.getElementById('again-text-{language}').value"
            ))
            .await;
        let text = text.as_str().unwrap();
        assert!(text.contains(gone), "{text}");
        walk.write(
            &format!("#again-text-{language}"),
            &text.replacen(gone, new, 1),
        )
        .await;
    }
    let again = "form:has(#again-text-es)";
    walk.write_why(again, "Otra hora.", "Another hour.").await;
    walk.click("label", "La Presidencia abre la ronda a sabiendas")
        .await;
    walk.follow("main//button", "Abrir otra ronda").await;
    walk.says("ronda 2").await;
    for (language, gone, new) in MOVED {
        let read = async |kind: &str| {
            let place = format!("section .c-sides [lang={language}] {kind}");
            let part = walk.driver.find(By::Css(place)).await.unwrap();
            part.text().await.unwrap().trim().to_owned()
        };
        assert_eq!(read("del").await, gone);
        assert_eq!(read("ins").await, new);
    }
    walk.row_says("Honduras", "Aún sin comunicación").await;
    // Each country has its own days off in early November, and the page says which.
    walk.click("summary", "Cómo se contó cada plazo").await;
    for words in [
        "2 de noviembre de 2011",
        "día del envío, no se cuenta",
        "día hábil 5",
    ] {
        walk.says(words).await;
    }
    walk.look("again").await;

    // Nobody objects in time: the Presidency certifies.
    walk.close().await;
    walk.says("Nada impide el consenso").await;
    let certify = "section:has(#certify-es)";
    walk.write_why(certify, "Hay consenso.", "There is consensus.")
        .await;
    walk.follow("main//button", "Certificar el consenso").await;
    walk.says("Constancia de consenso").await;
    assert_eq!(walk.printed_controls().await, json!([]));

    // A state objects late, and that stops the launch.
    walk.sit("México", SPEAKER, PHONE).await;
    walk.go_to_consultation().await;
    walk.click("summary", "Dar la respuesta de su país").await;
    walk.click("label", "Objeta").await;
    walk.write("#words", "La fecha coincide con un feriado nacional.")
        .await;
    walk.look("late").await;
    walk.follow("main//button", "Dar la respuesta").await;
    walk.row_says("México", "■ Objeta").await;
    walk.row_says("México", "tras el cierre").await;
    walk.sit("República Dominicana", SPEAKER, WIDE).await;
    walk.go_to_consultation().await;
    walk.says("dejó de valer").await;
    walk.says("México objeta").await;
    let launch = By::Css("form:has([value=launch]), form:has([value=certify])");
    assert!(walk.driver.find_all(launch).await.unwrap().is_empty());
    walk.look("refused").await;
    walk.click("summary", "Contestar la objeción").await;
    walk.write_why(
        "form:has([value=reply])",
        "El feriado ya pasó.",
        "The holiday is over.",
    )
    .await;
    walk.follow("main//button", "Contestar").await;
    walk.says("La Presidencia contestó: El feriado ya pasó.")
        .await;

    // It stands aside, and nothing is in the way any more.
    walk.sit("México", SPEAKER, PHONE).await;
    walk.go_to_consultation().await;
    walk.click("summary", "Cambiar la respuesta").await;
    walk.click("label", "No se suma ni se opone").await;
    walk.follow("main//button", "Dar la respuesta").await;
    walk.row_says("México", "○ No se suma ni se opone").await;
    walk.sit("República Dominicana", SPEAKER, WIDE).await;
    walk.go_to_consultation().await;
    let anew = (
        "Hay consenso, y constan todas las respuestas.",
        "There is consensus, with every answer on record.",
    );
    walk.write_why(certify, anew.0, anew.1).await;
    walk.follow("main//button", "Certificar el consenso").await;
    walk.follow("main//button", "Poner en marcha").await;
    walk.says("La acción acordada se puso en marcha").await;
    walk.write_why(
        "section:has(#report-words-es)",
        "El taller se celebra.",
        "The workshop is held.",
    )
    .await;
    walk.click("label", "El público puede leer").await;
    walk.look("launched").await;
    walk.follow("main//button", "Informar").await;
    walk.says("Este informe es público").await;
    walk.follow("a", "Ronda 1").await;
    walk.says("El taller comenzaría a las ocho").await;
    walk.look("earlier").await;

    // Every member reads the report with each answer; nothing is left to be done, on paper neither.
    walk.sit("Panamá", SPEAKER, WIDE).await;
    walk.go_to_consultation().await;
    walk.says("El taller se celebra.").await;
    let rows = "section[aria-labelledby=report] tbody tr";
    let rows = walk.driver.find_all(By::Css(rows)).await.unwrap();
    assert_eq!(rows.len(), 11);
    walk.row_says("México", "○ No se suma ni se opone").await;
    let forms = walk
        .driver
        .find_all(By::Css("main section form"))
        .await
        .unwrap();
    assert!(forms.is_empty(), "{}", walk.text().await);
    assert_eq!(walk.printed_controls().await, json!([]));
    walk.look("report").await;

    // Another course of action: begun, kept, submitted; a member of the Troika reacts on a telephone.
    walk.sit("República Dominicana", SPEAKER, WIDE).await;
    walk.follow("a", "Consultas").await;
    walk.follow("a", "Iniciar una consulta").await;
    for (name, words) in COURSE {
        for language in ["es", "en"] {
            walk.write(&format!("[name={name}_{language}]"), words)
                .await;
        }
    }
    walk.follow("main//button", "Dejar preparado").await;
    walk.follow("a", "Lista de participantes").await;
    walk.look("begun").await;
    walk.follow("main//button", "Someter a la Troika").await;
    walk.says("Lista de participantes").await;
    walk.sit("Panamá", SPEAKER, PHONE).await;
    walk.follow("a", "Se espera de usted la reacción").await;
    walk.look("troika").await;
    walk.click("label", "Consiente").await;
    walk.follow("main//button", "Dar la reacción").await;
    walk.says("Panamá: Consiente").await;

    // The public reads the result and no country's answer.
    walk.open("/es/consultas-concluidas").await;
    walk.says("El taller se celebra.").await;
    walk.says("2 rondas, 11 países miembros consultados").await;
    let told = walk.text().await;
    let told = told
        .split("Consultas por escrito entre reuniones")
        .nth(1)
        .unwrap();
    for answer in ["México", "Honduras", "objeta", "se suma", "comunicación"] {
        assert!(!told.contains(answer), "{answer}: {told}");
    }
    walk.look("public").await;

    // An observer finds no way to it and no page; the public is sent to the door, as from any page inside.
    walk.sit("Colombia", "Representación", WIDE).await;
    let ways = walk.driver.find(By::Css(".c-seat ul")).await.unwrap();
    let ways = ways.text().await.unwrap();
    assert!(!ways.contains("Consultas"), "{ways}");
    for inside in [path.as_str(), LIST] {
        walk.open(inside).await;
        let says = walk.text().await;
        assert!(!says.contains("taller"), "{inside}: {says}");
    }
    walk.open(&path).await;
    walk.says("Página no encontrada").await;
    let nowhere = format!("{LIST}/not-there");
    for inside in [path.as_str(), nowhere.as_str(), LIST] {
        let answer = demo.get(inside);
        assert!(answer.starts_with("HTTP/1.0 303"), "{inside}: {answer}");
        assert!(!answer.contains("taller"), "{inside}: {answer}");
    }
    walk.driver.quit().await.unwrap();
    assert!(walk.found.is_empty(), "{:#?}", walk.found);
}

/// The informal one of the demonstration: a state answers on a telephone, the Presidency sees it, looks after its letters and
/// closes it.
#[tokio::test]
async fn an_informal_consultation_is_lived_through_by_clicks() {
    const TOPIC: &str = "Videoconferencia";
    let Some((_demo, mut walk)) = walk().await else {
        return;
    };
    let row = async |walk: &Walk, party: &str| {
        let path = format!("//section[@aria-labelledby='board']//dl/div[dt='{party}']");
        let row = walk.driver.find(By::XPath(path)).await.unwrap();
        row.text().await.unwrap()
    };

    // The day is asked about, and a tap answers. Nothing is left to be pressed on paper.
    walk.sit("Honduras", SPEAKER, PHONE).await;
    walk.follow("a", "Su país puede contestar").await;
    for words in [
        "no tiene plazo, no establece consenso y no decide nada",
        "martes 22 de noviembre de 2011",
        "Provisional",
    ] {
        walk.says(words).await;
    }
    assert!(row(&walk, "Honduras").await.contains("Sin comunicación"));
    assert_eq!(walk.printed_controls().await, json!([]));
    walk.look("informal-state").await;
    walk.click("label", "La fecha conviene").await;
    walk.follow("main//button", "Contestar").await;
    let own = row(&walk, "Honduras").await;
    assert!(own.contains("✓ La fecha conviene"), "{own}");
    assert!(row(&walk, "Guatemala").await.contains("Sin comunicación"));
    assert!(!walk.text().await.contains('@'), "no addresses");
    walk.look("informal-answered").await;

    // While the page is open the country changes its answer elsewhere: the page says so by itself.
    let notice = walk.driver.find(By::Css("[data-live]")).await.unwrap();
    assert!(!notice.is_displayed().await.unwrap());
    // The first mark is that of the page as it was drawn.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let elsewhere = "const fields = new URLSearchParams({ do: 'answer', choice: 'does_not_suit', \
                     seen: document.querySelector('[name=seen]').value }); \
                     fetch(location.href, { method: 'POST', body: fields });";
    walk.read(elsewhere).await;
    walk.says("Hubo cambios desde que se abrió esta página")
        .await;
    walk.look("informal-changed").await;
    walk.follow("a", "Hubo cambios").await;
    let own = row(&walk, "Honduras").await;
    assert!(own.contains("○ La fecha no conviene"), "{own}");

    // The Presidency sees who answered and how each was reached, and what became of every letter.
    walk.sit("República Dominicana", SPEAKER, WIDE).await;
    walk.follow("a", "Consultas").await;
    walk.says("Reserva de fecha: 22 de noviembre de 2011").await;
    walk.look("informal-list").await;
    walk.follow("a", TOPIC).await;
    walk.says("1 de 10 países contestaron").await;
    let honduras = row(&walk, "Honduras").await;
    for words in ["○ La fecha no conviene", "Carta enviada", "Página abierta"] {
        assert!(honduras.contains(words), "{words}: {honduras}");
    }
    assert_eq!(walk.printed_controls().await, json!([]));
    walk.look("informal-board").await;
    walk.follow("a", "Cartas de la consulta").await;
    walk.says("Las cartas de la consulta ya no esperan").await;
    walk.look("informal-letters").await;

    // It is closed with a summary, which every member reads; the date is no entry any more.
    walk.write("#summary-es", "La fecha no conviene a todos.")
        .await;
    walk.write("#summary-en", "The date does not suit all.")
        .await;
    walk.look("informal-closing").await;
    walk.follow("main//button", "Cerrar con este resumen").await;
    walk.says("La consulta está cerrada").await;
    walk.says("La fecha no conviene a todos.").await;
    walk.look("informal-closed").await;

    // Another one is asked: its letters are held, stopped, tried and sent.
    walk.follow("a", "Consultas").await;
    walk.follow("a", "Hacer una consulta informal").await;
    walk.look("informal-new").await;
    walk.click("label", "Reserva de fecha").await;
    walk.read("document.getElementById('first').value = '2011-11-29'")
        .await;
    for (name, words) in [
        ("topic", "Taller de retorno (ilustración)"),
        ("text", "¿Conviene? (Ilustración.)"),
    ] {
        for language in ["es", "en"] {
            walk.write(&format!("[name={name}_{language}]"), words)
                .await;
        }
    }
    walk.click("option", "Un asunto ordinario").await;
    walk.follow("main//button", "Enviar la consulta").await;
    walk.says("Hasta entonces pueden detenerse").await;
    assert!(
        row(&walk, "Guatemala")
            .await
            .contains("Carta por enviar · Página sin abrir")
    );
    walk.look("informal-held").await;
    walk.follow("main//button", "Enviarme una copia de prueba")
        .await;
    walk.says("Última copia de prueba").await;
    walk.follow("main//button", "Detener estas cartas").await;
    walk.says("se detuvieron").await;
    assert!(row(&walk, "Guatemala").await.contains("Carta detenida"));
    walk.look("informal-stopped").await;
    walk.follow("main//button", "Enviar ahora").await;
    walk.says("Taller de retorno").await;
    assert!(!row(&walk, "Guatemala").await.contains("detenida"));

    walk.sit("Panamá", SPEAKER, PHONE).await;
    walk.follow("a", "Consultas").await;
    walk.follow("a", TOPIC).await;
    walk.says("La fecha no conviene a todos.").await;
    let panama = row(&walk, "Panamá").await;
    assert!(panama.contains("Sin comunicación"), "{panama}");
    assert!(row(&walk, "Honduras").await.contains("○ La fecha no"));
    let left = By::Css("main form, main a[download]");
    assert!(walk.driver.find_all(left).await.unwrap().is_empty());
    assert_eq!(walk.printed_controls().await, json!([]));
    walk.look("informal-summary").await;
    walk.driver.quit().await.unwrap();
    assert!(walk.found.is_empty(), "{:#?}", walk.found);
}
