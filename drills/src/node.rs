//! A node as a drill uses it: the real adapters, the real registrar, and commands that follow from their ids.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use comity_postgres::{Addresses, PostgresRegister};
use comity_record::{RecordFile, read};
use comity_register::Register;
use comity_registrar::{
    Command, CommandId, Instants, OnDifference, Registrar, Row, Seat, SystemChance, SystemClock,
};
use comity_rules::Rules;
use comity_sqlite::SqliteRegister;

const RULES: &str = include_str!("../../rules/rcm-2011/rules.toml");

/// Where a register stands.
#[derive(Debug, Clone, clap::Args)]
#[group(required = true, multiple = false)]
pub struct Place {
    /// A folder with the register in an SQLite file.
    #[arg(long)]
    pub folder: Option<PathBuf>,
    /// A database of PostgreSQL; of a cluster the addresses of all members, with commas between them.
    #[arg(long)]
    pub database: Option<String>,
}

impl Place {
    pub fn folder(folder: &Path) -> Self {
        Self {
            folder: Some(folder.to_owned()),
            database: None,
        }
    }

    pub fn database(url: String) -> Self {
        Self {
            folder: None,
            database: Some(url),
        }
    }

    /// How a child is told of it.
    pub fn arguments(&self) -> Vec<String> {
        let folder = self
            .folder
            .iter()
            .flat_map(|folder| ["--folder".to_owned(), folder.display().to_string()]);
        let database = self
            .database
            .iter()
            .flat_map(|url| ["--database".to_owned(), url.clone()]);
        folder.chain(database).collect()
    }

    /// Opens the register as the program does.
    pub async fn open(&self) -> Result<Arc<dyn Register>> {
        match (&self.folder, &self.database) {
            (Some(folder), _) => Ok(Arc::new(SqliteRegister::open(file(folder)).await?)),
            (None, Some(url)) => Ok(Arc::new(
                PostgresRegister::connect(Addresses::new(url.split(','))).await?,
            )),
            (None, None) => bail!("no place is given"),
        }
    }

    /// Opens it as the program never does: what is acknowledged is not on disk.
    pub async fn open_without_sync(&self) -> Result<Arc<dyn Register>> {
        let folder = self
            .folder
            .as_ref()
            .context("only a file can be opened without sync")?;
        let register = SqliteRegister::open_unsafely_without_sync(file(folder)).await?;
        Ok(Arc::new(register))
    }

    async fn create(&self) -> Result<Arc<dyn Register>> {
        match &self.folder {
            Some(folder) => Ok(Arc::new(SqliteRegister::create(file(folder)).await?)),
            None => self.open().await,
        }
    }

    /// Makes the register, with the acts that every command of a drill rests on.
    pub async fn prepare(&self) -> Result<()> {
        let registrar = registrar(self.create().await?).await?;
        let rules = Command::AdoptRules {
            rules: Arc::new(Rules::parse(RULES)?),
            documents: Default::default(),
            register: "drill".to_owned(),
            demo: false,
        };
        for (id, command) in [("rules", rules), ("source", facts(rows(SOURCE)?))] {
            registrar
                .submit(Seat::Operator, id.parse()?, command)
                .await?;
        }
        Ok(())
    }
}

/// How many acts `prepare` makes.
pub const PREPARED: u64 = 2;

/// The register's file, as the program names it.
pub fn file(folder: &Path) -> PathBuf {
    folder.join("register.sqlite")
}

pub async fn registrar(register: Arc<dyn Register>) -> Result<Registrar> {
    let clock = Arc::new(SystemClock);
    let instants = Instants {
        conference: clock.clone(),
        system: clock,
    };
    Ok(Registrar::open(register, instants, Arc::new(SystemChance), |_, _| {}).await?)
}

/// The id of the n-th command of a writer in a round.
pub fn name(round: u64, writer: u64, number: u64) -> String {
    format!("r{round}-w{writer}-n{number}")
}

/// How many acts the command of this id makes: one to three, so that half of one could be seen.
pub fn acts_of(id: &str) -> u64 {
    let number: u64 = id
        .rsplit_once("-n")
        .and_then(|(_, number)| number.parse().ok())
        .unwrap_or_default();
    1 + number % 3
}

/// The command of this id. It is the same whenever it is asked for, as a sender's must be.
pub fn command(id: &str) -> Result<Command> {
    let mut text = String::new();
    for act in 0..acts_of(id) {
        let party = format!("{id}-{act}");
        text.push_str(&format!(
            "[[party]]\nid = \"{party}\"\nkind = \"member\"\nlines = \"1\"\nname = {{ en = \"{party}\", es = \"{party}\" }}\n"
        ));
    }
    Ok(facts(rows(&text)?))
}

pub async fn submit(
    registrar: &Registrar,
    id: &str,
) -> Result<Result<comity_registrar::Settled, comity_registrar::Refusal>> {
    let command_id: CommandId = id.parse()?;
    Ok(registrar
        .submit(Seat::Operator, command_id, command(id)?)
        .await)
}

const SOURCE: &str = r#"
[[source]]
id = "book"
lines = "1"
title = { en = "A book", es = "Un libro" }
publisher = { en = "A press", es = "Una imprenta" }
published = "2011"
summary = { en = "A book.", es = "Un libro." }
"#;

fn rows(text: &str) -> Result<Vec<Row>> {
    let file = RecordFile {
        name: "drill.toml",
        text,
    };
    let rows = read(&[file], "book")
        .map_err(|faults| anyhow::anyhow!("a row of the drill is out of form: {faults:?}"))?;
    Ok(rows.into_iter().map(|row| row.row).collect())
}

fn facts(rows: Vec<Row>) -> Command {
    Command::RecordFacts {
        rows,
        on_difference: OnDifference::Refuse,
    }
}
