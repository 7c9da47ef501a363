//! Measurements, each run by its name: `cargo run --release -p comity-bench -- encoding`.

mod encoding;
mod machine;
mod replay;
mod site;
mod synthetic;

use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let name = arguments.first().map(String::as_str);
    let second = arguments.get(1).map_or("", String::as_str);
    match name {
        Some("encoding") => encoding::run(),
        Some("replay") => replay::run(&arguments),
        Some("site") => site::run(),
        // The other sides of measurements, which start them by themselves.
        Some("bare") => site::bare(second),
        Some("replayed") => replay::replayed(second),
        _ => {
            eprintln!("name one measurement: encoding, replay, site");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
