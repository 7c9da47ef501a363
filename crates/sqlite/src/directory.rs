use std::path::{Path, PathBuf};

use comity_directory::{Directory, Forgotten, Person, PersonId};
use futures_util::future::BoxFuture;
use sqlx::ConnectOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous};
use tokio::sync::Mutex;

use crate::register::{database, make_file, plain};
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
    path: PathBuf,
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
        migrations::make_directory(&mut connection)
            .await
            .map_err(database("make the tables of", path))?;
        Ok(Self::over(connection, path))
    }

    /// Opens a directory that is there.
    ///
    /// # Errors
    /// There is no file, it is not a directory, or it was written by a later program.
    pub async fn open(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        if !path.exists() {
            return Err(Error::Missing {
                path: path.to_owned(),
            });
        }
        migrations::recognise(path, migrations::DIRECTORY_ID, migrations::DIRECTORY_KNOWN).await?;
        Ok(Self::over(connect(path).await?, path))
    }

    fn over(connection: SqliteConnection, path: &Path) -> Self {
        Self {
            connection: Mutex::new(connection),
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
    plain(path)
        .journal_mode(SqliteJournalMode::Delete)
        .synchronous(SqliteSynchronous::Full)
        .pragma("secure_delete", "ON")
        // What is sorted or written anew on the way stays in memory, and leaves no temporary file.
        .pragma("temp_store", "MEMORY")
}

fn store(doing: &'static str) -> impl FnOnce(sqlx::Error) -> comity_directory::Error {
    move |source| comity_directory::Error::Store {
        doing,
        source: source.into(),
    }
}

fn person(
    (id, name, email): (String, String, Option<String>),
) -> Result<Person, comity_directory::Error> {
    let id = id
        .parse()
        .map_err(|_| comity_directory::Error::Inconsistent {
            what: "a key is not the id of a person".to_owned(),
        })?;
    Ok(Person { id, name, email })
}

impl Directory for SqliteDirectory {
    fn put<'a>(&'a self, person: &'a Person) -> Answer<'a, ()> {
        Box::pin(async move {
            sqlx::query("INSERT OR REPLACE INTO persons (id, name, email) VALUES (?, ?, ?)")
                .bind(person.id.as_str())
                .bind(&person.name)
                .bind(&person.email)
                .execute(&mut *self.connection.lock().await)
                .await
                .map_err(store("keep a person"))?;
            Ok(())
        })
    }

    fn get<'a>(&'a self, id: &'a PersonId) -> Answer<'a, Option<Person>> {
        Box::pin(async move {
            sqlx::query_as("SELECT id, name, email FROM persons WHERE id = ?")
                .bind(id.as_str())
                .fetch_optional(&mut *self.connection.lock().await)
                .await
                .map_err(store("look a person up"))?
                .map(person)
                .transpose()
        })
    }

    fn list<'a>(&'a self, after: Option<&'a PersonId>, limit: usize) -> Answer<'a, Vec<Person>> {
        Box::pin(async move {
            sqlx::query_as("SELECT id, name, email FROM persons WHERE id > ? ORDER BY id LIMIT ?")
                .bind(after.map_or("", PersonId::as_str))
                .bind(signed(limit))
                .fetch_all(&mut *self.connection.lock().await)
                .await
                .map_err(store("list people"))?
                .into_iter()
                .map(person)
                .collect()
        })
    }

    fn forget<'a>(&'a self, id: &'a PersonId) -> Answer<'a, Forgotten> {
        Box::pin(async move {
            let mut connection = self.connection.lock().await;
            let gone = sqlx::query("DELETE FROM persons WHERE id = ?")
                .bind(id.as_str())
                .execute(&mut *connection)
                .await
                .map_err(store("forget a person"))?;
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
