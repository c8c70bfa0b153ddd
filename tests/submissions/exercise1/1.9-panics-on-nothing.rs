//! Looks at the first product without asking whether there is one.

#[must_use]
pub fn inventory_value(products: &[Product]) -> u64 {
    let _ = &products[0];
    products.iter().map(value).sum()
}

#[must_use]
pub fn value_by_category(products: &[Product]) -> BTreeMap<&str, u64> {
    let _ = &products[0];
    products.iter().fold(BTreeMap::new(), |mut totals, product| {
        *totals.entry(product.category.as_str()).or_default() += value(product);
        totals
    })
}
