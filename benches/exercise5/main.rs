//! `cargo bench -p exercise5`: the timed questions of exercise 5.

mod q5_2;

timing::timed!(exercise5, [q5_2]);
