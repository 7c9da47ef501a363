use std::borrow::Cow;

use comity_view::{Date, Language, Link, Target, View, Words};
use comity_wording::{Value, Wording};

use crate::inside::{Badge, Room};
use crate::language::words;
use crate::linked_data::LinkedData;
use crate::pages::{self, Ask};
use crate::query::encode;
use crate::{Address, Freshness, Kind, PublicHead, Query, assets};

/// What stands around the text of a page, and how templates say words and write addresses.
///
/// In a template: `frame.say("key")`, `frame.to(&link)`, `frame.of(&Address::Meetings)`.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) linked_data: Option<LinkedData>,
    /// Between the first page and this one.
    pub(crate) crumbs: Vec<Step>,
    /// The conference's names and what it is, from its rules.
    pub(crate) masthead: String,
    pub(crate) alias: Option<String>,
    pub(crate) demo: bool,
    /// What the clock of a demonstration shows, where more than the day is known.
    pub(crate) clock_shows: Option<String>,
    /// As of when the page is, where it is not current.
    pub(crate) notice: Option<String>,
    /// Who is signed in.
    pub(crate) badge: Option<Badge>,
    /// The page is of one person: no day, no search, no public address.
    pub(crate) inside: bool,
    /// The way in, where there is one.
    pub(crate) door: Option<String>,
    /// The page in every language, where it has no public address.
    pub(crate) versions: Vec<Version>,
    /// The title of the source, for the lines that say who says so.
    work: String,
    words: &'static Wording,
    language: Language,
    /// Absent where no page has the address: a fault.
    address: Option<Address>,
    query: Query,
    on: Option<Date>,
    since: Date,
    today: Date,
    state_of_record: Option<Date>,
    /// What the public is told of the register: never where it stands at the moment, which would betray a closed act.
    head: PublicHead,
    origin: String,
}

/// A step of the way to a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Step {
    pub(crate) label: String,
    pub(crate) href: String,
}

/// An entry of the main navigation.
#[derive(Debug)]
pub(crate) struct Way {
    pub(crate) label: String,
    pub(crate) href: String,
    /// Value of `aria-current`: `page`, or `true` for a page below it; empty elsewhere.
    pub(crate) current: &'static str,
}

/// This page in one language.
#[derive(Debug, Clone)]
pub(crate) struct Version {
    pub(crate) code: &'static str,
    pub(crate) name: Cow<'static, str>,
    pub(crate) href: String,
    /// It is the one that is shown.
    pub(crate) current: bool,
}

/// The main navigation, by page kind.
const MAIN: [Kind; 6] = [
    Kind::About,
    Kind::Meetings,
    Kind::Plan,
    Kind::Documents,
    Kind::Members,
    Kind::Register,
];
/// The links at the foot.
const FOOT: [Kind; 7] = [
    Kind::Verify,
    Kind::Checkpoint,
    Kind::OpenData,
    Kind::Glossary,
    Kind::Search,
    Kind::Accessibility,
    Kind::Edition,
];

impl Frame {
    /// The frame of a page with that title.
    pub(crate) fn new(ask: &Ask, title: impl Into<String>) -> Self {
        let head = ask.site.source.public_head();
        let mut frame = Self::around(&ask.view, head, title.into()).noticed(ask.freshness);
        frame.address = Some(ask.address.clone());
        frame.query = ask.query.clone();
        let door = ask.site.indoors.is_some();
        frame.door = door.then(|| Room::SignIn.path(ask.view.language()));
        frame.origin = ask
            .site
            .configuration
            .public_address
            .clone()
            .unwrap_or_default();
        frame
    }

    /// The frame of a fault: no page has its address.
    pub(crate) fn around(view: &View, head: PublicHead, title: String) -> Self {
        let process = &view.rules().process;
        let snapshot = view.snapshot();
        Self {
            title,
            description: None,
            linked_data: None,
            crumbs: Vec::new(),
            masthead: view.masthead().to_owned(),
            alias: view.alias().map(|alias| {
                let since = process.since.start().year.to_string();
                words(view.language()).say_with(
                    "masthead-about",
                    &[("alias", alias.into()), ("since", since.into())],
                )
            }),
            demo: snapshot.demo,
            clock_shows: None,
            notice: None,
            badge: None,
            inside: false,
            door: None,
            versions: Vec::new(),
            work: view
                .source()
                .map(|source| source.title.text)
                .unwrap_or_default(),
            words: words(view.language()),
            language: view.language(),
            address: None,
            query: Query::default(),
            on: view.lens().on,
            since: process.since.earliest(),
            today: view.lens().today,
            state_of_record: view.state_of_record(),
            head,
            origin: String::new(),
        }
    }

    /// The same with another title, for one that is said in the words of the frame.
    #[must_use]
    pub(crate) fn titled(mut self, title: String) -> Self {
        self.title = title;
        self
    }

    /// Says above the page as of when it is, where it is not current.
    #[must_use]
    pub(crate) fn noticed(mut self, freshness: Freshness) -> Self {
        self.notice = freshness.notice(self.language);
        self
    }

    /// One sentence on the page, for search engines.
    #[must_use]
    pub(crate) fn described(mut self, description: impl Into<String>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// A page of the site above this one; from the outermost.
    #[must_use]
    pub(crate) fn below(mut self, address: &Address) -> Self {
        let step = Step {
            label: self.name_of(address.kind()),
            href: self.of(address),
        };
        self.crumbs.push(step);
        self
    }

    /// A thing above this page; from the outermost.
    #[must_use]
    pub(crate) fn below_thing(mut self, link: &Link) -> Self {
        let step = Step {
            label: link.label.text.clone(),
            href: self.to(link),
        };
        self.crumbs.push(step);
        self
    }

    /// What the page tells machines.
    #[must_use]
    pub(crate) fn with_data(mut self, data: LinkedData) -> Self {
        self.linked_data = Some(data);
        self
    }

    // What templates ask for.

    pub(crate) fn say(&self, key: &str) -> Cow<'static, str> {
        self.words.say(key)
    }

    /// A message with one variable.
    pub(crate) fn say_one<'v>(&self, key: &str, name: &str, value: impl Into<Value<'v>>) -> String {
        self.words.say_with(key, &[(name, value.into())])
    }

    /// The title of the source from which the record is read.
    pub(crate) fn work(&self) -> &str {
        &self.work
    }

    /// Dates, numbers, lists and countries in words.
    pub(crate) const fn words(&self) -> &'static Wording {
        self.words
    }

    pub(crate) const fn lang(&self) -> &'static str {
        self.language.code()
    }

    /// The name of a kind of page in navigation.
    pub(crate) fn name_of(&self, kind: Kind) -> String {
        self.say(pages::name_key(kind)).into_owned()
    }

    /// The address of a page, on the day that is shown.
    pub(crate) fn of(&self, address: &Address) -> String {
        self.dated(address.path(self.language))
    }

    /// The address of a page with a query, on the day that is shown.
    pub(crate) fn of_with(&self, address: &Address, query: &Query) -> String {
        let query = self
            .on
            .map_or_else(|| query.clone(), |on| query.with("on", &on.to_string()));
        address.path(self.language) + &query.written()
    }

    /// The address of a thing, on the day that is shown.
    pub(crate) fn to(&self, link: &Link) -> String {
        let (address, place) = Address::of(link);
        let mut href = self.of(&address);
        if let Some(place) = place {
            href.push('#');
            encode(place, &mut href);
        }
        href
    }

    /// Whether links of this sort lead anywhere.
    pub(crate) fn leads(&self, link: &Link) -> bool {
        let (address, _) = Address::of(link);
        pages::exists(address.kind())
    }

    /// The name of a sort of thing.
    pub(crate) fn sort_of(&self, link: &Link) -> Cow<'static, str> {
        self.say(match link.to {
            Target::Country => "search-kind-country",
            Target::Party => "search-kind-party",
            Target::Organization => "search-kind-organization",
            Target::Body => "search-kind-body",
            Target::Meeting => "search-kind-meeting",
            Target::Presidency => "search-kind-presidency",
            Target::Theme => "search-kind-theme",
            Target::Section => "search-kind-section",
            Target::Topic => "search-kind-topic",
            Target::Document => "search-kind-document",
            Target::Action => "search-kind-action",
            Target::Forum => "search-kind-forum",
            Target::Seminar => "search-kind-seminar",
            Target::Act => "search-kind-act",
        })
    }

    /// The mark of our own translations; empty elsewhere.
    pub(crate) fn mark(&self, words: &Words) -> Cow<'static, str> {
        if words.is_translation() {
            self.say("translation-mark")
        } else {
            Cow::Borrowed("")
        }
    }

    /// The served address of a built file.
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// Whether seats are taken here at all.
    pub(crate) const fn has_doors(&self) -> bool {
        self.door.is_some() || self.inside
    }

    /// The page itself, to come back to.
    pub(crate) fn back(&self) -> String {
        let own = self.versions.iter().find(|version| version.current);
        own.map_or_else(|| self.here(), |own| own.href.clone())
    }

    /// What the clock of a demonstration shows.
    pub(crate) fn clock_reads(&self) -> String {
        let day = || self.words.day(self.today);
        let at = self.clock_shows.clone().unwrap_or_else(day);
        self.say_one("clock-shows", "at", at)
    }

    /// Where the clock of a demonstration is put forward.
    pub(crate) fn clock(&self) -> String {
        crate::inside::Room::Clock.path(self.language)
    }

    /// This page's own address, in the reader's language.
    pub(crate) fn here(&self) -> String {
        self.in_language(self.language)
    }

    pub(crate) fn main_ways(&self) -> Vec<Way> {
        let existing = MAIN.iter().filter(|kind| pages::exists(**kind));
        existing.filter_map(|kind| self.way(*kind)).collect()
    }

    pub(crate) fn foot_ways(&self) -> Vec<Way> {
        let existing = FOOT.iter().filter(|kind| pages::exists(**kind));
        existing.filter_map(|kind| self.way(*kind)).collect()
    }

    fn way(&self, kind: Kind) -> Option<Way> {
        let href = self.of(&kind.single()?);
        let here = self.address.as_ref().map(Address::kind);
        let current = match here {
            Some(here) if here == kind => "page",
            Some(here) if section(here) == kind => "true",
            _ => "",
        };
        Some(Way {
            label: self.name_of(kind),
            href,
            current,
        })
    }

    /// This page in every language, the reader's own included.
    pub(crate) fn languages(&self) -> Vec<Version> {
        if !self.versions.is_empty() {
            return self.versions.clone();
        }
        let version = |language| Version {
            code: Language::code(language),
            name: words(language).say("language-name"),
            href: self.in_language(language),
            current: language == self.language,
        };
        Language::ALL.into_iter().map(version).collect()
    }

    fn in_language(&self, language: Language) -> String {
        let path = self
            .address
            .as_ref()
            .unwrap_or(&Address::Home)
            .path(language);
        let query = self.on.map_or_else(
            || self.query.clone(),
            |on| self.query.with("on", &on.to_string()),
        );
        path + &query.written()
    }

    /// Scheme and host as configured, for addresses that must be absolute; empty where none is.
    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The address under which this page is to be cited: without a day that is shown by chance.
    pub(crate) fn canonical(&self) -> Option<String> {
        let address = self.address.as_ref()?;
        Some(format!(
            "{}{}{}",
            self.origin,
            address.path(self.language),
            self.query.written()
        ))
    }

    /// "State of the record: October 2011", where it does not show a day that was asked for.
    pub(crate) fn state_of_record(&self) -> Option<String> {
        let month = self.words.month(self.state_of_record?);
        Some(self.say_one("record-state", "month", month))
    }

    /// The sentence above a page of a past day, and the address of the page as it is now.
    pub(crate) fn as_of(&self) -> Option<(String, String)> {
        let shown = self.say_one("as-of-shown", "day", self.words.day(self.on?));
        let address = self.address.as_ref().unwrap_or(&Address::Home);
        Some((shown, address.path(self.language) + &self.query.written()))
    }

    /// What the form for another day keeps of the present address.
    pub(crate) fn kept_by_form(&self) -> impl Iterator<Item = (&str, &str)> {
        self.query.pairs()
    }

    /// The path to which that form goes.
    pub(crate) fn form_path(&self) -> String {
        self.address
            .as_ref()
            .unwrap_or(&Address::Home)
            .path(self.language)
    }

    pub(crate) fn on_value(&self) -> String {
        self.on.map_or_else(String::new, |day| day.to_string())
    }

    pub(crate) fn first_day(&self) -> String {
        self.since.to_string()
    }

    pub(crate) fn last_day(&self) -> String {
        self.today.to_string()
    }

    pub(crate) fn acts(&self) -> String {
        self.say_one("footer-register", "count", self.head.size)
    }

    /// The first and last digits of the register's root.
    pub(crate) fn short_root(&self) -> String {
        let root = &self.head.root;
        match (
            root.get(..8),
            root.len().checked_sub(8).and_then(|from| root.get(from..)),
        ) {
            (Some(first), Some(last)) if root.len() > 16 => format!("{first}…{last}"),
            _ => root.clone(),
        }
    }

    fn dated(&self, path: String) -> String {
        match self.on {
            Some(on) => format!("{path}?on={on}"),
            None => path,
        }
    }
}

/// The entry of the main navigation below which a kind of page stands.
const fn section(kind: Kind) -> Kind {
    match kind {
        Kind::About
        | Kind::Structure
        | Kind::Presidencies
        | Kind::Presidency
        | Kind::Body
        | Kind::Finance
        | Kind::Edition => Kind::About,
        Kind::Meetings | Kind::Meeting | Kind::Fora | Kind::Seminars | Kind::Written => {
            Kind::Meetings
        }
        Kind::Plan | Kind::Theme | Kind::Section | Kind::Topic | Kind::Actions | Kind::Action => {
            Kind::Plan
        }
        Kind::Documents | Kind::Document => Kind::Documents,
        Kind::Members
        | Kind::Country
        | Kind::Criteria
        | Kind::Organisations
        | Kind::Organisation => Kind::Members,
        Kind::Register | Kind::Act | Kind::Checkpoint | Kind::Verify | Kind::VerifyAct => {
            Kind::Register
        }
        Kind::Home | Kind::Glossary | Kind::Search | Kind::OpenData | Kind::Accessibility => {
            Kind::Home
        }
    }
}
