//! The child that is killed: some tasks hand in commands with known ids and say on standard output what became of each.

use std::io::Write;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use comity_register::Register;
use comity_registrar::Registrar;

use crate::node::{self, Place};

#[derive(Debug, Clone, clap::Args)]
pub struct Writer {
    #[command(flatten)]
    pub place: Place,
    /// The round, which is part of the ids.
    #[arg(long)]
    pub round: u64,
    #[arg(long, default_value_t = 8)]
    pub writers: u64,
    /// How many commands each hands in; without it they go on until they are killed.
    #[arg(long)]
    pub commands: Option<u64>,
    /// How long each waits between two commands, in milliseconds.
    #[arg(long, default_value_t = 0)]
    pub pause_ms: u64,
    /// Reads all the while, and says how often it was served.
    #[arg(long)]
    pub reads: bool,
    /// Sends a refused command again under its id until it is taken, as a person would.
    #[arg(long)]
    pub patient: bool,
    /// The twin that must lose acts.
    #[arg(long)]
    pub without_sync: bool,
}

/// How long a patient writer waits after a refusal.
const PATIENCE: Duration = Duration::from_millis(50);

/// One line, handed to the system in one piece before anything else happens.
fn say(line: &str) -> Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())?;
    out.flush()?;
    Ok(())
}

pub async fn run(options: Writer) -> Result<()> {
    let register = if options.without_sync {
        options.place.open_without_sync().await?
    } else {
        options.place.open().await?
    };
    let registrar = node::registrar(register.clone()).await?;
    say("ready")?;
    if options.reads {
        tokio::spawn(read(register));
    }
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..options.writers {
        writers.spawn(write(registrar.clone(), writer, options.clone()));
    }
    while let Some(written) = writers.join_next().await {
        written??;
    }
    Ok(())
}

/// Says each time that it was served. It ends with the process, or when the register cannot be read.
async fn read(register: Arc<dyn Register>) -> Result<()> {
    loop {
        register.read(0, 10).await?;
        say("read")?;
        tokio::task::yield_now().await;
    }
}

async fn write(registrar: Registrar, writer: u64, options: Writer) -> Result<()> {
    for number in 0..options.commands.unwrap_or(u64::MAX) {
        let id = node::name(options.round, writer, number);
        say(&format!("sent {id}"))?;
        loop {
            match node::submit(&registrar, &id).await? {
                Ok(settled) => {
                    let acts: Vec<String> = settled.acts.iter().map(ToString::to_string).collect();
                    say(&format!("ack {id} {}", acts.join(" ")))?;
                    break;
                }
                Err(refusal) => say(&format!("refused {id} {refusal}"))?,
            }
            if !options.patient {
                break;
            }
            tokio::time::sleep(PATIENCE).await;
        }
        if options.pause_ms > 0 {
            tokio::time::sleep(Duration::from_millis(options.pause_ms)).await;
        }
    }
    Ok(())
}
