#![doc = include_str!("../../../exercises/exercise1/README.md")]

mod q1_1_primes;

pub use q1_1_primes::{is_prime, primes};
