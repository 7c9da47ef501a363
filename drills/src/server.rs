//! A PostgreSQL of the drill's own: made, started, cut off and started again.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use tempfile::TempDir;

use crate::shim::{Disk, readable_folder};

const PATIENCE: Duration = Duration::from_secs(120);
const INSTALLED: &str = "/usr/lib/postgresql";

/// How a server is told to stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Ends the sessions and writes everything out.
    Fast,
    /// As after a crash.
    Immediate,
}

/// The disks of a server, where they are not the usual one.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disks<'a> {
    pub all: Option<&'a Path>,
    /// Of the write-ahead log alone.
    pub log: Option<&'a Path>,
}

/// A server that may run or not.
#[derive(Debug)]
pub struct Server {
    programs: PathBuf,
    home: TempDir,
    port: u16,
    settings: Vec<String>,
    running: Option<Running>,
}

#[derive(Debug)]
struct Running {
    process: Child,
    /// Ends when the last process of the server has.
    log: JoinHandle<Vec<String>>,
}

/// The processes that a process started and that live.
fn children(parent: u32) -> Result<Vec<String>> {
    let mut children = Vec::new();
    for entry in std::fs::read_dir("/proc").context("the machine has no `/proc`")? {
        let entry = entry?;
        // One that ends meanwhile has no such file any more.
        let stat = std::fs::read_to_string(entry.path().join("stat")).unwrap_or_default();
        // Behind the name, which may hold anything: state, parent.
        let behind = stat.rsplit_once(") ").map_or("", |(_, behind)| behind);
        if behind.split(' ').nth(1) == Some(&parent.to_string()) {
            children.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    Ok(children)
}

/// Where Debian installs the newest server; none where there is none.
pub fn installed() -> Option<PathBuf> {
    let mut versions: Vec<u32> = std::fs::read_dir(INSTALLED)
        .ok()?
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .collect();
    versions.sort_unstable();
    let programs = Path::new(INSTALLED)
        .join(versions.last()?.to_string())
        .join("bin");
    programs.join("postgres").exists().then_some(programs)
}

/// Servers refuse to run as root: the numbers of the user that Debian makes for them, where we are root.
fn owner() -> Result<Option<(u32, u32)>> {
    let number = |arguments: &[&str]| -> Result<u32> {
        let output = Command::new("id").args(arguments).output()?;
        let text = String::from_utf8(output.stdout)?;
        text.trim()
            .parse()
            .with_context(|| format!("`id {}` says `{}`", arguments.join(" "), text.trim()))
    };
    if number(&["-u"])? != 0 {
        return Ok(None);
    }
    Ok(Some((
        number(&["-u", "postgres"])?,
        number(&["-g", "postgres"])?,
    )))
}

fn owned(mut command: Command) -> Result<Command> {
    if let Some((user, group)) = owner()? {
        command.uid(user).gid(group);
    }
    command.current_dir("/").stdin(Stdio::null());
    Ok(command)
}

impl Server {
    /// Makes a server with an empty database. Settings are of the form `name=value`.
    pub fn make(programs: &Path, settings: &[&str]) -> Result<Self> {
        Self::make_on(Disks::default(), programs, settings)
    }

    /// The same on disks that are not the usual one.
    pub fn make_on(disks: Disks<'_>, programs: &Path, settings: &[&str]) -> Result<Self> {
        let usual = std::env::temp_dir();
        let home = readable_folder(disks.all.unwrap_or(&usual))?;
        let mut command = owned(Command::new(programs.join("initdb")))?;
        command
            .arg("-D")
            .arg(home.path().join("data"))
            .args(["-U", "comity", "-A", "trust", "-E", "UTF8", "--no-sync"])
            .args(["--wal-segsize", "1"]);
        if let Some(log) = disks.log {
            command.arg("--waldir").arg(log.join("wal"));
        }
        let made = command.output().context("cannot run initdb")?;
        ensure!(
            made.status.success(),
            "initdb failed: {}",
            String::from_utf8_lossy(&made.stderr)
        );
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        Ok(Self {
            programs: programs.to_owned(),
            home,
            port,
            settings: settings
                .iter()
                .map(|setting| (*setting).to_owned())
                .collect(),
            running: None,
        })
    }

    pub fn data(&self) -> PathBuf {
        self.home.path().join("data")
    }

    pub const fn port(&self) -> u16 {
        self.port
    }

    pub fn url(&self, database: &str) -> String {
        format!("postgres://comity@127.0.0.1:{}/{database}", self.port)
    }

    /// Starts it and waits until it lets connections in.
    pub fn start(&mut self, disk: Option<&Disk>) -> Result<()> {
        let mut command = owned(Command::new(self.programs.join("postgres")))?;
        command
            .arg("-D")
            .arg(self.data())
            .args(["-p", &self.port.to_string()])
            .args([
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "logging_collector=off",
            ])
            .args([
                "-c",
                &format!("unix_socket_directories={}", self.home.path().display()),
            ]);
        for setting in &self.settings {
            command.args(["-c", setting]);
        }
        if let Some(disk) = disk {
            command.envs(disk.environment());
        }
        // English words, to know the line that says that it is ready.
        let mut process = command
            .env("LC_ALL", "C")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .context("cannot start postgres")?;
        let errors = process.stderr.take().context("postgres has no log")?;
        let (tell, told) = channel();
        let log = std::thread::spawn(move || {
            let mut lines = Vec::new();
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                if line.contains("ready to accept connections") {
                    // Nobody may be listening any more.
                    let _ = tell.send(());
                }
                lines.push(line);
            }
            lines
        });
        self.running = Some(Running { process, log });
        self.wait_until_ready(&told)
    }

    fn wait_until_ready(&mut self, told: &Receiver<()>) -> Result<()> {
        if told.recv_timeout(PATIENCE).is_ok() {
            return Ok(());
        }
        let log = self.wait()?;
        bail!("postgres did not start: {}", log.join("\n"))
    }

    /// Every process of it at once, as when the power goes. The disk must be frozen before, if there is one.
    pub fn kill(&mut self) -> Result<Vec<String>> {
        // Held still, so that it starts no other while they are looked for. They do not all end when it does: one that
        // waits for a lock of one that is gone waits forever.
        self.signal("-STOP")?;
        if let Some(running) = &mut self.running {
            for child in children(running.process.id())? {
                // One that ended meanwhile is as good as killed.
                let _ = Command::new("kill").args(["-KILL", &child]).status()?;
            }
            running.process.kill().context("cannot kill postgres")?;
        }
        self.wait()
    }

    /// Tells it to stop and waits until it has.
    pub fn stop(&mut self, how: Stop) -> Result<Vec<String>> {
        self.signal(match how {
            Stop::Fast => "-INT",
            Stop::Immediate => "-QUIT",
        })?;
        self.wait()
    }

    pub fn signal(&self, signal: &str) -> Result<()> {
        let Some(running) = &self.running else {
            return Ok(());
        };
        let status = Command::new("kill")
            .args([signal, &running.process.id().to_string()])
            .status()?;
        ensure!(status.success(), "postgres cannot be signalled");
        Ok(())
    }

    /// True while its first process lives.
    pub fn runs(&mut self) -> Result<bool> {
        match &mut self.running {
            Some(running) => Ok(running.process.try_wait()?.is_none()),
            None => Ok(false),
        }
    }

    /// Waits for the last process of it, and gives its log.
    pub fn wait(&mut self) -> Result<Vec<String>> {
        let Some(mut running) = self.running.take() else {
            return Ok(Vec::new());
        };
        running.process.wait()?;
        running
            .log
            .join()
            .map_err(|_| anyhow::anyhow!("the reader of the log failed"))
    }

    /// Runs statements in a database.
    pub fn sql(&self, database: &str, statements: &str) -> Result<String> {
        let output = Command::new(self.programs.join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d"])
            .arg(self.url(database))
            .args(["-c", statements])
            .stdin(Stdio::null())
            .output()
            .context("cannot run psql")?;
        ensure!(
            output.status.success(),
            "`{statements}` failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // At the end of a drill, also of one that failed; nothing of it is kept.
        let _ = self.stop(Stop::Immediate);
    }
}
