//! The program and the browser, and what is done with them. Environment: `COMITY_PROGRAM` (the built program),
//! `COMITY_CHROMEDRIVER` (its address), `COMITY_SCREENS` (a folder for pictures, optional).

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use thirtyfour::cdp::Cdp;
use thirtyfour::prelude::*;

const AXE: &str = include_str!("../../../vendor/axe-core/axe.min.js");

pub fn environment(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "a test's own configuration")]
    std::env::var(name).ok()
}

/// The program under test, ended when dropped.
pub struct Demo {
    child: Child,
    pub address: String,
}

impl Demo {
    pub fn start(program: &str) -> Self {
        let mut child = Command::new(program)
            .arg("demo")
            .env("COMITY_PORT", "0")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = lines
            .map_while(Result::ok)
            .find_map(|line| {
                line.split_whitespace()
                    .find(|word| word.starts_with("http://"))
                    .map(str::to_owned)
            })
            .expect("the demonstration prints its address");
        Self {
            child,
            address: address.trim_end_matches('/').to_owned(),
        }
    }

    pub fn get(&self, path: &str) -> String {
        let host = self.address.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).unwrap();
        write!(stream, "GET {path} HTTP/1.0\r\nHost: {host}\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub async fn browser(driver: &str) -> WebDriver {
    // The client of the driver speaks TLS by whatever the program chose, and here nobody has chosen yet; a second choice
    // changes nothing.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut capabilities = DesiredCapabilities::chrome();
    for argument in [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
    ] {
        capabilities.add_arg(argument).unwrap();
    }
    let driver = WebDriver::new(driver, capabilities).await.unwrap();
    driver
        .set_script_timeout(std::time::Duration::from_secs(60))
        .await
        .unwrap();
    driver
}

pub async fn theme(tools: &Cdp, scheme: &str) {
    let parameters = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    tools
        .send_raw("Emulation.setEmulatedMedia", parameters)
        .await
        .unwrap();
}

pub async fn width(tools: &Cdp, width: u32) {
    let parameters =
        json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
    tools
        .send_raw("Emulation.setDeviceMetricsOverride", parameters)
        .await
        .unwrap();
}

/// What axe finds on the page, one line per finding.
pub async fn findings(driver: &WebDriver) -> Vec<String> {
    driver.execute(AXE, vec![]).await.unwrap();
    let script = "const done = arguments[arguments.length - 1]; axe.run(document, { resultTypes: ['violations'] }).then(r => done(r.violations), e => done(String(e)));";
    let found = driver
        .execute_async(script, vec![])
        .await
        .unwrap()
        .json()
        .clone();
    let Value::Array(found) = found else {
        return vec![format!("axe did not run: {found}")];
    };
    found
        .iter()
        .map(|finding| {
            let nodes = finding["nodes"]
                .as_array()
                .map(Vec::as_slice)
                .unwrap_or_default();
            let first = nodes
                .first()
                .map(|node| node["html"].to_string())
                .unwrap_or_default();
            format!("{} ({} nodes): {first}", finding["id"], nodes.len())
        })
        .collect()
}

pub async fn picture(driver: &WebDriver, path: &str, name: &str) {
    let Some(folder) = environment("COMITY_SCREENS") else {
        return;
    };
    let file = path.trim_matches('/').replace(['/', '?', '=', '&'], "_");
    let bytes = driver.screenshot_as_png().await.unwrap();
    std::fs::write(format!("{folder}/{file}.{name}.png"), bytes).unwrap();
}

/// The site and the browser, or nothing where `./check` has not set them up.
pub async fn ground() -> Option<(Demo, WebDriver)> {
    let (Some(program), Some(driver)) = (
        environment("COMITY_PROGRAM"),
        environment("COMITY_CHROMEDRIVER"),
    ) else {
        println!("left out: no browser is set up; ./check does it");
        return None;
    };
    Some((Demo::start(&program), browser(&driver).await))
}
