//! A bucket of a real server, and of servers that fail.
//!
//! The real one is moto's, from the Python that `COMITY_TEST_S3_PYTHON` names; without it those cases say that they are
//! left out. The failing ones are here.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod server;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use comity_files::conformance::Ground;
use comity_files::{Addressing, Error, Files, Hash, Patience, S3, S3Setting, SettingWrong};
use futures_util::future::BoxFuture;
use server::{Answers, Over, Server, answering};

const SHORT: Patience = Patience {
    connect: Duration::from_millis(500),
    attempt: Duration::from_millis(500),
    whole: Duration::from_secs(3),
    retries: 1,
};

/// A setting for the server at this port, and the folder that holds its secret.
fn setting(port: u16, bucket: &str) -> (S3Setting, tempfile::TempDir) {
    let place = tempfile::tempdir().unwrap();
    let secret = place.path().join("secret");
    std::fs::write(&secret, "aSecretNobodySees\n").unwrap();
    let setting = S3Setting {
        endpoint: format!("http://127.0.0.1:{port}"),
        bucket: bucket.to_owned(),
        prefix: "conference/files".to_owned(),
        region: "us-east-1".to_owned(),
        key_id: "AKIDOFTHECONFERENCE".to_owned(),
        secret,
        addressing: Addressing::Path,
        authority: None,
        patience: SHORT,
    };
    (setting, place)
}

fn store(port: u16, bucket: &str) -> S3 {
    let (setting, _place) = setting(port, bucket);
    S3::open(setting).unwrap()
}

mod conforms {
    use super::{Arc, BoxFuture, Duration, Files, Ground, Patience, S3, SHORT, Server, setting};

    struct InBucket(Server);

    impl Ground for InBucket {
        fn open(&self) -> BoxFuture<'_, Arc<dyn Files>> {
            let (mut setting, _place) = setting(self.0.port, "papers");
            setting.patience = Patience {
                attempt: Duration::from_secs(20),
                whole: Duration::from_secs(40),
                ..SHORT
            };
            let files: Arc<dyn Files> = Arc::new(S3::open(setting).unwrap());
            Box::pin(async { files })
        }
    }

    comity_files::conformance!(async { Server::start("papers").await.map(InBucket) });
}

#[tokio::test]
async fn what_is_not_ours_in_a_bucket_is_in_no_list() {
    let Some(server) = Server::start("papers").await else {
        return;
    };
    let files = store(server.port, "papers");
    let hash = files.put(Bytes::from_static(b"a note")).await.unwrap();
    let stray = Hash::of(b"stray");
    for key in [
        "other",
        &format!("conference/files/{stray}"),
        "conference/files/README",
    ] {
        server.put(&format!("papers/{key}"), b"x").await;
    }
    assert_eq!(files.list(None, 9).await.unwrap(), [hash]);
}

#[tokio::test]
async fn a_damaged_file_is_named_and_mended_by_putting_it_again() {
    let Some(server) = Server::start("papers").await else {
        return;
    };
    let files = store(server.port, "papers");
    let hash = files.put(Bytes::from_static(b"a note")).await.unwrap();
    let name = hash.to_string();
    let key = format!(
        "papers/conference/files/{}/{}/{name}",
        &name[..2],
        &name[2..4]
    );
    server.put(&key, b"b note").await;
    let error = files.get(&hash).await.unwrap_err();
    assert!(matches!(error, Error::Damaged { hash: named, .. } if named == hash));
    files.put(Bytes::from_static(b"a note")).await.unwrap();
    assert!(files.get(&hash).await.unwrap().is_some());
}

#[tokio::test]
async fn a_bucket_that_is_not_there_is_named() {
    let Some(server) = Server::start("papers").await else {
        return;
    };
    let files = store(server.port, "elsewhere");
    let hash = Hash::of(b"a note");
    let errors = [
        files.put(Bytes::from_static(b"a note")).await.map(drop),
        files.get(&hash).await.map(drop),
        files.has(&hash).await.map(drop),
        files.list(None, 1).await.map(drop),
        files.check().await,
    ];
    for error in errors {
        let error = error.unwrap_err();
        assert!(
            matches!(&error, Error::NoBucket { bucket } if bucket == "elsewhere"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_key_that_is_not_known_is_not_let_in() {
    let Some(server) = Server::start("papers").await else {
        return;
    };
    server.ask_for_keys().await;
    let files = store(server.port, "papers");
    let error = files.put(Bytes::from_static(b"a note")).await.unwrap_err();
    assert!(matches!(error, Error::Denied { .. }), "{error}");
    says_no_secret(&error);
}

fn says_no_secret(error: &Error) {
    let words = format!("{error} {error:?}");
    for secret in ["aSecretNobodySees", "AKIDOFTHECONFERENCE", "Signature="] {
        assert!(!words.contains(secret), "{words}");
    }
}

#[tokio::test]
async fn a_server_that_says_nothing_is_left() {
    let port = answering(Answers::Nothing).await;
    let files = store(port, "papers");
    for error in [
        files.put(Bytes::from_static(b"a note")).await.unwrap_err(),
        files.get(&Hash::of(b"a note")).await.unwrap_err(),
        files.list(None, 1).await.unwrap_err(),
        files.check().await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::TimedOut { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn a_server_that_trickles_is_left_in_the_end() {
    let port = answering(Answers::Trickle).await;
    let error = store(port, "papers").get(&Hash::of(b"a note")).await;
    assert!(matches!(error, Err(Error::TimedOut { .. })), "{error:?}");
}

#[tokio::test]
async fn a_connection_that_is_cut_is_an_error() {
    let port = answering(Answers::Cut).await;
    let files = store(port, "papers");
    for error in [
        files.put(Bytes::from_static(b"a note")).await.unwrap_err(),
        files.get(&Hash::of(b"a note")).await.unwrap_err(),
        files.check().await.unwrap_err(),
    ] {
        assert!(matches!(error, Error::Store { .. }), "{error:?}");
    }
    let nobody = answering(Answers::Nobody).await;
    let error = store(nobody, "papers").check().await.unwrap_err();
    assert!(error.to_string().contains("nobody answers"), "{error}");
}

#[tokio::test]
async fn a_body_that_ends_early_is_never_given_out() {
    // Fewer bytes than were announced.
    let port = answering(Answers::With("200 OK", "content-length: 6", "a no")).await;
    let error = store(port, "papers").get(&Hash::of(b"a note")).await;
    assert!(error.is_err(), "{error:?}");
    // As many as were announced, which are too few: only the hash tells.
    let port = answering(Answers::With("200 OK", "content-length: 4", "a no")).await;
    let error = store(port, "papers").get(&Hash::of(b"a note")).await;
    assert!(matches!(error, Err(Error::Damaged { .. })), "{error:?}");
}

#[tokio::test]
async fn what_a_server_repeats_is_not_said_again() {
    const BODY: &str = "<Error><Code>SignatureDoesNotMatch</Code>\
        <AWSAccessKeyId>AKIDOFTHECONFERENCE</AWSAccessKeyId><StringToSign>Signature=</StringToSign></Error>";
    for (status, says) in [
        ("403 Forbidden", "does not let us in"),
        ("400 Bad Request", "`SignatureDoesNotMatch`"),
        ("500 Internal Server Error", "`SignatureDoesNotMatch`"),
    ] {
        let port = answering(Answers::With(status, "x-a: b", BODY)).await;
        let error = store(port, "papers").check().await.unwrap_err();
        assert!(error.to_string().contains(says), "{error}");
        says_no_secret(&error);
    }
}

#[tokio::test]
async fn a_server_without_conditions_is_given_files_all_the_same() {
    let port = answering(Answers::Unconditional).await;
    let hash = store(port, "papers")
        .put(Bytes::from_static(b"a note"))
        .await;
    assert_eq!(hash.unwrap(), Hash::of(b"a note"));
}

/// There is no bucket: that it is named shows that the server was understood, and believed to be who it is.
#[tokio::test]
async fn a_server_over_tls_is_believed_by_its_authority_alone() {
    let Some(server) = Server::start_over(Over::Tls).await else {
        return;
    };
    let told = async |endpoint: &str, authority: Option<&str>| {
        let (mut setting, _place) = setting(server.port, "papers");
        setting.endpoint = format!("https://{endpoint}:{}", server.port);
        setting.authority = authority.map(|name| server.folder.path().join(name));
        let listed = S3::open(setting).unwrap().list(None, 1).await;
        listed.unwrap_err().to_string()
    };
    let ours = Some("authority.pem");
    let understood = told("127.0.0.1", ours).await;
    assert!(understood.contains("no bucket `papers`"), "{understood}");
    for told in [told("127.0.0.1", None).await, told("localhost", ours).await] {
        assert!(told.contains("certificate is not trusted"), "{told}");
    }
}

#[tokio::test]
async fn tls_is_spoken_and_nothing_else_where_it_is_asked_for() {
    // A server without TLS: its answer is no greeting.
    let port = answering(Answers::With("200 OK", "x-a: b", "")).await;
    let (mut setting, _place) = setting(port, "papers");
    setting.endpoint = format!("https://127.0.0.1:{port}");
    let error = S3::open(setting).unwrap().check().await.unwrap_err();
    assert!(matches!(error, Error::Store { .. }), "{error}");
}

#[test]
fn a_setting_is_looked_over_before_anything_is_sent() {
    let (good, place) = setting(9, "papers");
    assert!(S3::open(good.clone()).is_ok());
    let shown = format!("{:?}", S3::open(good.clone()).unwrap());
    assert!(!shown.contains("aSecretNobodySees"), "{shown}");
    let wrong = |change: fn(&mut S3Setting)| {
        let mut setting = good.clone();
        change(&mut setting);
        S3::open(setting).map(drop)
    };
    for endpoint in [
        "files.example",
        "ftp://files.example",
        "https://",
        "https://user:secret@files.example",
        "https://files.example/path",
        "https://files.example:port",
    ] {
        let mut setting = good.clone();
        setting.endpoint = endpoint.to_owned();
        let opened = S3::open(setting);
        assert!(matches!(opened, Err(SettingWrong::Endpoint)), "{endpoint}");
    }
    let opened = wrong(|s| s.endpoint = "http://files.example".to_owned());
    assert!(matches!(opened, Err(SettingWrong::NotHere)));
    for endpoint in [
        "https://files.example:9000",
        "http://[::1]:9",
        "http://localhost:9",
    ] {
        let mut setting = good.clone();
        setting.endpoint = endpoint.to_owned();
        assert!(S3::open(setting).is_ok(), "{endpoint}");
    }
    let opened = wrong(|s| s.bucket = "Papers/..".to_owned());
    assert!(matches!(opened, Err(SettingWrong::Bucket { .. })));
    for prefix in ["/a", "a//b", "a/../b", "a b"] {
        let mut setting = good.clone();
        setting.prefix = prefix.to_owned();
        assert!(
            matches!(S3::open(setting), Err(SettingWrong::Prefix)),
            "{prefix}"
        );
    }
    assert!(wrong(|s| s.prefix = String::new()).is_ok());
    assert!(matches!(
        wrong(|s| s.region = String::new()),
        Err(SettingWrong::Missing)
    ));
    assert!(matches!(
        wrong(|s| s.key_id = "a b".to_owned()),
        Err(SettingWrong::Missing)
    ));
    let opened = wrong(|s| s.secret = PathBuf::from("/nowhere/secret"));
    assert!(matches!(opened, Err(SettingWrong::File { .. })));
    let empty = place.path().join("empty");
    std::fs::write(&empty, "\n").unwrap();
    let mut setting = good.clone();
    setting.secret = empty.clone();
    assert!(matches!(
        S3::open(setting),
        Err(SettingWrong::NoSecret { .. })
    ));
    let mut setting = good;
    setting.authority = Some(empty);
    assert!(matches!(
        S3::open(setting),
        Err(SettingWrong::NoCertificate { .. })
    ));
}
