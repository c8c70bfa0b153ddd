//! Takes the limit into 32 bits.

#[must_use]
pub fn priced_above(products: &[Product], price_cents: u64) -> Vec<&Product> {
    let price_cents = u64::from(price_cents as u32);
    products.iter().filter(|product| product.price_cents > price_cents).collect()
}
