/// Countries of the Americas, a line each: the codes of ISO 3166 and what offices write for them, folded.
const COUNTRIES: [&str; 35] = [
    "ag|atg|antigua barbuda|antigua and barbuda",
    "ar|arg|argentina|republica argentina",
    "bb|brb|barbados",
    "bo|bol|bolivia|estado plurinacional bolivia",
    "br|bra|brasil|brazil",
    "bs|bhs|bahamas",
    "bz|blz|belize|belice",
    "ca|can|canada",
    "cl|chl|chile",
    "co|col|colombia|republica colombia",
    "cr|cri|costa rica|republica costa rica",
    "cu|cub|cuba",
    "dm|dma|dominica",
    "do|dom|rd|r d|rep dominicana|republica dominicana|dominican rep|dominican republic",
    "ec|ecu|ecuador",
    "gd|grd|grenada|granada",
    "gt|gtm|guatemala|republica guatemala",
    "gy|guy|guyana",
    "hn|hnd|honduras|republica honduras",
    "ht|hti|haiti",
    "jm|jam|jamaica",
    "kn|kna|saint kitts and nevis|san cristobal nieves",
    "lc|lca|saint lucia|santa lucia",
    "mx|mex|mexico|mejico|estados unidos mexicanos|united mexican states",
    "ni|nic|nicaragua|republica nicaragua",
    "pa|pan|panama|republica panama",
    "pe|per|peru",
    "py|pry|paraguay",
    "sr|sur|suriname|surinam",
    "sv|slv|salvador|republica salvador",
    "tt|tto|trinidad and tobago|trinidad tobago|trinidad tabago",
    "us|usa|u s|u s a|eua|e u a|eeuu|ee uu|estados unidos|estados unidos america|united states|united states america",
    "uy|ury|uruguay",
    "vc|vct|saint vincent and grenadines|san vicente granadinas",
    "ve|ven|venezuela|republica bolivariana venezuela",
];

/// The country that a folded text stands for, as its line.
pub(crate) fn called(folded: &str) -> Option<&'static str> {
    COUNTRIES
        .into_iter()
        .find(|country| is_called(country, folded))
}

/// Whether a folded text is one of those for a country.
pub(crate) fn is_called(country: &str, folded: &str) -> bool {
    country.split('|').any(|name| name == folded)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::fold::fold;

    #[test]
    fn every_text_is_folded_and_stands_for_one_country() {
        let mut seen = BTreeSet::new();
        for name in COUNTRIES.iter().flat_map(|country| country.split('|')) {
            assert_eq!(fold(name), name);
            assert!(seen.insert(name), "{name} stands for two");
        }
    }
}
