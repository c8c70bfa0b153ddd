//! Puts words of its own before the message of a panic.

impl JobPanic {
    fn from_payload(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref().map(String::as_str));
        Self { message: format!("panicked: {}", text.unwrap_or("a panic without a message")) }
    }
}
