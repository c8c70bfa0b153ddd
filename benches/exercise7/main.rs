//! `cargo bench -p exercise7`: the timed questions of exercise 7.

mod q7_2;
mod q7_3;

timing::timed!(exercise7, [q7_2, q7_3]);
