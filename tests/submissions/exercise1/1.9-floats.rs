//! Adds up floats and cuts the cents off at the end.

pub fn inventory_value(products: &[Product]) -> u64 {
    let value: f64 = products
        .iter()
        .map(|product| product.price_cents as f64 / 100.0 * product.quantity as f64)
        .sum();
    (value * 100.0) as u64
}
