use std::path::{Path, PathBuf};

use comity_directory::{Directory, Drawer, Forgotten, Kept, Person, PersonId};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::Mutex;

use crate::readers::Readers;
use crate::register::{READERS_MAX, database, make_file, plain};
use crate::rows::signed;
use crate::{Error, migrations};

type Answer<'a, T> = BoxFuture<'a, Result<T, comity_directory::Error>>;

/// The directory in an SQLite file of its own, beside the register.
///
/// What is deleted is overwritten, and after each forgetting the file is written anew, so that no page of it holds what
/// is gone. There is no write-ahead log: it would keep what was written before. What a file system or a disk keeps of
/// blocks that were freed is beyond any program; an encrypted disk is the answer to that.
#[derive(Debug)]
pub struct SqliteDirectory {
    connection: Mutex<SqliteConnection>,
    /// A page asks several questions, one after another: they do not wait for those of other pages, nor for a write.
    readers: Readers,
    path: PathBuf,
}

/// The version of the directory at a path where there is one.
async fn recognised(path: &Path) -> Result<i32, Error> {
    if !path.exists() {
        return Err(Error::Missing {
            path: path.to_owned(),
        });
    }
    migrations::recognise_directory(path).await
}

impl SqliteDirectory {
    /// Makes a new directory where there is no file yet.
    ///
    /// # Errors
    /// There is something at the path, or it cannot be written.
    pub async fn create(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        make_file(path)?;
        let mut connection = connect(path).await?;
        migrations::migrate_directory(&mut connection, 0)
            .await
            .map_err(database("make the tables of", path))?;
        Ok(Self::over(connection, path))
    }

    /// Opens a directory that is there, as it is: migrates nothing. For whoever only looks, or copies.
    ///
    /// # Errors
    /// There is no file, it is not a directory, or it was written by an earlier or a later program.
    pub async fn open_as_it_is(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let found = recognised(path).await?;
        if found != migrations::DIRECTORY_KNOWN {
            return Err(Error::Older {
                path: path.to_owned(),
                found,
                known: migrations::DIRECTORY_KNOWN,
            });
        }
        Ok(Self::over(connect(path).await?, path))
    }

    /// Opens a directory that is there; one of an earlier program is brought to the version of this one.
    ///
    /// # Errors
    /// There is no file, it is not a directory, or it was written by a later program.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let found = recognised(path).await?;
        let mut connection = connect(path).await?;
        migrations::migrate_directory(&mut connection, found)
            .await
            .map_err(database("migrate", path))?;
        Ok(Self::over(connection, path))
    }

    fn over(connection: SqliteConnection, path: &Path) -> Self {
        Self {
            connection: Mutex::new(connection),
            readers: Readers::new(in_memory_only(plain(path).read_only(true)), READERS_MAX),
            path: path.to_owned(),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }
}

async fn connect(path: &Path) -> Result<SqliteConnection, Error> {
    options(path)
        .connect()
        .await
        .map_err(database("open", path))
}

fn options(path: &Path) -> SqliteConnectOptions {
    in_memory_only(plain(path))
        .journal_mode(SqliteJournalMode::Delete)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "ON")
}

/// What is sorted or written anew on the way stays in memory, and leaves no temporary file.
fn in_memory_only(options: SqliteConnectOptions) -> SqliteConnectOptions {
    options.pragma("temp_store", "MEMORY")
}

fn store(doing: &'static str) -> impl FnOnce(sqlx::Error) -> comity_directory::Error {
    move |source| comity_directory::Error::Store {
        doing,
        source: source.into(),
    }
}

/// The columns of a person, in the order in which they are read.
type Line = (
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<i64>,
);

fn person(
    (id, name, email, phone, language, zone, confirmed_at): Line,
) -> Result<Person, comity_directory::Error> {
    Ok(Person {
        id: id_of(&id)?,
        name,
        email,
        phone,
        language,
        zone,
        confirmed_at: confirmed_at.map(instant).transpose()?,
    })
}

/// The columns of a thing in a drawer: key, person, until, body.
type Thing = (String, Option<String>, Option<i64>, String);

fn kept(
    drawer: Drawer,
    (key, person, until, body): Thing,
) -> Result<Kept, comity_directory::Error> {
    Ok(Kept {
        drawer,
        key,
        person: person.as_deref().map(id_of).transpose()?,
        until: until.map(instant).transpose()?,
        body,
    })
}

fn id_of(text: &str) -> Result<PersonId, comity_directory::Error> {
    text.parse()
        .map_err(|_| inconsistent("a key is not the id of a person"))
}

fn instant(milliseconds: i64) -> Result<Timestamp, comity_directory::Error> {
    Timestamp::from_millisecond(milliseconds).map_err(|_| inconsistent("a number is no instant"))
}

fn inconsistent(what: &str) -> comity_directory::Error {
    comity_directory::Error::Inconsistent {
        what: what.to_owned(),
    }
}

impl Directory for SqliteDirectory {
    fn put<'a>(&'a self, person: &'a Person) -> Answer<'a, ()> {
        Box::pin(async move {
            sqlx::query(
                "INSERT OR REPLACE INTO persons (id, name, email, phone, language, zone, confirmed_at)
                 VALUES (?, ?, ?, ?, ?, ?, ?)",
            )
            .bind(person.id.as_str())
            .bind(&person.name)
            .bind(&person.email)
            .bind(&person.phone)
            .bind(&person.language)
            .bind(&person.zone)
            .bind(person.confirmed_at.map(Timestamp::as_millisecond))
            .execute(&mut *self.connection.lock().await)
            .await
            .map_err(store("keep a person"))?;
            Ok(())
        })
    }

    fn get<'a>(&'a self, id: &'a PersonId) -> Answer<'a, Option<Person>> {
        Box::pin(async move {
            let question = sqlx::query_as("SELECT id, name, email, phone, language, zone, confirmed_at FROM persons WHERE id = ?")
                .bind(id.as_str());
            let found = self.readers.one(question).await;
            found
                .map_err(store("look a person up"))?
                .map(person)
                .transpose()
        })
    }

    fn list<'a>(&'a self, after: Option<&'a PersonId>, limit: usize) -> Answer<'a, Vec<Person>> {
        Box::pin(async move {
            let question = sqlx::query_as("SELECT id, name, email, phone, language, zone, confirmed_at FROM persons WHERE id > ? ORDER BY id LIMIT ?")
                .bind(after.map_or("", PersonId::as_str))
                .bind(signed(limit));
            let found = self.readers.all(question).await;
            found
                .map_err(store("list people"))?
                .into_iter()
                .map(person)
                .collect()
        })
    }

    fn by_email<'a>(&'a self, email: &'a str) -> Answer<'a, Vec<Person>> {
        Box::pin(async move {
            let question = sqlx::query_as(
                "SELECT id, name, email, phone, language, zone, confirmed_at FROM persons
                 WHERE lower(email) = ? ORDER BY id",
            )
            .bind(email.to_lowercase());
            let found = self.readers.all(question).await;
            found
                .map_err(store("look an address up"))?
                .into_iter()
                .map(person)
                .collect()
        })
    }

    fn keep<'a>(&'a self, kept: &'a Kept) -> Answer<'a, ()> {
        Box::pin(async move {
            sqlx::query(
                "INSERT OR REPLACE INTO kept (drawer, key, person, until, body)
                 VALUES (?, ?, ?, ?, ?)",
            )
            .bind(kept.drawer.as_str())
            .bind(&kept.key)
            .bind(kept.person.as_ref().map(PersonId::as_str))
            .bind(kept.until.map(Timestamp::as_millisecond))
            .bind(&kept.body)
            .execute(&mut *self.connection.lock().await)
            .await
            .map_err(store("keep something in a drawer"))?;
            Ok(())
        })
    }

    fn claim<'a>(&'a self, kept: &'a Kept) -> Answer<'a, bool> {
        Box::pin(async move {
            let done = sqlx::query(
                "INSERT INTO kept (drawer, key, person, until, body)
                 VALUES (?, ?, ?, ?, ?) ON CONFLICT (drawer, key) DO NOTHING",
            )
            .bind(kept.drawer.as_str())
            .bind(&kept.key)
            .bind(kept.person.as_ref().map(PersonId::as_str))
            .bind(kept.until.map(Timestamp::as_millisecond))
            .bind(&kept.body)
            .execute(&mut *self.connection.lock().await)
            .await
            .map_err(store("claim a place in a drawer"))?;
            Ok(done.rows_affected() > 0)
        })
    }

    fn look<'a>(&'a self, drawer: Drawer, key: &'a str) -> Answer<'a, Option<Kept>> {
        Box::pin(async move {
            let question = sqlx::query_as(
                "SELECT key, person, until, body FROM kept WHERE drawer = ? AND key = ?",
            )
            .bind(drawer.as_str())
            .bind(key);
            let found = self.readers.one(question).await;
            found
                .map_err(store("look into a drawer"))?
                .map(|thing| kept(drawer, thing))
                .transpose()
        })
    }

    fn of<'a>(&'a self, drawer: Drawer, person: &'a PersonId) -> Answer<'a, Vec<Kept>> {
        Box::pin(async move {
            let question = sqlx::query_as(
                "SELECT key, person, until, body FROM kept
                 WHERE person = ? AND drawer = ? ORDER BY key",
            )
            .bind(person.as_str())
            .bind(drawer.as_str());
            let found = self.readers.all(question).await;
            found
                .map_err(store("look into a drawer"))?
                .into_iter()
                .map(|thing| kept(drawer, thing))
                .collect()
        })
    }

    fn contents<'a>(
        &'a self,
        drawer: Drawer,
        after: Option<&'a str>,
        limit: usize,
    ) -> Answer<'a, Vec<Kept>> {
        Box::pin(async move {
            let question = sqlx::query_as(
                "SELECT key, person, until, body FROM kept
                 WHERE drawer = ? AND key > ? ORDER BY key LIMIT ?",
            )
            .bind(drawer.as_str())
            .bind(after.unwrap_or_default())
            .bind(signed(limit));
            let found = self.readers.all(question).await;
            found
                .map_err(store("list a drawer"))?
                .into_iter()
                .map(|thing| kept(drawer, thing))
                .collect()
        })
    }

    fn take<'a>(&'a self, drawer: Drawer, key: &'a str) -> Answer<'a, Option<Kept>> {
        Box::pin(async move {
            // One statement: of several that run at once, one finds the line.
            sqlx::query_as(
                "DELETE FROM kept WHERE drawer = ? AND key = ?
                 RETURNING key, person, until, body",
            )
            .bind(drawer.as_str())
            .bind(key)
            .fetch_optional(&mut *self.connection.lock().await)
            .await
            .map_err(store("take something out of a drawer"))?
            .map(|thing| kept(drawer, thing))
            .transpose()
        })
    }

    fn sweep(&self, before: Timestamp) -> Answer<'_, u64> {
        Box::pin(async move {
            let gone = sqlx::query("DELETE FROM kept WHERE until < ?")
                .bind(before.as_millisecond())
                .execute(&mut *self.connection.lock().await)
                .await
                .map_err(store("sweep the drawers"))?;
            Ok(gone.rows_affected())
        })
    }

    fn forget<'a>(&'a self, id: &'a PersonId) -> Answer<'a, Forgotten> {
        Box::pin(async move {
            let mut connection = self.connection.lock().await;
            let failed = || store("forget a person");
            let mut transaction = connection.begin().await.map_err(failed())?;
            sqlx::query("DELETE FROM kept WHERE person = ?")
                .bind(id.as_str())
                .execute(&mut *transaction)
                .await
                .map_err(failed())?;
            let gone = sqlx::query("DELETE FROM persons WHERE id = ?")
                .bind(id.as_str())
                .execute(&mut *transaction)
                .await
                .map_err(failed())?;
            transaction.commit().await.map_err(failed())?;
            // A crash before this leaves a file in which the line is gone and overwritten; what earlier versions of the
            // line left in pages that were reorganised goes with this.
            sqlx::query("VACUUM")
                .execute(&mut *connection)
                .await
                .map_err(|source| comity_directory::Error::Traces {
                    person: *id,
                    source: source.into(),
                })?;
            Ok(if gone.rows_affected() > 0 {
                Forgotten::Something
            } else {
                Forgotten::Nothing
            })
        })
    }
}
