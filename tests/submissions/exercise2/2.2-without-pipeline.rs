//! Calls one method after another.

pub fn clean_text(text: &str) -> String {
    let plain: String = text.to_lowercase().chars().filter(|&c| is_plain(c)).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
