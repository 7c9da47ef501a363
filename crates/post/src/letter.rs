use std::time::{Duration, SystemTime};

use jiff::Timestamp;
use lettre::Message;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Attachment, MessageBuilder, MultiPart};

use crate::Enclosed;

/// Somebody with an address.
#[derive(Clone, PartialEq, Eq)]
pub struct Mailbox {
    pub name: String,
    pub address: String,
}

/// `Technical Secretariat <st@conference.example>`, or the address alone.
impl std::str::FromStr for Mailbox {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        let read: lettre::message::Mailbox = text.parse().map_err(Malformed::Address)?;
        Ok(Self {
            name: read.name.unwrap_or_default(),
            address: read.email.to_string(),
        })
    }
}

/// A log must never hold one.
impl std::fmt::Debug for Mailbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mailbox(…)")
    }
}

/// What is sent: the same words twice, as plain text and as a page without pictures.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// Names the letter for good: sent twice, it is still one.
    pub id: String,
    pub from: Mailbox,
    pub to: Mailbox,
    /// Code of the language in which it is written.
    pub language: &'static str,
    pub subject: String,
    pub text: String,
    pub html: String,
    pub date: Timestamp,
    /// The name of the conversation to which it belongs.
    pub thread: Option<String>,
    /// An entry for a calendar that comes with it.
    pub entry: Option<Enclosed>,
}

/// It may hold a link that lets somebody in.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

/// Why a letter cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum Malformed {
    #[error("an address is none")]
    Address(#[source] lettre::address::AddressError),
    #[error("the letter cannot be put together")]
    Letter(#[source] lettre::error::Error),
}

/// Programs that answer letters leave this one alone.
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

#[derive(Debug, Clone)]
struct ContentLanguage(String);

impl Header for ContentLanguage {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Content-Language")
    }

    fn parse(text: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

impl Letter {
    /// The letter as it goes over the wire.
    ///
    /// # Errors
    /// An address is none.
    pub fn message(&self) -> Result<Message, Malformed> {
        let from = mailbox(&self.from)?;
        let host = from.email.domain().to_owned();
        let seconds = u64::try_from(self.date.as_second()).unwrap_or_default();
        let builder: MessageBuilder = Message::builder()
            .message_id(Some(format!("<{}@{host}>", self.id)))
            // The first letter names the same conversation as those that follow.
            .in_thread(self.thread.as_deref(), &host)
            .from(from)
            .to(mailbox(&self.to)?)
            .subject(plain(&self.subject))
            .date(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds))
            .header(AutoSubmitted)
            .header(ContentLanguage(self.language.to_owned()));
        let body = MultiPart::alternative_plain_html(self.text.clone(), self.html.clone());
        let Some(entry) = &self.entry else {
            return builder.multipart(body).map_err(Malformed::Letter);
        };
        let kind = ContentType::parse("text/calendar; charset=utf-8; method=PUBLISH");
        let kind = kind.expect("it is a media type");
        let file = Attachment::new(entry.file().to_owned());
        let whole = MultiPart::mixed()
            .multipart(body)
            .singlepart(file.body(entry.written(), kind));
        builder.multipart(whole).map_err(Malformed::Letter)
    }
}

trait InThread {
    fn in_thread(self, thread: Option<&str>, host: &str) -> Self;
}

impl InThread for MessageBuilder {
    fn in_thread(self, thread: Option<&str>, host: &str) -> Self {
        let Some(thread) = thread else { return self };
        let name = format!("<{thread}@{host}>");
        self.in_reply_to(name.clone()).references(name)
    }
}

fn mailbox(mailbox: &Mailbox) -> Result<lettre::message::Mailbox, Malformed> {
    let address = mailbox.address.parse().map_err(Malformed::Address)?;
    let name = plain(&mailbox.name);
    Ok(lettre::message::Mailbox::new(
        (!name.is_empty()).then_some(name),
        address,
    ))
}

/// Without line breaks and the like: a header is one line, and what follows a line break is another header.
fn plain(text: &str) -> String {
    let spaced = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    spaced.collect::<String>().trim().to_owned()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn letter() -> Letter {
        Letter {
            id: "act-1.person-2.invitation".to_owned(),
            from: Mailbox {
                name: "Secretaría Técnica".to_owned(),
                address: "st@conference.example".to_owned(),
            },
            to: Mailbox {
                name: "María Ficticia".to_owned(),
                address: "maria@ministry.example".to_owned(),
            },
            language: "es",
            subject: "Invitación a la Conferencia".to_owned(),
            text: "Buenos días, María.".to_owned(),
            html: "<p>Buenos días, María.</p>".to_owned(),
            date: "2012-02-01T15:00:00Z".parse().unwrap(),
            thread: None,
            entry: None,
        }
    }

    fn wire(letter: &Letter) -> String {
        String::from_utf8(letter.message().unwrap().formatted()).unwrap()
    }

    #[test]
    fn a_letter_is_written_the_same_however_often_it_is_sent() {
        let wire = wire(&letter());
        for part in [
            "Message-ID: <act-1.person-2.invitation@conference.example>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Language: es\r\n",
            "Date: Wed, 01 Feb 2012 15:00:00 +0000\r\n",
            "To: =?utf-8?b?",
            "multipart/alternative",
            "text/plain; charset=utf-8",
            "text/html; charset=utf-8",
        ] {
            assert!(wire.contains(part), "{part}: {wire}");
        }
    }

    #[test]
    fn nobody_writes_a_header_through_a_name_or_a_subject() {
        let hostile = "Ana\r\nBcc: other@elsewhere.example\r\n\r\nbody";
        let mut letter = letter();
        letter.to.name = hostile.to_owned();
        letter.subject = hostile.to_owned();
        letter.id = hostile.to_owned();
        letter.from.name = hostile.to_owned();
        let wire = wire(&letter);
        let head = wire.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        for wrong in [
            "",
            "nobody",
            "a@b.example\r\nRCPT TO:<x@y.example>",
            "a b@c.example",
            "<a@b.example>",
        ] {
            letter.to.address = wrong.to_owned();
            assert!(letter.message().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_log_holds_nothing_of_a_letter_but_its_id() {
        let logged = format!("{:?}", letter());
        assert!(
            !logged.contains("Mar") && !logged.contains("example"),
            "{logged}"
        );
        assert!(!format!("{:?}", letter().to).contains("mar"));
    }
}
