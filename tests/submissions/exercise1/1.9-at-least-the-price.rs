//! Keeps a product that costs exactly the limit.

pub fn priced_above(products: &[Product], price_cents: u64) -> Vec<&Product> {
    products.iter().filter(|product| product.price_cents >= price_cents).collect()
}
