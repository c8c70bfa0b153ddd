//! What a question under the model checker sees as `crossbeam`.
//!
//! [`channel`] is part of the model. The rest is the real crate, so that it
//! compiles: queues and padding work as they are, in one step each; scoped
//! threads and parkers are the machine's own and outside of the model.

pub mod channel;
mod select;

pub use crossbeam::*;
