//! The register in PostgreSQL 15 or later
