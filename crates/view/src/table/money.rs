//! Contributions and the items of the budget.

use comity_calendar::Validity;
use comity_conference::Held;
use comity_conference::fact::{BudgetItemListed, ContributionAssessed, ScaleAdopted};

use super::sheet::{Sheet, words};
use super::{Cell, FieldKind, Table, parties};
use crate::View;

pub(super) fn contributions(view: &View) -> Table {
    let scale = |held: &Held<ContributionAssessed>| -> Option<&ScaleAdopted> {
        view.conference()
            .scales
            .get(&held.fact.scale)
            .map(|held| &held.fact)
    };
    let total = |scale: &str| -> u64 {
        let of_scale = view
            .conference()
            .contributions
            .iter()
            .filter(|held| held.fact.scale == scale);
        of_scale.map(|held| held.fact.amount).sum()
    };
    let mut rows: Vec<&Held<ContributionAssessed>> = view
        .conference()
        .contributions
        .iter()
        .filter(|held| {
            scale(held).is_none_or(|scale| {
                view.counts_while(Validity {
                    from: Some(scale.since),
                    until: scale.until,
                })
            })
        })
        .collect();
    rows.sort_by_key(|held| {
        (
            scale(held).map(|scale| scale.since.earliest()),
            &held.fact.id,
        )
    });
    Sheet::new(view)
        .id(|held: &Held<ContributionAssessed>| &held.fact.id)
        .text("scale", ("Escala", "Scale"), |held| Some(&held.fact.scale))
        .required()
        .title("scale_title", ("Título de la escala", "Title of the scale"), move |held| Some(&scale(held)?.title))
        .date("scale_since", ("Escala vigente desde", "Scale in force since"), move |held| Some(scale(held)?.since))
        .date("scale_until", ("Escala vigente hasta", "Scale in force until"), move |held| scale(held)?.until)
        .text("party", ("País", "Country"), |held| Some(&held.fact.party))
        .required()
        .key_of(parties::collections(view))
        .column("amount", FieldKind::Integer, words(("Monto anual, en unidades enteras", "Amount a year, in whole units")), |held| {
            i64::try_from(held.fact.amount).map_or(Cell::Empty, Cell::Integer)
        })
        .required()
        .text("currency", ("Moneda (ISO 4217)", "Currency (ISO 4217)"), move |held| Some(&scale(held)?.currency))
        .column(
            "share",
            FieldKind::Percentage,
            words(("Porcentaje del total de la escala, calculado", "Percentage of the scale's total, computed")),
            move |held| Cell::Percentage(share(held.fact.amount, total(&held.fact.scale))),
        )
        .text("share_printed", ("Porcentaje impreso", "Percentage as printed"), |held| {
            held.provenance.as_ref()?.printed_of("share")
        })
        .says(view)
        .table(
            "contributions",
            words(("Contribuciones", "Contributions")),
            (
                "Contribución anual de cada país según la escala; los montos hacen fe y los porcentajes se calculan.",
                "Each country's contribution a year under the scale; the amounts are authoritative, the percentages computed.",
            ),
            rows,
        )
}

/// An amount as hundredths of a percent of the total, halves rounded up. Nothing of nothing is nothing.
fn share(amount: u64, total: u64) -> u64 {
    if total == 0 {
        return 0;
    }
    let (amount, total) = (u128::from(amount), u128::from(total));
    u64::try_from((amount * 20_000 + total) / (2 * total)).unwrap_or(u64::MAX)
}

pub(super) fn budget_items(view: &View) -> Table {
    let mut rows: Vec<&Held<BudgetItemListed>> = view.conference().budget_items.iter().collect();
    rows.sort_by_key(|held| (held.fact.number, &held.fact.id));
    Sheet::new(view)
        .id(|held: &Held<BudgetItemListed>| &held.fact.id)
        .number("number", ("Número", "Number"), |held| {
            Some(held.fact.number)
        })
        .required()
        .titled("title", ("Título", "Title"), |held| &held.fact.title)
        .says(view)
        .table(
            "budget-items",
            words(("Rubros del presupuesto", "Budget items")),
            (
                "Rubros del presupuesto anual; la fuente no indica montos.",
                "Items of the annual budget; the source gives no amounts.",
            ),
            rows,
        )
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn a_share_is_rounded_half_up_and_exactly() {
        for (amount, total, hundredths) in [
            (1, 3, 3_333),
            (2, 3, 6_667),
            (1, 20_000, 1),
            (1, 20_001, 0),
            (5_000, 282_724, 177),
            (0, 0, 0),
        ] {
            assert_eq!(share(amount, total), hundredths, "{amount} of {total}");
        }
    }
}
