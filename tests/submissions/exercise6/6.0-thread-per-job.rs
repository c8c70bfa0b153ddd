//! Starts a thread for every job; the threads wait for their turn.

pub struct Pool {
    room: Arc<(Mutex<Room>, Condvar)>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

struct Room {
    free: usize,
    turn: usize,
}

impl Pool {
    #[must_use]
    pub fn new(workers: usize) -> Self {
        assert!(workers > 0, "a pool needs at least one worker");
        let room = Mutex::new(Room { free: workers, turn: 0 });
        Self { room: Arc::new((room, Condvar::new())), threads: Mutex::default() }
    }

    pub fn submit<R, F>(&self, job: F) -> Handle<R>
    where
        R: Send + 'static,
        F: FnOnce() -> R + Send + 'static,
    {
        let slot = Arc::new(Slot { state: Mutex::new(State::Pending), done: Condvar::new() });
        let (result, room) = (Arc::clone(&slot), Arc::clone(&self.room));
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        let number = threads.len();
        threads.push(std::thread::spawn(move || {
            let (room, changed) = &*room;
            let mut state = room.lock().unwrap_or_else(PoisonError::into_inner);
            while state.free == 0 || state.turn != number {
                state = changed.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            state.free -= 1;
            state.turn += 1;
            drop(state);
            changed.notify_all();
            let outcome = catch_unwind(AssertUnwindSafe(job));
            result.settle(outcome.map_err(|payload| JobPanic::from_payload(payload.as_ref())));
            room.lock().unwrap_or_else(PoisonError::into_inner).free += 1;
            changed.notify_all();
        }));
        Handle { slot }
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let mut threads = self.threads.lock().unwrap_or_else(PoisonError::into_inner);
        threads.drain(..).for_each(|thread| drop(thread.join()));
    }
}
