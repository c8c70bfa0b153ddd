//! Numbers the results as they come.

pub fn as_completed<R: Send + 'static>(
    handles: Vec<Handle<R>>,
) -> impl Iterator<Item = (usize, Result<R, JobPanic>)> {
    let (stream, results) = unbounded();
    for (place, handle) in handles.into_iter().enumerate() {
        let mut state = handle.slot.lock();
        match std::mem::replace(&mut *state, State::Wanted(place, stream.clone())) {
            State::Done(outcome) => {
                *state = State::Pending;
                // The receiver is right here.
                let _ = stream.send((place, outcome));
            }
            State::Pending | State::Wanted(..) => {}
        }
    }
    results.into_iter().enumerate().map(|(place, (_, result))| (place, result))
}
