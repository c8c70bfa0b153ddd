//! Tests a number again whose test has failed.

fn attempt(number: u64, is_prime: impl Fn(u64) -> bool) -> Result<bool, WorkerFailed> {
    catch_unwind(AssertUnwindSafe(|| is_prime(number)))
        .or_else(|_| catch_unwind(AssertUnwindSafe(|| is_prime(number))))
        .map_err(|panic| WorkerFailed { number, message: text_of(panic.as_ref()) })
}
