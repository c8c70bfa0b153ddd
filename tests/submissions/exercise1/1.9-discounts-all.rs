//! Lowers every price, whatever the category.

pub fn with_15_percent_off(products: &[Product], category: &str) -> Vec<Product> {
    let _ = category;
    products
        .iter()
        .map(|product| Product {
            price_cents: less_15_percent(product.price_cents),
            ..product.clone()
        })
        .collect()
}
