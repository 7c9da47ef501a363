use std::sync::Arc;

use comity_calendar::Partial;
use comity_rules::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::consultation::{
    ActionLaunched, ChangeDisposed, CirculationNoted, ConsensusCertified, ConsultationReferred,
    ConsultationResubmitted, ConsultationSubmitted, ConsultationWithdrawn, MethodConsented,
    ObjectionAnswered, PositionStated, ResultPublished, ResultReported, RoundClosedEarly,
    RoundOpened, TermExtended, TroikaReacted,
};
use crate::informal::{InformalAnswered, InformalClosed, InformalOpened};
use crate::versions;
use crate::{
    ActId, ApplicationDocumentReceived, ApplicationDocumentReturned, ApplicationReceived,
    ApplicationWithdrawn, CalendarAdopted, CalendarDayCorrected, CandidacyAnnounced,
    CandidacyWithdrawn, CheckpointKeyAdopted, Cited, Fact, Kind, Name, NonWorkingDayDeclared,
    PersonErased, PresidencyDesignated, PresidencyHandedOver, Printed, Provenance, RulesAdopted,
    RulesAmended, SeatFilled, SeatVacated, ThemeChosen,
};

/// What somebody did: the part of a record that the conference understands.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// Since when it has effect, as far as known.
    pub effective: Option<Partial>,
    pub origin: Origin,
    pub body: ActBody,
}

/// An act as it stands in the register.
#[derive(Debug, Clone, PartialEq)]
pub struct Entered {
    pub id: ActId,
    /// Its place in the register, from 0. Never shown to the public.
    pub position: u64,
    pub recorded_at: Timestamp,
    pub actor: Arc<Actor>,
    pub act: Act,
}

/// Who did it, in which capacity and for whom. Names are looked up in the directory, never kept here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// Opaque id of the person; absent where a program acted on its operator's order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// The seat from which it was done: `operator`, …
    pub seat: String,
    /// In which capacity.
    pub capacity: String,
    /// For which party, where it was done for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub for_party: Option<String>,
    /// On which mandate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<String>,
}

/// How an act came into the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// It was done here.
    Enacted,
    /// It was taken from a source.
    Recorded(Provenance),
}

/// The shape of an origin in a record: `{"enacted":true}`, or the provenance itself.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OriginForm {
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    enacted: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    inferred: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lines: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<Text>,
    #[serde(default, skip_serializing_if = "Printed::is_none")]
    printed: Printed,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Name>,
}

impl Serialize for Origin {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = match self {
            Self::Enacted => OriginForm {
                enacted: true,
                inferred: false,
                lines: None,
                note: None,
                printed: Printed::default(),
                source: None,
            },
            Self::Recorded(provenance) => {
                let Cited {
                    source,
                    lines,
                    printed,
                    note,
                    inferred,
                } = provenance.clone().into();
                OriginForm {
                    enacted: false,
                    inferred,
                    lines: Some(lines),
                    note,
                    printed,
                    source: Some(source),
                }
            }
        };
        form.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Origin {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let OriginForm {
            enacted,
            inferred,
            lines,
            note,
            printed,
            source,
        } = OriginForm::deserialize(deserializer)?;
        match (enacted, source, lines) {
            (true, None, None) => Ok(Self::Enacted),
            (false, Some(source), Some(lines)) => {
                let cited = Cited {
                    source,
                    lines,
                    printed,
                    note,
                    inferred,
                };
                Ok(Self::Recorded(cited.into()))
            }
            _ => Err(serde::de::Error::custom(
                "an origin is either enacted or names its source and lines",
            )),
        }
    }
}

/// The kinds of act that are not facts of the record: the body of each, its name and how it is read and written.
macro_rules! enacted {
    ($($(#[$about:meta])* $kind:ident($body:ty),)+) => {
        /// What was done.
        #[derive(Debug, Clone, PartialEq)]
        pub enum ActBody {
            $($(#[$about])* $kind($body),)+
            /// A fact of the record.
            Fact(Fact),
            /// A fact takes the place of what an earlier act said.
            FactCorrected {
                replaces: ActId,
                fact: Fact,
            },
        }

        /// A kind of act that is not a fact of the record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Deed {
            $($(#[$about])* $kind,)+
        }

        impl Deed {
            pub const ALL: &'static [Self] = &[$(Self::$kind,)+];

            /// The kind as records name it.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => stringify!($kind),)+
                }
            }

            fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|deed| deed.as_str() == name)
            }

            fn read(self, body: &str) -> Result<ActBody, serde_json::Error> {
                match self {
                    $(Self::$kind => serde_json::from_str(body).map(ActBody::$kind),)+
                }
            }
        }

        impl ActBody {
            /// What kind of deed it is; nothing for a fact and its correction.
            pub const fn deed(&self) -> Option<Deed> {
                match self {
                    $(Self::$kind(_) => Some(Deed::$kind),)+
                    Self::Fact(_) | Self::FactCorrected { .. } => None,
                }
            }

            fn write<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$kind(body) => body.serialize(serializer),)+
                    Self::Fact(fact) => fact.write(serializer),
                    Self::FactCorrected { replaces, fact } => Correction {
                        replaces: *replaces,
                        kind: fact.kind().as_str(),
                        fact: Stated(fact),
                    }
                    .serialize(serializer),
                }
            }
        }
    };
}

enacted! {
    RulesAdopted(RulesAdopted),
    RulesAmended(Box<RulesAmended>),
    CheckpointKeyAdopted(CheckpointKeyAdopted),
    PersonErased(PersonErased),
    SeatFilled(Box<SeatFilled>),
    SeatVacated(SeatVacated),
    CandidacyAnnounced(CandidacyAnnounced),
    CandidacyWithdrawn(CandidacyWithdrawn),
    PresidencyDesignated(PresidencyDesignated),
    ThemeChosen(ThemeChosen),
    PresidencyHandedOver(PresidencyHandedOver),
    ApplicationReceived(Box<ApplicationReceived>),
    ApplicationDocumentReceived(Box<ApplicationDocumentReceived>),
    ApplicationDocumentReturned(ApplicationDocumentReturned),
    ApplicationWithdrawn(ApplicationWithdrawn),
    CalendarAdopted(Box<CalendarAdopted>),
    NonWorkingDayDeclared(Box<NonWorkingDayDeclared>),
    CalendarDayCorrected(Box<CalendarDayCorrected>),
    ConsultationSubmitted(Box<ConsultationSubmitted>),
    ConsultationResubmitted(Box<ConsultationResubmitted>),
    TroikaReacted(Box<TroikaReacted>),
    MethodConsented(MethodConsented),
    RoundOpened(Box<RoundOpened>),
    TermExtended(Box<TermExtended>),
    RoundClosedEarly(RoundClosedEarly),
    PositionStated(Box<PositionStated>),
    ChangeDisposed(Box<ChangeDisposed>),
    ObjectionAnswered(Box<ObjectionAnswered>),
    CirculationNoted(Box<CirculationNoted>),
    ConsensusCertified(Box<ConsensusCertified>),
    ActionLaunched(Box<ActionLaunched>),
    ConsultationReferred(Box<ConsultationReferred>),
    ConsultationWithdrawn(Box<ConsultationWithdrawn>),
    ResultReported(Box<ResultReported>),
    ResultPublished(Box<ResultPublished>),
    InformalOpened(Box<InformalOpened>),
    InformalAnswered(Box<InformalAnswered>),
    InformalClosed(Box<InformalClosed>),
}

/// Why the body of a record could not be read as an act.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// A newer program wrote it: this node must stop before it (rolling upgrade).
    #[error("an act of kind `{kind}` version {version} is not known to this program")]
    UnknownKind { kind: String, version: u32 },
    #[error("the body of an act of kind `{kind}` cannot be read")]
    Body {
        kind: String,
        #[source]
        source: serde_json::Error,
    },
}

pub(crate) const CORRECTED: &str = "FactCorrected";

#[derive(Serialize)]
struct Correction<'a> {
    replaces: ActId,
    kind: &'static str,
    fact: Stated<'a>,
}

/// What a fact says, without its kind.
struct Stated<'a>(&'a Fact);

impl Serialize for Stated<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// The body of an act as it is written, to be put into its canonical form by the register.
#[derive(Debug, Clone, Copy)]
pub struct Written<'a>(&'a ActBody);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorrectionForm<'a> {
    replaces: ActId,
    kind: &'a str,
    #[serde(borrow)]
    fact: &'a RawValue,
}

impl Act {
    /// The kind of act, as records and addresses name it.
    pub fn kind(&self) -> &'static str {
        match &self.body {
            ActBody::Fact(fact) => fact.kind().as_str(),
            ActBody::FactCorrected { .. } => CORRECTED,
            deed => deed.deed().map_or(CORRECTED, Deed::as_str),
        }
    }

    /// The version in which bodies of that kind are written.
    pub fn version_of(kind: &str) -> u32 {
        versions::written(kind)
    }

    /// The version of the body's shape.
    pub fn version(&self) -> u32 {
        versions::written(self.kind())
    }

    /// The body, to be written in whatever form.
    pub const fn written(&self) -> Written<'_> {
        Written(&self.body)
    }

    /// The body as JSON.
    pub fn to_json(&self) -> Value {
        let body = serde_json::to_value(self.written());
        body.expect("acts hold only texts, numbers and lists of them")
    }

    /// Every kind of act, with the version in which it is written. Every version from 1 on is read.
    pub fn kinds() -> impl Iterator<Item = (&'static str, u32)> {
        let facts = Kind::ALL.iter().map(|kind| kind.as_str());
        let deeds = Deed::ALL.iter().map(|deed| deed.as_str());
        let kinds = deeds.chain([CORRECTED]).chain(facts);
        kinds.map(|kind| (kind, versions::written(kind)))
    }

    /// Whether this program reads acts of that kind and version.
    ///
    /// # Errors
    /// It does not.
    pub fn knows(kind: &str, version: u32) -> Result<(), DecodeError> {
        let named =
            kind == CORRECTED || Deed::from_name(kind).is_some() || Kind::from_name(kind).is_some();
        let known = named && (1..=versions::written(kind)).contains(&version);
        if known {
            return Ok(());
        }
        Err(DecodeError::UnknownKind {
            kind: kind.to_owned(),
            version,
        })
    }

    /// Reads the body of a record.
    ///
    /// # Errors
    /// A kind or version that this program does not know, or a body of another shape.
    pub fn from_json(
        kind: &str,
        version: u32,
        effective: Option<Partial>,
        origin: Origin,
        body: &str,
    ) -> Result<Self, DecodeError> {
        let malformed = |source| DecodeError::Body {
            kind: kind.to_owned(),
            source,
        };
        Self::knows(kind, version)?;
        let older = versions::upcast(kind, version, body)?;
        let body = older.as_deref().unwrap_or(body);
        if let Some(deed) = Deed::from_name(kind) {
            let body = deed.read(body).map_err(malformed)?;
            return Ok(Self {
                effective,
                origin,
                body,
            });
        }
        let body = match kind {
            CORRECTED => {
                let correction: CorrectionForm<'_> =
                    serde_json::from_str(body).map_err(malformed)?;
                let kind = known(correction.kind, version)?;
                let fact = Fact::from_json(kind, correction.fact.get()).map_err(malformed)?;
                ActBody::FactCorrected {
                    replaces: correction.replaces,
                    fact,
                }
            }
            _ => ActBody::Fact(Fact::from_json(known(kind, version)?, body).map_err(malformed)?),
        };
        Ok(Self {
            effective,
            origin,
            body,
        })
    }
}

fn known(kind: &str, version: u32) -> Result<Kind, DecodeError> {
    Kind::from_name(kind).ok_or_else(|| DecodeError::UnknownKind {
        kind: kind.to_owned(),
        version,
    })
}
