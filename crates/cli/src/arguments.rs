use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::configuration::LogFormat;

/// Runs an intergovernmental conference: its rules, its record and its public site, from one register of acts.
///
/// Try `comity demo` first: it opens the Regional Conference on Migration as it stood in October 2011, on temporary
/// data. To keep data, run `comity init --data DIR`, `comity import` and `comity serve --data DIR`.
#[derive(Debug, Parser)]
#[command(name = "comity", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 done; 1 it failed; 2 the command line is wrong; 3 the register does not verify; \
4 rules or record are not in order.\nWhat the configuration file and the environment may hold: \
docs/operations/configuration.md."
)]
pub struct Arguments {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub task: Task,
}

#[derive(Debug, Args)]
pub struct Common {
    /// Configuration file (TOML).
    #[arg(long, global = true, value_name = "FILE", env = "COMITY_CONFIG")]
    pub config: Option<PathBuf>,
    /// What to write to the log: `warn`, `info`, `debug`, or a filter such as `comity_web=debug`.
    #[arg(long, global = true, value_name = "FILTER", env = "COMITY_LOG")]
    pub log: Option<String>,
    /// How lines of the log are written.
    #[arg(long, global = true, value_name = "FORMAT", env = "COMITY_LOG_FORMAT")]
    pub log_format: Option<LogFormat>,
    /// Folder with a rules file (`rules.toml`) to use instead of the built-in rules of a new register.
    #[arg(long, global = true, value_name = "DIR", env = "COMITY_RULES")]
    pub rules: Option<PathBuf>,
    /// Folder of the keys that sign checkpoints; `DIR/keys` with `--data DIR`.
    #[arg(long, global = true, value_name = "DIR", env = "COMITY_KEYS")]
    pub keys: Option<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub enum Task {
    /// Open the conference on temporary data, as it stood in October 2011.
    ///
    /// Prints the address of the site on standard output. Nothing is kept when it ends.
    Demo(Listen),
    /// Serve the conference from a folder or a database.
    Serve(Serve),
    /// Make a new, empty register, adopt its rules, and make the key that signs its checkpoints. Asks nothing.
    Init(Where),
    /// Enter a record: all of its rows or none.
    ///
    /// Rows that the register holds already are left as they are, so it can be run again. Rows that differ are shown
    /// and nothing is entered, unless `--correct` is given. A folder that `comity export` wrote is taken back verbatim,
    /// with the same root, into a register that is empty or not there yet.
    Import(Import),
    /// Write everything as open files with checksums, described in docs/export.md.
    Export(Export),
    /// Bring a backup to where the register stands; the first run begins it. The register may be served meanwhile.
    Backup(Backup),
    /// Put a backup back into a register that is empty or not there yet.
    Restore(Restore),
    /// Forget a person: the act of it, which runs again after every restore, and what the directory holds.
    Forget(Forget),
    /// Copy a register with its directory and its papers to another database, and verify it there.
    Move(Move),
    /// Read the whole register again and name the first record that is not as it should be.
    ///
    /// With `--checkpoint`, it is also held to checkpoints that were kept elsewhere: a cut end or a rewritten history is
    /// found. With `--record` and `--proof`, or `--grew` and `--proof`, files are verified without any register.
    Verify(Verify),
    /// List the keys that sign checkpoints, or make a new one.
    Keys(Keys),
    /// Print the signed checkpoint of the register as it stands now. The public one moves at midnight.
    Checkpoint(Where),
    /// Check a rules file, or a folder of record files against it.
    Rules(Rules),
    /// Explain a term in working days, or put another table of holidays in force.
    Calendar(Calendar),
    /// Make a link into the first seat, from which all others are filled. The link before it works no more.
    Invite(Where),
    /// Look for what could go wrong: folder, disk, database, clock, keys, papers, mail. Give it what `serve` is given.
    Doctor(Serve),
    /// Print a collection of the open data.
    Show(Show),
}

/// Where the register is. Exactly one of the two.
#[derive(Debug, Args, Clone)]
pub struct Where {
    /// Folder of the data (SQLite).
    #[arg(
        long,
        value_name = "DIR",
        env = "COMITY_DATA",
        conflicts_with = "database_url"
    )]
    pub data: Option<PathBuf>,
    /// Address of a PostgreSQL database: `postgres://user@host/database`. Of a cluster, give all members: the one that
    /// takes writes is used.
    #[arg(
        long,
        value_name = "URL",
        env = "COMITY_DATABASE_URL",
        hide_env_values = true,
        value_delimiter = ','
    )]
    pub database_url: Vec<String>,
}

impl Where {
    /// This one, or the other where nothing is given here.
    pub fn or<'a>(&'a self, other: &'a Self) -> &'a Self {
        if self.data.is_none() && self.database_url.is_empty() {
            other
        } else {
            self
        }
    }
}

#[derive(Debug, Args, Clone)]
pub struct Listen {
    /// Port; 0 takes any that is free.
    #[arg(long, env = "COMITY_PORT")]
    pub port: Option<u16>,
    /// Address to listen on.
    #[arg(long, env = "COMITY_LISTEN", value_name = "ADDRESS")]
    pub listen: Option<std::net::IpAddr>,
    /// The site's own address as its readers see it, for feeds and the site map: `https://conference.example`.
    #[arg(long, env = "COMITY_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// A proxy of ours on another machine, whose word is taken for where a request comes from; as often as there are.
    #[arg(
        long = "proxy",
        env = "COMITY_PROXIES",
        value_name = "ADDRESS",
        value_delimiter = ','
    )]
    pub proxies: Vec<std::net::IpAddr>,
    /// Bytes of drawn pages to keep; 0 draws each page anew.
    #[arg(long, env = "COMITY_PAGE_CACHE", value_name = "BYTES")]
    pub page_cache: Option<u64>,
    /// Address and port at which a monitor fetches figures (`/metrics`), apart from the site: `127.0.0.1:9464`.
    #[arg(long, env = "COMITY_METRICS", value_name = "ADDRESS:PORT")]
    pub metrics: Option<std::net::SocketAddr>,
}

#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub listen: Listen,
    #[command(flatten)]
    pub mail: Mail,
    #[command(flatten)]
    pub files: Files,
}

/// What to do where the directory that is there knows people otherwise than what comes back.
#[derive(Debug, Args, Clone, Copy)]
pub struct KeepDirectory {
    /// Leave people as they are in the directory that is there, where it knows them otherwise; without it, nothing is
    /// brought.
    #[arg(long)]
    pub keep_directory: bool,
}

/// Where papers are kept that are sent in.
#[derive(Debug, Args, Clone, Default)]
pub struct Files {
    /// Where papers are kept: a folder, or `s3://BUCKET/PREFIX`; `DIR/files` with `--data DIR`.
    #[arg(long, env = "COMITY_FILES", value_name = "PLACE")]
    pub files: Option<String>,
    /// Address of the S3 service, where it is not Amazon's: `https://s3.example`.
    #[arg(long, env = "COMITY_FILES_ENDPOINT", value_name = "URL")]
    pub files_endpoint: Option<String>,
    /// Region of the bucket; `us-east-1` where none is given.
    #[arg(long, env = "COMITY_FILES_REGION", value_name = "REGION")]
    pub files_region: Option<String>,
    /// Id of the key by which the bucket is written.
    #[arg(long, env = "COMITY_FILES_KEY_ID", value_name = "ID")]
    pub files_key_id: Option<String>,
    /// File that holds the secret of that key.
    #[arg(long, env = "COMITY_FILES_SECRET_FILE", value_name = "FILE")]
    pub files_secret_file: Option<PathBuf>,
    /// Certificate of an authority of your own that the service's is from.
    #[arg(long, env = "COMITY_FILES_AUTHORITY", value_name = "FILE")]
    pub files_authority: Option<PathBuf>,
}

#[derive(Debug, Args, Clone)]
pub struct Mail {
    /// Where letters go: `smtps://user@host`, `smtp://user@host` (TLS is required), or `folder:PATH` for files.
    #[arg(long, env = "COMITY_MAIL", value_name = "URL")]
    pub mail: Option<String>,
    /// The sender of letters: `Technical Secretariat <st@conference.example>`.
    #[arg(long, env = "COMITY_MAIL_FROM", value_name = "SENDER")]
    pub mail_from: Option<String>,
    /// File that holds the password of the mail server's user.
    #[arg(long, env = "COMITY_MAIL_PASSWORD_FILE", value_name = "FILE")]
    pub mail_password_file: Option<PathBuf>,
    /// Certificate of an authority of your own that the mail server's is from.
    #[arg(long, env = "COMITY_MAIL_AUTHORITY", value_name = "FILE")]
    pub mail_authority: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Import {
    /// Folder of record files (`*.toml`) or of an export; without it, the record that the program carries for its
    /// rules.
    #[arg(value_name = "DIR")]
    pub record: Option<PathBuf>,
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub files: Files,
    #[command(flatten)]
    pub directory: KeepDirectory,
    /// Enter rows that differ from the register as corrections.
    #[arg(long)]
    pub correct: bool,
    /// Check everything and say what would be entered, but enter nothing.
    #[arg(long)]
    pub dry_run: bool,
}

#[derive(Debug, Args)]
pub struct Verify {
    #[command(flatten)]
    pub place: Where,
    /// A signed checkpoint that was kept; may be given several times. Without a register, its signature is verified.
    #[arg(long = "checkpoint", value_name = "FILE", requires = "trusted")]
    pub checkpoints: Vec<PathBuf>,
    /// The file of a record, to be verified with its proof.
    #[arg(long, value_name = "FILE", requires_all = ["proof", "trusted"], conflicts_with_all = ["grew", "checkpoints"])]
    pub record: Option<PathBuf>,
    /// A signed checkpoint that was kept, to be verified with a proof that the register only grew since.
    #[arg(long, value_name = "FILE", requires_all = ["proof", "trusted"], conflicts_with = "checkpoints")]
    pub grew: Option<PathBuf>,
    /// The file of the proof, with `--record` or `--grew`.
    #[arg(long, value_name = "FILE")]
    pub proof: Option<PathBuf>,
    /// The verifier keys that you trust, one on each line.
    #[arg(long, value_name = "FILE")]
    pub trusted: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub struct Keys {
    #[command(flatten)]
    pub place: Where,
    #[command(subcommand)]
    pub task: Option<KeysTask>,
}

#[derive(Debug, Subcommand)]
pub enum KeysTask {
    /// Make a new key and adopt it. The one before signs beside it for 62 days, if its file stays.
    Rotate(Where),
    /// Make the key that seals the codes of telephones, where it was lost or never made. What the lost one sealed opens no
    /// more: whoever signs in with a password sets it up anew.
    SecondFactor(Where),
}

#[derive(Debug, Args)]
pub struct Export {
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub files: Files,
    /// Folder to write, which is empty or not there yet.
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Also the directory, and every paper that is kept, the notes by which people were seated among them: names and
    /// addresses of people. Keep such an export as you keep those.
    #[arg(long)]
    pub with_directory: bool,
}

#[derive(Debug, Args)]
pub struct Forget {
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub files: Files,
    /// The id of the person, 26 characters long.
    #[arg(long, value_name = "ID")]
    pub person: String,
}

#[derive(Debug, Args)]
pub struct Backup {
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub files: Files,
    /// Folder of the backup; each run adds what is new.
    #[arg(long, value_name = "DIR")]
    pub to: PathBuf,
}

#[derive(Debug, Args)]
pub struct Restore {
    /// Folder of the backup.
    #[arg(long, value_name = "DIR")]
    pub from: PathBuf,
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub files: Files,
    /// Only up to this position (the first act is 0); a batch that it falls into is left out whole.
    #[arg(long, value_name = "N", conflicts_with = "to_instant")]
    pub to_position: Option<u64>,
    /// Only what was recorded up to this instant, such as `2026-03-01T12:00:00Z`; batches stay whole.
    #[arg(long, value_name = "INSTANT")]
    pub to_instant: Option<String>,
    #[command(flatten)]
    pub directory: KeepDirectory,
}

#[derive(Debug, Args)]
pub struct Move {
    #[command(flatten)]
    pub place: Where,
    #[command(flatten)]
    pub files: Files,
    /// Folder to move to (SQLite); it holds no register yet.
    #[arg(long, value_name = "DIR", conflicts_with = "to_database_url")]
    pub to_data: Option<PathBuf>,
    /// PostgreSQL database to move to; it holds no register yet.
    #[arg(long, value_name = "URL")]
    pub to_database_url: Option<String>,
    /// Where papers are to be kept: a folder, or `s3://BUCKET/PREFIX`. Without it they stay in the place of `--files`, or
    /// go from `DIR/files` to `DIR/files`.
    #[arg(long, value_name = "PLACE")]
    pub to_files: Option<String>,
    #[command(flatten)]
    pub directory: KeepDirectory,
}

#[derive(Debug, Args)]
pub struct Rules {
    #[command(subcommand)]
    pub task: RulesTask,
}

#[derive(Debug, Subcommand)]
pub enum RulesTask {
    /// Explain every fault of a rules file, and of the policies beside it, with its line and a remedy.
    Check {
        /// The rules file or its folder; without it, the built-in rules.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Put other rules in force in a register: a decision of the conference, recorded as an act.
    ///
    /// The rules must be of the same process and in order, and know every word and every seat that is in use. What stands
    /// in the register stays as it is.
    Amend(Amend),
    /// Print who may do what, as CSV: every class of seat, every action, every class of thing, and the policy that decides.
    Matrix {
        /// The rules file or its folder; without it, the built-in rules.
        #[arg(value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub struct Calendar {
    #[command(subcommand)]
    pub task: CalendarTask,
}

#[derive(Debug, Subcommand)]
pub enum CalendarTask {
    /// Count working days from a day, and say of each day why it counts or not.
    ///
    /// Counts by the rules and the table that the program carries, or by those of a register with what was declared and
    /// corrected in it.
    Explain(Explain),
    /// Put a table of holidays in force in a register, whole. Terms that have begun keep their days.
    Adopt {
        /// Folder that holds `capitals.tsv` and `holidays.tsv`; without it, the table that belongs to the rules.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
        #[command(flatten)]
        place: Where,
    },
}

#[derive(Debug, Args)]
pub struct Explain {
    /// Code of the country, such as `HN`.
    pub country: String,
    /// Day on which the term begins there, such as `2012-04-02`.
    pub start: String,
    /// How many working days.
    pub days: u16,
    #[command(flatten)]
    pub place: Where,
    /// As JSON.
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct Amend {
    /// The rules file or its folder; without it, the built-in rules of this program.
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub place: Where,
    /// What changes, in Spanish.
    #[arg(long, value_name = "TEXT")]
    pub why_es: String,
    /// What changes, in English.
    #[arg(long, value_name = "TEXT")]
    pub why_en: String,
    /// The decision or note by which.
    #[arg(long, value_name = "REFERENCE")]
    pub note: String,
}

#[derive(Debug, Args)]
pub struct Show {
    /// The collection: members, presidencies, documents, … Without it, lists them.
    pub collection: Option<String>,
    #[command(flatten)]
    pub place: Where,
    /// As JSON.
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// As CSV.
    #[arg(long)]
    pub csv: bool,
}
