use comity_view::Language;

use crate::query::encode;

/// A page inside. Each has its words in both languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Room {
    SignIn,
    Link(String),
    TakeASeat,
    Desk,
    Sit,
    Leave,
    People,
    Party(String),
    NewSeat(String),
    Vacate(String),
    Invite(String),
    HandOver,
    Account,
    EndSession,
    BeginMaking,
    FinishMaking,
    BeginShowing,
    FinishShowing,
    DropPasskey,
    Password,
    DropPassword,
    Trail(String),
    Outbox,
    Import,
    Batch(String),
    Sheet,
    Cards,
    Applications,
    Application(String),
    File(String),
    Rights,
    Welcome,
    Dossier,
    Console,
    /// To the account that a ministry gives its people, by the id of its provider.
    Ministry(String),
    /// Back from there.
    Returned,
    Meetings,
    Meeting(String),
    Consultations,
    NewConsultation,
    Consultation(String),
    NewInformal,
    /// An informal consultation.
    Informal(String),
    /// Whether an informal consultation is still as it was drawn.
    LiveInformal(String),
    /// The days that an informal consultation asks about, as a file.
    InformalDate(String),
    /// The clock of a demonstration.
    Clock,
    /// The working days of the capitals.
    Calendar,
    /// The deadline of a consultation as a file.
    Deadline(String),
    /// The table of changes and comments of a consultation as a file.
    Comments(String),
    /// Whether a consultation is still as it was drawn.
    Live(String),
    /// Whether the list of consultations is.
    LiveConsultations,
    /// The secret address of one's own calendar: made, and given up.
    Feeds,
    /// The calendar behind such an address.
    Feed(String),
}

/// The words of a path, Spanish and English; `*` stands for an id.
const PATHS: [(&str, &str); 53] = [
    ("entrar", "sign-in"),
    ("entrar/*", "sign-in/*"),
    ("tomar-asiento", "take-a-seat"),
    ("escritorio", "desk"),
    ("escritorio/puesto", "desk/seat"),
    ("salir", "sign-out"),
    ("personas", "people"),
    ("personas/*", "people/*"),
    ("personas/*/nuevo", "people/*/new"),
    ("puestos/*/cese", "seats/*/vacate"),
    ("puestos/*/invitacion", "seats/*/invitation"),
    ("traspaso", "hand-over"),
    ("cuenta", "account"),
    ("cuenta/sesiones", "account/sessions"),
    ("llaves/nueva", "passkeys/new"),
    ("llaves/guardar", "passkeys/keep"),
    ("llaves/mostrar", "passkeys/show"),
    ("llaves/entrar", "passkeys/enter"),
    ("llaves/quitar", "passkeys/remove"),
    ("cuenta/contrasena", "account/password"),
    ("cuenta/contrasena/quitar", "account/password/remove"),
    ("personas/*/miradas", "people/*/trail"),
    ("cartas", "letters"),
    ("listas", "lists"),
    ("listas/*", "lists/*"),
    ("contactos.csv", "contacts.csv"),
    ("contactos.vcf", "contacts.vcf"),
    ("solicitudes", "applications"),
    ("solicitudes/*", "applications/*"),
    ("archivos/*", "files/*"),
    ("derechos", "rights"),
    ("bienvenida", "welcome"),
    ("traspaso/expediente", "hand-over/dossier"),
    ("consola", "console"),
    ("ministerios/*", "ministries/*"),
    ("ministerios", "ministries"),
    ("mis-reuniones", "my-meetings"),
    ("mis-reuniones/*", "my-meetings/*"),
    ("consultas", "consultations"),
    // Before the address of one: no act has this id.
    ("consultas/nueva", "consultations/new"),
    ("consultas/*", "consultations/*"),
    ("reloj", "clock"),
    ("dias-habiles", "working-days"),
    ("consultas/*/plazo.ics", "consultations/*/deadline.ics"),
    ("consultas/*/en-vivo", "consultations/*/live"),
    ("agenda", "deadlines"),
    ("agenda/*", "deadlines/*"),
    (
        "consultas/*/comentarios.csv",
        "consultations/*/comments.csv",
    ),
    ("consultas-informales/nueva", "informal-consultations/new"),
    ("consultas-informales/*", "informal-consultations/*"),
    (
        "consultas-informales/*/en-vivo",
        "informal-consultations/*/live",
    ),
    (
        "consultas-informales/*/fecha.ics",
        "informal-consultations/*/date.ics",
    ),
    ("consultas-en-vivo", "consultations-live"),
];

/// The paths as the router reads them.
pub(super) fn patterns() -> Vec<String> {
    let written = |language: Language, words: &str| {
        format!("/{}/{}", language.code(), words.replace('*', "{id}"))
    };
    PATHS
        .iter()
        .flat_map(|(es, en)| [written(Language::Es, es), written(Language::En, en)])
        .collect()
}

impl Room {
    fn place(&self) -> usize {
        match self {
            Self::SignIn => 0,
            Self::Link(_) => 1,
            Self::TakeASeat => 2,
            Self::Desk => 3,
            Self::Sit => 4,
            Self::Leave => 5,
            Self::People => 6,
            Self::Party(_) => 7,
            Self::NewSeat(_) => 8,
            Self::Vacate(_) => 9,
            Self::Invite(_) => 10,
            Self::HandOver => 11,
            Self::Account => 12,
            Self::EndSession => 13,
            Self::BeginMaking => 14,
            Self::FinishMaking => 15,
            Self::BeginShowing => 16,
            Self::FinishShowing => 17,
            Self::DropPasskey => 18,
            Self::Password => 19,
            Self::DropPassword => 20,
            Self::Trail(_) => 21,
            Self::Outbox => 22,
            Self::Import => 23,
            Self::Batch(_) => 24,
            Self::Sheet => 25,
            Self::Cards => 26,
            Self::Applications => 27,
            Self::Application(_) => 28,
            Self::File(_) => 29,
            Self::Rights => 30,
            Self::Welcome => 31,
            Self::Dossier => 32,
            Self::Console => 33,
            Self::Ministry(_) => 34,
            Self::Returned => 35,
            Self::Meetings => 36,
            Self::Meeting(_) => 37,
            Self::Consultations => 38,
            Self::NewConsultation => 39,
            Self::Consultation(_) => 40,
            Self::Clock => 41,
            Self::Calendar => 42,
            Self::Deadline(_) => 43,
            Self::Live(_) => 44,
            Self::Feeds => 45,
            Self::Feed(_) => 46,
            Self::Comments(_) => 47,
            Self::NewInformal => 48,
            Self::Informal(_) => 49,
            Self::LiveInformal(_) => 50,
            Self::InformalDate(_) => 51,
            Self::LiveConsultations => 52,
        }
    }

    fn id(&self) -> Option<&str> {
        match self {
            Self::Link(id)
            | Self::Party(id)
            | Self::NewSeat(id)
            | Self::Vacate(id)
            | Self::Invite(id)
            | Self::Trail(id)
            | Self::Batch(id)
            | Self::Application(id)
            | Self::File(id)
            | Self::Ministry(id)
            | Self::Meeting(id)
            | Self::Consultation(id)
            | Self::Informal(id)
            | Self::LiveInformal(id)
            | Self::InformalDate(id)
            | Self::Deadline(id)
            | Self::Live(id)
            | Self::Comments(id)
            | Self::Feed(id) => Some(id),
            Self::SignIn
            | Self::TakeASeat
            | Self::Desk
            | Self::Sit
            | Self::Leave
            | Self::People
            | Self::HandOver
            | Self::Account
            | Self::EndSession
            | Self::BeginMaking
            | Self::FinishMaking
            | Self::BeginShowing
            | Self::FinishShowing
            | Self::DropPasskey
            | Self::Password
            | Self::DropPassword
            | Self::Outbox
            | Self::Import
            | Self::Sheet
            | Self::Cards
            | Self::Applications
            | Self::Rights
            | Self::Welcome
            | Self::Dossier
            | Self::Console
            | Self::Returned
            | Self::Meetings
            | Self::Consultations
            | Self::NewConsultation
            | Self::NewInformal
            | Self::LiveConsultations
            | Self::Clock
            | Self::Calendar
            | Self::Feeds => None,
        }
    }

    /// The address in a language.
    pub(crate) fn path(&self, language: Language) -> String {
        let (es, en) = PATHS[self.place()];
        let words = match language {
            Language::Es => es,
            Language::En => en,
        };
        let mut id = String::new();
        encode(self.id().unwrap_or_default(), &mut id);
        format!("/{}/{}", language.code(), words.replace('*', &id))
    }

    /// The page of decoded path segments after the language.
    pub(super) fn read(language: Language, segments: &[String]) -> Option<Self> {
        let place = PATHS.iter().position(|(es, en)| {
            let words = match language {
                Language::Es => es,
                Language::En => en,
            };
            let words: Vec<&str> = words.split('/').collect();
            words.len() == segments.len()
                && words
                    .iter()
                    .zip(segments)
                    .all(|(word, segment)| *word == "*" || word == segment)
        })?;
        let id = || segments.get(1).cloned().unwrap_or_default();
        Some(match place {
            0 => Self::SignIn,
            1 => Self::Link(id()),
            2 => Self::TakeASeat,
            3 => Self::Desk,
            4 => Self::Sit,
            5 => Self::Leave,
            6 => Self::People,
            7 => Self::Party(id()),
            8 => Self::NewSeat(id()),
            9 => Self::Vacate(id()),
            10 => Self::Invite(id()),
            11 => Self::HandOver,
            12 => Self::Account,
            13 => Self::EndSession,
            14 => Self::BeginMaking,
            15 => Self::FinishMaking,
            16 => Self::BeginShowing,
            17 => Self::FinishShowing,
            18 => Self::DropPasskey,
            19 => Self::Password,
            20 => Self::DropPassword,
            21 => Self::Trail(id()),
            22 => Self::Outbox,
            23 => Self::Import,
            24 => Self::Batch(id()),
            25 => Self::Sheet,
            26 => Self::Cards,
            27 => Self::Applications,
            28 => Self::Application(id()),
            29 => Self::File(id()),
            30 => Self::Rights,
            31 => Self::Welcome,
            32 => Self::Dossier,
            33 => Self::Console,
            34 => Self::Ministry(id()),
            35 => Self::Returned,
            36 => Self::Meetings,
            37 => Self::Meeting(id()),
            38 => Self::Consultations,
            39 => Self::NewConsultation,
            40 => Self::Consultation(id()),
            41 => Self::Clock,
            42 => Self::Calendar,
            43 => Self::Deadline(id()),
            44 => Self::Live(id()),
            45 => Self::Feeds,
            46 => Self::Feed(id()),
            47 => Self::Comments(id()),
            48 => Self::NewInformal,
            49 => Self::Informal(id()),
            50 => Self::LiveInformal(id()),
            51 => Self::InformalDate(id()),
            _ => Self::LiveConsultations,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_room_is_read_as_it_is_written() {
        let id = || "a-b".to_owned();
        for room in [
            Room::SignIn,
            Room::Link(id()),
            Room::TakeASeat,
            Room::Desk,
            Room::Sit,
            Room::Leave,
            Room::People,
            Room::Party(id()),
            Room::NewSeat(id()),
            Room::Vacate(id()),
            Room::Invite(id()),
            Room::HandOver,
            Room::Account,
            Room::EndSession,
            Room::BeginMaking,
            Room::FinishMaking,
            Room::BeginShowing,
            Room::FinishShowing,
            Room::DropPasskey,
            Room::Password,
            Room::DropPassword,
            Room::Trail(id()),
            Room::Outbox,
            Room::Import,
            Room::Batch(id()),
            Room::Sheet,
            Room::Cards,
            Room::Applications,
            Room::Application(id()),
            Room::File(id()),
            Room::Rights,
            Room::Welcome,
            Room::Dossier,
            Room::Console,
            Room::Ministry(id()),
            Room::Returned,
            Room::Meetings,
            Room::Meeting(id()),
            Room::Consultations,
            Room::NewConsultation,
            Room::Consultation(id()),
            Room::Clock,
            Room::Calendar,
            Room::Deadline(id()),
            Room::Live(id()),
            Room::Feeds,
            Room::Feed(id()),
            Room::Comments(id()),
            Room::NewInformal,
            Room::Informal(id()),
            Room::LiveInformal(id()),
            Room::InformalDate(id()),
            Room::LiveConsultations,
        ] {
            for language in Language::ALL {
                let path = room.path(language);
                let segments: Vec<String> = path.split('/').skip(2).map(str::to_owned).collect();
                assert_eq!(
                    Room::read(language, &segments),
                    Some(room.clone()),
                    "{path}"
                );
                let other = room.path(language.other());
                assert_ne!(path, other, "{path}");
            }
        }
        assert_eq!(Room::read(Language::En, &["desks".to_owned()]), None);
    }

    #[test]
    fn no_room_has_the_address_of_a_public_page() {
        for language in Language::ALL {
            for (es, en) in PATHS {
                let words = if language == Language::Es { es } else { en };
                let segments: Vec<String> = words.split('/').map(str::to_owned).collect();
                let read = crate::Address::read(language, &segments);
                assert_eq!(read, crate::addresses::Reading::Nothing, "{words}");
            }
        }
    }
}
