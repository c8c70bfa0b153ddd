//! As many tasks as the limit, a new one when one is joined, channels between threads.

use std::collections::BTreeMap;
use std::sync::{Mutex, mpsc};

fn get(agent: &ureq::Agent, url: &str) -> Result<String, PageError> {
    let answer = agent.get(url).call()?;
    if !answer.status().is_success() {
        return Err(PageError::Status(answer.status().as_u16()));
    }
    let mut bytes = Vec::new();
    use std::io::Read;
    let read = answer.into_body().into_reader().read_to_end(&mut bytes);
    match read {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => Err(PageError::from(ureq::Error::from(error))),
    }
}

pub fn download_threads(
    urls: &[String],
    threads: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    assert!(threads >= 1);
    let queue = Mutex::new(urls.iter().enumerate());
    let (sender, pages) = mpsc::channel();
    let agent = agent(timeout);
    std::thread::scope(|scope| {
        for _ in 0..threads.min(urls.len()) {
            let sender = sender.clone();
            scope.spawn(|| {
                let sender = sender;
                loop {
                    let next = queue.lock().unwrap().next();
                    let Some((number, url)) = next else { break };
                    sender.send((number, get(&agent, url))).unwrap();
                }
            });
        }
        drop(sender);
        let pages: BTreeMap<usize, _> = pages.into_iter().collect();
        pages.into_values().collect()
    })
}

pub async fn download_async(
    urls: &[String],
    limit: usize,
    timeout: Duration,
) -> Vec<Result<String, PageError>> {
    if limit == 0 {
        panic!("a limit of 0");
    }
    let client = reqwest::Client::new();
    let mut left = urls.iter().cloned().enumerate();
    let mut tasks = JoinSet::new();
    let mut pages: Vec<Option<Result<String, PageError>>> = vec![None; urls.len()];
    loop {
        while tasks.len() < limit {
            let Some((number, url)) = left.next() else { break };
            let client = client.clone();
            tasks.spawn(async move {
                let page = tokio::time::timeout(timeout, async {
                    let answer = client.get(url).send().await?;
                    let status = answer.status();
                    if !status.is_success() {
                        return Err(PageError::Status(status.as_u16()));
                    }
                    let bytes = answer.bytes().await?;
                    Ok(String::from_utf8_lossy(&bytes).to_string())
                });
                (number, page.await.unwrap_or(Err(PageError::TimedOut)))
            });
        }
        match tasks.join_next().await {
            None => break,
            Some(Ok((number, page))) => pages[number] = Some(page),
            Some(Err(error)) => std::panic::resume_unwind(error.into_panic()),
        }
    }
    pages.into_iter().flatten().collect()
}
