//! Signing in by the account of a ministry, over the real program and a real provider (`tests/openid`). Without
//! `COMITY_TEST_OPENID` these are left out, and say so.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Command, Stdio};

mod served;

use served::{Answer, Served, Visit, ask_at, between};

/// A provider that runs until it is dropped.
struct Provider {
    child: Child,
    /// Kept open: it says more than its address.
    _says: BufReader<ChildStdout>,
    host: String,
    redirect: String,
}

impl Provider {
    fn start(redirect: &str) -> Option<Self> {
        #[expect(
            clippy::disallowed_methods,
            reason = "a test is told where its server is"
        )]
        let folder = std::env::var_os("COMITY_TEST_OPENID").map(PathBuf::from);
        let Some(folder) = folder else {
            println!("left out: no provider is set up; ./check does it");
            return None;
        };
        let mut child = Command::new(folder.join("node_modules/.bin/node"))
            .arg(folder.join("provider.mjs"))
            .arg(redirect)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut says = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        says.read_line(&mut line).unwrap();
        Some(Self {
            child,
            _says: says,
            host: line.trim().strip_prefix("http://").unwrap().to_owned(),
            redirect: redirect.to_owned(),
        })
    }

    /// Who comes next is this account.
    fn signs_in(&self, account: &str) {
        ask_at(&self.host, "GET", &format!("/as/{account}"), "", "");
    }

    /// A browser's part, in a browser that has not been here: what it brings back, from the question mark on.
    fn walk(&self, url: &str) -> String {
        let mut cookies: BTreeMap<String, String> = BTreeMap::new();
        let mut url = url.to_owned();
        for _ in 0..12 {
            let path = url
                .split_once(&self.host)
                .map_or(url.as_str(), |(_, path)| path);
            let kept: Vec<String> = cookies
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let header = format!("Cookie: {}\r\n", kept.join("; "));
            let answer = ask_at(&self.host, "GET", path, &header, "");
            for line in answer.head.lines() {
                let Some((name, value)) = line.split_once(": ") else {
                    continue;
                };
                if name.eq_ignore_ascii_case("set-cookie") {
                    let (name, value) = value.split(';').next().unwrap().split_once('=').unwrap();
                    cookies.insert(name.to_owned(), value.to_owned());
                } else if name.eq_ignore_ascii_case("location") {
                    url = value.to_owned();
                }
            }
            if let Some(brought) = url.strip_prefix(&self.redirect) {
                return brought.to_owned();
            }
        }
        panic!("it leads nowhere: {url}");
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A site with a provider that vouches for Honduras.
struct Ground {
    provider: Provider,
    site: Served,
    link: String,
    _folder: tempfile::TempDir,
}

fn run(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_comity"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

impl Ground {
    fn new() -> Option<Self> {
        let free = TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap();
        let provider = Provider::start(&format!("http://{free}/en/ministries"))?;
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        std::fs::write(at("secret"), "a-secret-of-tests-that-is-long-enough\n").unwrap();
        let configuration = format!(
            "[[openid]]\nid = \"sre-hn\"\nname_es = \"Cancillería de Honduras\"\nname_en = \"Foreign Ministry of Honduras\"\n\
             issuer = \"http://{}\"\nclient_id = \"conference\"\nsecret_file = \"{}\"\nparties = [\"honduras\"]\n",
            provider.host,
            at("secret"),
        );
        std::fs::write(at("site.toml"), configuration).unwrap();
        let data = at("data");
        let printed = run(&["init", "--data", &data]);
        run(&["import", "--data", &data]);
        let link = printed
            .lines()
            .find_map(|line| line.trim().strip_prefix("/en/sign-in/"));
        let site = Served::start(&[
            "--config",
            &at("site.toml"),
            "serve",
            "--data",
            &data,
            "--port",
            &free.port().to_string(),
            "--public-url",
            &format!("http://{free}"),
        ]);
        Some(Self {
            provider,
            site,
            link: link.unwrap().to_owned(),
            _folder: folder,
        })
    }

    fn enter(&self, link: &str) -> Visit<'_> {
        let answer = self
            .site
            .ask("POST", &format!("/en/sign-in/{link}"), "", "");
        assert_eq!(answer.status, 303, "{}", answer.body);
        Visit {
            site: &self.site,
            cookie: answer.cookie().unwrap(),
        }
    }

    /// Begins at a page of ours, in a browser that may be signed in: the way, and what it keeps.
    fn begin(&self, visit: Option<&Visit<'_>>, form: &str) -> Answer {
        match visit {
            Some(visit) => visit.post("/en/ministries/sre-hn", form),
            None => self.site.ask("POST", "/en/ministries/sre-hn", "", form),
        }
    }

    fn back(&self, brought: &str, cookies: &[&str]) -> Answer {
        let header = format!("Cookie: {}\r\n", cookies.join("; "));
        self.site
            .ask("GET", &format!("/en/ministries{brought}"), &header, "")
    }
}

/// The address to which a page sends a browser, and what it keeps.
fn way(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, 200, "{}", answer.body);
    let url = between(&format!("{}\r\n", answer.head), "refresh: 0; url=", "\r\n");
    assert!(
        answer.body.contains(&url.replace('&', "&#38;")),
        "a link, where nothing refreshes: {}",
        answer.body
    );
    (url, answer.cookie().unwrap())
}

#[test]
fn an_account_is_bound_by_who_is_in_and_lets_in_whom_it_is_bound_to() {
    let Some(ground) = Ground::new() else { return };
    let coordinator = ground.enter(&ground.link);
    // It vouches for people of Honduras and for nobody else.
    assert!(
        !coordinator
            .get("/en/account")
            .body
            .contains("Foreign Ministry of Honduras")
    );
    assert_eq!(ground.begin(Some(&coordinator), "bind=yes").status, 403);
    let fill = |name: &str, class: &str| {
        let form = format!("seat={class}&person=new&name={name}&note=Nota&language=en");
        let page = coordinator.post("/en/people/honduras/new", &form);
        between(&page.body, "/en/sign-in/", "<")
    };
    let ana = ground.enter(&fill("Ana%20Ejemplo", "speaker"));
    let luis = ground.enter(&fill("Luis%20Ejemplo", "deputy"));
    assert!(
        ana.get("/en/account")
            .body
            .contains("Bind Foreign Ministry of Honduras")
    );

    // Nobody is let in by an account that is bound to nobody, whatever its address.
    ground.provider.signs_in("ana");
    let (url, kept) = way(&ground.begin(None, ""));
    let stranger = ground.back(&ground.provider.walk(&url), &[&kept]);
    assert_eq!(stranger.status, 403, "{}", stranger.body);
    assert!(
        stranger
            .cookie()
            .is_none_or(|cookie| !cookie.starts_with("session=")),
        "{}",
        stranger.head
    );

    let (url, kept) = way(&ground.begin(Some(&ana), "bind=yes"));
    let brought = ground.provider.walk(&url);
    // In another browser, or in one that somebody else is signed in to, it binds nobody.
    assert_eq!(ground.back(&brought, &[&ana.cookie]).status, 403);
    let (url, kept_again) = way(&ground.begin(Some(&ana), "bind=yes"));
    let brought_again = ground.provider.walk(&url);
    assert_eq!(
        ground
            .back(&brought_again, &[&kept_again, &luis.cookie])
            .status,
        403
    );
    let bound = ground.back(&brought, &[&kept, &ana.cookie]);
    assert_eq!(
        (bound.status, bound.to()),
        (303, "/en/account"),
        "{}",
        bound.body
    );
    // What was kept is used up.
    assert_eq!(ground.back(&brought, &[&kept, &ana.cookie]).status, 403);

    // The account is hers, and nobody else's.
    let (url, kept) = way(&ground.begin(Some(&luis), "bind=yes"));
    assert_eq!(
        ground
            .back(&ground.provider.walk(&url), &[&kept, &luis.cookie])
            .status,
        403
    );

    let sign_in = || {
        let (url, kept) = way(&ground.begin(None, ""));
        ground.back(&ground.provider.walk(&url), &[&kept])
    };
    let entered = sign_in();
    assert_eq!(
        (entered.status, entered.to()),
        (303, "/en/desk"),
        "{}",
        entered.body
    );
    let session = entered
        .head
        .lines()
        .find_map(|line| line.strip_prefix("set-cookie: session="));
    let session = format!("session={}", session.unwrap().split(';').next().unwrap());
    let again = Visit {
        site: &ground.site,
        cookie: session,
    };
    let desk = again.get("/en/desk").body;
    assert!(
        desk.contains("Ana Ejemplo") && desk.contains("Designated speaker"),
        "{desk}"
    );
    // Another account of the same ministry is somebody else.
    ground.provider.signs_in("eva");
    assert_eq!(sign_in().status, 403);
    ground.provider.signs_in("ana");
    assert_eq!(sign_in().status, 303);

    // Who proves again who they are proves that they are themselves.
    let (url, kept) = way(&ground.begin(Some(&luis), ""));
    assert!(url.contains("prompt=login"), "{url}");
    assert_eq!(
        ground
            .back(&ground.provider.walk(&url), &[&kept, &luis.cookie])
            .status,
        403
    );

    // The code of one sign-in, with what was kept for another.
    let (url, _) = way(&ground.begin(None, ""));
    let brought = ground.provider.walk(&url);
    let (_, kept) = way(&ground.begin(None, ""));
    assert_eq!(ground.back(&brought, &[&kept]).status, 403);
    // A ministry that says no.
    let (_, kept) = way(&ground.begin(None, ""));
    let no = ground.back("?error=access_denied&state=x", &[&kept]);
    assert_eq!(no.status, 403);
    assert!(!no.body.contains("access_denied"), "{}", no.body);

    // Untied, it lets nobody in; nor once its person holds no seat of a party that it speaks for.
    let account = again.get("/en/account").body;
    let tie = between(&account, "name=\"untie\" value=\"", "\"");
    assert_eq!(
        luis.post("/en/account", &format!("untie={tie}")).status,
        303
    );
    assert_eq!(sign_in().status, 303, "only one's own is untied");
    assert_eq!(
        again.post("/en/account", &format!("untie={tie}")).status,
        303
    );
    assert_eq!(sign_in().status, 403);
    let (url, kept) = way(&ground.begin(Some(&ana), "bind=yes"));
    assert_eq!(
        ground
            .back(&ground.provider.walk(&url), &[&kept, &ana.cookie])
            .status,
        303
    );
    assert_eq!(sign_in().status, 303);
    let people = coordinator.get("/en/people/honduras").body;
    let speaker = people
        .split("<li>")
        .find(|line| line.contains("Ana Ejemplo"))
        .unwrap();
    let filled = between(speaker, "/en/seats/", "/");
    let vacate = coordinator.post(&format!("/en/seats/{filled}/vacate"), "note=Nota");
    assert_eq!(vacate.status, 303, "{}", vacate.body);
    assert_eq!(sign_in().status, 403);
}
