//! A whole history at once, into a register that is empty.

use comity_register::merkle::Frontier;
use comity_register::{Error, Filling, Head, Row, Stretches};
use sqlx::postgres::PgPool;
use sqlx::{Acquire, PgConnection};

use crate::register::{lock, notify};
use crate::rows::{self, store};

/// The whole of a history in one transaction, so that no node ever serves half of it. Whoever wants to write
/// meanwhile waits for the lock, and gives up.
pub(crate) async fn fill(pool: &PgPool, history: &mut dyn Stretches) -> Result<Frontier, Error> {
    // Every return before the commit drops the transaction, which rolls it back.
    let begin = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";
    let mut transaction = pool
        .begin_with(begin)
        .await
        .map_err(store("begin to write"))?;
    lock(&mut transaction)
        .await
        .map_err(store("take the lock for writing"))?;
    patience(&mut transaction)
        .await
        .map_err(store("take the time for it"))?;
    let head = rows::head(&mut *transaction).await?;
    if head.size > 0 {
        return Err(Error::NotEmpty { head });
    }
    let mut filling = Filling::new();
    while let Some(stretch) = history.next().await? {
        filling.take(&stretch)?;
        insert_records(&mut transaction, stretch.rows()).await?;
        rows::insert_commits(&mut *transaction, stretch.commits()).await?;
    }
    let frontier = filling.end()?;
    announce(&mut transaction, frontier.head()).await?;
    // A crash before this line leaves the register empty: the server rolls back when the connection ends. A crash
    // within it, or a connection lost there, leaves it empty or whole, and its head says which.
    transaction
        .commit()
        .await
        .map_err(|source| Error::OutcomeUnknown {
            source: source.into(),
        })?;
    Ok(frontier)
}

/// Where the history comes from may be slower than a node that appends ever is.
async fn patience(transaction: &mut PgConnection) -> Result<(), sqlx::Error> {
    sqlx::query("SELECT set_config('idle_in_transaction_session_timeout', '5min', true)")
        .execute(transaction)
        .await?;
    Ok(())
}

async fn announce(transaction: &mut PgConnection, head: Head) -> Result<(), Error> {
    notify(transaction, head)
        .await
        .map_err(store("notify the other nodes"))
}

/// Within a savepoint, so that it can be asked afterwards which record was there already.
async fn insert_records(transaction: &mut PgConnection, rows: &[Row]) -> Result<(), Error> {
    let mut savepoint = transaction
        .begin()
        .await
        .map_err(store("set a savepoint"))?;
    let Err(error) = rows::insert_records(&mut *savepoint, rows).await else {
        return savepoint
            .commit()
            .await
            .map_err(store("release a savepoint"));
    };
    savepoint
        .rollback()
        .await
        .map_err(store("roll back to a savepoint"))?;
    let unique = error
        .as_database_error()
        .is_some_and(sqlx::error::DatabaseError::is_unique_violation);
    if !unique {
        return Err(store("insert the records")(error));
    }
    Err(repeated(transaction, rows)
        .await?
        .unwrap_or_else(|| store("insert the records")(error)))
}

/// The first of the rows whose act or ordinal stands above it, in the store or in the rows themselves.
async fn repeated(transaction: &mut PgConnection, rows: &[Row]) -> Result<Option<Error>, Error> {
    for (place, row) in rows.iter().enumerate() {
        let stored = rows::duplicate(&mut *transaction, std::slice::from_ref(row)).await?;
        let same_act = |act: &str| act == row.index.act;
        let above = &rows[..place];
        if stored.as_ref().is_some_and(|(act, ..)| same_act(act))
            || above.iter().any(|other| same_act(&other.index.act))
        {
            return Ok(Some(row.index.act_known()));
        }
        let same_ordinal = |other: &Row| {
            other.index.command == row.index.command && other.index.ordinal == row.index.ordinal
        };
        if stored.is_some() || above.iter().any(same_ordinal) {
            return Ok(Some(row.index.ordinal_known()));
        }
    }
    Ok(None)
}
