//! One file per command.

pub mod demo;
pub mod doctor;
pub mod import;
pub mod init;
pub mod rules;
pub mod serve;
pub mod show;
pub mod verify;
