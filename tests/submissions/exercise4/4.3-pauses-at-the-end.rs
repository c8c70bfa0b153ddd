//! Pauses after the last request too.

impl<P: Fn(Duration) + Sync> Visit<'_, P> {
    fn page(&self, url: &str) -> Result<usize, PageError> {
        let mut back_off = self.limits.back_off;
        let mut last = PageError::TimedOut;
        for _ in 0..self.limits.attempts {
            match self.request(url) {
                Err((error, retry_after)) if error.may_pass() => {
                    (self.pause)(back_off.max(retry_after));
                    back_off = back_off.saturating_mul(2);
                    last = error;
                }
                outcome => return outcome.map_err(|(error, _)| error),
            }
        }
        Err(last)
    }
}
