//! Full-text search over what a seat may see
