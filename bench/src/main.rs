//! Measurements, each run by its name: `cargo run --release -p comity-bench -- encoding`.

mod encoding;
mod site;

use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("encoding") => encoding::run(),
        Some("site") => site::run(),
        // The other side of `site`; it starts it by itself.
        Some("bare") => site::bare(&std::env::args().nth(2).unwrap_or_default()),
        _ => {
            eprintln!("name one measurement: encoding, site");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
