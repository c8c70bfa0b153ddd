//! Spaces the requests of each thread, and not those of all together.

use std::cell::Cell;

impl<P: Fn(Duration) + Sync> Visit<'_, P> {
    fn wait_for_turn(&self) {
        thread_local! {
            static NEXT_START: Cell<Option<Instant>> = const { Cell::new(None) };
        }
        if let Some(next_start) = NEXT_START.get() {
            std::thread::sleep(next_start.saturating_duration_since(Instant::now()));
        }
        NEXT_START.set(Some(Instant::now() + self.limits.interval));
    }
}
