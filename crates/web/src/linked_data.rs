//! What pages tell machines about themselves: schema.org in JSON-LD.

use std::fmt;

use comity_view::{Language, Partial};
use serde_json::{Value, json};

/// JSON that can stand inside a script element.
///
/// It is a block of data: browsers do not run it, and the content policy does not speak of it.
#[derive(Debug, Clone)]
pub struct LinkedData(String);

impl LinkedData {
    /// Writes the value so that no text in it can close the element or open a comment.
    pub fn new(value: &Value) -> Self {
        Self(
            value
                .to_string()
                .replace('<', "\\u003c")
                .replace('>', "\\u003e")
                .replace('&', "\\u0026"),
        )
    }

    /// The site as a whole: on its first page.
    pub fn site(name: &str, description: &str, address: &str, language: Language) -> Self {
        Self::new(&json!({
            "@context": "https://schema.org", "@type": "WebSite", "name": name, "description": description, "url": address,
            "inLanguage": language.code(),
        }))
    }

    /// A meeting.
    pub fn meeting(
        name: &str,
        address: &str,
        when: Option<&Partial>,
        place: Option<&str>,
        organizer: &str,
    ) -> Self {
        Self::new(&json!({
            "@context": "https://schema.org", "@type": "Event", "name": name, "url": address,
            "startDate": when.map(|when| when.start().earliest().to_string()),
            "endDate": when.and_then(Partial::latest).map(|day| day.to_string()),
            "location": place.map(|place| json!({ "@type": "Place", "name": place })),
            "organizer": { "@type": "Organization", "name": organizer },
        }))
    }

    /// A document.
    pub fn document(
        name: &str,
        description: &str,
        address: &str,
        when: Option<&Partial>,
        publisher: &str,
    ) -> Self {
        Self::new(&json!({
            "@context": "https://schema.org", "@type": "CreativeWork", "name": name, "description": description, "url": address,
            "datePublished": when.map(ToString::to_string),
            "publisher": { "@type": "Organization", "name": publisher },
        }))
    }
}

/// INVARIANT: `new` leaves none of `<`, `>` and `&`. The frame of a page writes it as it is.
impl fmt::Display for LinkedData {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_title_can_close_the_element() {
        let data = LinkedData::site("</script><b>&amp;<!--", "d", "/es", Language::Es);
        assert!(!data.to_string().contains(['<', '>', '&']));
        let read: Value = serde_json::from_str(&data.to_string()).unwrap();
        assert_eq!(read["name"], "</script><b>&amp;<!--");
    }
}
