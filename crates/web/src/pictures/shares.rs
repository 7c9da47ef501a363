use comity_view::ScaleLine;
use comity_wording::Wording;

const WIDTH: u64 = 1060;
/// Shares narrower than this carry no words of their own and stand together.
const NARROWEST: u64 = 100;
/// What words of shares that stand together need.
const TOGETHER: u64 = 150;

/// A scale of contributions as one bar, from the largest share to the smallest.
#[derive(Debug)]
pub(crate) struct Shares {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) width: u64,
    pub(crate) segments: Vec<Segment>,
    pub(crate) labels: Vec<SegmentLabel>,
}

#[derive(Debug)]
pub(crate) struct Segment {
    pub(crate) x: u64,
    pub(crate) width: u64,
}

/// A name above a share, and how much below it.
#[derive(Debug)]
pub(crate) struct SegmentLabel {
    pub(crate) x: u64,
    pub(crate) anchor: &'static str,
    pub(crate) name: String,
    pub(crate) share: String,
}

/// A contribution with its words.
#[derive(Debug, Clone)]
pub(crate) struct Portion {
    pub(crate) name: String,
    pub(crate) amount: u64,
    pub(crate) share: String,
}

/// `None` for a scale without contributions.
pub(crate) fn shares(
    scale: &ScaleLine,
    portions: &[Portion],
    total: &str,
    words: &Wording,
) -> Option<Shares> {
    if scale.total == 0 {
        return None;
    }
    let said = |portion: &Portion| {
        words.say_with(
            "finance-share-of",
            &[
                ("party", portion.name.as_str().into()),
                ("share", portion.share.as_str().into()),
            ],
        )
    };
    let description = [
        ("total", total.into()),
        (
            "shares",
            portions
                .iter()
                .map(said)
                .collect::<Vec<_>>()
                .join("; ")
                .into(),
        ),
    ];
    let segments = segments(portions, scale.total);
    Some(Shares {
        id: scale.id.clone(),
        title: words.say_with(
            "finance-picture",
            &[("title", scale.title.text.as_str().into())],
        ),
        description: words.say_with("finance-description", &description),
        width: WIDTH,
        labels: labels(portions, &segments, words),
        segments,
    })
}

fn segments(portions: &[Portion], total: u64) -> Vec<Segment> {
    let at = |sum: u64| WIDTH * sum / total;
    let mut before = 0;
    let segment = |portion: &Portion| {
        let x = at(before);
        before += portion.amount;
        Segment {
            x,
            width: (at(before) - x).saturating_sub(2).max(1),
        }
    };
    portions.iter().map(segment).collect()
}

/// Each wide share has its name; the narrow ones are counted together where their words find room.
fn labels(portions: &[Portion], segments: &[Segment], words: &Wording) -> Vec<SegmentLabel> {
    let mut labels = Vec::new();
    let wide = segments
        .iter()
        .take_while(|segment| segment.width >= NARROWEST)
        .count();
    for (portion, segment) in portions.iter().zip(segments).take(wide) {
        labels.push(SegmentLabel {
            x: segment.x,
            anchor: "start",
            name: portion.name.clone(),
            share: portion.share.clone(),
        });
    }
    let narrow = &portions[wide..];
    let Some((first, place)) = narrow.first().zip(segments.get(wide)) else {
        return labels;
    };
    let room = WIDTH - place.x;
    let (x, anchor) = if room >= TOGETHER {
        (place.x, "start")
    } else {
        (WIDTH, "end")
    };
    let alike = narrow.iter().all(|portion| portion.amount == first.amount);
    let name = if narrow.len() == 1 {
        first.name.clone()
    } else {
        words.say_with("finance-others", &[("count", narrow.len().into())])
    };
    let share = match (narrow.len(), alike) {
        (1, _) => first.share.clone(),
        (_, true) => words.say_with("finance-each", &[("share", first.share.as_str().into())]),
        (_, false) => String::new(),
    };
    labels.push(SegmentLabel {
        x,
        anchor,
        name,
        share,
    });
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use comity_wording::Tongue;

    fn portion(name: &str, amount: u64) -> Portion {
        Portion {
            name: name.to_owned(),
            amount,
            share: format!("{amount}%"),
        }
    }

    #[test]
    fn narrow_shares_of_one_size_are_named_together() {
        let portions = [
            portion("Upper", 60),
            portion("Lower", 25),
            portion("East", 5),
            portion("West", 5),
            portion("South", 5),
        ];
        let labels = labels(
            &portions,
            &segments(&portions, 100),
            Wording::get(Tongue::English),
        );
        let said: Vec<(&str, &str)> = labels
            .iter()
            .map(|label| (label.name.as_str(), label.share.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("Upper", "60%"),
                ("Lower", "25%"),
                ("3 countries", "5% each")
            ]
        );
    }

    #[test]
    fn the_bar_is_as_wide_as_all_shares_together() {
        let portions = [portion("Upper", 2), portion("Lower", 1)];
        let last = segments(&portions, 3)
            .pop()
            .map(|segment| segment.x + segment.width);
        assert_eq!(last, Some(WIDTH - 2));
    }
}
