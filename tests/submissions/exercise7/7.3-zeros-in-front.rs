//! Counts the zeros in front not among the digits of a price.

#[must_use]
pub fn parse_cents(price: &str) -> Option<u64> {
    let (whole, part) = price.split_once('.').unwrap_or((price, "00"));
    let digits = whole.trim_start_matches('0').len().max(usize::from(!whole.is_empty()));
    if !(1..=15).contains(&digits) || !(1..=2).contains(&part.len()) {
        return None;
    }
    let unit = if part.len() == 1 { 10 } else { 1 };
    Some(parse_digits(whole)? * 100 + parse_digits(part)? * unit)
}
