//! The child that is killed: some tasks hand in commands with known ids and say on standard output what became of each.

use std::io::Write;

use anyhow::Result;
use comity_registrar::Registrar;

use crate::node::{self, Place};

#[derive(Debug, clap::Args)]
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
    /// Reads all the while, and says how often it was served.
    #[arg(long)]
    pub reads: bool,
    /// The twin that must lose acts.
    #[arg(long)]
    pub without_sync: bool,
}

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
    let reader = options.reads.then(|| {
        tokio::spawn(async move {
            // Whatever fails here ends the reading, and the drill counts too few reads.
            while register.read(0, 10).await.is_ok() && say("read").is_ok() {
                tokio::task::yield_now().await;
            }
        })
    });
    let writers: Vec<_> = (0..options.writers)
        .map(|writer| {
            let registrar = registrar.clone();
            tokio::spawn(write(
                registrar,
                options.round,
                writer,
                options.commands.unwrap_or(u64::MAX),
            ))
        })
        .collect();
    for writer in writers {
        writer.await??;
    }
    if let Some(reader) = reader {
        reader.abort();
    }
    Ok(())
}

async fn write(registrar: Registrar, round: u64, writer: u64, commands: u64) -> Result<()> {
    for number in 0..commands {
        let id = node::name(round, writer, number);
        say(&format!("sent {id}"))?;
        match node::submit(&registrar, &id).await? {
            Ok(settled) => {
                let acts: Vec<String> = settled.acts.iter().map(ToString::to_string).collect();
                say(&format!("ack {id} {}", acts.join(" ")))?;
            }
            Err(refusal) => say(&format!("refused {id} {refusal}"))?,
        }
    }
    Ok(())
}
