//! Takes the time that the server names also where its own pause is longer.

impl<P: Fn(Duration) + Sync> Visit<'_, P> {
    fn page(&self, url: &str) -> Result<usize, PageError> {
        let mut back_off = self.limits.back_off;
        for _ in 1..self.limits.attempts {
            match self.request(url) {
                Err((error, retry_after)) if error.may_pass() => {
                    (self.pause)(if retry_after.is_zero() { back_off } else { retry_after });
                    back_off = back_off.saturating_mul(2);
                }
                outcome => return outcome.map_err(|(error, _)| error),
            }
        }
        self.request(url).map_err(|(error, _)| error)
    }
}
