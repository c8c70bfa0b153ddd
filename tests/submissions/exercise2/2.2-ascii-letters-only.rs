//! Keeps the letters and digits of ASCII only.

fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || c.is_whitespace()
}
