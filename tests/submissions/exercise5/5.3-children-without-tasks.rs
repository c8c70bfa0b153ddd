//! Starts all children at once, whether there are tasks or not.

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
    let feeders = (0..workers)
        .map(|seat| {
            let (pool, queue, reply) = (Arc::clone(&pool), Arc::clone(&queue), reply.clone());
            std::thread::spawn(move || feed(seat, &pool, || locked(&queue).next(), &reply))
        })
        .collect();
    Answers { order: 0..count, answers, early: BTreeMap::new(), pool, feeders }
}

fn feed<P: Fn() -> Command>(
    seat: usize,
    pool: &Pool<P>,
    next: impl Fn() -> Option<(usize, Vec<u8>)>,
    reply: &Sender<Answer>,
) {
    let mut child = pool.start(seat).ok();
    let mut attempt = |task: &[u8]| {
        let mut pipes = child.take().map_or_else(|| pool.start(seat), Ok)?;
        let answer = exchange(&mut pipes, task, || pool.end(seat));
        match answer {
            Ok(_) => child = Some(pipes),
            Err(_) => pool.end(seat),
        }
        answer
    };
    while let Some((index, task)) = next() {
        let answer = attempt(&task).or_else(|_| attempt(&task));
        if reply.send((index, answer)).is_err() {
            break;
        }
    }
}
