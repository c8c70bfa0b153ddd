#![doc = include_str!("../README.md")]

// This file belongs to the kit: it names what every question exports.
mod q1_1_primes;

pub use q1_1_primes::{is_prime, primes};
