//! The servers of the tests: moto's, and those that fail.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server that speaks S3, with one bucket.
pub struct Server {
    child: Child,
    pub port: u16,
    /// Where the authority of its certificate is, if it speaks TLS.
    pub folder: tempfile::TempDir,
}

/// How a server is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    Plain,
    Tls,
}

impl Server {
    /// `None` where no Python with moto is named.
    pub async fn start(bucket: &str) -> Option<Self> {
        let server = Self::start_over(Over::Plain).await?;
        server.put(bucket, b"").await;
        Some(server)
    }

    /// Without a bucket.
    pub async fn start_over(over: Over) -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "a test's own configuration")]
        let Ok(python) = std::env::var("COMITY_TEST_S3_PYTHON") else {
            eprintln!("left out: COMITY_TEST_S3_PYTHON names no interpreter");
            return None;
        };
        // A port was free a moment ago. Another may take it; then the next one is tried.
        for _ in 0..5 {
            let folder = tempfile::tempdir().unwrap();
            let port = free_port().await;
            let child = command(&python, over, port, folder.path()).spawn().unwrap();
            let mut server = Self {
                child,
                port,
                folder,
            };
            if server.is_up().await {
                return Some(server);
            }
        }
        panic!("the server does not start: has the interpreter moto[server]?");
    }

    async fn is_up(&mut self) -> bool {
        for _ in 0..300 {
            if self.child.try_wait().unwrap().is_some() {
                return false;
            }
            if TcpStream::connect(("127.0.0.1", self.port)).await.is_ok() {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        false
    }

    /// Puts something past the store.
    pub async fn put(&self, path: &str, body: &[u8]) {
        self.ask("PUT", path, body).await;
    }

    /// From now on keys are checked, and none is known.
    pub async fn ask_for_keys(&self) {
        self.ask("POST", "moto-api/reset-auth", b"0").await;
    }

    async fn ask(&self, method: &str, path: &str, body: &[u8]) {
        let mut talk = TcpStream::connect(("127.0.0.1", self.port)).await.unwrap();
        let head = format!(
            "{method} /{path} HTTP/1.1\r\nhost: 127.0.0.1:{}\r\ncontent-length: {}\r\nconnection: close\r\n\
             authorization: AWS4-HMAC-SHA256 Credential=test/20120201/us-east-1/s3/aws4_request\r\n\r\n",
            self.port,
            body.len()
        );
        talk.write_all(&[head.as_bytes(), body].concat())
            .await
            .unwrap();
        let mut answer = String::new();
        talk.read_to_string(&mut answer).await.unwrap();
        assert!(answer.contains(" 200 "), "{answer}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(python: &str, over: Over, port: u16, folder: &Path) -> Command {
    let mut command = Command::new(python);
    command
        .args([
            "-m",
            "moto.server",
            "-H",
            "127.0.0.1",
            "-p",
            &port.to_string(),
        ])
        // Keys are asked for once `ask_for_keys` says so.
        .env("INITIAL_NO_AUTH_ACTION_COUNT", "inf")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if over == Over::Tls {
        let made = Command::new(python)
            .arg(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/server/certificate.py"
            ))
            .arg(folder)
            .status();
        assert!(made.unwrap().success());
        command
            .arg("-s")
            .arg("-c")
            .arg(folder.join("certificate.pem"))
            .arg("-k")
            .arg(folder.join("key.pem"));
    }
    command
}

async fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().port()
}

/// How a server fails.
#[derive(Debug, Clone, Copy)]
pub enum Answers {
    /// There is none.
    Nobody,
    /// It takes the connection and is silent.
    Nothing,
    /// It answers, and sends a byte now and then, for ever.
    Trickle,
    /// It ends the connection in the middle of the answer's head.
    Cut,
    /// It answers with this status, this header and this body, and ends.
    With(&'static str, &'static str, &'static str),
    /// It knows no `If-None-Match`.
    Unconditional,
}

/// The port of a server that answers so until the test is over.
pub async fn answering(answers: Answers) -> u16 {
    if matches!(answers, Answers::Nobody) {
        return free_port().await;
    }
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((talk, _)) = listener.accept().await {
            tokio::spawn(answer(talk, answers));
        }
    });
    port
}

async fn answer(mut talk: TcpStream, answers: Answers) {
    let mut heard = vec![0; 8192];
    let length = talk.read(&mut heard).await.unwrap_or(0);
    let heard = String::from_utf8_lossy(&heard[..length]).to_lowercase();
    let said = match answers {
        Answers::Nobody | Answers::Nothing => return std::future::pending().await,
        Answers::Trickle => return trickle(talk).await,
        Answers::Cut => "HTTP/1.1 200 OK\r\ncontent-le".to_owned(),
        Answers::With(status, header, body) => {
            format!(
                "HTTP/1.1 {status}\r\netag: \"x\"\r\nlast-modified: Wed, 01 Feb 2012 15:00:00 GMT\r\n\
                 connection: close\r\n{header}\r\n\r\n{body}"
            )
        }
        Answers::Unconditional => {
            let status = match heard.contains("if-none-match") {
                true => "501 Not Implemented",
                false => "200 OK",
            };
            format!(
                "HTTP/1.1 {status}\r\netag: \"x\"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
            )
        }
    };
    let _ = talk.write_all(said.as_bytes()).await;
    let _ = talk.shutdown().await;
    // What was sent meanwhile is read, or the answer would be lost with it.
    let mut rest = [0; 1024];
    while talk.read(&mut rest).await.is_ok_and(|length| length > 0) {}
}

async fn trickle(mut talk: TcpStream) {
    // Without a tag what is missing cannot be asked for alone.
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\
                last-modified: Wed, 01 Feb 2012 15:00:00 GMT\r\n\r\n";
    let _ = talk.write_all(head.as_bytes()).await;
    while talk.write_all(b"x").await.is_ok() {
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}
