//! Gives the products from the last to the first.

#[must_use]
pub fn priced_above(products: &[Product], price_cents: u64) -> Vec<&Product> {
    products.iter().rev().filter(|product| product.price_cents > price_cents).collect()
}
