//! Starts one child more than it was given workers.

pub fn process_map<P>(
    program: P,
    workers: usize,
    tasks: Vec<Vec<u8>>,
) -> impl Iterator<Item = io::Result<Vec<u8>>>
where
    P: Fn() -> Command + Send + Sync + 'static,
{
    assert!(workers > 0, "a pool needs at least one worker");
    let count = tasks.len();
    let pool = Arc::new(Pool { program, running: Mutex::default() });
    let queue = Arc::new(Mutex::new(tasks.into_iter().enumerate()));
    let (reply, answers) = unbounded();
    let feeders = (0..(workers + 1).min(count))
        .map(|seat| {
            let (pool, queue, reply) = (Arc::clone(&pool), Arc::clone(&queue), reply.clone());
            std::thread::spawn(move || feed(seat, &pool, || locked(&queue).next(), &reply))
        })
        .collect();
    Answers { order: 0..count, answers, early: BTreeMap::new(), pool, feeders }
}
