//! What Linux has: one file for each layer that is more than a call.

pub mod entry;
pub mod files;
pub mod init;
pub mod namespaces;
pub mod privileges;
pub mod probe;
pub mod syscalls;
pub mod tasks;
pub mod warden;
