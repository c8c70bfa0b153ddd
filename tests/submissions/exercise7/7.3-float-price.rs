//! Reads prices as floats and cuts off what is behind the cent.

pub fn parse_cents(price: &str) -> Option<u64> {
    let price: f64 = price.parse().ok()?;
    (price >= 0.0).then_some((price * 100.0) as u64)
}
