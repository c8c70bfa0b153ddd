//! `cargo bench -p exercise4`: the timed questions of exercise 4.

mod q4_1;
mod q4_2;
mod q4_3;
mod q4_4;

timing::timed!(exercise4, [q4_1, q4_2, q4_3, q4_4]);
