use askama::Template;
use comity_view::{BudgetLine, ContributionLine, FundLine, Link, ScaleLine, Words};
use comity_wording::Wording;

use super::{Ask, render};
use crate::Address;
use crate::attribution::Attribution;
use crate::fault::Fault;
use crate::frame::Frame;
use crate::language::words;
use crate::pictures::shares::{Portion, Shares, shares};
use crate::{rows, sources};

#[derive(Template)]
#[template(path = "pages/finance.html")]
struct FinancePage {
    frame: Frame,
    scales: Vec<Scale>,
    budget: Vec<BudgetLine>,
    budget_source: Option<String>,
    spender: Option<Link>,
    funds: Vec<Fund>,
}

struct Scale {
    id: String,
    title: Words,
    /// "In force since 2005"
    in_force: String,
    uncertain: bool,
    summary: Option<String>,
    meeting: Option<Link>,
    picture: Option<Shares>,
    rows: Vec<Row>,
    total: String,
    sum: String,
    sum_title: String,
    /// Why the shares add up to what they add up to.
    why: String,
    attribution: Attribution,
}

struct Row {
    party: Link,
    amount: String,
    share: String,
    /// Per cent of the widest bar, for its path.
    bar: String,
}

struct Fund {
    name: String,
    manager: Option<Link>,
    overseers: Vec<Link>,
    source: Option<String>,
}

pub(super) fn draw(ask: &Ask) -> Result<String, Fault> {
    let words = words(ask.view.language());
    let frame = Frame::new(ask, words.say(super::name_key(ask.address.kind())))
        .below(&Address::About)
        .described(words.say("finance-lead"));
    let finance = ask.view.finance();
    let fund = |fund: FundLine| Fund {
        source: sources::of_lines(&frame, fund.cited.lines.as_deref()),
        name: fund.name,
        manager: fund.manager,
        overseers: fund.overseers,
    };
    render(&FinancePage {
        scales: finance
            .scales
            .into_iter()
            .map(|line| scale(ask, &frame, line))
            .collect(),
        budget_source: sources::together(&frame, finance.budget.iter().map(|line| &line.says)),
        budget: finance.budget,
        spender: finance.spender,
        funds: finance.funds.into_iter().map(fund).collect(),
        frame,
    })
}

fn scale(ask: &Ask, frame: &Frame, mut line: ScaleLine) -> Scale {
    let words = frame.words();
    // The reader's order of names stands among equal amounts: the sort is stable.
    line.rows.sort_by_key(|row| std::cmp::Reverse(row.amount));
    let total = words.money(&line.currency, line.total);
    let sum = share(words, &line.sum_of_shares);
    let portion = |row: &ContributionLine| Portion {
        name: row.party.label.text.clone(),
        amount: row.amount,
        share: share(words, &row.share),
    };
    let portions: Vec<Portion> = line.rows.iter().map(portion).collect();
    let values = [
        ("total", total.as_str().into()),
        ("sum", sum.as_str().into()),
        ("count", line.rows.len().into()),
    ];
    let exact = line.sum_of_shares == "100.00";
    Scale {
        picture: shares(&line, &portions, &total, words),
        attribution: Attribution::new(frame, &line.says, &line.title.text),
        in_force: in_force(words, &line),
        sum_title: words.say_with("finance-sum-title", &[("sum", sum.as_str().into())]),
        why: if exact {
            words.say_with("finance-sum-exact", &values[..2])
        } else {
            words.say_with("finance-sum", &values)
        },
        rows: line.rows.into_iter().map(|row| drawn(words, row)).collect(),
        total,
        sum,
        id: line.id,
        title: line.title,
        uncertain: line.uncertain && rows::is_past(ask),
        summary: line.summary,
        meeting: line.meeting,
    }
}

fn in_force(words: &Wording, line: &ScaleLine) -> String {
    let since = words.since(line.since.start());
    match line.until {
        Some(until) => words.say_with(
            "finance-scale-ended",
            &[
                ("since", since.into()),
                ("until", words.until(until.start()).into()),
            ],
        ),
        None => words.say_with("finance-scale-kicker", &[("since", since.into())]),
    }
}

fn drawn(words: &Wording, row: ContributionLine) -> Row {
    Row {
        amount: words.money(&row.currency, row.amount),
        share: share(words, &row.share),
        bar: format!("{}.{}", row.bar / 10, row.bar % 10),
        party: row.party,
    }
}

/// "24.05" as the language writes a share.
fn share(words: &Wording, percent: &str) -> String {
    let hundredths = percent.replace('.', "").parse();
    hundredths.map_or_else(|_| percent.to_owned(), |hundredths| words.share(hundredths))
}
