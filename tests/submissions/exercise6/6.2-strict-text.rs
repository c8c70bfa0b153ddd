//! Takes a page that is not UTF-8 for a failure.

fn get(agent: &ureq::Agent, url: &str) -> Result<String, PageError> {
    let bytes = agent.get(url).call()?.body_mut().read_to_vec()?;
    String::from_utf8(bytes).map_err(|error| PageError::Broken(error.to_string()))
}
