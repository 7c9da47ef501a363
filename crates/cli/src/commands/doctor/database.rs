//! The settings of a PostgreSQL server that bear on what outlives a crash.

use comity_postgres::Settings;
use comity_registrar::{Clock, SystemClock};

use super::Finding;

/// Clocks of two machines that are kept in time differ by less.
const CLOCKS_APART_MS: i64 = 2_000;

/// The members of a cluster, or the one server.
pub(super) async fn servers(urls: &[String]) -> Vec<Finding> {
    let now_ms = SystemClock.now().as_millisecond();
    let mut findings = Vec::new();
    for url in urls {
        match Settings::of(url).await {
            Ok(settings) => findings.extend(judge(&settings, now_ms)),
            Err(error) if urls.len() > 1 => findings.push(Finding::Care {
                what: error.to_string(),
                hint: error.hint().unwrap_or_default().to_owned(),
            }),
            // Opening the register says the same, with its hint.
            Err(_) => {}
        }
    }
    findings
}

fn judge(settings: &Settings, now_ms: i64) -> Vec<Finding> {
    let server = &settings.server;
    let bad = |what: &str, hint: &str| Finding::Bad {
        what: what.to_owned(),
        hint: hint.to_owned(),
    };
    let care = |what: &str, hint: &str| Finding::Care {
        what: what.to_owned(),
        hint: hint.to_owned(),
    };
    let mut findings = Vec::new();
    if !settings.fsync {
        findings.push(bad(
            &format!("`{server}` runs with `fsync = off`"),
            "switch it on: a crash of its machine may lose or break everything",
        ));
    }
    if !settings.full_page_writes {
        findings.push(bad(
            &format!("`{server}` runs with `full_page_writes = off`"),
            "switch it on: a crash in the middle of a page breaks that page",
        ));
    }
    if findings.is_empty() {
        findings.push(Finding::Good(format!(
            "`{server}` ({}) writes what it acknowledges to disk: PostgreSQL {}",
            if settings.in_recovery {
                "a standby"
            } else {
                "takes writes"
            },
            settings.version
        )));
    }
    if !settings.data_checksums {
        findings.push(care(
            &format!("`{server}` keeps no checksums of its pages"),
            "switch them on with `pg_checksums --enable` while it is stopped; `comity verify` finds a changed record either way",
        ));
    }
    if !settings.encrypted && !settings.local {
        findings.push(care(
            &format!("the connection to `{server}` is not encrypted"),
            "let the server offer TLS, and add `?sslmode=verify-full` to the address",
        ));
    }
    findings.push(if settings.synchronous_standbys.is_empty() {
        Finding::Good(
            "no second server confirms commits; backups are all that a lost disk leaves".to_owned(),
        )
    } else {
        Finding::Good(format!(
            "commits wait for `{}`",
            settings.synchronous_standbys
        ))
    });
    let apart = (settings.clock_ms - now_ms).abs();
    if apart > CLOCKS_APART_MS {
        findings.push(care(
            &format!(
                "the clocks of this machine and of `{server}` are {} s apart",
                apart / 1_000
            ),
            "keep both in time (NTP)",
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound() -> Settings {
        Settings {
            server: "db.example:5432".to_owned(),
            version: "15.18".to_owned(),
            fsync: true,
            full_page_writes: true,
            data_checksums: true,
            synchronous_standbys: "ANY 1 (a, b)".to_owned(),
            in_recovery: false,
            encrypted: true,
            local: false,
            clock_ms: 1_000_000,
        }
    }

    /// The marks of the findings, and the words of those that are not good.
    fn said(settings: &Settings, now_ms: i64) -> String {
        let words = judge(settings, now_ms)
            .into_iter()
            .filter_map(|finding| match finding {
                Finding::Good(_) => None,
                Finding::Care { what, .. } => Some(format!("care {what}")),
                Finding::Bad { what, .. } => Some(format!("bad {what}")),
            });
        words.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_sound_server_has_nothing_to_see_to() {
        assert_eq!(said(&sound(), 1_000_000), "");
        // On one machine nothing is overheard.
        let local = Settings {
            encrypted: false,
            local: true,
            ..sound()
        };
        assert_eq!(said(&local, 1_000_000), "");
    }

    #[test]
    fn what_endangers_an_acknowledged_act_is_bad() {
        let settings = |change: fn(&mut Settings)| {
            let mut settings = sound();
            change(&mut settings);
            said(&settings, 1_000_000)
        };
        assert_eq!(
            settings(|it| it.fsync = false),
            "bad `db.example:5432` runs with `fsync = off`"
        );
        assert_eq!(
            settings(|it| it.full_page_writes = false),
            "bad `db.example:5432` runs with `full_page_writes = off`"
        );
        // The standbys of a cluster are in order; that one member takes writes is seen where the register is opened.
        assert_eq!(settings(|it| it.in_recovery = true), "");
        assert_eq!(
            settings(|it| it.data_checksums = false),
            "care `db.example:5432` keeps no checksums of its pages"
        );
        assert_eq!(
            settings(|it| it.encrypted = false),
            "care the connection to `db.example:5432` is not encrypted"
        );
    }

    #[test]
    fn clocks_may_differ_by_two_seconds_and_no_more() {
        assert_eq!(said(&sound(), 1_002_000), "");
        assert_eq!(said(&sound(), 998_000), "");
        assert_eq!(
            said(&sound(), 1_002_001),
            "care the clocks of this machine and of `db.example:5432` are 2 s apart"
        );
    }
}
