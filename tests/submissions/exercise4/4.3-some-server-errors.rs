//! Tries again for the one status of the lesson's example, and for no other above 500.

impl PageError {
    fn may_pass(&self) -> bool {
        match self {
            Self::Status(status) => [429, 503].contains(status),
            Self::TimedOut | Self::Broken(_) => true,
            Self::TooLarge => false,
        }
    }
}
