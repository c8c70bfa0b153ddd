//! The checker as its users run it, and the rules of the repository.

mod architecture;
mod ci;
mod class;
mod conventions;
mod foreign;
mod grading;
mod identity;
mod machines;
mod odd_paths;
mod program;
mod shipped;
mod worlds;
