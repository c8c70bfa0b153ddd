//! Tells a connection that broke as a timeout.

impl From<ureq::Error> for PageError {
    fn from(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Timeout(_) => Self::TimedOut,
            ureq::Error::BodyExceedsLimit(_) => Self::TooLarge,
            _ => Self::TimedOut,
        }
    }
}
