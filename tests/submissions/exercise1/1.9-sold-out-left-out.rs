//! Leaves a category out when nothing of it is in stock.

pub fn value_by_category(products: &[Product]) -> BTreeMap<&str, u64> {
    products.iter().filter(|product| product.quantity > 0).fold(
        BTreeMap::new(),
        |mut totals, product| {
            *totals.entry(product.category.as_str()).or_default() += value(product);
            totals
        },
    )
}
