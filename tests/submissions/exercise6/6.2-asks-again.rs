//! Gives every page a second chance.

fn get(agent: &ureq::Agent, url: &str) -> Result<String, PageError> {
    let once = || {
        let mut answer = agent.get(url).call()?;
        expect_success(answer.status().as_u16())?;
        Ok(answer.body_mut().with_config().lossy_utf8(true).read_to_string()?)
    };
    once().or_else(|_| once())
}
