//! Plans the turns from the start of the visit, so that missed ones pile up.

impl<P: Fn(Duration) + Sync> Visit<'_, P> {
    fn page(&self, url: &str) -> Result<usize, PageError> {
        let mut back_off = self.limits.back_off;
        for _ in 1..self.limits.attempts {
            match self.request(url) {
                Err((error, retry_after)) if error.may_pass() => {
                    (self.pause)(back_off.max(retry_after));
                    back_off = back_off.saturating_mul(2);
                }
                outcome => return outcome.map_err(|(error, _)| error),
            }
        }
        self.request(url).map_err(|(error, _)| error)
    }
    fn request(&self, url: &str) -> Result<usize, (PageError, Duration)> {
        let plain = |error| (PageError::from(error), Duration::ZERO);
        self.wait_for_turn();
        let mut answer = self.agent.get(url).call().map_err(plain)?;
        let status = answer.status();
        if !status.is_success() {
            let seconds = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
            let seconds = seconds.and_then(|text| text.parse().ok()).unwrap_or_default();
            return Err((PageError::Status(status.as_u16()), Duration::from_secs(seconds)));
        }
        let body = answer.body_mut().with_config().limit(self.limits.max_bytes).lossy_utf8(true);
        Ok(count_links(&body.read_to_string().map_err(plain)?))
    }

    fn wait_for_turn(&self) {
        let turn = {
            let mut next_start = self.next_start.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = *next_start;
            *next_start += self.limits.interval;
            turn
        };
        std::thread::sleep(turn.saturating_duration_since(Instant::now()));
    }
}
