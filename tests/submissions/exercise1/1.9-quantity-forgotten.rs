//! Adds up prices without their quantities.

pub fn inventory_value(products: &[Product]) -> u64 {
    products.iter().map(|product| product.price_cents).sum()
}
