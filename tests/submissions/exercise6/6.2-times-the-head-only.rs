//! Waits for ever for the rest of a page whose beginning came in time.

fn agent(timeout: Duration) -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_recv_response(Some(timeout))
        .build()
        .into()
}
