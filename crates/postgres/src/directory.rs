use comity_directory::{Directory, Drawer, Forgotten, Kept, Person, PersonId};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use sqlx::postgres::PgPool;

use crate::rows::signed;
use crate::servers::Servers;
use crate::{Addresses, Error, migrations};

type Answer<'a, T> = BoxFuture<'a, Result<T, comity_directory::Error>>;

/// The directory in PostgreSQL, in the schema of the register.
///
/// What is forgotten is deleted and the table written anew, so that its file does not hold what is gone. The server's
/// write-ahead log and its replicas' go on holding it until they are recycled; so do backups of the server.
#[derive(Debug)]
pub struct PostgresDirectory {
    servers: Servers,
}

impl PostgresDirectory {
    /// Opens the directory in the database at the address, or at that of several that takes writes, and makes or
    /// migrates the schema `comity` if need be.
    ///
    /// # Errors
    /// As for the register.
    pub async fn connect(addresses: impl Into<Addresses>) -> Result<Self, Error> {
        let (servers, mut connection) = Servers::find(&addresses.into()).await?;
        migrations::migrate(&mut connection).await?;
        crate::register::close(connection).await?;
        Ok(Self { servers })
    }

    /// Opens the directory that is there, as it is: makes and migrates nothing.
    ///
    /// # Errors
    /// As for the register.
    pub async fn open(addresses: impl Into<Addresses>) -> Result<Self, Error> {
        let (servers, mut connection) = Servers::find(&addresses.into()).await?;
        migrations::require(&mut connection).await?;
        crate::register::close(connection).await?;
        Ok(Self { servers })
    }

    async fn pool(&self) -> Result<PgPool, comity_directory::Error> {
        let pool = self.servers.pool().await;
        pool.map(|(_, pool)| pool)
            .map_err(|source| comity_directory::Error::Store {
                doing: "reach the directory",
                source: source.into(),
            })
    }
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

impl Directory for PostgresDirectory {
    fn put<'a>(&'a self, person: &'a Person) -> Answer<'a, ()> {
        Box::pin(async move {
            sqlx::query(
                "INSERT INTO comity.persons (id, name, email, phone, language, zone, confirmed_at)
                 VALUES ($1, $2, $3, $4, $5, $6, $7)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email,
                     phone = excluded.phone, language = excluded.language, zone = excluded.zone,
                     confirmed_at = excluded.confirmed_at",
            )
            .bind(person.id.as_str())
            .bind(&person.name)
            .bind(&person.email)
            .bind(&person.phone)
            .bind(&person.language)
            .bind(&person.zone)
            .bind(person.confirmed_at.map(Timestamp::as_millisecond))
            .execute(&self.pool().await?)
            .await
            .map_err(store("keep a person"))?;
            Ok(())
        })
    }

    fn get<'a>(&'a self, id: &'a PersonId) -> Answer<'a, Option<Person>> {
        Box::pin(async move {
            sqlx::query_as("SELECT id, name, email, phone, language, zone, confirmed_at FROM comity.persons WHERE id = $1")
                .bind(id.as_str())
                .fetch_optional(&self.pool().await?)
                .await
                .map_err(store("look a person up"))?
                .map(person)
                .transpose()
        })
    }

    fn list<'a>(&'a self, after: Option<&'a PersonId>, limit: usize) -> Answer<'a, Vec<Person>> {
        Box::pin(async move {
            sqlx::query_as(
                "SELECT id, name, email, phone, language, zone, confirmed_at FROM comity.persons WHERE id > $1 ORDER BY id LIMIT $2",
            )
            .bind(after.map_or("", PersonId::as_str))
            .bind(signed(limit))
            .fetch_all(&self.pool().await?)
            .await
            .map_err(store("list people"))?
            .into_iter()
            .map(person)
            .collect()
        })
    }

    fn by_email<'a>(&'a self, email: &'a str) -> Answer<'a, Vec<Person>> {
        Box::pin(async move {
            sqlx::query_as(
                "SELECT id, name, email, phone, language, zone, confirmed_at FROM comity.persons
                 WHERE lower(email) = $1 ORDER BY id",
            )
            .bind(email.to_lowercase())
            .fetch_all(&self.pool().await?)
            .await
            .map_err(store("look an address up"))?
            .into_iter()
            .map(person)
            .collect()
        })
    }

    fn keep<'a>(&'a self, kept: &'a Kept) -> Answer<'a, ()> {
        Box::pin(async move {
            sqlx::query(
                "INSERT INTO comity.kept (drawer, key, person, until, body)
                 VALUES ($1, $2, $3, $4, $5)
                 ON CONFLICT (drawer, key) DO UPDATE SET person = excluded.person,
                     until = excluded.until, body = excluded.body",
            )
            .bind(kept.drawer.as_str())
            .bind(&kept.key)
            .bind(kept.person.as_ref().map(PersonId::as_str))
            .bind(kept.until.map(Timestamp::as_millisecond))
            .bind(&kept.body)
            .execute(&self.pool().await?)
            .await
            .map_err(store("keep something in a drawer"))?;
            Ok(())
        })
    }

    fn claim<'a>(&'a self, kept: &'a Kept) -> Answer<'a, bool> {
        Box::pin(async move {
            let done = sqlx::query(
                "INSERT INTO comity.kept (drawer, key, person, until, body)
                 VALUES ($1, $2, $3, $4, $5) ON CONFLICT (drawer, key) DO NOTHING",
            )
            .bind(kept.drawer.as_str())
            .bind(&kept.key)
            .bind(kept.person.as_ref().map(PersonId::as_str))
            .bind(kept.until.map(Timestamp::as_millisecond))
            .bind(&kept.body)
            .execute(&self.pool().await?)
            .await
            .map_err(store("claim a place in a drawer"))?;
            Ok(done.rows_affected() > 0)
        })
    }

    fn look<'a>(&'a self, drawer: Drawer, key: &'a str) -> Answer<'a, Option<Kept>> {
        Box::pin(async move {
            sqlx::query_as(
                "SELECT key, person, until, body FROM comity.kept WHERE drawer = $1 AND key = $2",
            )
            .bind(drawer.as_str())
            .bind(key)
            .fetch_optional(&self.pool().await?)
            .await
            .map_err(store("look into a drawer"))?
            .map(|thing| kept(drawer, thing))
            .transpose()
        })
    }

    fn of<'a>(&'a self, drawer: Drawer, person: &'a PersonId) -> Answer<'a, Vec<Kept>> {
        Box::pin(async move {
            sqlx::query_as(
                "SELECT key, person, until, body FROM comity.kept
                 WHERE person = $1 AND drawer = $2 ORDER BY key",
            )
            .bind(person.as_str())
            .bind(drawer.as_str())
            .fetch_all(&self.pool().await?)
            .await
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
            sqlx::query_as(
                "SELECT key, person, until, body FROM comity.kept
                 WHERE drawer = $1 AND key > $2 ORDER BY key LIMIT $3",
            )
            .bind(drawer.as_str())
            .bind(after.unwrap_or_default())
            .bind(signed(limit))
            .fetch_all(&self.pool().await?)
            .await
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
                "DELETE FROM comity.kept WHERE drawer = $1 AND key = $2
                 RETURNING key, person, until, body",
            )
            .bind(drawer.as_str())
            .bind(key)
            .fetch_optional(&self.pool().await?)
            .await
            .map_err(store("take something out of a drawer"))?
            .map(|thing| kept(drawer, thing))
            .transpose()
        })
    }

    fn sweep(&self, before: Timestamp) -> Answer<'_, u64> {
        Box::pin(async move {
            let gone = sqlx::query("DELETE FROM comity.kept WHERE until < $1")
                .bind(before.as_millisecond())
                .execute(&self.pool().await?)
                .await
                .map_err(store("sweep the drawers"))?;
            Ok(gone.rows_affected())
        })
    }

    fn forget<'a>(&'a self, id: &'a PersonId) -> Answer<'a, Forgotten> {
        Box::pin(async move {
            let pool = self.pool().await?;
            let mut transaction = pool
                .begin()
                .await
                .map_err(store("begin to forget a person"))?;
            // At once the lock that is needed in the end: two that grew theirs would wait for each other.
            sqlx::query("LOCK TABLE comity.persons, comity.kept IN ACCESS EXCLUSIVE MODE")
                .execute(&mut *transaction)
                .await
                .map_err(store("take the lock of the directory"))?;
            sqlx::query("DELETE FROM comity.kept WHERE person = $1")
                .bind(id.as_str())
                .execute(&mut *transaction)
                .await
                .map_err(store("empty the drawers of a person"))?;
            let gone = sqlx::query("DELETE FROM comity.persons WHERE id = $1")
                .bind(id.as_str())
                .execute(&mut *transaction)
                .await
                .map_err(store("forget a person"))?;
            // `VACUUM` keeps what any transaction of the server may still look at. This copies what is there now into a
            // new file, and nothing else.
            sqlx::query("ALTER TABLE comity.persons ALTER COLUMN name TYPE text USING name || ''")
                .execute(&mut *transaction)
                .await
                .map_err(store("write the directory anew"))?;
            sqlx::query("ALTER TABLE comity.kept ALTER COLUMN body TYPE text USING body || ''")
                .execute(&mut *transaction)
                .await
                .map_err(store("write the drawers anew"))?;
            // A crash before this line leaves the person; after it, nothing of it but in the server's log.
            transaction
                .commit()
                .await
                .map_err(store("forget a person"))?;
            Ok(if gone.rows_affected() > 0 {
                Forgotten::Something
            } else {
                Forgotten::Nothing
            })
        })
    }
}
