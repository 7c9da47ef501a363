//! Configuration: the command line, then the environment, then the file, then what stands here.

use std::io::IsTerminal;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde::Deserialize;

use crate::arguments::{Common, Files, Listen, Mail, Where};
use crate::failure::Failure;
use crate::keys::KeyFolder;

/// What a configuration file may hold. Every key is an option of the command line with `_` for `-`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<PathBuf>,
    database_url: Option<OneOrMore>,
    rules: Option<PathBuf>,
    keys: Option<PathBuf>,
    listen: Option<IpAddr>,
    port: Option<u16>,
    public_url: Option<String>,
    proxies: Option<Vec<IpAddr>>,
    page_cache: Option<u64>,
    log: Option<String>,
    log_format: Option<LogFormat>,
    metrics: Option<SocketAddr>,
    certificate: Option<PathBuf>,
    mail: Option<String>,
    mail_from: Option<String>,
    mail_password_file: Option<PathBuf>,
    mail_authority: Option<PathBuf>,
    files: Option<String>,
    files_endpoint: Option<String>,
    files_region: Option<String>,
    files_key_id: Option<String>,
    files_secret_file: Option<PathBuf>,
    files_authority: Option<PathBuf>,
    /// The accounts of ministries: `[[openid]]`.
    #[serde(default)]
    openid: Vec<comity_openid::Provider>,
}

/// How lines of the log are written.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For a person.
    #[default]
    Text,
    /// One JSON object on each line, for a collector.
    Json,
}

/// An address, or a list of them.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "an address or a list of addresses")]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn list(&self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one.clone()],
            Self::More(more) => more.clone(),
        }
    }
}

/// What a command runs with, before its own options.
#[derive(Debug)]
pub struct Configuration {
    file: File,
    pub rules: Option<PathBuf>,
    keys: Option<PathBuf>,
    log: String,
    log_format: LogFormat,
}

/// Where the register is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    Folder(PathBuf),
    /// The addresses of one database: of its server, or of all members of a cluster.
    Database(Vec<String>),
}

impl Place {
    /// The option that names it, for a command that is suggested. An address may hold a password.
    pub fn option(&self) -> String {
        match self {
            Self::Folder(folder) => format!("--data {}", folder.display()),
            Self::Database(_) => "--database-url …".to_owned(),
        }
    }
}

/// Where and how to listen.
#[derive(Debug, Clone)]
pub struct Listening {
    pub address: IpAddr,
    pub port: u16,
    pub public_url: Option<String>,
    /// Proxies of ours on other machines.
    pub proxies: Vec<IpAddr>,
    /// Bytes; 0 for no cache.
    pub page_cache: u64,
    /// Where a monitor fetches figures; nowhere unless it is given.
    pub metrics: Option<SocketAddr>,
}

/// How letters are sent.
#[derive(Debug, Clone)]
pub struct Posting {
    /// A mail server or a folder.
    pub to: Option<String>,
    pub from: Option<String>,
    pub password: Option<PathBuf>,
    pub authority: Option<PathBuf>,
}

/// Where papers are kept.
#[derive(Debug, Clone)]
pub struct Keeping {
    /// A folder, or a bucket with a prefix.
    pub place: Option<String>,
    pub endpoint: Option<String>,
    pub region: Option<String>,
    pub key_id: Option<String>,
    pub secret: Option<PathBuf>,
    pub authority: Option<PathBuf>,
}

/// The port where none is given.
const PORT_DEFAULT: u16 = 8080;

/// Bytes of drawn pages kept where nothing is given.
const PAGE_CACHE_DEFAULT: u64 = 8 * 1024 * 1024;

pub fn read(common: &Common) -> Result<Configuration, Failure> {
    let file = match &common.config {
        None => File::default(),
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the configuration `{}`", path.display()))?;
            toml::from_str(&text).map_err(|error| {
                let line = error
                    .span()
                    .map_or(1, |span| text[..span.start].matches('\n').count() + 1);
                let what = anyhow::anyhow!("{}:{line}: {}", path.display(), error.message());
                Failure::hinted(
                    what,
                    Some("docs/operations/configuration.md lists every key"),
                )
            })?
        }
    };
    let rules = common.rules.clone().or_else(|| file.rules.clone());
    let log = common
        .log
        .clone()
        .or_else(|| file.log.clone())
        .unwrap_or_else(|| "warn".to_owned());
    let keys = common.keys.clone().or_else(|| file.keys.clone());
    let log_format = common.log_format.or(file.log_format).unwrap_or_default();
    Ok(Configuration {
        file,
        rules,
        keys,
        log,
        log_format,
    })
}

/// Starts the log on standard error.
pub fn log(configuration: &Configuration) -> Result<(), Failure> {
    let filter = tracing_subscriber::EnvFilter::try_new(&configuration.log)
        .with_context(|| format!("`{}` is not a log filter", configuration.log))
        .map_err(|error| {
            Failure::hinted(error, Some("try `info`, `debug` or `comity_web=debug`"))
        })?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match configuration.log_format {
        // Colours are for a terminal; in a file or a journal they are dirt.
        LogFormat::Text => builder
            .with_target(false)
            .with_ansi(std::io::stderr().is_terminal())
            .init(),
        LogFormat::Json => builder.json().flatten_event(true).init(),
    }
    Ok(())
}

impl Configuration {
    /// Where the register is; a command that needs one fails without.
    pub fn place(&self, options: &Where) -> Result<Place, Failure> {
        self.place_if_given(options).ok_or_else(|| {
            Failure::hinted(
                anyhow::anyhow!("no register is given"),
                Some("add `--data DIR` or `--database-url postgres://…`"),
            )
        })
    }

    /// Where the signing keys are: as given, or in the folder of the data.
    pub fn key_folder(&self, place: &Place) -> Result<KeyFolder, Failure> {
        self.key_folder_if_given(place).ok_or_else(|| {
            Failure::hinted(
                anyhow::anyhow!("no folder is given for the keys that sign checkpoints"),
                Some("add `--keys DIR`: a folder outside the database, the same on every node"),
            )
        })
    }

    /// The same, where it can do without.
    pub fn key_folder_if_given(&self, place: &Place) -> Option<KeyFolder> {
        let beside = match place {
            Place::Folder(folder) => Some(folder.join("keys")),
            Place::Database(_) => None,
        };
        self.keys.clone().or(beside).map(KeyFolder::new)
    }

    /// Where the register is, if anything says so.
    pub fn place_if_given(&self, options: &Where) -> Option<Place> {
        let folder = |path: &PathBuf| Place::Folder(path.clone());
        options
            .data
            .as_ref()
            .map(folder)
            .or_else(|| given(options.database_url.clone()))
            .or_else(|| self.file.data.as_ref().map(folder))
            .or_else(|| given(self.file.database_url.as_ref()?.list()))
    }

    /// The certificate that readers are shown, where the file says which it is.
    pub fn certificate(&self) -> Option<&Path> {
        self.file.certificate.as_deref()
    }

    pub fn mail(&self, options: &Mail) -> Posting {
        let file = &self.file;
        let either =
            |given: &Option<PathBuf>, file: &Option<PathBuf>| given.clone().or(file.clone());
        Posting {
            to: options.mail.clone().or_else(|| file.mail.clone()),
            from: options.mail_from.clone().or_else(|| file.mail_from.clone()),
            password: either(&options.mail_password_file, &file.mail_password_file),
            authority: either(&options.mail_authority, &file.mail_authority),
        }
    }

    pub fn files(&self, options: &Files) -> Keeping {
        let file = &self.file;
        let text = |given: &Option<String>, file: &Option<String>| given.clone().or(file.clone());
        let path = |given: &Option<PathBuf>, file: &Option<PathBuf>| given.clone().or(file.clone());
        Keeping {
            place: text(&options.files, &file.files),
            endpoint: text(&options.files_endpoint, &file.files_endpoint),
            region: text(&options.files_region, &file.files_region),
            key_id: text(&options.files_key_id, &file.files_key_id),
            secret: path(&options.files_secret_file, &file.files_secret_file),
            authority: path(&options.files_authority, &file.files_authority),
        }
    }

    /// The accounts of ministries.
    pub fn ministries(&self) -> &[comity_openid::Provider] {
        &self.file.openid
    }

    pub fn listening(&self, options: &Listen) -> Listening {
        Listening {
            address: options
                .listen
                .or(self.file.listen)
                .unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            port: options.port.or(self.file.port).unwrap_or(PORT_DEFAULT),
            public_url: options
                .public_url
                .clone()
                .or_else(|| self.file.public_url.clone()),
            proxies: if options.proxies.is_empty() {
                self.file.proxies.clone().unwrap_or_default()
            } else {
                options.proxies.clone()
            },
            page_cache: options
                .page_cache
                .or(self.file.page_cache)
                .unwrap_or(PAGE_CACHE_DEFAULT),
            metrics: options.metrics.or(self.file.metrics),
        }
    }
}

fn given(urls: Vec<String>) -> Option<Place> {
    (!urls.is_empty()).then_some(Place::Database(urls))
}
