use crate::{Tongue, Wording};

/// ISO 3166-1 alpha-2, with the official short names in Spanish and English.
const COUNTRIES: &[(&str, &str, &str)] = &[
    // The Americas
    ("AG", "Antigua y Barbuda", "Antigua and Barbuda"),
    ("AR", "Argentina", "Argentina"),
    ("BS", "Bahamas", "Bahamas"),
    ("BB", "Barbados", "Barbados"),
    ("BZ", "Belice", "Belize"),
    ("BO", "Bolivia", "Bolivia"),
    ("BR", "Brasil", "Brazil"),
    ("CA", "Canadá", "Canada"),
    ("CL", "Chile", "Chile"),
    ("CO", "Colombia", "Colombia"),
    ("CR", "Costa Rica", "Costa Rica"),
    ("CU", "Cuba", "Cuba"),
    ("DM", "Dominica", "Dominica"),
    ("DO", "República Dominicana", "Dominican Republic"),
    ("EC", "Ecuador", "Ecuador"),
    ("SV", "El Salvador", "El Salvador"),
    ("GD", "Granada", "Grenada"),
    ("GT", "Guatemala", "Guatemala"),
    ("GY", "Guyana", "Guyana"),
    ("HT", "Haití", "Haiti"),
    ("HN", "Honduras", "Honduras"),
    ("JM", "Jamaica", "Jamaica"),
    ("MX", "México", "Mexico"),
    ("NI", "Nicaragua", "Nicaragua"),
    ("PA", "Panamá", "Panama"),
    ("PY", "Paraguay", "Paraguay"),
    ("PE", "Perú", "Peru"),
    ("KN", "Saint Kitts y Nevis", "Saint Kitts and Nevis"),
    ("LC", "Santa Lucía", "Saint Lucia"),
    (
        "VC",
        "San Vicente y las Granadinas",
        "Saint Vincent and the Grenadines",
    ),
    ("SR", "Suriname", "Suriname"),
    ("TT", "Trinidad y Tabago", "Trinidad and Tobago"),
    (
        "US",
        "Estados Unidos de América",
        "United States of America",
    ),
    ("UY", "Uruguay", "Uruguay"),
    ("VE", "Venezuela", "Venezuela"),
    ("PR", "Puerto Rico", "Puerto Rico"),
    // Europe
    ("AT", "Austria", "Austria"),
    ("BE", "Bélgica", "Belgium"),
    ("BG", "Bulgaria", "Bulgaria"),
    ("CH", "Suiza", "Switzerland"),
    ("CZ", "Chequia", "Czechia"),
    ("DE", "Alemania", "Germany"),
    ("DK", "Dinamarca", "Denmark"),
    ("ES", "España", "Spain"),
    ("FI", "Finlandia", "Finland"),
    ("FR", "Francia", "France"),
    ("GB", "Reino Unido", "United Kingdom"),
    ("GR", "Grecia", "Greece"),
    ("HR", "Croacia", "Croatia"),
    ("HU", "Hungría", "Hungary"),
    ("IE", "Irlanda", "Ireland"),
    ("IT", "Italia", "Italy"),
    ("LU", "Luxemburgo", "Luxembourg"),
    ("MT", "Malta", "Malta"),
    ("NL", "Países Bajos", "Netherlands"),
    ("NO", "Noruega", "Norway"),
    ("PL", "Polonia", "Poland"),
    ("PT", "Portugal", "Portugal"),
    ("RO", "Rumania", "Romania"),
    ("RU", "Federación de Rusia", "Russian Federation"),
    ("SE", "Suecia", "Sweden"),
    ("TR", "Türkiye", "Türkiye"),
    ("UA", "Ucrania", "Ukraine"),
    // Elsewhere, where fora and seminars met or could meet
    ("AU", "Australia", "Australia"),
    ("CN", "China", "China"),
    ("EG", "Egipto", "Egypt"),
    ("ET", "Etiopía", "Ethiopia"),
    ("ID", "Indonesia", "Indonesia"),
    ("IN", "India", "India"),
    ("JP", "Japón", "Japan"),
    ("KE", "Kenya", "Kenya"),
    ("KR", "República de Corea", "Republic of Korea"),
    ("MA", "Marruecos", "Morocco"),
    ("MU", "Mauricio", "Mauritius"),
    ("MW", "Malawi", "Malawi"),
    ("PH", "Filipinas", "Philippines"),
    ("SN", "Senegal", "Senegal"),
    ("TH", "Tailandia", "Thailand"),
    ("ZA", "Sudáfrica", "South Africa"),
];

impl Wording {
    /// The official short name of a country; `None` for a code that is not in the table.
    ///
    /// A party's own name in the record goes before this one.
    pub fn country(&self, code: &str) -> Option<&'static str> {
        let (_, es, en) = COUNTRIES.iter().find(|(known, _, _)| *known == code)?;
        Some(match self.tongue() {
            Tongue::Spanish => es,
            Tongue::English => en,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_have_their_short_names() {
        let [spanish, english] = Tongue::ALL.map(Wording::get);
        for (code, es, en) in [
            ("TT", "Trinidad y Tabago", "Trinidad and Tobago"),
            ("MW", "Malawi", "Malawi"),
            ("CH", "Suiza", "Switzerland"),
        ] {
            assert_eq!(spanish.country(code), Some(es));
            assert_eq!(english.country(code), Some(en));
        }
        assert_eq!(english.country("XX"), None);
        assert_eq!(english.country("us"), None);
    }

    #[test]
    fn no_code_stands_twice() {
        let mut codes: Vec<&str> = COUNTRIES.iter().map(|(code, _, _)| *code).collect();
        codes.sort_unstable();
        let count = codes.len();
        codes.dedup();
        assert_eq!(codes.len(), count);
        assert!(
            codes
                .iter()
                .all(|code| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase()))
        );
    }
}
