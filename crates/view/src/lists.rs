use comity_calendar::Partial;
use comity_conference::Held;
use comity_conference::fact::EntryListed;

use crate::structure::cited;
use crate::{Cited, Link, Named, Says, View, Words};

/// A list of the record.
#[derive(Debug, Clone, PartialEq)]
pub struct ListLine {
    pub id: String,
    pub name: String,
    /// Its rows summarise an agreed text.
    pub summary: bool,
    /// Name of its open-data collection, where it has one.
    pub collection: Option<String>,
    pub count: usize,
}

/// Rows of one list.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryList {
    pub list: Named,
    /// Its rows summarise an agreed text.
    pub summary: bool,
    pub entries: Vec<EntryLine>,
}

/// Whose a row is.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    pub id: String,
    pub name: String,
    /// Absent for a kind of party, which has no page.
    pub link: Option<Link>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryLine {
    pub id: String,
    /// Id of its list.
    pub list: String,
    pub number: u16,
    pub text: String,
    pub holder: Option<Holder>,
    /// The persons or bodies that it names, as printed.
    pub names: Box<[Box<str>]>,
    pub date: Option<Partial>,
    pub meeting: Option<Link>,
    pub since: Option<Partial>,
    /// A page number of the printed work.
    pub page: Option<u16>,
    pub uncertain: bool,
    pub says: Says,
}

/// An acronym and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct AcronymLine {
    pub id: String,
    pub acronym: String,
    /// The letters in the other language, where they differ.
    pub other: Option<String>,
    pub meaning: Words,
    /// False where the text uses it without listing it.
    pub listed: bool,
    pub says: Says,
}

/// The criteria for one kind of party, with the rule that asks for them.
#[derive(Debug, Clone, PartialEq)]
pub struct CriteriaSet {
    pub kind: Named,
    /// How many the rules know.
    pub count: u16,
    /// The body that decides.
    pub decided_by: Option<Link>,
    /// The session in which it decides.
    pub decided_in: Named,
    pub entries: Vec<EntryLine>,
    pub cited: Cited,
}

/// A topic that a body addressed, and when.
#[derive(Debug, Clone, PartialEq)]
pub struct AddressedTopic {
    pub topic: Link,
    pub years: Vec<i16>,
    pub since: Option<i16>,
}

impl View {
    /// The lists of the rules, with how many rows each has.
    pub fn lists(&self) -> Vec<ListLine> {
        let count = |list: &str| self.entry_lines(|entry| entry.list == list).len();
        let lists = self.rules().lists.iter();
        lists
            .map(|list| ListLine {
                id: list.id.clone(),
                name: self.text(&list.name),
                summary: list.summary,
                collection: list.collection.clone(),
                count: count(&list.id),
            })
            .collect()
    }

    /// The rows of one list; those of one holder, where one is asked for.
    pub fn entries(&self, list: &str, holder: Option<&str>) -> Vec<EntryLine> {
        self.entry_lines(|entry| {
            entry.list == list && (holder.is_none() || entry.holder.as_deref() == holder)
        })
    }

    /// One list with its rows.
    pub fn list(&self, id: &str) -> Option<EntryList> {
        self.rules()
            .list(id)
            .map(|_| self.entry_list(id, self.entries(id, None)))
    }

    /// The name of a list; its id where the rules do not know it.
    pub fn list_name(&self, id: &str) -> String {
        self.rules()
            .list(id)
            .map_or_else(|| id.to_owned(), |list| self.text(&list.name))
    }

    /// Whether the rows of a list summarise an agreed text: pages say so.
    pub fn list_is_summary(&self, id: &str) -> bool {
        self.rules().list(id).is_some_and(|list| list.summary)
    }

    /// The acronyms in the order of the reader's language.
    pub fn acronyms(&self) -> Vec<AcronymLine> {
        let mut lines: Vec<AcronymLine> = self
            .conference()
            .acronyms
            .iter()
            .map(|held| {
                let fact = &held.fact;
                let acronym = self.text(&fact.acronym);
                let other = fact.acronym.get(self.language().other()).to_owned();
                AcronymLine {
                    id: fact.id.to_string(),
                    other: (other != acronym).then_some(other),
                    acronym,
                    meaning: self.title(&fact.meaning),
                    listed: fact.listed,
                    says: self.says(held),
                }
            })
            .collect();
        lines.sort_by(|left, right| self.compare(&left.acronym, &right.acronym));
        lines
    }

    /// The criteria by kind of party, each with the rule that asks for them.
    pub fn criteria(&self) -> Vec<CriteriaSet> {
        let rules = self.rules().criteria.iter();
        rules
            .map(|rule| CriteriaSet {
                kind: self.party_kinds(std::slice::from_ref(&rule.kind)).remove(0),
                count: rule.count,
                decided_by: self.body_link(&rule.decided_by),
                decided_in: self.session_name(&rule.decided_by, &rule.decided_in),
                entries: self.entries("criterion", Some(&rule.kind)),
                cited: cited(&rule.row, rule.lines.as_ref()),
            })
            .collect()
    }

    /// The rows that are wanted, up to the day shown, by list, holder and number.
    pub(crate) fn entry_lines(&self, wanted: impl Fn(&EntryListed) -> bool) -> Vec<EntryLine> {
        let begun = |fact: &EntryListed| self.begun(fact.since.or(fact.date));
        let mut all: Vec<_> = self
            .conference()
            .entries
            .iter()
            .filter(|held| begun(&held.fact) && wanted(&held.fact))
            .collect();
        all.sort_by_key(|held| {
            (
                self.list_rank(&held.fact.list),
                self.holder_rank(held),
                held.fact.number,
            )
        });
        all.into_iter().map(|held| self.entry_line(held)).collect()
    }

    /// Every list that is kept for a holder.
    pub(crate) fn lists_of(&self, holder: &str) -> Vec<EntryList> {
        let entries = self.entry_lines(|entry| entry.holder.as_deref() == Some(holder));
        let by_list = entries.chunk_by(|left, right| left.list == right.list);
        by_list
            .map(|entries| self.entry_list(&entries[0].list, entries.to_vec()))
            .collect()
    }

    /// The topics that a body addressed up to the day shown, in the order of the plan.
    pub(crate) fn topics_addressed_by(&self, body: &str) -> Vec<AddressedTopic> {
        let line = |topic: &str| {
            let (years, since) = self.years_taken_up(&self.addressed_rows(topic), body)?;
            Some(AddressedTopic {
                topic: self.topic_or_id(topic),
                years,
                since,
            })
        };
        self.topics_in_order()
            .into_iter()
            .filter_map(|held| line(&held.fact.id))
            .collect()
    }

    fn entry_list(&self, id: &str, entries: Vec<EntryLine>) -> EntryList {
        EntryList {
            list: Named {
                id: id.to_owned(),
                name: self.list_name(id),
            },
            summary: self.list_is_summary(id),
            entries,
        }
    }

    fn entry_line(&self, held: &Held<EntryListed>) -> EntryLine {
        let fact = &held.fact;
        EntryLine {
            id: fact.id.to_string(),
            list: fact.list.to_string(),
            number: fact.number,
            text: self.text(&fact.text),
            holder: fact.holder.as_deref().map(|holder| self.holder(holder)),
            names: fact.names.clone(),
            date: fact.date,
            meeting: fact
                .meeting
                .as_deref()
                .and_then(|meeting| self.meeting_link(meeting)),
            since: fact.since,
            page: fact.page,
            uncertain: self.doubtful(fact.since.or(fact.date)),
            says: self.says(held),
        }
    }

    fn holder(&self, id: &str) -> Holder {
        let link = self.holder_link(id);
        let kind = || {
            self.rules()
                .party_kind(id)
                .map(|kind| self.text(&kind.plural))
        };
        let name = link
            .as_ref()
            .map(|link| link.label.text.clone())
            .or_else(kind)
            .unwrap_or_else(|| id.to_owned());
        Holder {
            id: id.to_owned(),
            name,
            link,
        }
    }

    fn list_rank(&self, id: &str) -> Option<usize> {
        self.rules().lists.iter().position(|list| list.id == id)
    }

    /// Bodies in the order of the rules, then kinds of party, then sections, then whatever comes.
    fn holder_rank(&self, held: &Held<EntryListed>) -> (u16, usize, (u16, u16)) {
        let Some(holder) = held.fact.holder.as_deref() else {
            return (0, 0, (0, 0));
        };
        let kind = self
            .rules()
            .party_kinds
            .iter()
            .position(|kind| kind.id == holder)
            .unwrap_or(usize::MAX);
        (self.body_rank(holder), kind, self.section_rank(holder))
    }

    fn session_name(&self, body: &str, session: &str) -> Named {
        let found = self
            .rules()
            .body(body)
            .and_then(|body| body.sessions.iter().find(|found| found.id == session));
        Named {
            id: session.to_owned(),
            name: found.map_or_else(|| session.to_owned(), |found| self.text(&found.name)),
        }
    }
}
