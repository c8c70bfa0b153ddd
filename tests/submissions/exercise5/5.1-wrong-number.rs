//! Names the number that was tested before the failed one.

fn attempt(number: u64, is_prime: impl Fn(u64) -> bool) -> Result<bool, WorkerFailed> {
    catch_unwind(AssertUnwindSafe(|| is_prime(number))).map_err(|panic| WorkerFailed {
        number: number.saturating_sub(1),
        message: text_of(panic.as_ref()),
    })
}
