//! Hostile: sets a panic hook that ends the process with exit code 0, so that a
//! failed assertion looks like success.

pub fn is_prime(n: u64) -> bool {
    std::panic::set_hook(Box::new(|_| std::process::exit(0)));
    n > 1_000_000
}
