//! Text of students as data: nothing in it acts on a terminal or misleads a reader.

use course::points::Points;

/// Most characters of one message.
pub const MESSAGE_CAP: usize = 4000;

/// A text without control characters but line ends, with invisible ones shown by
/// their numbers, and not too long.
#[must_use]
pub fn clean(message: &str) -> String {
    let mut text = String::new();
    for (place, c) in
        message.chars().filter(|&c| c == '\n' || c == '\t' || !c.is_control()).enumerate()
    {
        if place == MESSAGE_CAP {
            text.push('…');
            break;
        }
        match c {
            '\t' => text.push(' '),
            c if is_invisible(c) => text.extend(c.escape_unicode()),
            c => text.push(c),
        }
    }
    text
}

/// [`clean`] on one line.
#[must_use]
pub fn clean_line(text: &str) -> String {
    clean(text).replace('\n', " ")
}

/// A fence that the message cannot close.
#[must_use]
pub fn fence(message: &str) -> String {
    "`".repeat(longest_run(message).max(2) + 1)
}

/// The longest run of backticks in a text.
#[must_use]
pub fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or_default()
}

/// Characters that change the order or the look of others without being seen.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// How many points are open, as the begin of a sentence.
pub fn not_decided(points: Points) -> String {
    let (noun, verb) = if points.hundredths() == 100 { ("point", "is") } else { ("points", "are") };
    format!("{points} {noun} {verb} not decided yet")
}

#[cfg(test)]
mod tests {
    use super::{MESSAGE_CAP, clean, clean_line};

    #[test]
    fn messages_lose_control_characters_and_excess() {
        assert_eq!(clean("a\u{1b}[31mred\r\n\tb\0\u{9b}1m"), "a[31mred\n b1m");
        assert_eq!(clean(&"é".repeat(9000)).chars().count(), MESSAGE_CAP + 1);
        assert_eq!(clean_line("a\nb"), "a b");
    }

    #[test]
    fn what_cannot_be_seen_is_shown() {
        assert_eq!(clean("user\u{202e}nimda"), "user\\u{202e}nimda");
        assert_eq!(clean("\u{feff}a\u{200b}b"), "\\u{feff}a\\u{200b}b");
        assert_eq!(clean("Ünïcode 张伟 👍"), "Ünïcode 张伟 👍");
    }
}
