//! Compares what the whole stock of a product is worth.

pub fn priced_above(products: &[Product], price_cents: u64) -> Vec<&Product> {
    products.iter().filter(|product| value(product) > price_cents).collect()
}
