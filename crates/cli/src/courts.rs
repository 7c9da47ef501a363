//! The judge over the policies that a register took up. Only `access` knows their language.

use std::sync::Arc;

use comity_access::{Access, Documents};
use comity_conference::PolicyDocuments;
use comity_policy::Judge;
use comity_registrar::Courts;

/// Reads policies in Cedar.
#[derive(Debug)]
pub struct Cedar;

impl Courts for Cedar {
    fn open(&self, documents: &PolicyDocuments) -> Result<Arc<dyn Judge>, String> {
        let text = |name: &str| {
            let text = documents.get(name).map(String::as_str);
            text.ok_or_else(|| format!("`{name}` is missing"))
        };
        let documents = Documents {
            schema: text("schema.cedarschema")?,
            policies: text("policies.cedar")?,
            seats: text("seats.toml")?,
        };
        let access = Access::read(documents).map_err(|faults| faults.to_string())?;
        Ok(Arc::new(access))
    }
}
