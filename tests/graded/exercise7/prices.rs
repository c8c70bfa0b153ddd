//! What question 7.3 takes for a price, and how many cents it is.

use exercise7::parse_cents;
use harness::{expect_eq, property};

pub fn prices_are_exact() {
    let prices = [
        ("12", Some(1200)),
        ("12.5", Some(1250)),
        ("12.50", Some(1250)),
        ("0.29", Some(29)),
        ("1.15", Some(115)),
        ("0", Some(0)),
        ("007.05", Some(705)),
        ("90071992547409.93", Some(9_007_199_254_740_993)),
        ("999999999999999.99", Some(99_999_999_999_999_999)),
        ("1000000000000000", None),
        ("000000000000001.00", Some(100)),
        ("0000000000000001.00", None),
        ("0000000000000000", None),
    ];
    for (price, want) in prices {
        expect_eq(format_args!("parse_cents({price:?})"), &parse_cents(price), &want);
    }
    let malformed = [
        "", ".", "5.", ".5", "12,50", "12.345", "-3.00", "+3.00", "3.-5", "3.+5", "1e3", "NaN",
        "inf", "1 000", " 3.00", "3.00 ", "1.2.3", "12.5€", "٣.٠٠", "0x10", "1_000",
    ];
    for price in malformed {
        expect_eq(format_args!("parse_cents({price:?})"), &parse_cents(price), &None);
    }
    property(400, 0..=99_999_999_999_999_999_u64, |cents| {
        let price = format!("{}.{:02}", cents / 100, cents % 100);
        expect_eq(format_args!("parse_cents({price:?})"), &parse_cents(&price), &Some(cents));
    });
    property(400, "[0-9+.,e -]{0,8}", |price: String| {
        let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
        let is_price = match price.split_once('.') {
            Some((whole, part)) => digits(whole) && digits(part) && part.len() <= 2,
            None => digits(&price),
        };
        let got = parse_cents(&price).is_some();
        expect_eq(format_args!("parse_cents({price:?}).is_some()"), &got, &is_price);
    });
}
