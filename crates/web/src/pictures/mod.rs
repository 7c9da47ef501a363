//! Pictures drawn on the server, one file each: they lay out what a view says, and a template under
//! `templates/pictures/` writes it. Every picture has a title and a description, and its page says the same in a table.

pub(crate) mod bodies;
pub(crate) mod clock;
pub(crate) mod cycle;
pub(crate) mod matrix;
pub(crate) mod shares;
pub(crate) mod ties;
pub(crate) mod tiles;
pub(crate) mod timeline;
