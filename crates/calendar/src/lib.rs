//! Partial dates (EDTF), terms and intervals
