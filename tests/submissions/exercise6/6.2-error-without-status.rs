//! Tells a status as a broken connection.

impl From<ureq::Error> for PageError {
    fn from(error: ureq::Error) -> Self {
        match error {
            ureq::Error::StatusCode(status) => Self::Broken(status.to_string()),
            ureq::Error::Timeout(_) => Self::TimedOut,
            other => Self::Broken(other.to_string()),
        }
    }
}
