//! Pages, feeds and the open-data interface
