//! Measurements, each run by its name: `cargo run --release -p comity-bench -- encoding`.

mod encoding;

use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::args().nth(1).as_deref() {
        Some("encoding") => encoding::run(),
        _ => {
            eprintln!("name one measurement: encoding");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
