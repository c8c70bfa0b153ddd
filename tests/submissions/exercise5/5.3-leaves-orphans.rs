//! Cleans up when all answers are there, and not when it is dropped early.

impl<P: Fn() -> Command> Drop for Answers<P> {
    fn drop(&mut self) {
        if !self.order.is_empty() {
            return;
        }
        for feeder in self.feeders.drain(..) {
            let _ = feeder.join();
        }
        for child in locked(&self.pool.running).children.values_mut() {
            let _ = child.wait();
        }
    }
}
