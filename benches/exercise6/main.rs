//! `cargo bench -p exercise6`: the timed question of exercise 6.

mod q6_2;

timing::timed!(exercise6, [q6_2]);
