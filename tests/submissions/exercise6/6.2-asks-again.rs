//! Gives every page a second chance.

fn get(agent: &ureq::Agent, url: &str) -> Result<String, PageError> {
    let once = || -> Result<String, PageError> {
        Ok(agent.get(url).call()?.body_mut().read_to_string()?)
    };
    once().or_else(|_| once())
}
