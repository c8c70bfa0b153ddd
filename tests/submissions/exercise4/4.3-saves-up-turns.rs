//! Plans the turns from the start of the visit, so that missed ones pile up.

impl<P: Fn(Duration) + Sync> Visit<'_, P> {
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
