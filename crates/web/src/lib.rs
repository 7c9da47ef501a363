//! Pages, feeds and the open-data interface

pub mod api;
