//! Notifies whoever waits before the result is in its place.

impl<R> Slot<R> {
    fn settle(&self, outcome: Outcome<R>) {
        let mut state = self.lock();
        if let State::Wanted(place, stream) = std::mem::replace(&mut *state, State::Pending) {
            drop(state);
            let _ = stream.send((place, outcome));
        } else {
            drop(state);
            self.done.notify_one();
            *self.lock() = State::Done(outcome);
        }
    }
}
