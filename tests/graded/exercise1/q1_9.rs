//! Checks of question 1.9: what the stock of a shop is worth.

use std::collections::BTreeMap;
use std::fmt::Write;

use exercise1::{Product, inventory_value, priced_above, value_by_category, with_15_percent_off};
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::{checks, expect_eq, property, snapshot};
use records::products::{random, shop};

checks! {
    "1.9/value" => the_value_is_exact,
    "1.9/above" => the_price_itself_is_not_above,
    "1.9/discount" => one_category_costs_less,
    "1.9/table" => the_table_is_as_agreed,
    "1.9/form" => they_are_chains,
}

/// The first whole number of cents that a float of 64 bits cannot hold.
const BEYOND_FLOATS: u64 = 9_007_199_254_740_993;

fn products() -> impl Strategy<Value = Vec<Product>> {
    let category = prop::sample::select(vec![
        "Electronics",
        "electronics",
        "Electronics parts",
        "Electro",
        "",
        " Toys",
        "Toys",
    ]);
    let product = ("[A-Z][a-z]{0,4}", 0..100_000_u64, 0..50_u64, category).prop_map(
        |(name, price, quantity, category)| Product::new(&name, price, quantity, category),
    );
    prop::collection::vec(product, 0..10)
}

fn the_value_is_exact() {
    expect_eq("inventory_value(shop)", &inventory_value(&shop()), &2_082_500);
    expect_eq("inventory_value(&[])", &inventory_value(&[]), &0);
    let gold = [Product::new("Gold", BEYOND_FLOATS, 1, "Metals")];
    expect_eq(
        "inventory_value of one product: a float cannot hold this many cents, an integer can",
        &inventory_value(&gold),
        &BEYOND_FLOATS,
    );
    let screws = [Product::new("Screw", 3, 5_000_000_000, "Tools")];
    expect_eq(
        "inventory_value of 5000000000 screws for 3 cents each",
        &inventory_value(&screws),
        &15_000_000_000,
    );
    property(300, products(), |products| {
        let mut want = 0;
        for product in &products {
            want += product.price_cents * product.quantity;
        }
        expect_eq(
            format_args!("inventory_value(&{products:?})"),
            &inventory_value(&products),
            &want,
        );
    });
}

fn the_price_itself_is_not_above() {
    let shop = shop();
    let names: Vec<&str> =
        priced_above(&shop, 20_000).iter().map(|product| product.name.as_str()).collect();
    expect_eq(
        "the names of priced_above(shop, 20_000)",
        names.as_slice(),
        ["Laptop", "Smartphone", "Tablet", "Desk", "Monitor"].as_slice(),
    );
    // 32 bits do not hold what is large.
    let large = 5_000_000_000;
    for (price, limit, above) in [
        (19_999, 20_000, false),
        (20_000, 20_000, false),
        (20_001, 20_000, true),
        (large + 1, large, true),
        (large, large, false),
        (7, large, false),
        // No float holds these.
        (BEYOND_FLOATS, BEYOND_FLOATS - 1, true),
        (u64::MAX, u64::MAX - 1, true),
    ] {
        let products = [Product::new("Lamp", price, 1, "Furniture")];
        expect_eq(
            format_args!("whether priced_above(products, {limit}) keeps a price of {price} cents"),
            &!priced_above(&products, limit).is_empty(),
            &above,
        );
    }
    property(200, (products(), 0..100_000_u64), |(products, price)| {
        let mut want = Vec::new();
        for product in &products {
            if product.price_cents > price {
                want.push(product);
            }
        }
        expect_eq(
            format_args!("priced_above(&{products:?}, {price})"),
            &priced_above(&products, price),
            &want,
        );
    });
}

/// 85 % of a price to the nearest cent, a half upwards.
fn reduced(price: u64) -> u64 {
    let hundredths = price * 85;
    hundredths / 100 + u64::from(hundredths % 100 >= 50)
}

fn one_category_costs_less() {
    let prices: Vec<u64> = with_15_percent_off(&shop(), "Electronics")
        .iter()
        .map(|product| product.price_cents)
        .collect();
    expect_eq(
        "the prices of with_15_percent_off(shop, \"Electronics\"): furniture keeps its price",
        prices.as_slice(),
        [102_000, 68_000, 25_500, 25_000, 15_000, 29_750, 6_375, 18_000].as_slice(),
    );
    for price in (0..=2000).chain([BEYOND_FLOATS - 3]) {
        let products = [Product::new("Pen", price, 1, "Office")];
        let got: Vec<u64> = with_15_percent_off(&products, "Office")
            .iter()
            .map(|product| product.price_cents)
            .collect();
        expect_eq(
            format_args!("the new price of {price} cents, to the nearest cent"),
            got.as_slice(),
            [reduced(price)].as_slice(),
        );
    }
    property(200, products(), |products| {
        let mut want = products.clone();
        for product in &mut want {
            if product.category == "Electronics" {
                product.price_cents = reduced(product.price_cents);
            }
        }
        expect_eq(
            format_args!("with_15_percent_off(&{products:?}, \"Electronics\")"),
            &with_15_percent_off(&products, "Electronics"),
            &want,
        );
    });
}

fn the_table_is_as_agreed() {
    let mut text = String::new();
    for (title, products) in [
        ("The shop of the lesson", shop()),
        ("A department store", random(1, 500)),
        ("Sold out", vec![Product::new("Kite", 2_000, 0, "Toys")]),
        ("Nothing for sale", Vec::new()),
    ] {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{title}");
        for (category, cents) in value_by_category(&products) {
            let _ = writeln!(text, "  {category:<12} {:>8}.{:02}", cents / 100, cents % 100);
        }
    }
    snapshot("value_by_category", &text);
    let free = [Product::new("Sticker", 0, 500, "Gifts")];
    expect_eq(
        "value_by_category of 500 stickers that cost nothing",
        &value_by_category(&free).into_iter().collect::<Vec<_>>(),
        &vec![("Gifts", 0)],
    );
    property(200, products(), |products| {
        let mut want = BTreeMap::new();
        for product in &products {
            let total: &mut u64 = want.entry(product.category.as_str()).or_default();
            *total += product.price_cents * product.quantity;
        }
        expect_eq(
            format_args!("value_by_category(&{products:?})"),
            &value_by_category(&products),
            &want,
        );
    });
}

fn they_are_chains() {
    Form::of("src/q1_9_inventory.rs")
        .function("inventory_value", &["map", "fold", "reduce"])
        .function("priced_above", &["filter"])
        .function("with_15_percent_off", &["map"])
        .function("value_by_category", &["fold", "reduce"])
        .check();
}
