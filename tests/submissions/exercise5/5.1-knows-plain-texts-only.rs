//! Finds the text of a panic only where it has no arguments.

fn text_of(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(|&text| text.to_owned())
        .unwrap_or_else(|| "a panic without a text".to_owned())
}
