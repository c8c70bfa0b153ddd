//! Gives the results that are there, sorted by place, before those that come.

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
    let mut all: Vec<_> = results.iter().take(1).collect();
    all.extend(results.try_iter());
    all.sort_by_key(|&(place, _)| place);
    drop(stream);
    let rest: Vec<_> = results.iter().collect();
    all.into_iter().chain(rest)
}
