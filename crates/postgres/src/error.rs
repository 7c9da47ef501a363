/// Why a register in PostgreSQL was not opened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("the address of the database is not of the form `postgres://user@host:port/database`")]
    Address {
        #[source]
        source: Option<sqlx::Error>,
    },
    #[error("no server answers at `{server}`")]
    Unreachable {
        server: String,
        #[source]
        source: Option<sqlx::Error>,
    },
    #[error("the server at `{server}` does not let `{user}` in")]
    LoginRefused {
        server: String,
        user: String,
        #[source]
        source: sqlx::Error,
    },
    #[error("the server at `{server}` has no database `{database}`")]
    NoDatabase { server: String, database: String },
    #[error("the server at `{server}` is a standby and takes no writes")]
    Standby { server: String },
    #[error("no server takes writes: {each}")]
    NoneWritable { each: String },
    #[error("the server is PostgreSQL {found} and the register needs {needed} or later")]
    TooOld { found: i32, needed: i32 },
    #[error("the schema `comity` of the database is not a register")]
    Foreign,
    #[error("the register is at version {found} and this program knows versions up to {known}")]
    Newer { found: i32, known: i32 },
    #[error("there is no register in the database")]
    Missing,
    #[error("the register is at version {found}, and this program reads version {known}")]
    Older { found: i32, known: i32 },
    #[error("cannot {doing}")]
    Database {
        doing: &'static str,
        #[source]
        source: sqlx::Error,
    },
    #[error(transparent)]
    Register(#[from] comity_register::Error),
}

impl Error {
    /// What to do about it, for the operator.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Address { .. } => {
                Some("write signs such as `@` or `/` in a password as `%40` or `%2F`")
            }
            Self::Unreachable { .. } => {
                Some("look whether the server runs, and whether host and port are right")
            }
            Self::LoginRefused { .. } => {
                Some("look at user and password, and at pg_hba.conf on the server")
            }
            Self::NoDatabase { .. } => {
                Some("make it with `createdb`, owned by the user of the register")
            }
            Self::Standby { .. } => {
                Some("give the address of the server that takes writes, or those of all members")
            }
            Self::NoneWritable { .. } => Some(
                "look at the cluster: one member must be up and not in recovery, and reachable from here",
            ),
            Self::TooOld { .. } => {
                Some("upgrade the server, or keep the register in an SQLite file")
            }
            Self::Foreign => Some("give the register a database of its own; nothing was touched"),
            Self::Newer { .. } => {
                Some("use the program that wrote it, or a later one; nothing was touched")
            }
            Self::Missing => Some("make one with `comity init`"),
            Self::Older { .. } => Some(
                "`comity serve` of this program brings it there; until then use the program of before. Nothing was touched",
            ),
            Self::Database { .. } => Some("look at the log of the server"),
            Self::Register(error) => error.hint(),
        }
    }
}

pub(crate) fn database(doing: &'static str) -> impl FnOnce(sqlx::Error) -> Error {
    move |source| Error::Database { doing, source }
}
