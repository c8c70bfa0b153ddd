//! Reads the body as bytes up to one too many, with a thread for each connection and a locked list.

use std::io::Read;

pub fn visit_pages(
    urls: &[String],
    limits: &Limits,
    pause: impl Fn(Duration) + Sync,
) -> Vec<Result<usize, PageError>> {
    assert!(limits.connections >= 1 && limits.attempts >= 1);
    let agent = Agent::new_with_config(
        Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(limits.timeout))
            .build(),
    );
    let visit = Visit { limits, agent, next_start: Mutex::new(Instant::now()), pause };
    let counts: Vec<Mutex<Option<Result<usize, PageError>>>> =
        urls.iter().map(|_| Mutex::new(None)).collect();
    let todo = Mutex::new(urls.iter().zip(&counts));
    let next = || todo.lock().unwrap_or_else(PoisonError::into_inner).next();
    std::thread::scope(|scope| {
        for _ in 0..limits.connections.min(urls.len()) {
            scope.spawn(|| {
                while let Some((url, place)) = next() {
                    let count = visit.page(url);
                    *place.lock().unwrap() = Some(count);
                }
            });
        }
    });
    counts.into_iter().map(|place| place.into_inner().unwrap().unwrap()).collect()
}

impl<P: Fn(Duration) + Sync> Visit<'_, P> {
    fn request(&self, url: &str) -> Result<usize, (PageError, Duration)> {
        self.wait_for_turn();
        let answer = self.agent.get(url).call().map_err(|error| (error.into(), Duration::ZERO))?;
        if !(200..300).contains(&answer.status().as_u16()) {
            let header = answer.headers().get("retry-after");
            let seconds: Option<u64> =
                header.and_then(|value| value.to_str().ok()?.trim().parse().ok());
            let error = PageError::Status(answer.status().as_u16());
            return Err((error, seconds.map_or(Duration::ZERO, Duration::from_secs)));
        }
        let mut bytes = Vec::new();
        let most = self.limits.max_bytes;
        let read =
            answer.into_body().into_reader().take(most.saturating_add(1)).read_to_end(&mut bytes);
        if bytes.len() as u64 > most {
            return Err((PageError::TooLarge, Duration::ZERO));
        }
        match read {
            Ok(_) => Ok(count_links(&String::from_utf8_lossy(&bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::TimedOut => {
                Err((PageError::TimedOut, Duration::ZERO))
            }
            Err(error) => Err((ureq::Error::from(error).into(), Duration::ZERO)),
        }
    }
}
