//! The checker as its users run it, and the rules of the repository.

mod conventions;
mod grading;
mod odd_paths;
mod program;
mod shipped;
