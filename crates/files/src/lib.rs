//! Files by their content: what may come in, and where it lies.
//!
//! [`look`] tells what a file is and refuses what acts, hides or cannot be read; [`Files`] keeps a content under its
//! [`struct@Hash`], in a [`Folder`], in [`S3`] or in [`Memory`]. It must not know what a file is for, who sent it or who may read
//! it: of a file it knows bytes, and a name while it looks.
//!
//! Start with [`look`], then [`Files`], whose comment is the contract.

pub mod conformance;
mod disk;
mod error;
mod find;
mod folder;
mod hash;
mod inflate;
mod kind;
mod look;
mod mail;
mod memory;
mod name;
mod office;
mod opendocument;
mod package;
mod pdf;
mod picture;
mod port;
mod refused;
mod s3;
mod s3_setting;
mod s3_words;
mod text;
mod xml;

pub use error::Error;
pub use folder::Folder;
pub use hash::{Hash, HashMalformed};
pub use kind::{Disposition, Kind};
pub use look::{Accept, Seen, look};
pub use memory::Memory;
pub use name::{NAME_BYTES_MAX, NameFault, content_disposition, safe_name};
pub use port::Files;
pub use refused::Refused;
pub use s3::S3;
pub use s3_setting::{Addressing, Patience, S3Setting, SettingWrong};
