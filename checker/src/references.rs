//! The timed calls of the reference solutions: the same files that time a
//! submission, with the solution behind the exercise's name.

use speed::Arm;

/// Timed calls of exercise 4.
#[path = "../../benches/exercise4/main.rs"]
pub mod timed4;

/// Timed calls of exercise 5.
#[path = "../../benches/exercise5/main.rs"]
pub mod timed5;

/// Timed calls of exercise 6.
#[path = "../../benches/exercise6/main.rs"]
pub mod timed6;

/// Timed calls of exercise 7.
#[path = "../../benches/exercise7/main.rs"]
pub mod timed7;

/// Every timed call of the reference solutions.
pub fn arms() -> impl Iterator<Item = &'static Arm> {
    [timed4::ARMS, timed5::ARMS, timed6::ARMS, timed7::ARMS].into_iter().flatten()
}
