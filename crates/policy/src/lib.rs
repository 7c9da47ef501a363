//! Who may do what: one decision point
