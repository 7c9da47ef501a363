use comity_policy::{Class, Rights};

/// How a seat stands to the very thing in question, beyond its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// In no way.
    None,
    /// It is of the seat's own party.
    Own,
    /// The seat is invited to the meeting or event.
    Invited,
    /// The seat serves at the meeting as an interpreter.
    Serving,
    /// The seat was given the text to translate.
    Entrusted,
    /// The Presidency authorised the seat for the text.
    Authorized,
}

impl Relation {
    pub const ALL: [Self; 6] = [
        Self::None,
        Self::Own,
        Self::Invited,
        Self::Serving,
        Self::Entrusted,
        Self::Authorized,
    ];

    /// The name in tables.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Own => "own",
            Self::Invited => "invited",
            Self::Serving => "serving",
            Self::Entrusted => "entrusted",
            Self::Authorized => "authorized",
        }
    }

    /// The attribute of a seat in which policies see it.
    pub(crate) const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Own => Some("party"),
            Self::Invited => Some("invited_to"),
            Self::Serving => Some("serves_at"),
            Self::Entrusted => Some("entrusted_with"),
            Self::Authorized => Some("authorized_for"),
        }
    }

    /// The rights of a seat that so stands to a thing; `None` where no seat can.
    pub fn applied(self, mut rights: Rights, class: &Class) -> Option<Rights> {
        match self {
            Self::None => {}
            Self::Own => rights.party = class.owner()?.clone(),
            Self::Invited => {
                rights.invited_to.insert(class.meeting()?.clone());
            }
            Self::Serving => {
                rights.serves_at.insert(class.meeting()?.clone());
            }
            Self::Entrusted => {
                rights.entrusted_with.insert(class.text()?.clone());
            }
            Self::Authorized => {
                rights.authorized_for.insert(class.text()?.clone());
            }
        }
        Some(rights)
    }
}
