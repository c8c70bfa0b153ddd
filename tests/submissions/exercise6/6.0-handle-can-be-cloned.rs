//! Lets a handle be cloned, so that two wait for one result.

#[derive(Clone)]
pub struct Handle<R> {
    slot: Arc<Slot<R>>,
}
