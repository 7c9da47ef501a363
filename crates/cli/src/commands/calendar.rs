use std::io::Write;
use std::path::Path;

use anyhow::Context;
use comity_calendar::{
    Calendars, Closes, Counting, Date, FirstDay, Off, Standing, Term, Why, term,
};
use comity_conference::CalendarAdopted;
use comity_registrar::{Command, Registrar, Seat};
use comity_rules::Rules;
use serde_json::json;

use crate::arguments::{Calendar, CalendarTask, Explain, Where};
use crate::configuration::Configuration;
use crate::failure::Failure;
use crate::{embedded, loading, storage};

/// Explains a term, or puts another table of holidays in force.
pub async fn run(options: &Calendar, configuration: &Configuration) -> Result<(), Failure> {
    match &options.task {
        CalendarTask::Explain(options) => explain(options, configuration).await,
        CalendarTask::Adopt { folder, place } => {
            adopt_from(folder.as_deref(), place, configuration).await
        }
    }
}

/// Puts a table in force.
pub async fn adopt(registrar: &Registrar, table: CalendarAdopted) -> Result<(), Failure> {
    let command = Command::AdoptCalendar(Box::new(table));
    let settled = registrar.submit(Seat::Operator, loading::fresh_id(), command);
    settled.await.map_err(loading::refused)?;
    Ok(())
}

async fn adopt_from(
    folder: Option<&Path>,
    place: &Where,
    configuration: &Configuration,
) -> Result<(), Failure> {
    let place = configuration.place(place)?;
    let own = || embedded::calendar(configuration.rules.as_deref());
    let table = folder.map_or_else(own, |folder| embedded::table(folder).map(Some))?;
    let table = table.ok_or_else(|| no_table("these rules come without a table of holidays"))?;
    let register = storage::open(&place).await?;
    let registrar = loading::registrar(register, loading::instants(None)).await?;
    loading::require_rules(&registrar, &place.option())?;
    adopt(&registrar, table).await?;
    let state = registrar.state();
    if let Some(adopted) = &state.conference.calendar {
        let years = adopted.table.years();
        println!(
            "The table of holidays `{}` ({}-{}) is in force by act {}.",
            adopted.table.version(),
            years.start(),
            years.end(),
            adopted.act
        );
    }
    Ok(())
}

async fn explain(options: &Explain, configuration: &Configuration) -> Result<(), Failure> {
    let (rules, calendars) = in_force(options, configuration).await?;
    let code = options.country.to_uppercase();
    let capital = calendars.country(&code).ok_or_else(|| {
        let known: Vec<&str> = calendars.countries().map(|(code, _)| code).collect();
        let hint = format!("use one of {}", known.join(", "));
        Failure::hinted(
            anyhow::anyhow!("there is no calendar of `{code}`"),
            Some(hint),
        )
    })?;
    let start: Date = options.start.parse().map_err(|_| {
        let error = anyhow::anyhow!("`{}` is no day", options.start);
        Failure::hinted(error, Some("write it as `2012-04-02`"))
    })?;
    let counting = counting(&rules);
    let found = term(start, options.days, capital, counting);
    let found = found.map_err(|error| Failure::from(anyhow::Error::new(error)))?;
    let ends_at = found
        .ends_at
        .display_with_offset(capital.zone().to_offset(found.ends_at));
    let printed = if options.json {
        let city = json!({ "es": capital.city().es, "en": capital.city().en });
        let value = json!({
            "country": code,
            "capital": city,
            "zone": found.zone,
            "working_days": options.days,
            "starts_on": found.starts_on,
            "ends_on": found.ends_on,
            "ends_at": ends_at.to_string(),
            "projected": found.projected,
            "table": found.table,
            "days": found.days,
        });
        format!("{value:#}\n")
    } else {
        in_words(&found, &capital.city().en, counting, &ends_at.to_string())
    };
    let written = std::io::stdout().write_all(printed.as_bytes());
    written
        .context("the term cannot be printed")
        .map_err(Into::into)
}

/// The rules and the calendars of a register, or those that the program carries.
async fn in_force(
    options: &Explain,
    configuration: &Configuration,
) -> Result<(Rules, Calendars), Failure> {
    if let Some(place) = configuration.place_if_given(&options.place) {
        let register = storage::open_unchecked(&place).await?;
        let registrar = loading::registrar(register, loading::instants(None)).await?;
        let rules = loading::require_rules(&registrar, &place.option())?;
        let calendars = registrar.state().conference.calendars();
        let calendars = calendars.ok_or_else(|| no_table("no table of holidays is in force"))?;
        return Ok(((*rules).clone(), calendars));
    }
    let folder = configuration.rules.as_deref();
    let rules = embedded::rules(folder)?;
    let table = embedded::calendar(folder)?;
    let table = table.ok_or_else(|| no_table("these rules come without a table of holidays"))?;
    let calendars = Calendars::parse(&table.capitals, &table.holidays);
    Ok((
        rules,
        calendars.map_err(|faults| anyhow::anyhow!("{faults}"))?,
    ))
}

fn no_table(what: &'static str) -> Failure {
    let hint = "put one in force with `comity calendar adopt`; see docs/calendar.md";
    Failure::hinted(anyhow::anyhow!(what), Some(hint))
}

/// How the rules count; where they consult nobody in writing, as most do.
fn counting(rules: &Rules) -> Counting {
    let rule = rules.consultation.as_ref();
    let procedure = rule.and_then(|rule| rule.procedure().ok());
    procedure.map_or(
        Counting {
            first_day: FirstDay::NotCounted,
            closes: Closes::EndOfDay,
        },
        |procedure| procedure.counting,
    )
}

fn in_words(term: &Term, city: &str, counting: Counting, ends_at: &str) -> String {
    let mut lines = vec![format!("{city} ({}), table {}", term.zone, term.table)];
    for day in &term.days {
        let weekday = day.date.strftime("%a %-d %b %Y").to_string();
        let why = match &day.why {
            Why::Start => "the term begins; not counted".to_owned(),
            Why::Counted(number) => format!("working day {number}"),
            Why::Off(off) => format!("{}, not counted", off_in_words(off)),
        };
        lines.push(format!("{weekday:<16} {why}"));
    }
    let over = match counting.closes {
        Closes::EndOfDay => "over when that day ends",
        Closes::At(_) => "over on that day",
    };
    lines.push(format!(
        "Last day counted: {}; {over}, at {ends_at}",
        term.ends_on
    ));
    if term.projected {
        lines.push(
            "The holidays of that year are projected: governments may still move them.".to_owned(),
        );
    }
    lines.push(String::new());
    lines.join("\n")
}

fn off_in_words(off: &Off) -> String {
    match off {
        Off::Weekend => "weekend".to_owned(),
        Off::Holiday { name, standing } => match standing {
            Standing::Certain => name.en.clone(),
            Standing::Filled => format!("{} (filled in)", name.en),
            Standing::Projected => format!("{} (projected)", name.en),
        },
        Off::Declared { name } => format!("{} (declared)", name.en),
        Off::Corrected { name } => format!("{} (corrected)", name.en),
    }
}
