//! Keeps only the value of the last product of a category.

pub fn value_by_category(products: &[Product]) -> BTreeMap<&str, u64> {
    products.iter().fold(BTreeMap::new(), |mut totals, product| {
        totals.insert(product.category.as_str(), value(product));
        totals
    })
}
