//! Measurements, each run by its name: `cargo run --release -p comity-bench -- encoding`.

mod access;
mod appends;
mod backup;
mod board;
mod deadlines;
mod desk;
mod encoding;
mod kill;
mod letters;
mod machine;
mod raw;
mod replay;
mod server;
mod site;
mod start;
mod synthetic;
mod verify;

use std::process::ExitCode;

/// Replaying and appending are a fifth faster than with the allocator of the C library: docs/performance.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let name = arguments.first().map(String::as_str);
    let second = arguments.get(1).map_or("", String::as_str);
    match name {
        Some("access") => access::run(),
        Some("appends") => appends::run(&arguments),
        Some("backup") => backup::run(&arguments),
        Some("board") => board::run(),
        Some("deadlines") => deadlines::run(),
        Some("desk") => desk::run(),
        Some("encoding") => encoding::run(),
        Some("kill") => return kill::run(&arguments),
        Some("letters") => letters::run(&arguments),
        Some("replay") => replay::run(&arguments),
        Some("site") => site::run(),
        Some("start") => start::run(&arguments),
        Some("verify") => verify::run(&arguments),
        // The other sides of measurements, which start them by themselves.
        Some("bare") => site::bare(second),
        Some("replayed") => replay::replayed(second),
        _ => {
            eprintln!(
                "name one measurement: access, appends, backup, board, deadlines, desk, encoding, kill, letters, replay, site, start, verify"
            );
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
