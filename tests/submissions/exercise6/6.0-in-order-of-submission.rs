//! Waits for the handles one after the other, in the order of the list.

pub fn as_completed<R: Send + 'static>(
    handles: Vec<Handle<R>>,
) -> impl Iterator<Item = (usize, Result<R, JobPanic>)> {
    handles.into_iter().map(Handle::wait).enumerate()
}
