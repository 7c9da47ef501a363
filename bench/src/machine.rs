//! What a measurement asks of the machine: memory, processor time, a folder that goes when it is done.

use std::future::Future;
use std::path::{Path, PathBuf};

/// Runs a future on as many threads as the machine has.
pub fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .expect("threads can be started")
        .block_on(future)
}

/// Resident memory of this process.
pub fn resident_kib() -> u64 {
    status("VmRSS:")
}

/// The most that was resident of this process since it started.
pub fn peak_kib() -> u64 {
    status("VmHWM:")
}

fn status(name: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let number = line.and_then(|line| line.split_whitespace().next()?.parse().ok());
    number.expect("a machine that tells the memory of a process")
}

/// Seconds of processor time that all threads of this process have taken.
pub fn busy() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    let ticks: f64 = after_name
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum();
    // Linux tells processor time in hundredths of a second whatever the kernel counts in.
    ticks / 100.0
}

/// The folder of the project's source.
pub fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The number behind a name on the command line.
pub fn option(arguments: &[String], name: &str) -> Option<u64> {
    word(arguments, name)?.replace('_', "").parse().ok()
}

/// The word behind a name on the command line.
pub fn word<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.get(at + 1).map(String::as_str)
}

/// A program of the project, built beside this one.
pub fn program(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("a program knows where it is");
    let program = own.with_file_name(name);
    assert!(
        program.exists(),
        "build it first: cargo build --release -p comity-cli -p comity-drills"
    );
    program
}

/// A folder for temporary files, removed when it is dropped.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    kept: bool,
}

impl Folder {
    /// A new one that goes; or the one behind `--in`, which is kept, so that several measurements share a register.
    pub fn new(name: &str, arguments: &[String]) -> Self {
        let given = word(arguments, "--in").map(PathBuf::from);
        let kept = given.is_some();
        let path = given.unwrap_or_else(|| {
            std::env::temp_dir().join(format!("conference-bench-{name}-{}", std::process::id()))
        });
        std::fs::create_dir_all(&path).expect("the folder for temporary files can be written");
        Self { path, kept }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.kept {
            // What cannot be removed is the machine's to remove.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}
