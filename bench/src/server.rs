//! A PostgreSQL of the bench's own, made and started as `./check` does, and removed with everything in it.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::machine::Folder;

const INSTALLED: &str = "/usr/lib/postgresql";

/// A server that runs until it is dropped.
#[derive(Debug)]
pub struct Server {
    programs: PathBuf,
    data: PathBuf,
    port: u16,
    // Removed after the server has stopped: fields are dropped after the server itself.
    _folder: Folder,
}

impl Server {
    /// Makes one and starts it; none where Debian's packages are not installed.
    pub fn start() -> Option<Self> {
        let programs = installed()?;
        let folder = Folder::new("postgres", &[]);
        if is_root() {
            run(Command::new("chown").arg("postgres").arg(folder.path()));
        }
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .expect("a free port")
            .port();
        let server = Self {
            programs,
            data: folder.path().join("data"),
            port,
            _folder: folder,
        };
        run(server.program("initdb").args([
            "-U",
            "comity",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]));
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={}",
            server.data.display()
        );
        let log = server.data.join("log");
        run(server
            .program("pg_ctl")
            .args(["-w", "-o", &options, "-l"])
            .arg(log)
            .arg("start"));
        Some(server)
    }

    /// How to reach its database.
    pub fn url(&self) -> String {
        format!("postgres://comity@127.0.0.1:{}/postgres", self.port)
    }

    /// One of its programs on its data, as a user that a server may run as.
    fn program(&self, name: &str) -> Command {
        let program = self.programs.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.arg("-D").arg(&self.data).current_dir("/");
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        run(self
            .program("pg_ctl")
            .args(["-w", "-m", "immediate", "stop"]));
    }
}

fn run(command: &mut Command) {
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .expect("the program is installed");
    assert!(status.success(), "{command:?}");
}

fn is_root() -> bool {
    let output = Command::new("id").arg("-u").output();
    output.expect("`id` is part of every system").stdout == b"0\n"
}

/// Where Debian installs the newest server.
fn installed() -> Option<PathBuf> {
    let versions = std::fs::read_dir(INSTALLED).ok()?;
    let newest: u32 = versions
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .max()?;
    let programs = Path::new(INSTALLED).join(newest.to_string()).join("bin");
    programs.join("postgres").exists().then_some(programs)
}
