//! Tells a status as a broken connection.

impl<P: Fn(Duration) + Sync> Visit<'_, P> {
    fn request(&self, url: &str) -> Result<usize, (PageError, Duration)> {
        let plain = |error| (PageError::from(error), Duration::ZERO);
        self.wait_for_turn();
        let mut answer = self.agent.get(url).call().map_err(plain)?;
        let status = answer.status();
        if !status.is_success() {
            let seconds = answer.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok());
            let seconds = seconds.and_then(|text| text.parse().ok()).unwrap_or_default();
            return Err((PageError::Broken(status.to_string()), Duration::from_secs(seconds)));
        }
        let body = answer.body_mut().with_config().limit(self.limits.max_bytes).lossy_utf8(true);
        Ok(count_links(&body.read_to_string().map_err(plain)?))
    }
}
