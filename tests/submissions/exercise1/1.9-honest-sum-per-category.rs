//! Reduces pairs of numbers, and sums every category on its own.

pub fn inventory_value(products: &[Product]) -> u64 {
    products
        .iter()
        .map(|p| p.quantity * p.price_cents)
        .reduce(|sum, value| sum + value)
        .unwrap_or(0)
}

pub fn with_15_percent_off(products: &[Product], category: &str) -> Vec<Product> {
    products
        .iter()
        .cloned()
        .map(|mut product| {
            if product.category == category {
                let off = product.price_cents * 15;
                product.price_cents -= off / 100 + u64::from(off % 100 > 50);
            }
            product
        })
        .collect()
}

pub fn value_by_category(products: &[Product]) -> BTreeMap<&str, u64> {
    products.iter().fold(BTreeMap::new(), |totals, product| {
        let category = product.category.as_str();
        let before = totals.get(category).copied().unwrap_or(0);
        totals
            .into_iter()
            .filter(|(other, _)| *other != category)
            .chain([(category, before + value(product))])
            .collect()
    })
}
