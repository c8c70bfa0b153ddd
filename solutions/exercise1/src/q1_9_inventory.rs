//! Question 1.9: what the stock of a shop is worth.

use std::collections::BTreeMap;

use records::products::Product;

/// The value of all products in cents.
///
/// `sum` is the `reduce` that adds, and it knows what to say of no products.
#[must_use]
pub fn inventory_value(products: &[Product]) -> u64 {
    products.iter().map(value).sum()
}

/// The products that cost more than `price_cents` each.
#[must_use]
pub fn priced_above(products: &[Product], price_cents: u64) -> Vec<&Product> {
    products.iter().filter(|product| product.price_cents > price_cents).collect()
}

/// All products, those of `category` at 15 % less.
///
/// Every product is cloned, also one that does not change: that is the price
/// of leaving the given list alone.
#[must_use]
pub fn with_15_percent_off(products: &[Product], category: &str) -> Vec<Product> {
    let reduced = |product: &Product| {
        if product.category == category {
            Product { price_cents: less_15_percent(product.price_cents), ..product.clone() }
        } else {
            product.clone()
        }
    };
    products.iter().map(reduced).collect()
}

/// The value of the products of each category in cents.
///
/// A `BTreeMap` costs a little more than a `HashMap` and has one order, so the
/// table comes out the same in every run.
#[must_use]
pub fn value_by_category(products: &[Product]) -> BTreeMap<&str, u64> {
    products.iter().fold(BTreeMap::new(), |mut totals, product| {
        *totals.entry(product.category.as_str()).or_default() += value(product);
        totals
    })
}

fn value(product: &Product) -> u64 {
    product.price_cents * product.quantity
}

/// 85 % of a price to the nearest cent; adding a half before the division
/// rounds halves up.
fn less_15_percent(cents: u64) -> u64 {
    (cents * 85 + 50) / 100
}
