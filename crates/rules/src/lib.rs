//! The rules of a process as data: parse, check, explain
