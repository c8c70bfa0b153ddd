//! Knows one kind of payload, that of a `panic!` without arguments.

impl JobPanic {
    fn from_payload(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        Self { message: text.unwrap_or("a panic without a message").to_owned() }
    }
}
