//! How a collection is described: each column once, with its field and how a fact fills it.

use std::borrow::Borrow;

use comity_calendar::Partial;
use comity_conference::fact::Place;
use comity_conference::{Held, Provenance};
use comity_rules::{Language, Standing, Text, Title};

use super::{Cell, Constraint, Field, FieldKind, Row, Table};
use crate::View;

/// The Spanish and the English words of a label.
pub(super) type Label = (&'static str, &'static str);

/// The columns of a collection, or of rows within a row.
pub(super) struct Sheet<'v, T: 'v> {
    view: &'v View,
    columns: Vec<Column<'v, T>>,
}

struct Column<'v, T: 'v> {
    field: Field,
    read: Box<dyn Fn(&'v T) -> Cell + 'v>,
}

pub(super) fn words((es, en): Label) -> Text {
    Text::new(es, en)
}

/// The title of a collection that the rules do not title: its name in addresses.
pub(super) fn unnamed(name: &str) -> Text {
    Text::new(name, name)
}

pub(super) const fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Printed => "printed",
        Standing::Official => "official",
        Standing::Translation => "translation",
    }
}

impl<'v, T: 'v> Sheet<'v, T> {
    pub fn new(view: &'v View) -> Self {
        Self {
            view,
            columns: Vec::new(),
        }
    }

    /// A column of any kind.
    pub fn column(
        mut self,
        name: &str,
        kind: FieldKind,
        title: Text,
        read: impl Fn(&'v T) -> Cell + 'v,
    ) -> Self {
        let field = Field {
            name: name.to_owned(),
            kind,
            title,
            required: false,
            constraint: None,
        };
        self.columns.push(Column {
            field,
            read: Box::new(read),
        });
        self
    }

    /// Every row has the column named last.
    pub fn required(mut self) -> Self {
        if let Some(column) = self.columns.last_mut() {
            column.field.required = true;
        }
        self
    }

    /// The column named last holds one of these words.
    pub fn one_of(mut self, words: impl IntoIterator<Item = impl Into<String>>) -> Self {
        if let Some(column) = self.columns.last_mut() {
            column.field.constraint = Some(Constraint::OneOf(
                words.into_iter().map(Into::into).collect(),
            ));
        }
        self
    }

    /// The column named last holds the key of a row of one of these collections.
    pub fn key_of(mut self, collections: impl IntoIterator<Item = impl Into<String>>) -> Self {
        if let Some(column) = self.columns.last_mut() {
            column.field.constraint = Some(Constraint::Key(
                collections.into_iter().map(Into::into).collect(),
            ));
        }
        self
    }

    pub fn id(self, read: impl Fn(&'v T) -> &'v str + 'v) -> Self {
        let label = ("Identificador", "Identifier");
        let mut sheet = self
            .text("id", label, move |row| Some(read(row)))
            .required();
        if let Some(column) = sheet.columns.last_mut() {
            column.field.constraint = Some(Constraint::Id);
        }
        sheet
    }

    pub fn text(
        self,
        name: &str,
        label: Label,
        read: impl Fn(&'v T) -> Option<&'v str> + 'v,
    ) -> Self {
        self.column(name, FieldKind::Text, words(label), move |row| {
            Cell::text(read(row))
        })
    }

    pub fn number(
        self,
        name: &str,
        label: Label,
        read: impl Fn(&'v T) -> Option<u16> + 'v,
    ) -> Self {
        self.column(name, FieldKind::Integer, words(label), move |row| {
            read(row).map_or(Cell::Empty, |number| Cell::Integer(number.into()))
        })
    }

    pub fn date(
        self,
        name: &str,
        label: Label,
        read: impl Fn(&'v T) -> Option<Partial> + 'v,
    ) -> Self {
        self.column(name, FieldKind::Date, words(label), move |row| {
            Cell::text(read(row).map(|date| date.to_string()))
        })
    }

    pub fn flag(self, name: &str, label: Label, read: impl Fn(&'v T) -> bool + 'v) -> Self {
        self.column(name, FieldKind::Flag, words(label), move |row| {
            Cell::Flag(read(row))
        })
        .required()
    }

    pub fn texts<S: ToString + 'v>(
        self,
        name: &str,
        label: Label,
        read: impl Fn(&'v T) -> &'v [S] + 'v,
    ) -> Self {
        self.column(name, FieldKind::Texts, words(label), move |row| {
            let texts = read(row).iter().map(ToString::to_string);
            Cell::List(texts.map(Cell::Text).collect())
        })
    }

    /// Our own words in both languages: two columns.
    pub fn bilingual<R: Borrow<Text>>(
        mut self,
        name: &str,
        (es, en): Label,
        read: impl Fn(&'v T) -> Option<R> + Copy + 'v,
    ) -> Self {
        for language in [Language::En, Language::Es] {
            let title = in_language((es, en), language);
            self = self.column(
                &format!("{name}_{}", language.code()),
                FieldKind::Text,
                title,
                move |row| Cell::text(read(row).as_ref().map(|text| text.borrow().get(language))),
            );
        }
        self
    }

    /// A name or title that somebody gave: two columns, and for each how it came to be.
    pub fn title(
        mut self,
        name: &str,
        label: Label,
        read: impl Fn(&'v T) -> Option<&'v Title> + Copy + 'v,
    ) -> Self {
        for language in [Language::En, Language::Es] {
            let title = in_language(label, language);
            self = self.column(
                &format!("{name}_{}", language.code()),
                FieldKind::Text,
                title,
                move |row| Cell::text(read(row).map(|title| title.get(language))),
            );
        }
        for language in [Language::En, Language::Es] {
            let (es, en) = label;
            let title = Text::new(
                format!("{es}: procedencia de la versión en {}", spanish(language)),
                format!("{en}: where the {} version comes from", english(language)),
            );
            self = self
                .column(
                    &format!("{name}_{}_is", language.code()),
                    FieldKind::Text,
                    title,
                    move |row| {
                        Cell::text(read(row).map(|title| standing(title.standing(language))))
                    },
                )
                .one_of(["printed", "official", "translation"]);
        }
        self
    }

    /// A title that every row has.
    pub fn titled(
        self,
        name: &str,
        label: Label,
        read: impl Fn(&'v T) -> &'v Title + Copy + 'v,
    ) -> Self {
        let before = self.columns.len();
        let mut sheet = self.title(name, label, move |row| Some(read(row)));
        for column in &mut sheet.columns[before..] {
            column.field.required = true;
        }
        sheet
    }

    /// A term of a vocabulary of the rules: its id and its words in both languages.
    pub fn term(
        self,
        name: &str,
        vocabulary: &'static str,
        label: Label,
        read: impl Fn(&'v T) -> Option<&'v str> + Copy + 'v,
    ) -> Self {
        let rules = self.view.rules();
        let terms: Vec<String> = rules
            .vocabulary
            .get(vocabulary)
            .map(|terms| terms.keys().cloned().collect())
            .unwrap_or_default();
        self.text(name, label, read)
            .one_of(terms)
            .bilingual(name, label, move |row| rules.term(vocabulary, read(row)?))
    }

    /// A place: its city in both languages and its country's code.
    pub fn place(self, read: impl Fn(&'v T) -> Option<&'v Place> + Copy + 'v) -> Self {
        self.bilingual(
            "city",
            ("Ciudad o localidad", "City or locality"),
            move |row| read(row)?.city.as_ref(),
        )
        .text(
            "country",
            (
                "Código ISO 3166-1 del país",
                "ISO 3166-1 code of the country",
            ),
            move |row| read(row)?.country.as_deref(),
        )
    }

    /// Rows within the row.
    pub fn rows<U: 'v>(
        self,
        name: &str,
        label: Label,
        inner: Sheet<'v, U>,
        read: impl Fn(&'v T) -> Vec<&'v U> + 'v,
    ) -> Self {
        let fields = inner.fields();
        self.column(name, FieldKind::Rows(fields), words(label), move |row| {
            Cell::List(read(row).into_iter().map(|row| inner.named(row)).collect())
        })
    }

    /// Titles within the row, each with how it came to be.
    pub fn titles(
        self,
        name: &str,
        label: Label,
        read: impl Fn(&'v T) -> &'v [Title] + 'v,
    ) -> Self {
        let inner =
            Sheet::new(self.view).titled("title", ("Título", "Title"), |title: &Title| title);
        self.rows(name, label, inner, move |row| read(row).iter().collect())
    }

    fn fields(&self) -> Vec<Field> {
        self.columns
            .iter()
            .map(|column| column.field.clone())
            .collect()
    }

    fn named(&self, row: &'v T) -> Cell {
        let cell = |column: &Column<'v, T>| (column.field.name.clone(), (column.read)(row));
        Cell::Named(self.columns.iter().map(cell).collect())
    }

    /// The collection with these rows.
    pub fn table(
        self,
        name: &str,
        title: Text,
        description: Label,
        rows: impl IntoIterator<Item = &'v T>,
    ) -> Table {
        let rows = rows.into_iter().map(|row| {
            Row(self
                .columns
                .iter()
                .map(|column| (column.read)(row))
                .collect())
        });
        Table {
            name: name.to_owned(),
            title,
            description: words(description),
            key: "id",
            rows: rows.collect(),
            fields: self.fields(),
        }
    }
}

impl<'v, F: 'v> Sheet<'v, Held<F>> {
    /// Who says so: the act, the source, and how its reading differs from print.
    pub fn says(self, view: &'v View) -> Self {
        self.column(
            "act",
            FieldKind::Text,
            words(("Acto que lo asienta", "Act that says so")),
            |held: &Held<F>| Cell::Text(view.conference().says(held).to_string()),
        )
        .required()
        .key_of(["acts"])
        .origin(|held| held.provenance.as_ref())
    }
}

const LINES: Label = ("Líneas de la fuente", "Lines of the source");

impl<'v, T: 'v> Sheet<'v, T> {
    /// Where it stands in a source, and how its reading differs from print.
    pub fn origin(self, read: impl Fn(&'v T) -> Option<&'v Provenance> + Copy + 'v) -> Self {
        self.text("source", ("Fuente", "Source"), move |row| {
            Some(read(row)?.source().as_str())
        })
        .text("source_lines", LINES, move |row| Some(read(row)?.lines()))
        .column(
            "printed",
            FieldKind::Named,
            words((
                "Lo impreso, por campo, donde difiere",
                "What stands in print, by field, where it differs",
            )),
            move |row| Cell::Named(read(row).map(printed).unwrap_or_default()),
        )
        .bilingual("note", ("Nota", "Note"), move |row| read(row)?.note())
        .flag(
            "inferred",
            (
                "No consta en la fuente; se infiere de ella",
                "Not stated by the source but inferable from it",
            ),
            move |row| read(row).is_some_and(Provenance::inferred),
        )
    }
}

fn printed(provenance: &Provenance) -> Vec<(String, Cell)> {
    provenance
        .printed()
        .map(|(field, text)| (field.to_string(), Cell::Text(text.to_string())))
        .collect()
}

fn in_language((es, en): Label, language: Language) -> Text {
    Text::new(
        format!("{es} (en {})", spanish(language)),
        format!("{en} (in {})", english(language)),
    )
}

const fn spanish(language: Language) -> &'static str {
    match language {
        Language::Es => "español",
        Language::En => "inglés",
    }
}

const fn english(language: Language) -> &'static str {
    match language {
        Language::Es => "Spanish",
        Language::En => "English",
    }
}
