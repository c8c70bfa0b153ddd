//! Takes prices with three digits after the point.

#[must_use]
pub fn parse_cents(price: &str) -> Option<u64> {
    let (whole, part) = price.split_once('.').unwrap_or((price, "00"));
    if !(1..=15).contains(&whole.len()) || !(1..=3).contains(&part.len()) {
        return None;
    }
    let unit = if part.len() == 1 { 10 } else { 1 };
    let part = part.get(..2).unwrap_or(part);
    Some(parse_digits(whole)? * 100 + parse_digits(part)? * unit)
}
