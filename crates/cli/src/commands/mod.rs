//! One file per command.

pub mod backup;
pub mod calendar;
pub mod checkpoint;
pub mod demo;
pub mod doctor;
pub mod doctor_keys;
pub mod export;
pub mod forget;
pub mod import;
pub mod import_export;
pub mod init;
pub mod invite;
pub mod keys;
pub mod move_to;
pub mod policies;
pub mod restore;
pub mod rules;
pub mod serve;
pub mod show;
pub mod verify;
