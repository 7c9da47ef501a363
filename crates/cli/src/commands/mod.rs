//! One file per command.

pub mod checkpoint;
pub mod demo;
pub mod doctor;
pub mod doctor_keys;
pub mod import;
pub mod init;
pub mod keys;
pub mod rules;
pub mod serve;
pub mod show;
pub mod verify;
