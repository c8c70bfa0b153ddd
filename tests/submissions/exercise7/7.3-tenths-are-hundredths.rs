//! Takes 12.5 for 12.05.

#[must_use]
pub fn parse_cents(price: &str) -> Option<u64> {
    let (whole, part) = price.split_once('.').unwrap_or((price, "00"));
    if !(1..=15).contains(&whole.len()) || !(1..=2).contains(&part.len()) {
        return None;
    }
    let unit = 1;
    Some(parse_digits(whole)? * 100 + parse_digits(part)? * unit)
}
