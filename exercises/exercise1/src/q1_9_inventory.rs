//! Question 1.9: what the stock of a shop is worth.
//!
//! Money is a whole number of cents, and every sum is exact.

use std::collections::BTreeMap;

use records::products::Product;

/// The value of all products in cents: price times quantity, added up, with
/// `map` and `reduce`, or with `fold`.
///
/// No products are worth 0.
///
/// # Examples
/// ```
/// use exercise1::{Product, inventory_value};
/// let products = [Product::new("Pen", 150, 4, "Office"), Product::new("Mug", 900, 1, "Kitchen")];
/// assert_eq!(inventory_value(&products), 1500);
/// ```
///
/// # Graded
/// `1.9/value`, `1.9/form`
#[must_use]
pub fn inventory_value(products: &[Product]) -> u64 {
    // TODO: add up price times quantity.
    todo!("1.9: add up the value of {} products", products.len())
}

/// The products that cost more than `price_cents` each, with `filter`.
///
/// One that costs exactly that much is left out. The order stays, and the
/// result borrows: nothing is cloned.
///
/// # Examples
/// ```
/// use exercise1::{Product, priced_above};
/// let products = [Product::new("Pen", 150, 4, "Office"), Product::new("Mug", 900, 1, "Kitchen")];
/// assert_eq!(priced_above(&products, 150), [&products[1]]);
/// ```
///
/// # Graded
/// `1.9/above`, `1.9/form`
#[must_use]
pub fn priced_above(products: &[Product], price_cents: u64) -> Vec<&Product> {
    // TODO: keep the products that cost more.
    todo!("1.9: keep what costs more than {price_cents} cents of {} products", products.len())
}

/// All products, those of `category` at 15 % less, with `map`.
///
/// The category is written exactly so. The new price is 85 % of the old one to the
/// nearest cent; half a cent is rounded up, so 10 cents become 9. Nothing else changes:
/// neither products of other categories nor names, quantities and order. The products
/// that were given stay as they are; the result is a new list.
///
/// # Examples
/// ```
/// use exercise1::{Product, with_15_percent_off};
/// let products = [Product::new("Pen", 150, 4, "Office"), Product::new("Mug", 900, 1, "Kitchen")];
/// let reduced = with_15_percent_off(&products, "Kitchen");
/// assert_eq!(reduced[0], products[0]);
/// assert_eq!(reduced[1], Product::new("Mug", 765, 1, "Kitchen"));
/// ```
///
/// # Graded
/// `1.9/discount`, `1.9/form`
#[must_use]
pub fn with_15_percent_off(products: &[Product], category: &str) -> Vec<Product> {
    // TODO: make the new list, with lower prices in the category.
    todo!("1.9: take 15 % off {category} among {} products", products.len())
}

/// The value of the products of each category in cents, with `fold`.
///
/// Every category that has a product is there, even when it is out of stock
/// and so worth 0. No products, no categories.
///
/// # Examples
/// ```
/// use exercise1::{Product, value_by_category};
/// use std::collections::BTreeMap;
/// let products = [Product::new("Pen", 150, 4, "Office"), Product::new("Mug", 900, 1, "Kitchen")];
/// let want = BTreeMap::from([("Kitchen", 900), ("Office", 600)]);
/// assert_eq!(value_by_category(&products), want);
/// ```
///
/// # Graded
/// `1.9/table`, `1.9/form`
#[must_use]
pub fn value_by_category(products: &[Product]) -> BTreeMap<&str, u64> {
    // TODO: add up the value of each category.
    todo!("1.9: add up {} products by category", products.len())
}
