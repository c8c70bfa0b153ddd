//! Kills the children at the end and never waits for them.

impl<P: Fn() -> Command> Drop for Answers<P> {
    fn drop(&mut self) {
        {
            let mut running = locked(&self.pool.running);
            running.stopped = true;
            for child in running.children.values_mut() {
                let _ = child.kill();
            }
        }
        for feeder in self.feeders.drain(..) {
            let _ = feeder.join();
        }
    }
}
