//! `cargo bench -p exercise5`: the timed questions of exercise 5.

speed::timed!("exercise5", []);
