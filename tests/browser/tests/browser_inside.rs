//! The way in and the desk in Chromium: a link, a passkey by a virtual authenticator, seats filled from seat to seat, in both
//! languages; and every page inside by axe, light, dark and narrow.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod ground;

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;
use thirtyfour::cdp::Cdp;
use thirtyfour::prelude::*;

use ground::{browser, environment, findings, ground, picture, theme, width};

/// A conference with its record and nobody in it but whoever has the first link.
struct Served {
    child: Child,
    address: String,
    link: String,
    _folder: tempfile::TempDir,
}

impl Served {
    fn start(program: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        let data = data.to_str().unwrap();
        let run = |arguments: &[&str]| {
            let output = Command::new(program).args(arguments).output().unwrap();
            assert!(
                output.status.success(),
                "{}",
                String::from_utf8_lossy(&output.stderr)
            );
            String::from_utf8(output.stdout).unwrap()
        };
        let printed = run(&["init", "--data", data]);
        let link = printed
            .lines()
            .find_map(|line| line.trim().strip_prefix("/en/sign-in/"));
        run(&["import", "--data", data]);
        // A passkey is bound to the address, so the port has to be known before.
        let port = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        let address = format!("http://localhost:{port}");
        let mut child = Command::new(program)
            .args([
                "serve",
                "--data",
                data,
                "--port",
                &port.to_string(),
                "--public-url",
                &address,
            ])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        Self {
            child,
            address,
            link: link.unwrap().to_owned(),
            _folder: folder,
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The words of one language that the walk reads and the addresses that it goes to.
struct Tongue {
    sign_in: &'static str,
    desk: &'static str,
    account: &'static str,
    people: &'static str,
    new: &'static str,
    coordinator: &'static str,
    speaker: &'static str,
    deputy: &'static str,
    unmandated: &'static str,
    none_yet: &'static str,
    not_from_here: &'static str,
    password: &'static str,
    kept: &'static str,
    not_let_in: &'static str,
    lists: &'static str,
    letters: &'static str,
    rights: &'static str,
    closed_paper: &'static str,
    see_no: &'static str,
    see_yes: &'static str,
}

const TONGUES: [Tongue; 2] = [
    Tongue {
        sign_in: "/es/entrar",
        desk: "/es/escritorio",
        account: "/es/cuenta",
        people: "/es/personas",
        new: "nuevo",
        coordinator: "Coordinación de la Secretaría Técnica",
        speaker: "Vocería designada de un país miembro, Honduras",
        deputy: "Suplencia, con mandato, Honduras",
        unmandated: "Suplencia, sin mandato, Honduras",
        none_yet: "Todavía no tiene ninguna.",
        not_from_here: "Página no encontrada",
        password: "/es/cuenta/contrasena",
        kept: "Guarde estos códigos",
        not_let_in: "No se pudo entrar",
        lists: "/es/listas",
        letters: "/es/cartas",
        rights: "/es/derechos",
        closed_paper: "Documento de la sesión a puerta cerrada",
        see_no: "Ver: no",
        see_yes: "Ver: sí",
    },
    Tongue {
        sign_in: "/en/sign-in",
        desk: "/en/desk",
        account: "/en/account",
        people: "/en/people",
        new: "new",
        coordinator: "Coordinator of the Technical Secretariat",
        speaker: "Designated speaker of a member, Honduras",
        deputy: "Deputy, on a mandate, Honduras",
        unmandated: "Deputy, without a mandate, Honduras",
        none_yet: "You have none yet.",
        not_from_here: "Page not found",
        password: "/en/account/password",
        kept: "Keep these codes",
        not_let_in: "You could not be let in",
        lists: "/en/lists",
        letters: "/en/letters",
        rights: "/en/rights",
        closed_paper: "Paper of the closed-door session",
        see_no: "See: no",
        see_yes: "See: yes",
    },
];

struct Walk<'a> {
    driver: &'a WebDriver,
    site: &'a str,
    tongue: &'a Tongue,
}

/// As a keyboard does: while one page fades into the next, a pointer meets neither.
async fn press(driver: &WebDriver, button: &WebElement) {
    let button = button.to_json().unwrap();
    driver
        .execute("arguments[0].click()", vec![button])
        .await
        .unwrap();
}

impl Walk<'_> {
    async fn open(&self, path: &str) {
        self.driver
            .goto(format!("{}{path}", self.site))
            .await
            .unwrap();
    }

    async fn click(&self, what: &str) {
        let found = self.driver.query(By::Css(what)).first().await.unwrap();
        press(self.driver, &found).await;
    }

    /// Writes into fields, by their ids.
    async fn write(&self, fields: &[(&str, &str)]) {
        for (field, value) in fields {
            let field = self.driver.find(By::Id(*field)).await.unwrap();
            field.clear().await.unwrap();
            field.send_keys(*value).await.unwrap();
        }
    }

    async fn text(&self) -> String {
        let script = "return document.body ? document.body.innerText : ''";
        let said = self.driver.execute(script, vec![]).await.unwrap();
        said.json().as_str().unwrap_or_default().to_owned()
    }

    /// Waits until the browser is at a path and says something there.
    async fn at(&self, path: &str, says: &str) {
        for _ in 0..100 {
            let here = self.driver.current_url().await.unwrap();
            if here.path() == path && self.text().await.contains(says) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let here = self.driver.current_url().await.unwrap();
        panic!("at {here}, not {path} with `{says}`: {}", self.text().await);
    }

    /// Comes in by a link, as whoever it is for.
    async fn enter(&self, link: &str, says: &str) {
        self.open(&format!("{}/{link}", self.tongue.sign_in)).await;
        self.click("main form button").await;
        self.at(self.tongue.desk, says).await;
    }

    async fn leave(&self) {
        self.click(".c-seat form button").await;
        self.at(self.tongue.sign_in, "").await;
    }

    async fn make_passkey(&self) {
        self.open(self.tongue.account).await;
        assert!(self.text().await.contains(self.tongue.none_yet));
        self.click("form[data-passkey=make] button").await;
        for _ in 0..100 {
            if !self.text().await.contains(self.tongue.none_yet) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        panic!("no passkey came to be: {}", self.text().await);
    }

    /// What the page of rights says of a paper of the closed door.
    async fn closed_paper(&self) -> String {
        self.open(self.tongue.rights).await;
        let says = self.text().await;
        let (_, section) = says.split_once(self.tongue.closed_paper).unwrap();
        section.chars().take(400).collect()
    }

    /// Fills a seat of Honduras with somebody new. Gives the link that lets them in.
    async fn fill(&self, class: &str, name: &str, note: &str) -> String {
        let Tongue { people, new, .. } = self.tongue;
        self.open(&format!("{people}/honduras/{new}?seat={class}"))
            .await;
        self.write(&[("name", name), ("note", note)]).await;
        self.click("main form[method=post] button").await;
        let link = self
            .driver
            .query(By::Css("main code"))
            .first()
            .await
            .unwrap();
        let link = link.text().await.unwrap();
        assert!(link.starts_with(self.site), "{link}");
        link.rsplit('/').next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_new_user_comes_in_makes_a_passkey_and_fills_seats_in_both_languages() {
    let (Some(program), Some(address)) = (
        environment("COMITY_PROGRAM"),
        environment("COMITY_CHROMEDRIVER"),
    ) else {
        println!("left out: no browser is set up; ./check does it");
        return;
    };
    for tongue in &TONGUES {
        let site = Served::start(&program);
        let driver = browser(&address).await;
        let tools = Cdp::new(driver.handle().clone());
        tools.send_raw("WebAuthn.enable", json!({})).await.unwrap();
        let device = json!({"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": true,
            "hasUserVerification": true, "isUserVerified": true, "automaticPresenceSimulation": true}});
        tools
            .send_raw("WebAuthn.addVirtualAuthenticator", device)
            .await
            .unwrap();
        let walk = Walk {
            driver: &driver,
            site: &site.address,
            tongue,
        };
        walk.enter(&site.link, tongue.coordinator).await;
        walk.make_passkey().await;
        walk.leave().await;
        // The link is used up; the passkey is not.
        walk.open(&format!("{}/{}", tongue.sign_in, site.link))
            .await;
        assert!(driver.find(By::Css(".c-error")).await.is_ok());
        walk.open(tongue.sign_in).await;
        walk.click("form[data-passkey=show] button").await;
        walk.at(tongue.desk, tongue.coordinator).await;
        // Why a closed paper is refused to the Secretariat, which nobody admitted.
        let says = walk.closed_paper().await;
        assert!(says.contains(tongue.see_no), "{says}");
        let policy = "closed-door-admits-the-secretariat-by-the-presidency";
        assert!(says.contains(policy), "{says}");
        let link = walk.fill("speaker", "Marta Ejemplo", "Nota 1-2026").await;
        walk.leave().await;
        walk.enter(&link, tongue.speaker).await;
        let link = walk.fill("deputy", "Luis Ejemplo", "Nota 2-2026").await;
        let unmandated = walk
            .fill("deputy-without-mandate", "Rosa Ejemplo", "Nota 3-2026")
            .await;
        walk.leave().await;
        walk.enter(&unmandated, tongue.unmandated).await;
        let says = walk.closed_paper().await;
        assert!(says.contains(tongue.see_no), "{says}");
        assert!(
            says.contains("closed-door-papers-are-read-by-rank"),
            "{says}"
        );
        walk.leave().await;
        walk.enter(&link, tongue.deputy).await;
        let says = walk.closed_paper().await;
        assert!(says.contains(tongue.see_yes), "{says}");
        // A deputy on a mandate goes on; another country's people are not theirs to name.
        walk.open(&format!("{}/panama/{}", tongue.people, tongue.new))
            .await;
        assert!(walk.text().await.contains(tongue.not_from_here));
        driver.quit().await.unwrap();
    }
}

/// What axe finds on the page that is open, light and wide, dark and narrow, and whether it is wider than a telephone.
async fn faults(driver: &WebDriver, tools: &Cdp, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (scheme, wide) in [("light", 1_200), ("dark", 375)] {
        theme(tools, scheme).await;
        width(tools, wide).await;
        let told = findings(driver).await.into_iter();
        found.extend(told.map(|finding| format!("{path} {scheme}: {finding}")));
        let script = "return document.documentElement.scrollWidth - window.innerWidth";
        let over = driver.execute(script, vec![]).await.unwrap();
        let over = over.json().as_i64().unwrap();
        if over > 0 {
            found.push(format!("{path} at {wide}: {over} pixels too wide"));
        }
        picture(driver, path, scheme).await;
    }
    found
}

/// What a register at work has and a demonstration does not: links, passwords, the choice of a seat. In both languages.
#[tokio::test]
async fn somebody_without_a_passkey_sets_a_password_and_comes_in_with_it() {
    let (Some(program), Some(address)) = (
        environment("COMITY_PROGRAM"),
        environment("COMITY_CHROMEDRIVER"),
    ) else {
        println!("left out: no browser is set up; ./check does it");
        return;
    };
    let mut found = Vec::new();
    for tongue in &TONGUES {
        let site = Served::start(&program);
        let driver = browser(&address).await;
        let tools = Cdp::new(driver.handle().clone());
        let walk = Walk {
            driver: &driver,
            site: &site.address,
            tongue,
        };
        let look =
            async |name: &str| faults(&driver, &tools, &format!("{}/{name}", tongue.desk)).await;
        walk.open(&format!("{}/{}", tongue.sign_in, site.link))
            .await;
        found.extend(look("link").await);
        walk.enter(&site.link, tongue.coordinator).await;
        walk.open(tongue.account).await;
        walk.write(&[("email", "ana@secretaria.example")]).await;
        walk.click("form:has(#email) button").await;
        walk.at(tongue.account, "").await;
        walk.open(tongue.password).await;
        found.extend(look("password").await);
        let typed = driver.find(By::Css("main code.c-hash")).await.unwrap();
        let typed = typed.text().await.unwrap().replace(' ', "");
        let secret = totp_rs::Secret::try_from_base32(typed).unwrap();
        let telephone = totp_rs::Builder::new()
            .with_secret(secret)
            .build_noncompliant();
        let code = telephone.generate_current().to_string();
        let password = "volcan tortuga 81 lluvia";
        walk.write(&[("password", password), ("code", &code)]).await;
        walk.click("main form button").await;
        walk.at(tongue.password, tongue.kept).await;
        let recovery = driver.find(By::Css(".c-codes code")).await.unwrap();
        let recovery = recovery.text().await.unwrap();
        found.extend(look("recovery").await);
        walk.open(tongue.account).await;
        found.extend(look("account").await);
        // The same person sits elsewhere too, and chooses.
        walk.open(&format!(
            "{}/secretariat/{}?seat=secretariat-it",
            tongue.people, tongue.new
        ))
        .await;
        found.extend(look("new").await);
        // A list comes in, and is looked through.
        walk.open(tongue.lists).await;
        found.extend(look("lists").await);
        let list = tempfile::Builder::new()
            .prefix("lista-")
            .suffix(".csv")
            .tempfile()
            .unwrap();
        std::fs::write(
            list.path(),
            "Country;Seat;Name;E-mail;Passport\nHonduras;Punto focal;Rosa Irreal;rosa@ministry.example;A1\n\
             Panama;Vice-Minister or Sub-Secretary;Luis Supuesto;luis@ministry.example;A2\n",
        )
        .unwrap();
        let field = driver.find(By::Id("file")).await.unwrap();
        field
            .send_keys(list.path().to_str().unwrap())
            .await
            .unwrap();
        walk.click("main form button").await;
        driver.query(By::Id("mend")).first().await.unwrap();
        found.extend(look("list").await);
        walk.open(tongue.letters).await;
        found.extend(look("letters").await);
        walk.open(&format!("{}/honduras", tongue.people)).await;
        walk.click("details summary").await;
        found.extend(look("people").await);
        walk.leave().await;
        walk.open(tongue.sign_in).await;
        walk.write(&[
            ("sign-email", "ana@secretaria.example"),
            ("sign-password", "not this one"),
            ("sign-code", &recovery),
        ])
        .await;
        walk.click("form:has(#sign-code) button").await;
        walk.at(tongue.sign_in, tongue.not_let_in).await;
        found.extend(look("sign-in").await);
        walk.write(&[("sign-password", password), ("sign-code", &recovery)])
            .await;
        walk.click("form:has(#sign-code) button").await;
        walk.at(tongue.desk, tongue.coordinator).await;
        driver.quit().await.unwrap();
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[tokio::test]
async fn every_page_inside_is_in_order_for_axe_and_fits_a_phone() {
    let Some((demo, driver)) = ground().await else {
        return;
    };
    assert!(demo.get("/es/escritorio").starts_with("HTTP/1.0 303"));
    let tools = Cdp::new(driver.handle().clone());
    let open = async |path: &str| {
        driver
            .goto(format!("{}{path}", demo.address))
            .await
            .unwrap();
    };
    open("/es/tomar-asiento").await;
    // The speaker of the Presidency in office sees the most forms.
    let buttons = driver.find_all(By::Css("main button")).await.unwrap();
    press(&driver, &buttons[3]).await;
    let mut found = Vec::new();
    // A candidacy, so that its forms are there to be looked at.
    open("/en/hand-over").await;
    let announce = "form:has([value=announce]) button";
    let announce = driver.query(By::Css(announce)).first().await.unwrap();
    press(&driver, &announce).await;
    for path in [
        "/es/entrar",
        "/en/take-a-seat",
        "/es/escritorio",
        "/en/desk",
        "/es/personas",
        "/en/people",
        "/es/personas/dominican-republic",
        "/en/people/honduras",
        "/es/personas/dominican-republic/nuevo?seat=special-focal-point",
        "/en/people/dominican-republic/new?seat=deputy",
        "/es/traspaso",
        "/en/hand-over",
        "/es/cuenta",
        "/en/account",
        "/es/traspaso/expediente",
        "/en/hand-over/dossier",
        "/es/derechos",
        "/en/rights",
        "/es/bienvenida",
        "/en/welcome",
    ] {
        open(path).await;
        found.extend(faults(&driver, &tools, path).await);
    }
    // The Coordinator keeps the files of applications and looks after the program.
    open("/es/tomar-asiento").await;
    let seats = driver.find_all(By::Css("main button")).await.unwrap();
    for seat in &seats {
        let name = driver.execute(
            "return arguments[0].closest('li').innerText",
            vec![seat.to_json().unwrap()],
        );
        let name = name.await.unwrap();
        let name = name.json().as_str().unwrap_or_default();
        if name.contains("Coordinación") {
            press(&driver, seat).await;
            break;
        }
    }
    open("/es/solicitudes").await;
    for (field, value) in [("es", "Atlántida"), ("en", "Atlantis"), ("note", "DM-1")] {
        let field = driver.find(By::Id(field)).await.unwrap();
        field.send_keys(value).await.unwrap();
    }
    let enter = driver.query(By::Css("form:has(#kind) button"));
    press(&driver, &enter.first().await.unwrap()).await;
    let here = loop {
        let here = driver.current_url().await.unwrap().path().to_owned();
        if here.len() > "/es/solicitudes/".len() {
            break here;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    };
    let there = here.replace("/es/solicitudes", "/en/applications");
    for path in [
        here.as_str(),
        there.as_str(),
        "/es/solicitudes",
        "/en/applications",
        "/es/consola",
        "/en/console",
    ] {
        open(path).await;
        found.extend(faults(&driver, &tools, path).await);
    }
    driver.quit().await.unwrap();
    assert!(found.is_empty(), "{found:#?}");
}
