//! What the machine refuses to the kit's own code, so that nobody else pays for it.

use std::fmt::Display;
use std::panic::panic_any;

/// A panic of the kit's own code that no student can help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineFault(pub String);

/// The value of something that the kit needs of the machine.
///
/// # Panics
/// With a [`MachineFault`] where there is none; whoever runs the check reports
/// it as an error of the kit's, not as a failed assertion.
pub fn needed<T, E: Display>(result: Result<T, E>, what: &str) -> T {
    result.unwrap_or_else(|error| panic_any(MachineFault(format!("{what}: {error}"))))
}
