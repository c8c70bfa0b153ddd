//! A channel of addresses, a client for each thread, and a thread that hands
//! out the turns, one at a time.

use crossbeam::channel::{Receiver, bounded, unbounded};

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    if limits.connections == 0 || limits.attempts == 0 {
        panic!("nothing can be visited with {limits:?}");
    }
    let (tasks, queue) = unbounded();
    urls.iter().enumerate().for_each(|task| tasks.send(task).expect("the queue is there"));
    drop(tasks);
    let (turn, turns) = bounded(0);
    let (reply, results) = unbounded();
    std::thread::scope(|scope| {
        for _ in 0..limits.connections {
            let (queue, turns, reply, pause) = (queue.clone(), turns.clone(), reply.clone(), &pause);
            scope.spawn(move || {
                for (index, url) in queue {
                    let outcome = stubborn(url, limits, &turns, pause);
                    reply.send((index, outcome)).expect("somebody listens");
                }
            });
        }
        drop(turns);
        // Ends when the last worker has let go of its end.
        scope.spawn(move || {
            while turn.send(()).is_ok() {
                std::thread::sleep(limits.interval);
            }
        });
    });
    drop(reply);
    let mut results: Vec<_> = results.into_iter().collect();
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, outcome)| outcome).collect()
}

fn stubborn(
    url: &str,
    limits: &Limits,
    turns: &Receiver<()>,
    pause: &(impl Fn(Duration) + Sync),
) -> Result<usize, PageError> {
    let mut attempt = 0;
    loop {
        turns.recv().expect("turns never end");
        let (error, asked) = match once(url, limits) {
            Ok(links) => return Ok(links),
            Err(failure) => failure,
        };
        attempt += 1;
        if attempt == limits.attempts || !error.may_pass() {
            return Err(error);
        }
        pause(asked.max(limits.back_off * 2_u32.pow(attempt - 1)));
    }
}

fn once(url: &str, limits: &Limits) -> Result<usize, (PageError, Duration)> {
    // A new client each time: slower, and still right.
    let agent: Agent = Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(limits.timeout))
        .build()
        .into();
    let failed = |error: ureq::Error| (PageError::from(error), Duration::ZERO);
    let mut answer = agent.get(url).call().map_err(failed)?;
    if answer.status().as_u16() >= 300 {
        let asked = answer.headers().get("retry-after");
        let asked = asked.and_then(|value| value.to_str().ok()?.parse().ok()).unwrap_or(0);
        return Err((PageError::Status(answer.status().as_u16()), Duration::from_secs(asked)));
    }
    let body = answer.body_mut().with_config().limit(limits.max_bytes).lossy_utf8(true);
    body.read_to_string().map(|html| count_links(&html)).map_err(failed)
}
