//! A connection that is cut in the middle of a commit: nobody knows whether it happened. The node settles it by the
//! command's id, and the sender is answered with one set of acts.

use std::path::Path;

use anyhow::{Result, ensure};
use comity_registrar::{Refusal, Registrar};
use tokio::task::JoinSet;

use crate::child;
use crate::kill::ensure_kept;
use crate::ledger::Ledger;
use crate::node::{self, Place};
use crate::proxy::{Cut, Proxy};
use crate::report::Report;
use crate::server::Server;

const WRITERS: u64 = 8;
/// How often a sender who was refused asks again.
const ASKED_MAX: u64 = 50;

pub fn postgresql(programs: &Path, cut: Cut, rounds: u64) -> Result<Report> {
    let mut server = Server::make(programs, &[])?;
    server.start(None)?;
    let direct = Place::database(server.url("postgres"));
    child::prepare(&direct)?;
    let mut ledger = Ledger::default();
    let runtime = tokio::runtime::Runtime::new()?;
    let asked_again = runtime.block_on(rounds_of(cut, rounds, server.port(), &mut ledger))?;
    drop(runtime);
    let scratch = tempfile::tempdir()?;
    let found = child::check(&direct, &mut ledger, scratch.path())?;
    ensure_kept(&found, rounds)?;
    let variant = match cut {
        Cut::Before => "before the server has it",
        Cut::AfterAnswer => "answer lost",
        Cut::AfterSending => "while it is at it",
        Cut::Nowhere => "nowhere",
    };
    let mut report = Report::new("cut-commit", variant);
    report.count("commits cut", rounds);
    report.count("asked again by the sender", asked_again);
    report.findings(&found);
    Ok(report)
}

async fn rounds_of(cut: Cut, rounds: u64, server: u16, ledger: &mut Ledger) -> Result<u64> {
    let proxy = Proxy::before(server).await?;
    let place = Place::database(proxy.url("postgres"));
    let registrar = node::registrar(place.open().await?).await?;
    let mut asked_again = 0;
    for round in 0..rounds {
        proxy.cut_next(cut);
        let mut senders = JoinSet::new();
        for writer in 0..WRITERS {
            let id = node::name(round, writer, 0);
            senders.spawn(send(registrar.clone(), id));
        }
        while let Some(sent) = senders.join_next().await {
            let (id, acts, asked) = sent??;
            asked_again += asked;
            ledger.commands.insert(id, Some(acts));
        }
        ensure!(
            proxy.cuts() == round + 1,
            "no commit was cut in round {round}"
        );
    }
    Ok(asked_again)
}

/// Sends a command until it is taken, and says how often it had to be sent again.
async fn send(registrar: Registrar, id: String) -> Result<(String, Vec<String>, u64)> {
    for asked in 0..ASKED_MAX {
        match node::submit(&registrar, &id).await? {
            Ok(settled) => {
                let acts = settled.acts.iter().map(ToString::to_string).collect();
                return Ok((id, acts, asked));
            }
            Err(Refusal::NotInOrder(rejection)) => anyhow::bail!("`{id}`: {rejection}"),
            Err(_) => tokio::time::sleep(std::time::Duration::from_millis(100)).await,
        }
    }
    anyhow::bail!("`{id}` was never taken")
}
