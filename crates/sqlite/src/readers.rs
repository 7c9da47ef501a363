use std::sync::{Mutex, PoisonError};

use sqlx::query::QueryAs;
use sqlx::sqlite::{SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteRow};
use sqlx::{ConnectOptions, FromRow, Sqlite};
use tokio::sync::Semaphore;

/// A question whose answer is rows of one kind.
pub(crate) type Question<'q, T> = QueryAs<'q, Sqlite, T, SqliteArguments>;

/// Connections by which a file is only read: so many questions at once, each by a connection of its own.
///
/// The library's pool asks each connection that comes back whether it lives, in a task of its own: twice the work, and while pages are
/// drawn the task waits for its turn and the next question for the connection.
#[derive(Debug)]
pub(crate) struct Readers {
    options: SqliteConnectOptions,
    turns: Semaphore,
    idle: Mutex<Vec<SqliteConnection>>,
}

impl Readers {
    /// None is opened before something is asked.
    pub(crate) fn new(options: SqliteConnectOptions, at_once: u32) -> Self {
        Self {
            options,
            turns: Semaphore::new(usize::try_from(at_once).unwrap_or(usize::MAX)),
            idle: Mutex::default(),
        }
    }

    pub(crate) async fn one<T>(&self, question: Question<'_, T>) -> Result<Option<T>, sqlx::Error>
    where
        T: Send + Unpin + for<'r> FromRow<'r, SqliteRow>,
    {
        let _turn = self.turns.acquire().await;
        let mut connection = self.connection().await?;
        let answer = question.fetch_optional(&mut connection).await?;
        self.keep(connection);
        Ok(answer)
    }

    pub(crate) async fn all<T>(&self, question: Question<'_, T>) -> Result<Vec<T>, sqlx::Error>
    where
        T: Send + Unpin + for<'r> FromRow<'r, SqliteRow>,
    {
        let _turn = self.turns.acquire().await;
        let mut connection = self.connection().await?;
        let answer = question.fetch_all(&mut connection).await?;
        self.keep(connection);
        Ok(answer)
    }

    async fn connection(&self) -> Result<SqliteConnection, sqlx::Error> {
        let kept = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        match kept {
            Some(connection) => Ok(connection),
            None => self.options.connect().await,
        }
    }

    /// Only what answered is kept: one whose question failed, or that nobody waits for any more, is closed.
    fn keep(&self, connection: SqliteConnection) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.push(connection);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn readers() -> Readers {
        Readers::new(SqliteConnectOptions::new().in_memory(true), 2)
    }

    fn kept(readers: &Readers) -> usize {
        readers.idle.lock().unwrap().len()
    }

    async fn ask(readers: &Readers, number: i64) -> Vec<(i64,)> {
        let question = sqlx::query_as("SELECT ? UNION ALL SELECT 0");
        readers.all(question.bind(number)).await.unwrap()
    }

    #[tokio::test]
    async fn many_questions_share_a_few_connections() {
        let readers = readers();
        let all = futures_util::future::join_all((1..20).map(|number| ask(&readers, number)));
        for (number, answer) in (1..20).zip(all.await) {
            assert_eq!(answer, [(number,), (0,)]);
        }
        assert!((1..=2).contains(&kept(&readers)), "{}", kept(&readers));
    }

    #[tokio::test]
    async fn a_connection_whose_question_failed_or_was_given_up_is_not_used_again() {
        let readers = readers();
        ask(&readers, 1).await;
        assert_eq!(kept(&readers), 1);
        let wrong = sqlx::query_as::<_, (i64,)>("SELECT nothing FROM nowhere");
        assert!(readers.one(wrong).await.is_err());
        assert_eq!(kept(&readers), 0);
        ask(&readers, 2).await;
        let endless = sqlx::query_as::<_, (i64,)>(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) SELECT sum(i) FROM n",
        );
        let given_up = tokio::time::timeout(Duration::from_millis(1), readers.one(endless)).await;
        assert!(given_up.is_err());
        assert_eq!(kept(&readers), 0);
        // Its turn came back all the same.
        ask(&readers, 3).await;
        assert_eq!(ask(&readers, 4).await, [(4,), (0,)]);
    }
}
