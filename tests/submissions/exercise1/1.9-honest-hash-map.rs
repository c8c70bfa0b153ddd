//! Goes by a hash map and 128 bits to the table.

use std::collections::HashMap;

pub fn inventory_value(products: &[Product]) -> u64 {
    let values = products.iter().map(|one| u128::from(one.quantity) * u128::from(one.price_cents));
    u64::try_from(values.reduce(std::ops::Add::add).unwrap_or(0)).unwrap()
}

pub fn with_15_percent_off(products: &[Product], category: &str) -> Vec<Product> {
    let mut all = products.to_vec();
    all.iter_mut()
        .filter(|one| one.category == category)
        .map(|one| one.price_cents = less_15_percent(one.price_cents))
        .count();
    all
}

pub fn value_by_category(products: &[Product]) -> BTreeMap<&str, u64> {
    let totals = products.iter().fold(HashMap::new(), |mut totals: HashMap<&str, u64>, one| {
        let before = totals.remove(one.category.as_str()).unwrap_or_default();
        totals.insert(&one.category, before + value(one));
        totals
    });
    totals.into_iter().collect()
}
