//! Tells the first error of a page instead of the last.

impl<P: Fn(Duration) + Sync> Visit<'_, P> {
    fn page(&self, url: &str) -> Result<usize, PageError> {
        let (mut back_off, mut first) = (self.limits.back_off, None);
        for _ in 1..self.limits.attempts {
            match self.request(url) {
                Err((error, retry_after)) if error.may_pass() => {
                    (self.pause)(back_off.max(retry_after));
                    back_off = back_off.saturating_mul(2);
                    first.get_or_insert(error);
                }
                outcome => return outcome.map_err(|(error, _)| first.unwrap_or(error)),
            }
        }
        self.request(url).map_err(|(error, _)| first.unwrap_or(error))
    }
}
