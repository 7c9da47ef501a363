use comity_view::{BodyYears, LegendLine, Link, MarkName, Matrix};
use comity_wording::Wording;

/// Topics (or bodies) and years: a table whose cells hold signs, each with its word for those who do not see it.
#[derive(Debug)]
pub(crate) struct MatrixTable {
    pub(crate) caption: String,
    /// The head of the first column.
    pub(crate) corner: String,
    pub(crate) years: Vec<Year>,
    /// Number of columns.
    pub(crate) columns: usize,
    pub(crate) groups: Vec<Group>,
    pub(crate) legend: Vec<Legend>,
}

#[derive(Debug)]
pub(crate) struct Year {
    pub(crate) year: i16,
    /// The year of the day that is shown.
    pub(crate) now: bool,
}

#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) heading: Option<Link>,
    pub(crate) rows: Vec<Line>,
}

#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) head: Link,
    pub(crate) cells: Vec<Vec<Sign>>,
}

/// A mark of a kind of body: circle, square, triangle.
#[derive(Debug, Clone)]
pub(crate) struct Sign {
    pub(crate) class: &'static str,
    pub(crate) word: String,
}

#[derive(Debug)]
pub(crate) struct Legend {
    pub(crate) class: &'static str,
    pub(crate) words: String,
}

impl MatrixTable {
    /// Topics by years. `now` is the year of the day shown. `None` where nothing was addressed.
    pub(crate) fn of_topics(matrix: &Matrix, now: i16, words: &Wording) -> Option<Self> {
        let (first, last) = (*matrix.years.first()?, *matrix.years.last()?);
        let used = |mark: MarkName| {
            matrix
                .sections
                .iter()
                .flat_map(|section| &section.rows)
                .flat_map(|row| &row.cells)
                .flatten()
                .any(|found| *found == mark)
        };
        let sign = |mark: &MarkName| Sign {
            class: cell_class(mark),
            word: word_of(mark, &matrix.legend),
        };
        let group = |section: &comity_view::MatrixSection| Group {
            heading: (matrix.sections.len() > 1).then(|| section.section.clone()),
            rows: section
                .rows
                .iter()
                .map(|row| Line {
                    head: row.topic.clone(),
                    cells: row
                        .cells
                        .iter()
                        .map(|marks| marks.iter().map(sign).collect())
                        .collect(),
                })
                .collect(),
        };
        let caption = words.say_with(
            "matrix-caption",
            &[
                ("first", first.to_string().into()),
                ("last", last.to_string().into()),
            ],
        );
        Some(Self {
            caption,
            corner: words.say("matrix-topic").into_owned(),
            years: years(&matrix.years, now),
            columns: matrix.years.len() + 1,
            groups: matrix
                .sections
                .iter()
                .filter(|section| !section.rows.is_empty())
                .map(group)
                .collect(),
            legend: matrix
                .legend
                .iter()
                .filter(|line| used(line.mark))
                .map(legend)
                .collect(),
        })
    }

    /// The bodies that addressed one topic, by years.
    pub(crate) fn of_bodies(
        bodies: &[BodyYears],
        among: &[i16],
        now: i16,
        caption: String,
        words: &Wording,
    ) -> Option<Self> {
        if bodies.is_empty() {
            return None;
        }
        let line = |body: &BodyYears| {
            let held = |year: &i16| {
                body.years.contains(year) || body.since.is_some_and(|since| since <= *year)
            };
            let sign = Sign {
                class: body.mark.map_or("n", cell_class),
                word: body
                    .acronym
                    .clone()
                    .unwrap_or_else(|| body.body.label.text.clone()),
            };
            Line {
                head: body.body.clone(),
                cells: among
                    .iter()
                    .map(|year| {
                        if held(year) {
                            vec![sign.clone()]
                        } else {
                            Vec::new()
                        }
                    })
                    .collect(),
            }
        };
        Some(Self {
            caption,
            corner: words.say("topic-body").into_owned(),
            years: years(among, now),
            columns: among.len() + 1,
            groups: vec![Group {
                heading: None,
                rows: bodies.iter().map(line).collect(),
            }],
            legend: Vec::new(),
        })
    }
}

fn years(years: &[i16], now: i16) -> Vec<Year> {
    years
        .iter()
        .map(|year| Year {
            year: *year,
            now: *year == now,
        })
        .collect()
}

fn word_of(mark: &MarkName, legend: &[LegendLine]) -> String {
    legend
        .iter()
        .find(|line| line.mark == *mark)
        .map(|line| line.kind.name.clone())
        .unwrap_or_default()
}

/// The bodies where the kind stands for several, else the kind alone.
fn legend(line: &LegendLine) -> Legend {
    let names = line
        .bodies
        .iter()
        .map(|body| body.label.text.clone())
        .collect::<Vec<_>>()
        .join("; ");
    Legend {
        class: sign_class(line.mark),
        words: if names.is_empty() {
            line.kind.name.clone()
        } else {
            names
        },
    }
}

/// The class of a sign in a cell of the matrix.
pub(crate) fn cell_class(mark: &str) -> &'static str {
    match mark {
        "circle" => "v",
        "square" => "g",
        _ => "n",
    }
}

/// The class of a sign in running text.
pub(crate) fn sign_class(mark: &str) -> &'static str {
    match mark {
        "circle" => "is-vm",
        "square" => "is-cg",
        _ => "is-nw",
    }
}
