//! Tells a timeout as a broken connection.

impl From<reqwest::Error> for PageError {
    fn from(error: reqwest::Error) -> Self {
        match error.status() {
            Some(status) => Self::Status(status.as_u16()),
            None => Self::Broken(error.to_string()),
        }
    }
}
