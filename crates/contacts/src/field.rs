use serde::{Deserialize, Serialize};

use crate::fold::fold;

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    Name,
    GivenName,
    FamilyName,
    Party,
    Seat,
    Branch,
    Email,
    Phone,
    Language,
}

impl Field {
    pub const ALL: [Self; 9] = [
        Self::Name,
        Self::GivenName,
        Self::FamilyName,
        Self::Party,
        Self::Seat,
        Self::Branch,
        Self::Email,
        Self::Phone,
        Self::Language,
    ];

    /// Its name in forms and catalogues.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::GivenName => "given-name",
            Self::FamilyName => "family-name",
            Self::Party => "party",
            Self::Seat => "seat",
            Self::Branch => "branch",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Language => "language",
        }
    }

    /// The field of that name.
    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.as_str() == name)
    }

    /// Headings that mean it, folded.
    const fn headings(self) -> &'static [&'static str] {
        match self {
            Self::Name => &[
                "nombre completo",
                "nombre apellidos",
                "nombres apellidos",
                "nombre apellido",
                "nombre y apellidos",
                "name",
                "full name",
                "persona",
                "funcionario",
                "contacto",
                "contact",
            ],
            Self::GivenName => &[
                "nombre",
                "nombres",
                "given name",
                "first name",
                "given names",
            ],
            Self::FamilyName => &[
                "apellido",
                "apellidos",
                "family name",
                "last name",
                "surname",
            ],
            Self::Party => &[
                "pais",
                "parte",
                "estado",
                "country",
                "party",
                "state",
                "organizacion",
                "organisation",
                "organization",
                "pais organizacion",
                "pais miembro",
                "estado miembro",
                "member country",
                "member state",
                "organismo",
                "delegacion",
                "delegation",
            ],
            Self::Seat => &[
                "puesto",
                "seat",
                "funcion",
                "role",
                "calidad",
                "cargo en conferencia",
                "cargo",
                "cargo que ocupa",
                "office held",
                "position",
            ],
            Self::Branch => &[
                "ramo",
                "ramo gobierno",
                "institucion",
                "dependencia",
                "entidad",
                "ministerio",
                "ministry",
                "institution",
                "branch",
                "sector",
            ],
            Self::Email => &[
                "correo",
                "correo electronico",
                "e mail",
                "email",
                "mail",
                "direccion correo",
                "correo e",
                "correo institucional",
                "correos electronicos",
                "email address",
            ],
            Self::Phone => &[
                "telefono",
                "telefonos",
                "telefono oficina",
                "telefono celular",
                "numero telefono",
                "phone number",
                "tel",
                "phone",
                "telephone",
                "celular",
                "movil",
                "mobile",
            ],
            Self::Language => &[
                "idioma",
                "lengua",
                "language",
                "idioma preferido",
                "preferred language",
            ],
        }
    }
}

/// Words in a heading of what is never taken in, folded.
const NEVER: &[&str] = &[
    "pasaporte",
    "pasaportes",
    "passport",
    "passports",
    "cedula",
    "cedulas",
    "documento",
    "dni",
    "dui",
    "curp",
    "rtn",
    "nit",
    "ssn",
    "identidad",
    "identity",
    "identificacion",
    "identification",
    "nacimiento",
    "nac",
    "birth",
    "dob",
    "edad",
    "migrante",
    "migrant",
    "migrantes",
    "migrants",
    "refugiado",
    "refugiados",
    "deportado",
    "deportados",
    "repatriado",
    "repatriados",
    "victima",
    "victimas",
    "victim",
    "victims",
    "sexo",
    "sex",
];

/// What a column is taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    Holds(Field),
    LeftOut,
    /// Its heading suggests what is never taken in.
    Never,
}

/// What each column of a sheet is taken for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping(pub Vec<Column>);

impl Mapping {
    /// What the headings suggest. A field is given to the first column that suggests it.
    pub fn guess(headings: &[String]) -> Self {
        let mut columns: Vec<Column> = Vec::new();
        for heading in headings {
            let folded = fold(heading);
            let column = if is_never(&folded) {
                Column::Never
            } else {
                let meant = Field::ALL
                    .into_iter()
                    .find(|field| field.headings().iter().any(|known| fold(known) == folded));
                match meant.map(Column::Holds) {
                    Some(column) if !columns.contains(&column) => column,
                    _ => Column::LeftOut,
                }
            };
            columns.push(column);
        }
        let mut mapping = Self(columns);
        mapping.lone_name();
        mapping
    }

    /// "Nombre" beside "Apellidos" is a given name; alone it is the whole.
    fn lone_name(&mut self) {
        if self.column(Field::FamilyName).is_some() || self.column(Field::Name).is_some() {
            return;
        }
        for column in &mut self.0 {
            if *column == Column::Holds(Field::GivenName) {
                *column = Column::Holds(Field::Name);
            }
        }
    }

    /// Takes a column for something else. What is never taken in stays so, and a field is one column's.
    pub fn set(&mut self, place: usize, field: Option<Field>) {
        let wanted = field.map_or(Column::LeftOut, Column::Holds);
        if field.is_some() {
            for column in &mut self.0 {
                if *column == wanted {
                    *column = Column::LeftOut;
                }
            }
        }
        if let Some(column) = self.0.get_mut(place)
            && *column != Column::Never
        {
            *column = wanted;
        }
    }

    /// Which column holds a field.
    pub fn column(&self, field: Field) -> Option<usize> {
        self.0
            .iter()
            .position(|column| *column == Column::Holds(field))
    }
}

/// By a word, also where it is written letter by letter, as "D.N.I." is.
fn is_never(folded: &str) -> bool {
    let mut letters = String::new();
    for word in folded.split(' ') {
        if word.chars().count() == 1 {
            letters.push_str(word);
        } else {
            letters.clear();
        }
        if NEVER.contains(&word) || NEVER.iter().any(|never| letters.ends_with(never)) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use Column::{Holds, LeftOut, Never};

    fn guess(headings: &[&str]) -> Vec<Column> {
        let headings: Vec<String> = headings.iter().map(|text| (*text).to_owned()).collect();
        Mapping::guess(&headings).0
    }

    #[test]
    fn headings_in_both_languages_are_understood() {
        assert_eq!(
            guess(&[
                "País",
                "Nombre",
                "Apellidos",
                "Institución",
                "CORREO ELECTRÓNICO",
                "Tel.",
                "Idioma",
                "Observaciones"
            ]),
            [
                Holds(Field::Party),
                Holds(Field::GivenName),
                Holds(Field::FamilyName),
                Holds(Field::Branch),
                Holds(Field::Email),
                Holds(Field::Phone),
                Holds(Field::Language),
                LeftOut
            ]
        );
        assert_eq!(
            guess(&["Country", "Name", "Role", "E-mail", "E-mail"]),
            [
                Holds(Field::Party),
                Holds(Field::Name),
                Holds(Field::Seat),
                Holds(Field::Email),
                LeftOut
            ]
        );
        assert_eq!(
            guess(&[
                "País miembro",
                "Nombre y apellido",
                "CARGO",
                "Ministerio",
                "Correo-e",
                "Teléfonos"
            ]),
            [
                Holds(Field::Party),
                Holds(Field::Name),
                Holds(Field::Seat),
                Holds(Field::Branch),
                Holds(Field::Email),
                Holds(Field::Phone)
            ]
        );
        // What an office does is not what is never taken in.
        assert_eq!(
            guess(&["Dirección de Migración", "Edificio"]),
            [LeftOut, LeftOut]
        );
        assert_eq!(
            guess(&["Nombre", "País"]),
            [Holds(Field::Name), Holds(Field::Party)]
        );
    }

    #[test]
    fn a_heading_means_one_field() {
        let mut seen = std::collections::BTreeMap::new();
        for field in Field::ALL {
            for heading in field.headings() {
                let other = seen.insert(fold(heading), field);
                assert!(other.is_none_or(|other| other == field), "{heading}");
            }
        }
    }

    #[test]
    fn what_is_never_taken_in_cannot_be_chosen_either() {
        for heading in [
            "Pasaporte",
            "No. de DNI",
            "D.N.I.",
            "N° D.U.I. del titular",
            "F. Nac.",
            "PASAPORTES",
            "Fecha de nacimiento",
            "Date of birth",
            "Passport no.",
            "Nombre del migrante",
        ] {
            assert_eq!(guess(&[heading]), [Never], "{heading}");
        }
        let mut mapping = Mapping::guess(&["Cédula".to_owned(), "Correo".to_owned()]);
        mapping.set(0, Some(Field::Email));
        assert_eq!(mapping.0, [Never, LeftOut]);
        mapping.set(1, Some(Field::Name));
        assert_eq!(mapping.0, [Never, Holds(Field::Name)]);
        mapping.set(9, Some(Field::Name));
    }
}
