//! Why a program was not started.

use std::fmt;

use crate::layer::Layer;

/// The exit code of a shim that did not start the program.
pub const REFUSED: i32 = 125;

/// The exit code of a shim that stopped a program for its number of threads and
/// processes.
pub const TOO_MANY_TASKS: i32 = 124;

/// Why a program was not started.
#[derive(Debug)]
pub(crate) struct Refusal(String);

impl Refusal {
    /// A refusal with a reason of its own.
    pub fn new(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says which layer a failure belongs to.
pub(crate) trait OrRefuse<T> {
    /// The value, or a refusal in the layer's name.
    fn or_refuse(self, layer: Layer) -> Result<T, Refusal>;
}

impl<T, E: fmt::Display> OrRefuse<T> for Result<T, E> {
    fn or_refuse(self, layer: Layer) -> Result<T, Refusal> {
        self.map_err(|error| Refusal(format!("{layer}: {error}")))
    }
}
