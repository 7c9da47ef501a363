use comity_calendar::{Partial, Validity};
use comity_conference::Held;
use comity_conference::fact::{ContributionAssessed, ScaleAdopted};

use crate::structure::cited;
use crate::{Cited, Link, Named, Says, View, Words};

/// Money, as far as the source speaks of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Finance {
    /// The scales on the day shown.
    pub scales: Vec<ScaleLine>,
    pub payers: Option<Payers>,
    /// What the secretariat's budget is made of, without amounts.
    pub budget: Vec<BudgetLine>,
    /// Whose budget it is.
    pub spender: Option<Link>,
    pub funds: Vec<FundLine>,
}

/// Who contributes, as the rules say.
#[derive(Debug, Clone, PartialEq)]
pub struct Payers {
    /// Kinds of party, by their plural names.
    pub kinds: Vec<Named>,
    /// Id of the period: `year`.
    pub per: String,
    pub currency: String,
    pub cited: Cited,
}

/// A scale of contributions. Amounts are authoritative; shares are computed from them.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleLine {
    pub id: String,
    pub title: Words,
    /// ISO 4217.
    pub currency: String,
    pub since: Partial,
    pub until: Option<Partial>,
    pub uncertain: bool,
    /// The meeting that approved the amounts on which it rests.
    pub meeting: Option<Link>,
    pub summary: Option<String>,
    pub rows: Vec<ContributionLine>,
    /// Sum of the amounts.
    pub total: u64,
    /// Sum of the rounded shares, in per cent with two decimals: `100.01`.
    pub sum_of_shares: String,
    /// The total share that stands in print.
    pub printed_share: Option<String>,
    pub says: Says,
}

/// What one party contributes a year under a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct ContributionLine {
    /// Id and title of the scale.
    pub scale: String,
    pub scale_title: Words,
    pub party: Link,
    pub amount: u64,
    pub currency: String,
    /// Per cent of the total, two decimals, rounded half up: `24.05`.
    pub share: String,
    /// Per cent with two decimals such that all add up to 100.00 (largest remainder).
    pub share_of_hundred: String,
    /// The share that stands in print.
    pub printed_share: Option<String>,
    /// Thousandths of the largest amount, for the length of a bar.
    pub bar: u16,
    pub says: Says,
}

/// An item of the budget.
#[derive(Debug, Clone, PartialEq)]
pub struct BudgetLine {
    pub id: String,
    pub number: u16,
    pub title: Words,
    pub says: Says,
}

/// A fund, as the rules have it.
#[derive(Debug, Clone, PartialEq)]
pub struct FundLine {
    pub id: String,
    pub name: String,
    pub manager: Option<Link>,
    pub overseers: Vec<Link>,
    pub cited: Cited,
}

impl View {
    /// Contributions, the items of the budget and the funds, on the day shown.
    pub fn finance(&self) -> Finance {
        let payers = self.rules().contributions.as_ref().map(|rule| Payers {
            kinds: self.party_kinds(&rule.payers),
            per: rule.per.clone(),
            currency: rule.currency.clone(),
            cited: cited(&rule.row, rule.lines.as_ref()),
        });
        let fund = |fund: &comity_rules::Fund| FundLine {
            id: fund.id.clone(),
            name: self.text(&fund.name),
            manager: self.actor(&fund.manager),
            overseers: self.actors(&fund.overseers),
            cited: cited(&fund.row, fund.lines.as_ref()),
        };
        Finance {
            scales: self.scales(),
            payers,
            budget: self.budget(),
            spender: self
                .rules()
                .budget
                .as_ref()
                .and_then(|budget| self.actor(&budget.spender)),
            funds: self.rules().funds.iter().map(fund).collect(),
        }
    }

    /// What a party contributes under the scales on the day shown, where its kind contributes.
    pub(crate) fn contributions_of(&self, party: &str) -> Vec<ContributionLine> {
        let Some(held) = self.conference().parties.get(party) else {
            return Vec::new();
        };
        if !self
            .rules()
            .contributions
            .as_ref()
            .is_some_and(|rule| rule.payers.iter().any(|kind| held.fact.kind == *kind))
        {
            return Vec::new();
        }
        self.scales()
            .into_iter()
            .flat_map(|scale| scale.rows)
            .filter(|row| row.party.id == party)
            .collect()
    }

    fn scales(&self) -> Vec<ScaleLine> {
        let validity = |fact: &ScaleAdopted| Validity {
            from: Some(fact.since),
            until: fact.until,
        };
        let mut all: Vec<_> = self
            .conference()
            .scales
            .iter()
            .filter(|held| self.presence(validity(&held.fact)).is_some())
            .collect();
        all.sort_by_key(|held| std::cmp::Reverse(held.fact.since.earliest()));
        all.into_iter().map(|held| self.scale_line(held)).collect()
    }

    fn scale_line(&self, held: &Held<ScaleAdopted>) -> ScaleLine {
        let fact = &held.fact;
        let mut shares: Vec<_> = self
            .conference()
            .contributions
            .iter()
            .filter(|share| share.fact.scale == fact.id)
            .collect();
        shares.sort_by(|left, right| {
            self.compare(
                &self.party_or_id(&left.fact.party).label.text,
                &self.party_or_id(&right.fact.party).label.text,
            )
        });
        let amounts: Vec<u64> = shares.iter().map(|share| share.fact.amount).collect();
        let rounded = rounded_shares(&amounts);
        let adding_up = largest_remainder(&amounts);
        let largest = amounts.iter().copied().max().unwrap_or_default();
        let line = |(share, (rounded, adding_up)): (&&Held<ContributionAssessed>, (&u64, &u64))| {
            ContributionLine {
                scale: fact.id.to_string(),
                scale_title: self.title(&fact.title),
                party: self.party_or_id(&share.fact.party),
                amount: share.fact.amount,
                currency: fact.currency.clone(),
                share: percent(*rounded),
                share_of_hundred: percent(*adding_up),
                printed_share: printed_share(share),
                bar: thousandths(share.fact.amount, largest),
                says: self.says(share),
            }
        };
        ScaleLine {
            id: fact.id.to_string(),
            title: self.title(&fact.title),
            currency: fact.currency.clone(),
            since: fact.since,
            until: fact.until,
            uncertain: self.presence(Validity {
                from: Some(fact.since),
                until: fact.until,
            }) == Some(true),
            meeting: fact
                .meeting
                .as_deref()
                .and_then(|meeting| self.meeting_link(meeting)),
            summary: fact.summary.as_ref().map(|summary| self.text(summary)),
            rows: shares
                .iter()
                .zip(rounded.iter().zip(&adding_up))
                .map(line)
                .collect(),
            total: amounts.iter().sum(),
            sum_of_shares: percent(rounded.iter().sum()),
            printed_share: printed_share(held),
            says: self.says(held),
        }
    }

    fn budget(&self) -> Vec<BudgetLine> {
        let mut all: Vec<_> = self.conference().budget_items.iter().collect();
        all.sort_by_key(|held| held.fact.number);
        let line = |held: &Held<comity_conference::fact::BudgetItemListed>| BudgetLine {
            id: held.fact.id.to_string(),
            number: held.fact.number,
            title: self.title(&held.fact.title),
            says: self.says(held),
        };
        all.into_iter().map(line).collect()
    }
}

/// Each amount's share of the sum in hundredths of a per cent, rounded half up.
fn rounded_shares(amounts: &[u64]) -> Vec<u64> {
    let total: u128 = amounts.iter().map(|amount| u128::from(*amount)).sum();
    if total == 0 {
        return vec![0; amounts.len()];
    }
    amounts
        .iter()
        .map(|amount| narrow((u128::from(*amount) * 20_000 + total) / (2 * total)))
        .collect()
}

/// Shares in hundredths of a per cent that add up to 100.00: each rounded down, what is left going one by one to the
/// largest remainders.
fn largest_remainder(amounts: &[u64]) -> Vec<u64> {
    let total: u128 = amounts.iter().map(|amount| u128::from(*amount)).sum();
    if total == 0 {
        return vec![0; amounts.len()];
    }
    let parts: Vec<u128> = amounts
        .iter()
        .map(|amount| u128::from(*amount) * 10_000)
        .collect();
    let mut shares: Vec<u64> = parts.iter().map(|part| narrow(part / total)).collect();
    let left = 10_000_u64.saturating_sub(shares.iter().sum());
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|index| std::cmp::Reverse(parts[*index] % total));
    for index in order
        .into_iter()
        .take(usize::try_from(left).unwrap_or(usize::MAX))
    {
        shares[index] += 1;
    }
    shares
}

fn narrow(hundredths: u128) -> u64 {
    u64::try_from(hundredths).expect("a share is at most 10,000 hundredths")
}

fn percent(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

fn thousandths(amount: u64, largest: u64) -> u16 {
    let ratio = u128::from(amount) * 1_000 / u128::from(largest.max(1));
    u16::try_from(ratio).expect("no amount is larger than the largest")
}

fn printed_share<T>(held: &Held<T>) -> Option<String> {
    held.provenance
        .as_ref()?
        .printed_of("share")
        .map(str::to_owned)
}
