use comity_directory::{Directory, Forgotten, Person, PersonId};
use futures_util::future::BoxFuture;
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

impl Directory for PostgresDirectory {
    fn put<'a>(&'a self, person: &'a Person) -> Answer<'a, ()> {
        Box::pin(async move {
            sqlx::query(
                "INSERT INTO comity.persons (id, name, email) VALUES ($1, $2, $3)
                 ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email",
            )
            .bind(person.id.as_str())
            .bind(&person.name)
            .bind(&person.email)
            .execute(&self.pool().await?)
            .await
            .map_err(store("keep a person"))?;
            Ok(())
        })
    }

    fn get<'a>(&'a self, id: &'a PersonId) -> Answer<'a, Option<Person>> {
        Box::pin(async move {
            sqlx::query_as("SELECT id, name, email FROM comity.persons WHERE id = $1")
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
                "SELECT id, name, email FROM comity.persons WHERE id > $1 ORDER BY id LIMIT $2",
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

    fn forget<'a>(&'a self, id: &'a PersonId) -> Answer<'a, Forgotten> {
        Box::pin(async move {
            let pool = self.pool().await?;
            let mut transaction = pool
                .begin()
                .await
                .map_err(store("begin to forget a person"))?;
            // At once the lock that is needed in the end: two that grew theirs would wait for each other.
            sqlx::query("LOCK TABLE comity.persons IN ACCESS EXCLUSIVE MODE")
                .execute(&mut *transaction)
                .await
                .map_err(store("take the lock of the directory"))?;
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
