use comity_rules::{Text, Title};

use crate::{Link, View};

/// What the search index knows of one page, in both languages.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchEntry {
    /// The page; absent for an acronym, which stands in the glossary.
    pub link: Option<Link>,
    /// Table of the record: `document`, `party`, …
    pub kind: &'static str,
    pub id: String,
    pub title_es: String,
    pub title_en: String,
    pub body_es: String,
    pub body_en: String,
}

/// What an entry is made of, before its languages are taken apart.
struct Parts<'a> {
    kind: &'static str,
    id: &'a str,
    title: Text,
    texts: Vec<Text>,
}

impl View {
    /// Everything that has a page, for the search index: the whole record, whatever day is shown.
    pub fn search_entries(&self) -> Vec<SearchEntry> {
        let mut entries = self.search_parties();
        entries.extend(self.search_bodies());
        entries.extend(self.search_plan());
        entries.extend(self.search_work());
        entries.extend(self.search_outreach());
        entries
    }

    fn search_parties(&self) -> Vec<SearchEntry> {
        let state = self.conference();
        let mut entries = Vec::new();
        for held in state.parties.iter() {
            let fact = &held.fact;
            let texts = fact
                .full_name
                .iter()
                .map(text)
                .chain(fact.acronym.iter().cloned())
                .chain(fact.summary.iter().cloned());
            entries.push(entry(
                self.party_link(&fact.id),
                Parts {
                    kind: "party",
                    id: &fact.id,
                    title: text(&fact.name),
                    texts: texts.collect(),
                },
            ));
        }
        for held in state.institutions.iter() {
            let fact = &held.fact;
            let party = state
                .parties
                .get(&fact.party)
                .map(|party| text(&party.fact.name));
            let texts = party
                .into_iter()
                .chain(fact.units.iter().map(text))
                .chain(fact.task.iter().cloned());
            let parts = Parts {
                kind: "institution",
                id: &fact.id,
                title: text(&fact.name),
                texts: texts.collect(),
            };
            entries.push(entry(self.party_link(&fact.party), parts));
        }
        for held in state.presidencies.iter() {
            let fact = &held.fact;
            let year = fact.term.earliest().year();
            let name = state
                .parties
                .get(&fact.party)
                .map_or_else(|| both(&fact.party), |party| text(&party.fact.name));
            let title = Text::new(
                format!("{}, {year}", name.es()),
                format!("{}, {year}", name.en()),
            );
            let parts = Parts {
                kind: "presidency",
                id: &fact.id,
                title,
                texts: fact.theme.iter().map(text).collect(),
            };
            entries.push(entry(Some(self.presidency_label(fact)), parts));
        }
        entries
    }

    fn search_bodies(&self) -> Vec<SearchEntry> {
        let state = self.conference();
        let mut entries = Vec::new();
        for held in state.bodies.iter() {
            let fact = &held.fact;
            let texts = fact
                .acronym
                .iter()
                .cloned()
                .chain(fact.aliases.iter().map(text))
                .chain([fact.summary.clone()])
                .chain(fact.composition.iter().cloned());
            entries.push(entry(
                self.body_link(&fact.id),
                Parts {
                    kind: "body",
                    id: &fact.id,
                    title: text(&fact.name),
                    texts: texts.collect(),
                },
            ));
        }
        for held in state.meetings.iter() {
            let fact = &held.fact;
            let body = state
                .bodies
                .get(&fact.body)
                .map_or_else(|| both(&fact.body), |body| text(&body.fact.name));
            let year = fact.date.start().year;
            let number = fact.number.map(|number| self.numeral(number));
            let acronym = &self.rules().process.acronym;
            let title = match (&fact.title, number) {
                (Some(title), _) => text(title),
                (None, Some(number)) => Text::new(
                    format!("{number} {}, {year}", acronym.es()),
                    format!("{number} {}, {year}", acronym.en()),
                ),
                (None, None) => Text::new(
                    format!("{}, {year}", body.es()),
                    format!("{}, {year}", body.en()),
                ),
            };
            let city = fact.place.as_ref().and_then(|place| place.city.clone());
            let country = fact
                .place
                .as_ref()
                .and_then(|place| self.country_text(place.country.as_deref()?));
            let texts = [body, both(&fact.date.to_string())]
                .into_iter()
                .chain(city)
                .chain(country)
                .collect();
            entries.push(entry(
                self.meeting_link(&fact.id),
                Parts {
                    kind: "meeting",
                    id: &fact.id,
                    title,
                    texts,
                },
            ));
        }
        entries
    }

    fn search_plan(&self) -> Vec<SearchEntry> {
        let state = self.conference();
        let mut entries = Vec::new();
        for held in state.themes.iter() {
            let fact = &held.fact;
            let parts = Parts {
                kind: "theme",
                id: &fact.id,
                title: text(&fact.title),
                texts: fact.summary.iter().cloned().collect(),
            };
            entries.push(entry(self.theme_link(&fact.id), parts));
        }
        for held in state.sections.iter() {
            let fact = &held.fact;
            let parts = Parts {
                kind: "section",
                id: &fact.id,
                title: text(&fact.title),
                texts: fact.summary.iter().cloned().collect(),
            };
            entries.push(entry(self.section_link(&fact.id), parts));
        }
        for held in state.topics.iter() {
            let fact = &held.fact;
            let parts = Parts {
                kind: "topic",
                id: &fact.id,
                title: text(&fact.title),
                texts: vec![fact.summary.clone()],
            };
            entries.push(entry(self.topic_link(&fact.id), parts));
        }
        entries
    }

    fn search_work(&self) -> Vec<SearchEntry> {
        let state = self.conference();
        let word = |vocabulary: &str, id: &str| self.rules().term(vocabulary, id).cloned();
        let mut entries = Vec::new();
        for held in state.documents.iter() {
            let fact = &held.fact;
            let titles = fact
                .aliases
                .iter()
                .chain(fact.parts.iter().map(|part| &part.title))
                .map(text);
            let texts = [fact.summary.clone()]
                .into_iter()
                .chain(titles)
                .chain(word("document_kind", &fact.kind))
                .collect();
            entries.push(entry(
                self.document_link(&fact.id),
                Parts {
                    kind: "document",
                    id: &fact.id,
                    title: text(&fact.title),
                    texts,
                },
            ));
        }
        for held in state.actions.iter() {
            let fact = &held.fact;
            let cities = fact.places.iter().filter_map(|place| place.city.clone());
            let countries = fact
                .places
                .iter()
                .filter_map(|place| self.country_text(place.country.as_deref()?));
            let date = fact.date.map(|date| both(&date.to_string()));
            let texts = [fact.summary.clone()]
                .into_iter()
                .chain(word("action_kind", &fact.kind))
                .chain(cities)
                .chain(countries)
                .chain(date)
                .collect();
            entries.push(entry(
                self.action_link(&fact.id),
                Parts {
                    kind: "action",
                    id: &fact.id,
                    title: text(&fact.title),
                    texts,
                },
            ));
        }
        entries
    }

    fn search_outreach(&self) -> Vec<SearchEntry> {
        let state = self.conference();
        let mut entries = Vec::new();
        for held in state.organizations.iter() {
            let fact = &held.fact;
            let supports = state
                .supports
                .iter()
                .filter(|support| support.fact.organization == fact.id)
                .map(|support| support.fact.text.clone());
            let texts = fact
                .acronym
                .iter()
                .cloned()
                .chain(fact.summary.iter().cloned())
                .chain(fact.members.iter().map(text))
                .chain(supports)
                .collect();
            entries.push(entry(
                self.organization_link(&fact.id),
                Parts {
                    kind: "organization",
                    id: &fact.id,
                    title: text(&fact.name),
                    texts,
                },
            ));
        }
        for held in state.fora.iter() {
            let fact = &held.fact;
            let cities = fact
                .occurrences
                .iter()
                .filter_map(|occurrence| occurrence.place.as_ref()?.city.clone());
            let dates = fact
                .occurrences
                .iter()
                .filter_map(|occurrence| occurrence.date)
                .map(|date| both(&date.to_string()));
            let parts = Parts {
                kind: "forum",
                id: &fact.id,
                title: text(&fact.title),
                texts: cities.chain(dates).collect(),
            };
            entries.push(entry(Some(self.forum_label(fact)), parts));
        }
        for held in state.seminars.iter() {
            let fact = &held.fact;
            let city = fact.place.as_ref().and_then(|place| place.city.clone());
            let country = fact
                .place
                .as_ref()
                .and_then(|place| self.country_text(place.country.as_deref()?));
            let date = fact.date.map(|date| both(&date.to_string()));
            let parts = Parts {
                kind: "seminar",
                id: &fact.id,
                title: text(&fact.title),
                texts: city.into_iter().chain(country).chain(date).collect(),
            };
            entries.push(entry(Some(self.seminar_label(fact)), parts));
        }
        for held in state.acronyms.iter() {
            let fact = &held.fact;
            entries.push(entry(
                None,
                Parts {
                    kind: "acronym",
                    id: &fact.id,
                    title: fact.acronym.clone(),
                    texts: vec![text(&fact.meaning)],
                },
            ));
        }
        entries
    }

    /// The name of a country that is a party, in both languages.
    fn country_text(&self, code: &str) -> Option<Text> {
        let party = self
            .conference()
            .parties
            .iter()
            .find(|held| held.fact.code.as_deref() == Some(code))?;
        Some(text(&party.fact.name))
    }
}

fn entry(link: Option<Link>, parts: Parts<'_>) -> SearchEntry {
    let Parts {
        kind,
        id,
        title,
        texts,
    } = parts;
    let body =
        |language: fn(&Text) -> &str| texts.iter().map(language).collect::<Vec<_>>().join("\n");
    SearchEntry {
        body_es: body(|text| text.es()),
        body_en: body(|text| text.en()),
        link,
        kind,
        id: id.to_owned(),
        title_es: title.es().to_owned(),
        title_en: title.en().to_owned(),
    }
}

fn text(title: &Title) -> Text {
    Text::new(title.es(), title.en())
}

/// The same in both languages: a date or a name.
fn both(text: &str) -> Text {
    Text::new(text, text)
}
