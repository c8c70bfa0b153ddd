//! Each layer on its own stops what it is for, and without it the same attack
//! gets through; an honest program notices nothing.

#![cfg(target_os = "linux")]

mod compile;
mod files;
mod lab;
mod machine;
mod network;
mod processes;
mod program;
mod resources;
