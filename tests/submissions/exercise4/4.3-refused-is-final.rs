//! Does not try again where the connection was refused.

impl PageError {
    fn may_pass(&self) -> bool {
        match self {
            Self::Status(status) => *status == 429 || *status >= 500,
            Self::TimedOut => true,
            Self::Broken(why) => !why.contains("refused"),
            Self::TooLarge => false,
        }
    }
}
