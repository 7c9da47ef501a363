use comity_view::Facet;

use crate::frame::Frame;
use crate::{Address, Query};

/// The form that narrows a list: it works without scripts, and its choices are part of the address.
#[derive(Debug)]
pub(crate) struct Filter {
    /// The path to which it goes.
    pub(crate) path: String,
    /// The same list without any choice.
    pub(crate) all: String,
    /// Something was chosen.
    pub(crate) narrowed: bool,
    /// Words that were looked for; absent where the list cannot be searched.
    pub(crate) text: Option<String>,
    pub(crate) choices: Vec<Choice>,
}

/// One field of the form.
#[derive(Debug)]
pub(crate) struct Choice {
    pub(crate) field: &'static str,
    pub(crate) label: String,
    pub(crate) options: Vec<Offer>,
}

/// One value of a field.
#[derive(Debug)]
pub(crate) struct Offer {
    pub(crate) id: String,
    pub(crate) label: String,
    pub(crate) chosen: bool,
}

/// Whether a list can be searched by words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Searched {
    ByWords,
    No,
}

impl Filter {
    /// The form of a list's facets. A facet with a single choice narrows nothing and is left out.
    pub(crate) fn new(
        frame: &Frame,
        address: &Address,
        query: &Query,
        facets: &[Facet],
        searched: Searched,
    ) -> Self {
        let text = match searched {
            Searched::ByWords => Some(query.get("text").unwrap_or_default().to_owned()),
            Searched::No => None,
        };
        Self {
            path: frame.form_path(),
            all: frame.of(address),
            narrowed: query.pairs().next().is_some(),
            text,
            choices: facets
                .iter()
                .filter(|facet| facet.options.len() > 1)
                .map(|facet| choice(frame, query, facet))
                .collect(),
        }
    }

    /// Nothing to choose and nothing chosen.
    pub(crate) fn is_empty(&self) -> bool {
        self.choices.is_empty() && !self.narrowed
    }
}

fn choice(frame: &Frame, query: &Query, facet: &Facet) -> Choice {
    let chosen = query.get(facet.field);
    let words = frame.words();
    let offer = |option: &comity_view::FilterOption| {
        // The view gives the code of a country that is no party: its name is the site's.
        let name = if facet.field == "country" {
            words.country(&option.name).unwrap_or(&option.name)
        } else {
            &option.name
        };
        Offer {
            label: words.say_with(
                "filter-option",
                &[("name", name.into()), ("count", option.count.into())],
            ),
            chosen: chosen == Some(option.id.as_str()),
            id: option.id.clone(),
        }
    };
    Choice {
        field: facet.field,
        label: frame.say(&format!("filter-{}", facet.field)).into_owned(),
        options: facet.options.iter().map(offer).collect(),
    }
}
