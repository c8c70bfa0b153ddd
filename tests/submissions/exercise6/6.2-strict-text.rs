//! Takes a page that is not UTF-8 for a failure.

fn get(agent: &ureq::Agent, url: &str) -> Result<String, PageError> {
    let mut answer = agent.get(url).call()?;
    expect_success(answer.status().as_u16())?;
    let bytes = answer.body_mut().with_config().read_to_vec()?;
    String::from_utf8(bytes).map_err(|error| PageError::Broken(error.to_string()))
}
