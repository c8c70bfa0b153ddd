//! Loops over the steps, and puts the cleaning together out of two pipelines of functions.

pub fn pipeline<T: 'static>(steps: Vec<Step<T>>) -> impl Fn(T) -> T + Send + Sync + 'static {
    move |input| {
        let mut value = input;
        for step in &steps {
            value = step(value);
        }
        value
    }
}

pub fn clean_text(text: &str) -> String {
    let letters = pipeline(vec![Box::new(lower), Box::new(without_signs)]);
    let blanks = pipeline(vec![Box::new(single_blanks), Box::new(trimmed)]);
    pipeline::<String>(vec![Box::new(trimmed), Box::new(letters), Box::new(blanks)])(text.into())
}

fn lower(text: String) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

fn without_signs(text: String) -> String {
    text.replace(|c: char| !(c.is_alphabetic() || c.is_numeric() || c.is_whitespace()), "")
}

fn single_blanks(text: String) -> String {
    text.chars().fold(String::new(), |text, c| match c {
        _ if !c.is_whitespace() => text + &c.to_string(),
        _ if text.ends_with(' ') => text,
        _ => text + " ",
    })
}

fn trimmed(text: String) -> String {
    text.trim().to_owned()
}
