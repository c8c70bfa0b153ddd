//! Takes signs and white space around a price.

#[must_use]
pub fn parse_cents(price: &str) -> Option<u64> {
    let price = price.trim().trim_start_matches('+');
    let (whole, part) = price.split_once('.').unwrap_or((price, "00"));
    if !(1..=15).contains(&whole.len()) || !(1..=2).contains(&part.len()) {
        return None;
    }
    let unit = if part.len() == 1 { 10 } else { 1 };
    Some(parse_digits(whole)? * 100 + parse_digits(part)? * unit)
}
