//! Gives back only the products of the category.

pub fn with_15_percent_off(products: &[Product], category: &str) -> Vec<Product> {
    products
        .iter()
        .filter(|product| product.category == category)
        .map(|product| Product {
            price_cents: less_15_percent(product.price_cents),
            ..product.clone()
        })
        .collect()
}
