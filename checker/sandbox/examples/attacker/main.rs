//! Programs that try what they must not, one a word; the tests start them.
//!
//! Exit code 0 means that it worked, 1 that it was refused (with the reason on
//! standard error). Anything else is a signal, or the program's own business.

#[cfg(target_os = "linux")]
mod attacks;

#[cfg(target_os = "linux")]
fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let Err(error) = attacks::attempt(&words) {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {}
