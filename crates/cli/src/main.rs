//! The program: reads its configuration, puts the parts together, and runs one command.
//!
//! It is the only crate that names a database and the only one that carries `rules/` and `record/`. It decides
//! nothing about a conference. Start with [`arguments`], then the command's own file.

mod archives;
mod arguments;
mod circulation;
mod commands;
mod configuration;
mod courts;
mod embedded;
mod failure;
mod illustration;
mod indoors;
mod informal;
mod keys;
mod limits;
mod loading;
mod mail;
mod monitor;
mod papers;
mod people;
mod postman;
mod seating;
mod site;
mod storage;

use std::process::ExitCode;

/// Replaying and appending are a fifth faster than with the allocator of the C library: docs/performance.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use clap::Parser;

use crate::arguments::{Arguments, Task};
use crate::failure::Failure;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // Whatever the program writes is for its owner alone: closed acts, names and addresses, keys.
    rustix::process::umask(rustix::fs::Mode::from_raw_mode(0o077));
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => {
            return Failure::from(
                anyhow::Error::new(error).context("cannot start the threads of the program"),
            )
            .report();
        }
    };
    match runtime.block_on(run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

async fn run(arguments: Arguments) -> Result<(), Failure> {
    let configuration = configuration::read(&arguments.common)?;
    configuration::log(&configuration)?;
    match arguments.task {
        Task::Demo(options) => commands::demo::run(&options, &configuration).await,
        Task::Serve(options) => commands::serve::run(&options, &configuration).await,
        Task::Init(options) => commands::init::run(&options, &configuration).await,
        Task::Import(options) => commands::import::run(&options, &configuration).await,
        Task::Export(options) => commands::export::run(&options, &configuration).await,
        Task::Backup(options) => commands::backup::run(&options, &configuration).await,
        Task::Restore(options) => commands::restore::run(&options, &configuration).await,
        Task::Forget(options) => commands::forget::run(&options, &configuration).await,
        Task::Move(options) => commands::move_to::run(&options, &configuration).await,
        Task::Verify(options) => commands::verify::run(&options, &configuration).await,
        Task::Keys(options) => commands::keys::run(&options, &configuration).await,
        Task::Checkpoint(options) => commands::checkpoint::run(&options, &configuration).await,
        Task::Rules(options) => commands::rules::run(&options, &configuration).await,
        Task::Calendar(options) => commands::calendar::run(&options, &configuration).await,
        Task::Invite(options) => commands::invite::run(&options, &configuration).await,
        Task::Doctor(options) => commands::doctor::run(&options, &configuration).await,
        Task::Show(options) => commands::show::run(&options, &configuration).await,
    }
}
