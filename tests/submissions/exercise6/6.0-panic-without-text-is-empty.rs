//! Gives an empty message where the payload of a panic is no text.

impl JobPanic {
    fn from_payload(payload: &(dyn Any + Send)) -> Self {
        let text = payload.downcast_ref::<&str>().copied();
        let text = text.or_else(|| payload.downcast_ref().map(String::as_str));
        Self { message: text.unwrap_or_default().to_owned() }
    }
}
