use crate::Named;
use crate::countries;
use crate::fold::fold;

/// What is named, as it is compared: each with its id and all that it is called, folded.
pub(crate) struct Names<'k>(Vec<(&'k str, Vec<String>)>);

impl<'k> Names<'k> {
    pub(crate) fn of(known: &'k [Named]) -> Self {
        let folded = |named: &'k Named| {
            let called = std::iter::once(&named.id).chain(&named.names);
            (named.id.as_str(), called.map(|name| fold(name)).collect())
        };
        Self(known.iter().map(folded).collect())
    }

    /// What a text names: an id, a whole name, or the beginning of a name; and of each only if it is one's alone.
    pub(crate) fn one(&self, given: &str) -> Option<String> {
        let given = fold(given);
        match self.whole(&given) {
            Whole::One(id) => Some(id),
            Whole::Several => None,
            Whole::None => self.beginning(&given),
        }
    }

    /// The same of a party, which is also named by its country: by a code of ISO 3166 or as offices shorten it.
    pub(crate) fn party(&self, given: &str) -> Option<String> {
        let given = fold(given);
        match (self.whole(&given), countries::called(&given)) {
            (Whole::One(id), _) => Some(id),
            (Whole::Several, _) => None,
            // A country that is not here is not another one whose long name begins alike.
            (Whole::None, Some(country)) => self.alone(|name| countries::is_called(country, name)),
            (Whole::None, None) => self.beginning(&given),
        }
    }

    fn whole(&self, given: &str) -> Whole {
        if given.is_empty() {
            return Whole::None;
        }
        // An id is chosen from a list, and may be what something else is called.
        let is_id = |called: &[String]| called.first().is_some_and(|id| id == given);
        if let Some((id, _)) = self.0.iter().find(|(_, called)| is_id(called)) {
            return Whole::One((*id).to_owned());
        }
        let is_called = |called: &[String]| called.iter().any(|name| name == given);
        let mut found = self.0.iter().filter(|(_, called)| is_called(called));
        match (found.next(), found.next()) {
            (None, _) => Whole::None,
            (Some((id, _)), None) => Whole::One((*id).to_owned()),
            (Some(_), Some(_)) => Whole::Several,
        }
    }

    fn beginning(&self, given: &str) -> Option<String> {
        if given.is_empty() {
            return None;
        }
        self.alone(|name| {
            let rest = name.strip_prefix(given);
            rest.is_some_and(|rest| rest.starts_with(' '))
        })
    }

    /// The one with such a name, if there is one only.
    fn alone(&self, is: impl Fn(&str) -> bool) -> Option<String> {
        let such = |called: &[String]| called.iter().any(|name| is(name));
        let mut found = self.0.iter().filter(|(_, called)| such(called));
        let (id, _) = found.next()?;
        found.next().is_none().then(|| (*id).to_owned())
    }
}

/// What a whole name is the name of.
enum Whole {
    One(String),
    Several,
    None,
}
