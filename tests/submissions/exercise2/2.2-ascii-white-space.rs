//! Takes white space beyond ASCII for special characters.

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || c.is_ascii_whitespace()
}
