//! Commands, acts and the state they add up to
