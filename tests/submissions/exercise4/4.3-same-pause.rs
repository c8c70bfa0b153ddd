//! Pauses for the same time before each further request.

impl<P: Fn(Duration) + Sync> Visit<'_, P> {
    fn page(&self, url: &str) -> Result<usize, PageError> {
        for _ in 1..self.limits.attempts {
            match self.request(url) {
                Err((error, retry_after)) if error.may_pass() => {
                    (self.pause)(self.limits.back_off.max(retry_after));
                }
                outcome => return outcome.map_err(|(error, _)| error),
            }
        }
        self.request(url).map_err(|(error, _)| error)
    }
}
