//! The layers that Linux has: one file for each that is more than a single call.

pub mod entry;
pub mod files;
pub mod init;
pub mod namespaces;
pub mod privileges;
pub mod probe;
pub mod syscalls;
pub mod tasks;
pub mod warden;
