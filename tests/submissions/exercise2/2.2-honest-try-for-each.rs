//! An option that is taken and put back at each step, a pipeline for the characters.

pub fn pipeline<T: 'static>(steps: Vec<Step<T>>) -> impl Fn(T) -> T + Send + Sync + 'static {
    let steps: std::sync::Arc<[Step<T>]> = steps.into();
    move |value| {
        let mut current = Some(value);
        steps.iter().for_each(|step| current = current.take().map(|value| step(value)));
        current.unwrap()
    }
}

pub fn clean_text(text: &str) -> String {
    fn small(text: String) -> String {
        text.to_lowercase()
    }
    fn plain(text: String) -> String {
        text.chars()
            .map(|c| if c.is_whitespace() { ' ' } else { c })
            .filter(|c| *c == ' ' || c.is_alphanumeric())
            .collect()
    }
    fn spaced(text: String) -> String {
        text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<&str>>().join(" ")
    }
    let steps: Vec<Step<String>> = vec![Box::new(small), Box::new(plain), Box::new(spaced)];
    let clean = pipeline(steps);
    clean(String::from(text))
}
