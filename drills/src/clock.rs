//! A clock that is set back: no act is recorded before the one above it, and the operator is told.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context, Result, ensure};
use comity_register::verify;
use comity_registrar::{Clock, Instants, Registrar, SystemChance, SystemClock, Timestamp};

use crate::dice::Dice;
use crate::node::{self, Place};
use crate::report::Report;
use crate::server::{Server, Stop};

/// How far the clock is set, at most, in milliseconds: two days either way.
const SET_MAX: i64 = 2 * 24 * 3_600 * 1_000;
/// Where the clock stands at the end of the drill, so that the machine's is behind the last act.
const AHEAD: i64 = 3 * 24 * 3_600 * 1_000;

/// The machine's clock, and by how much it is wrong.
#[derive(Debug, Default)]
struct WrongClock(AtomicI64);

impl Clock for WrongClock {
    fn now(&self) -> Timestamp {
        let now = SystemClock.now().as_millisecond() + self.0.load(Ordering::SeqCst);
        Timestamp::from_millisecond(now).expect("a few days from now are within the calendar")
    }
}

pub fn sqlite(rounds: u64, dice: &mut Dice) -> Result<Report> {
    let folder = tempfile::tempdir()?;
    let place = Place::folder(folder.path());
    let runtime = tokio::runtime::Runtime::new()?;
    let mut report = Report::new("clock-back", "sqlite");
    runtime.block_on(rounds_of(&place, rounds, dice, &mut report))?;
    drop(runtime);
    let at = folder.path().display().to_string();
    report.count("doctor warns", u64::from(doctor_warns(&["--data", &at])?));
    Ok(report)
}

pub fn postgresql(programs: &Path, rounds: u64, dice: &mut Dice) -> Result<Report> {
    let mut server = Server::make(programs, &[])?;
    server.start(None)?;
    let url = server.url("postgres");
    let place = Place::database(url.clone());
    let runtime = tokio::runtime::Runtime::new()?;
    let mut report = Report::new("clock-back", "postgresql");
    runtime.block_on(rounds_of(&place, rounds, dice, &mut report))?;
    drop(runtime);
    report.count(
        "doctor warns",
        u64::from(doctor_warns(&["--database-url", &url])?),
    );
    server.stop(Stop::Fast)?;
    Ok(report)
}

async fn rounds_of(place: &Place, rounds: u64, dice: &mut Dice, report: &mut Report) -> Result<()> {
    place.prepare().await?;
    let register = place.open().await?;
    let clock = Arc::new(WrongClock::default());
    let instants = Instants {
        conference: clock.clone(),
        system: clock.clone(),
    };
    let open = async || {
        Registrar::open(
            register.clone(),
            instants.clone(),
            Arc::new(SystemChance),
            |_, _| {},
        )
        .await
    };
    let mut registrar = open().await?;
    let found = registrar.state().conference.last_at;
    let mut last = found.context("the register has no act yet")?;
    for round in 0..rounds {
        let set = if round + 1 == rounds {
            AHEAD
        } else {
            i64::try_from(dice.below(2 * SET_MAX.unsigned_abs()))? - SET_MAX
        };
        clock.0.store(set, Ordering::SeqCst);
        if round % 4 == 3 {
            // Also when the program starts with a clock that is behind what it finds.
            registrar = open().await?;
        }
        let before = clock.now();
        let head = registrar.state().head().size;
        node::submit(&registrar, &node::name(round, 0, 0)).await??;
        let after = clock.now();
        for stored in register.read(head, 10).await? {
            let at = stored.decode()?.at.timestamp();
            ensure!(
                at >= last,
                "an act was recorded at {at}, after one at {last}"
            );
            if before < last {
                ensure!(
                    at == last,
                    "with the clock behind, an act was recorded at {at} and not at {last}"
                );
                report.count("acts while the clock was behind", 1);
            } else {
                ensure!(
                    at <= after && at >= before,
                    "an act was recorded at {at}, and it was {before}"
                );
                report.count("acts at the clock's instant", 1);
            }
            last = at;
        }
    }
    verify(register.as_ref(), |_| {})
        .await
        .map_err(|fault| anyhow::anyhow!("the register does not verify: {fault}"))?;
    Ok(())
}

/// Whether `comity doctor` says that the last act lies after the machine's clock. The program lies beside this one;
/// where it was not built, doctor is not asked, which the count shows.
fn doctor_warns(place: &[&str]) -> Result<bool> {
    let program = std::env::current_exe()?.with_file_name("comity");
    if !program.exists() {
        return Ok(false);
    }
    let output = Command::new(program)
        .arg("doctor")
        .args(place)
        .output()
        .context("cannot run `comity doctor`")?;
    let said = String::from_utf8_lossy(&output.stdout);
    ensure!(
        said.contains("after the machine's clock"),
        "doctor does not say that the clock is behind: {said}"
    );
    Ok(true)
}
