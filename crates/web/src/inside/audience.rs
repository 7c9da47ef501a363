use comity_view::{Action, Audience, Class, Inside};

/// Who can see a thing: the classes of seat of each kind of party. Empty for whoever is not to be told.
#[derive(Debug, Default)]
pub(super) struct Audiences(pub Vec<(String, Vec<Audience>)>);

/// The classes of seat that may do this, by the kind of their party.
pub(super) fn audience(inside: &Inside, action: Action, class: &Class) -> Audiences {
    let mut kinds: Vec<(String, Vec<Audience>)> = Vec::new();
    for seat in inside.audience(action, class) {
        match kinds.last_mut() {
            Some((kind, seats)) if *kind == seat.kind_label => seats.push(seat),
            _ => kinds.push((seat.kind_label.clone(), vec![seat])),
        }
    }
    Audiences(kinds)
}
