//! The words of the interface in two languages
