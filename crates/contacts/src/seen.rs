use std::collections::BTreeMap;

use crate::Like;
use crate::fold::fold;

/// Who was met so far, by address and by name within a party. Whoever came first stays.
#[derive(Default)]
pub(crate) struct Seen {
    addresses: BTreeMap<String, Like>,
    names: BTreeMap<(String, String), Like>,
}

impl Seen {
    pub(crate) fn take(
        &mut self,
        name: &str,
        email: Option<&str>,
        parties: &[String],
        like: &Like,
    ) {
        if let Some(email) = email {
            let address = self.addresses.entry(email.to_lowercase());
            address.or_insert_with(|| like.clone());
        }
        let name = fold(name);
        if name.is_empty() {
            return;
        }
        for party in parties {
            let named = self.names.entry((party.clone(), name.clone()));
            named.or_insert_with(|| like.clone());
        }
    }

    /// Whom somebody may be: by the address before the name, and somebody in the directory before another row.
    pub(crate) fn like(&self, name: &str, email: Option<&str>, parties: &[String]) -> Option<Like> {
        let address = email.and_then(|email| self.addresses.get(&email.to_lowercase()));
        let name = fold(name);
        let named = parties
            .iter()
            .find_map(|party| self.names.get(&(party.clone(), name.clone())));
        let found = [address, named].into_iter().flatten();
        let person = found.clone().find(|like| matches!(like, Like::Person(_)));
        person.or(address).or(named).cloned()
    }
}
