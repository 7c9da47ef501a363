//! Reads the table: two files of columns parted by tabs, with comments that state source, version and years.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::{Calendars, Capital, File, Name, Standing, TableFault, TableFaults};

const CAPITALS: [&str; 4] = ["country", "zone", "es", "en"];
const HOLIDAYS: [&str; 5] = ["country", "date", "mark", "es", "en"];
/// More years than anybody plans; a typing error must not fill the memory.
const MOST_YEARS: i16 = 200;

pub(crate) fn read(capitals: &str, holidays: &str) -> Result<Calendars, TableFaults> {
    let mut faults = Vec::new();
    let head = head(holidays, &mut faults);
    let zones = zones(capitals, &mut faults);
    let days = days(holidays, &zones, &head.years, &mut faults);
    if !faults.is_empty() {
        return Err(TableFaults(faults));
    }
    let version: Arc<str> = head.version.into();
    let mut found = BTreeMap::new();
    for (code, (city, zone)) in zones {
        let capital = Capital::new(city, zone, version.clone(), head.years.clone());
        found.insert(code, capital);
    }
    for Day {
        country,
        day,
        name,
        standing,
    } in days
    {
        if let Some(capital) = found.get_mut(country) {
            capital.observe(day, name, standing);
        }
    }
    let shared = found.into_iter();
    Ok(Calendars {
        version,
        source: head.source,
        years: head.years,
        capitals: shared
            .map(|(code, capital)| (code, capital.into()))
            .collect(),
    })
}

/// What the comments of the table state.
struct Head {
    source: String,
    version: String,
    years: RangeInclusive<i16>,
}

struct Day<'a> {
    country: &'a str,
    day: Date,
    name: Name,
    standing: Standing,
}

fn head(holidays: &str, faults: &mut Vec<TableFault>) -> Head {
    let mut stated = |key: &str| {
        let comments = holidays.lines().filter_map(|line| line.strip_prefix('#'));
        let mut values =
            comments.filter_map(|line| line.trim().strip_prefix(key)?.strip_prefix(':'));
        let value = values.next().map(|value| value.trim().to_owned());
        let value = value.filter(|value| !value.is_empty());
        if value.is_none() {
            faults.push(absent(File::Holidays, format!("add a line `# {key}: …`")));
        }
        value.unwrap_or_default()
    };
    let (source, version, written) = (stated("source"), stated("version"), stated("years"));
    let years = years(&written);
    if years.is_none() && !written.is_empty() {
        let what = format!("`{written}` are no years: write them as `1996-2035`");
        faults.push(absent(File::Holidays, what));
    }
    Head {
        source,
        version,
        years: years.unwrap_or(1..=9998),
    }
}

fn years(written: &str) -> Option<RangeInclusive<i16>> {
    let (first, last) = written.split_once('-')?;
    let (first, last): (i16, i16) = (first.parse().ok()?, last.parse().ok()?);
    let in_order = (1..=9998).contains(&first) && first <= last && last <= 9998;
    (in_order && last - first < MOST_YEARS).then_some(first..=last)
}

fn zones(capitals: &str, faults: &mut Vec<TableFault>) -> BTreeMap<String, (Name, TimeZone)> {
    let mut found = BTreeMap::new();
    for (line, [code, zone, es, en]) in rows(File::Capitals, capitals, CAPITALS, faults) {
        let mut fault = |what: String| faults.push(at(File::Capitals, line, what));
        if code.len() != 2 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
            fault(format!(
                "`{code}` is no country: write its two letters, such as `HN`"
            ));
            continue;
        }
        let Ok(known) = TimeZone::get(zone) else {
            fault(format!("`{zone}` is no time zone of the IANA database"));
            continue;
        };
        let Some(city) = name(es, en) else {
            fault("the capital has a name in both languages".to_owned());
            continue;
        };
        if found.insert(code.to_owned(), (city, known)).is_some() {
            fault(format!("`{code}` stands twice"));
        }
    }
    if found.is_empty() && faults.is_empty() {
        faults.push(absent(File::Capitals, "there is no capital".to_owned()));
    }
    found
}

fn days<'a>(
    holidays: &'a str,
    zones: &BTreeMap<String, (Name, TimeZone)>,
    years: &RangeInclusive<i16>,
    faults: &mut Vec<TableFault>,
) -> Vec<Day<'a>> {
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (line, [country, date, mark, es, en]) in rows(File::Holidays, holidays, HOLIDAYS, faults) {
        let read = || {
            if !zones.contains_key(country) {
                return Err(format!("`{country}` has no capital in the other file"));
            }
            let day: Date = date
                .parse()
                .map_err(|_| format!("`{date}` is no day: write it as `2012-04-05`"))?;
            if !years.contains(&day.year()) {
                let (first, last) = (years.start(), years.end());
                return Err(format!("{day} lies outside {first}-{last}"));
            }
            let standing = match mark {
                "" => Standing::Certain,
                "filled" => Standing::Filled,
                "projected" => Standing::Projected,
                _ => {
                    return Err(format!(
                        "`{mark}` is no mark: write `filled`, `projected` or nothing"
                    ));
                }
            };
            let name = name(es, en).ok_or("the day has a name in both languages")?;
            Ok(Day {
                country,
                day,
                name,
                standing,
            })
        };
        match read() {
            Ok(day) if seen.insert((country, day.day)) => found.push(day),
            Ok(day) => {
                let what = format!("{} of `{country}` stands twice", day.day);
                faults.push(at(File::Holidays, line, what));
            }
            Err(what) => faults.push(at(File::Holidays, line, what)),
        }
    }
    found
}

/// The rows below the heading, each with the number of its line.
fn rows<'a, const N: usize>(
    file: File,
    text: &'a str,
    heading: [&str; N],
    faults: &mut Vec<TableFault>,
) -> Vec<(usize, [&'a str; N])> {
    let mut lines = text
        .lines()
        .enumerate()
        .map(|(place, line)| (place + 1, line))
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    match lines.next() {
        Some((_, line)) if line.split('\t').eq(heading) => {}
        found => {
            let what = format!("the columns are {}, parted by tabs", heading.join(", "));
            let line = found.map_or(0, |(line, _)| line);
            faults.push(TableFault { file, line, what });
            return Vec::new();
        }
    }
    let mut rows = Vec::new();
    for (line, text) in lines {
        let columns: Vec<&str> = text.split('\t').map(str::trim).collect();
        match <[&str; N]>::try_from(columns) {
            Ok(row) => rows.push((line, row)),
            Err(columns) => {
                let what = format!("{} columns where {N} are due", columns.len());
                faults.push(at(file, line, what));
            }
        }
    }
    rows
}

fn name(es: &str, en: &str) -> Option<Name> {
    let both = !es.is_empty() && !en.is_empty();
    both.then(|| Name {
        es: es.to_owned(),
        en: en.to_owned(),
    })
}

const fn at(file: File, line: usize, what: String) -> TableFault {
    TableFault { file, line, what }
}

const fn absent(file: File, what: String) -> TableFault {
    at(file, 0, what)
}
