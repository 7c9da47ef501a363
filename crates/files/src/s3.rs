use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::TryStreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{
    BackoffConfig, Certificate, ClientOptions, ObjectStore, ObjectStoreExt, PutMode, PutOptions,
    RetryConfig,
};
use tokio::time::timeout;

use crate::s3_words::{is_bucket, knows_no_conditions, told};
use crate::{Addressing, Error, Files, Hash, S3Setting, SettingWrong};

/// Files in a bucket of a server that speaks S3, under `prefix/ab/cd/abcd…`: as in a folder, so that either can be copied
/// to the other.
///
/// A content is put on condition that there is none (`If-None-Match: *`). A server that knows no conditions gets it
/// without: under one hash there is but one content, so the last of several writers writes what the first did.
pub struct S3 {
    store: AmazonS3,
    setting: S3Setting,
}

impl fmt::Debug for S3 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The store's own words could change; the setting holds a path and no secret.
        f.debug_tuple("S3").field(&self.setting).finish()
    }
}

type Answer<T> = Result<T, object_store::Error>;

impl S3 {
    /// The store of a setting. No server is asked yet: [`Files::check`] does that.
    ///
    /// TLS is rustls with ring's cryptography, for the whole process unless another was installed before. Trusted is whom
    /// the system trusts (`SSL_CERT_FILE` included), and the setting's authority.
    ///
    /// # Errors
    /// Something in the setting is wrong, or a file of it cannot be read.
    pub fn open(setting: S3Setting) -> Result<Self, SettingWrong> {
        setting.look_over()?;
        // One that was installed meanwhile is as good.
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            let _ = rustls::crypto::ring::default_provider().install_default();
        }
        let store = AmazonS3Builder::new()
            .with_endpoint(endpoint(&setting))
            .with_bucket_name(&setting.bucket)
            .with_region(&setting.region)
            .with_access_key_id(&setting.key_id)
            .with_secret_access_key(setting.read_secret()?)
            .with_virtual_hosted_style_request(setting.addressing == Addressing::Host)
            .with_allow_http(setting.endpoint.starts_with("http://"))
            // One is removed at a time, in the way every server knows.
            .with_disable_bulk_delete(true)
            .with_client_options(client(&setting)?)
            .with_retry(retry(&setting))
            .build()
            .map_err(|_| SettingWrong::Client {
                why: "its parts do not go together".to_owned(),
            })?;
        Ok(Self { store, setting })
    }

    fn prefix(&self) -> Path {
        Path::from(self.setting.prefix.as_str())
    }

    fn key(&self, hash: &Hash) -> Path {
        let name = hash.to_string();
        let (first, second) = (name[..2].to_owned(), name[2..4].to_owned());
        self.prefix().join(first).join(second).join(name)
    }

    /// Waits for an answer, and not for ever.
    async fn ask<T>(
        &self,
        doing: &'static str,
        answer: impl Future<Output = Answer<T>>,
    ) -> Result<T, Error> {
        match timeout(self.setting.patience.whole, answer).await {
            Ok(answer) => answer.map_err(|error| told(doing, &self.setting.bucket, &error)),
            Err(_) => Err(Error::TimedOut { doing }),
        }
    }

    async fn write(&self, key: &Path, bytes: Bytes, mode: PutMode) -> Answer<()> {
        let options = PutOptions::from(mode);
        self.store.put_opts(key, bytes.into(), options).await?;
        Ok(())
    }

    async fn read(&self, key: &Path) -> Answer<Option<Bytes>> {
        match self.store.get(key).await {
            Err(object_store::Error::NotFound { source, .. }) if !is_bucket(&*source) => Ok(None),
            Err(error) => Err(error),
            Ok(found) => found.bytes().await.map(Some),
        }
    }
}

/// With the bucket in the host's name the endpoint is to hold it already.
fn endpoint(setting: &S3Setting) -> String {
    match (setting.addressing, setting.endpoint.split_once("://")) {
        (Addressing::Host, Some((scheme, host))) => {
            format!("{scheme}://{}.{host}", setting.bucket)
        }
        (Addressing::Host, None) | (Addressing::Path, _) => setting.endpoint.clone(),
    }
}

fn client(setting: &S3Setting) -> Result<ClientOptions, SettingWrong> {
    let patience = setting.patience;
    let mut options = ClientOptions::new()
        .with_allow_http(setting.endpoint.starts_with("http://"))
        .with_connect_timeout(patience.connect)
        .with_timeout(patience.attempt);
    if let Some(pem) = setting.read_authority()? {
        let wrong = |_| SettingWrong::Client {
            why: "the certificate of the authority cannot be read".to_owned(),
        };
        for certificate in Certificate::from_pem_bundle(pem.as_bytes()).map_err(wrong)? {
            options = options.with_root_certificate(certificate);
        }
    }
    Ok(options)
}

fn retry(setting: &S3Setting) -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig::default(),
        max_retries: setting.patience.retries,
        retry_timeout: setting.patience.whole,
    }
}

#[async_trait]
impl Files for S3 {
    async fn put(&self, bytes: Bytes) -> Result<Hash, Error> {
        let hash = Hash::of(&bytes);
        let key = self.key(&hash);
        let doing = "keep a file";
        self.ask(doing, async {
            use object_store::Error as E;
            match self.write(&key, bytes.clone(), PutMode::Create).await {
                // There, being written by another, or damaged: only reading it tells.
                Err(E::AlreadyExists { .. } | E::Precondition { .. }) => {
                    if self.read(&key).await?.as_ref() == Some(&bytes) {
                        return Ok(());
                    }
                }
                Err(error) if knows_no_conditions(&error) => {}
                written => return written,
            }
            self.write(&key, bytes.clone(), PutMode::Overwrite).await
        })
        .await?;
        Ok(hash)
    }

    async fn get(&self, hash: &Hash) -> Result<Option<Bytes>, Error> {
        let key = self.key(hash);
        let found = self.ask("read a file", self.read(&key)).await?;
        match found {
            Some(bytes) if Hash::of(&bytes) != *hash => Err(Error::Damaged {
                hash: *hash,
                place: self.setting.bucket.clone(),
            }),
            found => Ok(found),
        }
    }

    async fn has(&self, hash: &Hash) -> Result<bool, Error> {
        let key = self.key(hash);
        let prefix = self.prefix();
        self.ask("look for a file", async {
            match self.store.head(&key).await {
                // The answer has no body, and so does not say whether it is the bucket that is missing.
                Err(object_store::Error::NotFound { .. }) => {
                    self.store.list(Some(&prefix)).try_next().await?;
                    Ok(false)
                }
                found => found.map(|_| true),
            }
        })
        .await
    }

    async fn list(&self, after: Option<Hash>, limit: usize) -> Result<Vec<Hash>, Error> {
        let prefix = self.prefix();
        self.ask("list files", async {
            let mut listed = match after {
                Some(after) => {
                    let after = self.key(&after);
                    self.store.list_with_offset(Some(&prefix), &after)
                }
                None => self.store.list(Some(&prefix)),
            };
            let mut found = Vec::new();
            while found.len() < limit {
                let Some(object) = listed.try_next().await? else {
                    break;
                };
                let name = object.location.filename().unwrap_or_default();
                // What lies elsewhere under this name is not ours.
                let hash = name.parse::<Hash>().ok();
                found.extend(hash.filter(|hash| self.key(hash) == object.location));
            }
            Ok(found)
        })
        .await
    }

    async fn remove(&self, hash: &Hash) -> Result<(), Error> {
        let key = self.key(hash);
        self.ask("remove a file", async {
            match self.store.delete(&key).await {
                Err(object_store::Error::NotFound { source, .. }) if !is_bucket(&*source) => Ok(()),
                removed => removed,
            }
        })
        .await
    }

    async fn check(&self) -> Result<(), Error> {
        // Two checks at a time do not take each other's probe away.
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("probe-{}-{number}", std::process::id());
        let key = self.prefix().join(name.clone());
        let probe = Bytes::from(name);
        let written = self.write(&key, probe.clone(), PutMode::Overwrite);
        self.ask("write a probe", written).await?;
        let read = self.ask("read a probe", self.read(&key)).await?;
        self.ask("remove a probe", self.store.delete(&key)).await?;
        if read == Some(probe) {
            Ok(())
        } else {
            Err(Error::Untrue)
        }
    }
}
