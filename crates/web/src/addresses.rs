use comity_view::{Language, Link, Target};

use crate::query::encode;

/// Writes the addresses of the site from one table: the kind of page and its words in Spanish and English.
macro_rules! addresses {
    (plain { $($plain:ident: $plain_es:literal, $plain_en:literal;)* } with_id { $($item:ident: $item_es:literal, $item_en:literal;)* }) => {
        /// A page of the site.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum Address {
            $($plain,)*
            $($item(String),)*
        }

        /// A kind of page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $($plain,)*
            $($item,)*
        }

        impl Kind {
            /// Every kind of page.
            pub const ALL: &[Self] = &[$(Self::$plain,)* $(Self::$item,)*];

            /// The words of its path; a thing's id follows them.
            pub const fn words(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$plain, Language::Es) => $plain_es, (Self::$plain, Language::En) => $plain_en,)*
                    $((Self::$item, Language::Es) => $item_es, (Self::$item, Language::En) => $item_en,)*
                }
            }

            /// The one page of this kind; `None` where each thing has its own.
            pub fn single(self) -> Option<Address> {
                self.address(None)
            }

            /// The address of this kind with that id, or without one.
            fn address(self, id: Option<&str>) -> Option<Address> {
                match (self, id) {
                    $((Self::$plain, None) => Some(Address::$plain),)*
                    $((Self::$item, Some(id)) => Some(Address::$item(id.to_owned())),)*
                    $((Self::$plain, Some(_)) => None,)*
                    $((Self::$item, None) => None,)*
                }
            }
        }

        impl Address {
            /// What kind of page it is.
            pub const fn kind(&self) -> Kind {
                match self {
                    $(Self::$plain => Kind::$plain,)*
                    $(Self::$item(_) => Kind::$item,)*
                }
            }

            /// The id of the thing whose page it is.
            pub fn id(&self) -> Option<&str> {
                match self {
                    $(Self::$plain => None,)*
                    $(Self::$item(id) => Some(id),)*
                }
            }
        }
    };
}

addresses! {
    plain {
        Home: "", "";
        About: "acerca-de", "about";
        Structure: "estructura", "structure";
        Members: "miembros", "members";
        Criteria: "criterios", "criteria";
        Presidencies: "presidencias", "presidencies";
        Meetings: "reuniones", "meetings";
        Written: "consultas-concluidas", "concluded-consultations";
        Plan: "plan-de-accion", "plan-of-action";
        Documents: "documentos", "documents";
        Actions: "acciones", "actions";
        Organisations: "organizaciones", "organisations";
        Fora: "foros", "fora";
        Seminars: "seminarios", "seminars";
        Finance: "finanzas", "finance";
        Glossary: "glosario", "glossary";
        Edition: "sobre-esta-edicion", "about-this-edition";
        Register: "registro", "register";
        Checkpoint: "registro/punto-de-control", "register/checkpoint";
        Verify: "registro/comprobar", "register/verify";
        Search: "buscar", "search";
        OpenData: "datos-abiertos", "open-data";
        Accessibility: "accesibilidad", "accessibility";
    }
    with_id {
        Country: "paises", "countries";
        Presidency: "presidencias", "presidencies";
        Meeting: "reuniones", "meetings";
        Body: "organos", "bodies";
        Theme: "ejes", "themes";
        Section: "secciones", "sections";
        Topic: "temas", "topics";
        Document: "documentos", "documents";
        Action: "acciones", "actions";
        Organisation: "organizaciones", "organisations";
        Act: "registro/actos", "register/acts";
        VerifyAct: "registro/comprobar", "register/verify";
    }
}

/// Where a path leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reading {
    Page(Address),
    /// The path is written with the other language's words.
    OtherLanguage(Address),
    Nothing,
}

impl Address {
    /// The path in a language.
    pub fn path(&self, language: Language) -> String {
        let mut path = format!("/{}", language.code());
        let words = self.kind().words(language);
        if !words.is_empty() {
            path.push('/');
            path.push_str(words);
        }
        if let Some(id) = self.id() {
            path.push('/');
            encode(id, &mut path);
        }
        path
    }

    /// The page of decoded path segments after the language.
    pub(crate) fn read(language: Language, segments: &[String]) -> Reading {
        if let Some(address) = Self::find(language, segments) {
            return Reading::Page(address);
        }
        Self::find(language.other(), segments).map_or(Reading::Nothing, Reading::OtherLanguage)
    }

    fn find(language: Language, segments: &[String]) -> Option<Self> {
        Kind::ALL.iter().find_map(|kind| {
            let words: Vec<&str> = kind
                .words(language)
                .split('/')
                .filter(|word| !word.is_empty())
                .collect();
            let (head, rest) = segments.split_at_checked(words.len())?;
            if head.iter().ne(words.iter()) {
                return None;
            }
            match rest {
                [] => kind.address(None),
                [id] => kind.address(Some(id)),
                _ => None,
            }
        })
    }

    /// The page of a thing, and its place on that page where it has none of its own.
    pub fn of(link: &Link) -> (Self, Option<&str>) {
        let id = link.id.clone();
        match link.to {
            Target::Country => (Self::Country(id), None),
            Target::Party => (Self::Members, Some(&link.id)),
            Target::Organization => (Self::Organisation(id), None),
            Target::Body => (Self::Body(id), None),
            Target::Meeting => (Self::Meeting(id), None),
            Target::Presidency => (Self::Presidency(id), None),
            Target::Theme => (Self::Theme(id), None),
            Target::Section => (Self::Section(id), None),
            Target::Topic => (Self::Topic(id), None),
            Target::Document => (Self::Document(id), None),
            Target::Action => (Self::Action(id), None),
            Target::Forum => (Self::Fora, Some(&link.id)),
            Target::Seminar => (Self::Seminars, Some(&link.id)),
            Target::Act => (Self::Act(id), None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn segments(path: &str) -> Vec<String> {
        path.split('/')
            .skip(2)
            .map(|part| crate::query::decode(part).unwrap())
            .collect()
    }

    #[test]
    fn every_address_is_read_as_it_is_written() {
        for kind in Kind::ALL {
            let address = kind
                .address(None)
                .or_else(|| kind.address(Some("a-b/ñ 1")))
                .unwrap();
            for language in Language::ALL {
                let path = address.path(language);
                assert_eq!(
                    Address::read(language, &segments(&path)),
                    Reading::Page(address.clone()),
                    "{path}"
                );
            }
        }
    }

    #[test]
    fn words_of_the_other_language_lead_to_the_same_page() {
        let read = Address::read(Language::En, &segments("/en/documentos/x"));
        assert_eq!(
            read,
            Reading::OtherLanguage(Address::Document("x".to_owned()))
        );
        assert_eq!(
            Address::read(Language::En, &segments("/en/nothing")),
            Reading::Nothing
        );
        assert_eq!(
            Address::read(Language::En, &segments("/en/documents/x/y")),
            Reading::Nothing
        );
    }
}
