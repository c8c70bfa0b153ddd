//! Folds every sum by itself, and makes a new product from its parts.

pub fn inventory_value(products: &[Product]) -> u64 {
    products
        .iter()
        .fold(0, |sum, Product { price_cents, quantity, .. }| sum + price_cents * quantity)
}

pub fn priced_above(products: &[Product], price_cents: u64) -> Vec<&Product> {
    products.iter().filter(|one| price_cents.lt(&one.price_cents)).collect::<Vec<_>>()
}

pub fn with_15_percent_off(products: &[Product], category: &str) -> Vec<Product> {
    let price = |one: &Product| match one.category.as_str() == category {
        true => (17 * one.price_cents + 10) / 20,
        false => one.price_cents,
    };
    products
        .iter()
        .map(|one| Product {
            name: one.name.clone(),
            price_cents: price(one),
            quantity: one.quantity,
            category: one.category.to_string(),
        })
        .collect()
}

pub fn value_by_category(products: &[Product]) -> BTreeMap<&str, u64> {
    products.iter().map(|one| (&one.category[..], one.price_cents * one.quantity)).fold(
        BTreeMap::default(),
        |mut totals, (category, value)| {
            totals.entry(category).and_modify(|total| *total += value).or_insert(value);
            totals
        },
    )
}
