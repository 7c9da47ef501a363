//! The one write path and the only way to a view
