//! Checks of question 2.4: the finances of a household.

use std::fmt::Write;

use exercise2::{
    Kind, Transaction, expenses_above, largest_expense, net_balance, totals_by_category,
};
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::{checks, expect_eq, property, snapshot};
use records::transactions::{january, random};

checks! {
    "2.4/balance" => the_balance_is_exact,
    "2.4/above" => the_limit_itself_is_not_above,
    "2.4/totals" => a_category_may_have_both_kinds,
    "2.4/table" => the_table_is_as_agreed,
    "2.4/largest" => the_first_of_the_largest,
    "2.4/form" => they_are_chains,
}

/// The first whole number of cents that a float of 64 bits cannot hold.
const BEYOND_FLOATS: i64 = 9_007_199_254_740_993;

const LIMIT: i64 = 10_000;

/// Two of them differ in a blank alone.
const CATEGORIES: [&str; 4] = ["food", "food ", "freelance", "rent"];

/// A category and its total in cents.
type Total<'a> = (&'a str, i64);

fn income(amount_cents: i64, category: &str) -> Transaction {
    Transaction::new("2025-02-01", Kind::Income, amount_cents, category)
}

fn expense(amount_cents: i64, category: &str) -> Transaction {
    Transaction::new("2025-02-01", Kind::Expense, amount_cents, category)
}

/// Transactions that are often at the limit or alike.
fn transactions() -> impl Strategy<Value = Vec<Transaction>> {
    let kind = prop::sample::select(vec![Kind::Income, Kind::Expense]);
    let amount = prop_oneof![
        4 => 0..50_000_i64,
        4 => LIMIT - 1..=LIMIT + 1,
        1 => Just(0),
        1 => 1 << 32..1_i64 << 40,
    ];
    let category = prop::sample::select(CATEGORIES.to_vec());
    let transaction = (1..=28, kind, amount, category).prop_map(|(day, kind, amount, category)| {
        Transaction::new(&format!("2025-02-{day:02}"), kind, amount, category)
    });
    prop::collection::vec(transaction, 0..10)
}

fn the_balance_is_exact() {
    expect_eq("net_balance(january)", &net_balance(&january()), &426_000);
    expect_eq("net_balance(&[])", &net_balance(&[]), &0);
    expect_eq(
        "net_balance of income 500 and expense 800: more went out than came in",
        &net_balance(&[income(500, "gift"), expense(800, "food")]),
        &-300,
    );
    expect_eq(
        "net_balance of one income: a float cannot hold this many cents, an integer can",
        &net_balance(&[income(BEYOND_FLOATS, "lottery")]),
        &BEYOND_FLOATS,
    );
    property(300, transactions(), |transactions| {
        let mut want = 0;
        for transaction in &transactions {
            if transaction.kind == Kind::Income {
                want += transaction.amount_cents;
            } else {
                want -= transaction.amount_cents;
            }
        }
        expect_eq(
            format_args!("net_balance(&{transactions:?})"),
            &net_balance(&transactions),
            &want,
        );
    });
}

fn the_limit_itself_is_not_above() {
    let january = january();
    let kept: Vec<String> = expenses_above(&january, LIMIT)
        .iter()
        .map(|kept| format!("{:?} {} {}", kept.kind, kept.amount_cents, kept.category))
        .collect();
    expect_eq(
        "expenses_above(january, 10_000)",
        &kept.iter().map(String::as_str).collect::<Vec<_>>(),
        &vec!["Expense 15000 utilities", "Expense 50000 rent", "Expense 20000 food"],
    );
    // 32 bits do not hold what is large.
    let large = 5_000_000_000;
    for (kind, amount, limit, above, why) in [
        (Kind::Expense, LIMIT - 1, LIMIT, false, "one cent less"),
        (Kind::Expense, LIMIT, LIMIT, false, "exactly the limit is not above it"),
        (Kind::Expense, LIMIT + 1, LIMIT, true, "one cent more"),
        (Kind::Income, LIMIT + 1, LIMIT, false, "income is no expense"),
        (Kind::Expense, large + 1, large, true, "one cent more than a large limit"),
        (Kind::Expense, large, large, false, "exactly the large limit"),
        (Kind::Expense, 7, large, false, "far less than a large limit"),
        (Kind::Expense, 0, -1, true, "0 is more than a limit below it"),
        (Kind::Expense, 0, 0, false, "0 is not more than 0"),
        (Kind::Expense, 7, i64::MIN, true, "everything is more than the least limit"),
        (Kind::Expense, BEYOND_FLOATS, BEYOND_FLOATS - 1, true, "no float holds these"),
    ] {
        let transactions = [Transaction::new("2025-02-01", kind, amount, "food")];
        expect_eq(
            format_args!("whether expenses_above(_, {limit}) keeps {kind:?} {amount}: {why}"),
            &!expenses_above(&transactions, limit).is_empty(),
            &above,
        );
    }
    property(200, (transactions(), 0..20_000_i64), |(transactions, limit)| {
        let mut want = Vec::new();
        for transaction in &transactions {
            if transaction.kind == Kind::Expense && transaction.amount_cents > limit {
                want.push(transaction);
            }
        }
        expect_eq(
            format_args!("expenses_above(&{transactions:?}, {limit})"),
            &expenses_above(&transactions, limit),
            &want,
        );
    });
}

fn a_category_may_have_both_kinds() {
    let cases: [(&[Transaction], &[Total], &str); 7] = [
        (&[], &[], "no transactions, no categories"),
        (&[income(300, "gift")], &[("gift", 300)], "income counts up"),
        (&[expense(300, "food")], &[("food", -300)], "an expense counts down"),
        (&[income(BEYOND_FLOATS, "lottery")], &[("lottery", BEYOND_FLOATS)], "no float holds it"),
        (
            &[income(500, "bicycle"), expense(200, "bicycle"), income(50, "bicycle")],
            &[("bicycle", 350)],
            "income minus expenses, where a category has both",
        ),
        (
            &[income(70, "books"), expense(70, "books")],
            &[("books", 0)],
            "a category with a total of 0 is there",
        ),
        (
            &[income(1, "gift"), income(2, " gift"), income(4, "Gift"), income(8, "gift ")],
            &[(" gift", 2), ("Gift", 4), ("gift", 1), ("gift ", 8)],
            "names that differ in anything are different ones",
        ),
    ];
    for (transactions, want, why) in cases {
        let totals: Vec<_> = totals_by_category(transactions).into_iter().collect();
        expect_eq(
            format_args!("totals_by_category(&{transactions:?}): {why}"),
            totals.as_slice(),
            want,
        );
    }
    property(200, transactions(), |transactions| {
        let mut want = Vec::new();
        for category in CATEGORIES {
            let mut total = None;
            for transaction in &transactions {
                if transaction.category == category {
                    let sign = if transaction.kind == Kind::Income { 1 } else { -1 };
                    total = Some(total.unwrap_or(0) + sign * transaction.amount_cents);
                }
            }
            want.extend(total.map(|total| (category, total)));
        }
        let totals: Vec<_> = totals_by_category(&transactions).into_iter().collect();
        expect_eq(format_args!("totals_by_category(&{transactions:?})"), &totals, &want);
    });
}

fn the_table_is_as_agreed() {
    let mut text = String::new();
    for (title, transactions) in [
        ("January", january()),
        ("A year", random(1, 500)),
        ("Bought and sold again", vec![expense(25_000, "bicycle"), income(25_000, "bicycle")]),
        ("Nothing bought", Vec::new()),
    ] {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "{title}");
        for (category, cents) in totals_by_category(&transactions) {
            let sign = if cents < 0 { "-" } else { "" };
            let (whole, rest) = (cents.abs() / 100, cents.abs() % 100);
            let amount = format!("{sign}{whole}.{rest:02}");
            let _ = writeln!(text, "  {category:<14} {amount:>10}");
        }
    }
    snapshot("totals_by_category", &text);
}

fn the_first_of_the_largest() {
    let january = january();
    expect_eq(
        "largest_expense(january): the salary is no expense",
        &largest_expense(&january),
        &Some(&january[4]),
    );
    let alike = [expense(100, "a"), expense(900, "b"), expense(900, "c"), expense(200, "d")];
    expect_eq(
        "largest_expense of 100, 900, 900 and 200 cents: the first of equals",
        &largest_expense(&alike),
        &Some(&alike[1]),
    );
    let beyond = [expense(BEYOND_FLOATS - 1, "a"), expense(BEYOND_FLOATS, "b")];
    expect_eq(
        "largest_expense of two that differ by a cent, which no float tells",
        &largest_expense(&beyond),
        &Some(&beyond[1]),
    );
    expect_eq("largest_expense(&[])", &largest_expense(&[]), &None);
    expect_eq(
        "largest_expense of two incomes: there is no expense",
        &largest_expense(&[income(500, "gift"), income(800, "salary")]),
        &None,
    );
    let free = [expense(0, "walk")];
    expect_eq(
        "largest_expense of one expense of 0 cents",
        &largest_expense(&free),
        &Some(&free[0]),
    );
    property(200, transactions(), |transactions| {
        let mut want: Option<&Transaction> = None;
        for transaction in transactions.iter().rev() {
            if transaction.kind == Kind::Expense
                && want.is_none_or(|largest| transaction.amount_cents >= largest.amount_cents)
            {
                want = Some(transaction);
            }
        }
        expect_eq(
            format_args!("largest_expense(&{transactions:?})"),
            &largest_expense(&transactions),
            &want,
        );
    });
}

fn they_are_chains() {
    Form::of("src/q2_4_finances.rs")
        .function("net_balance", &["map", "reduce", "fold"])
        .function("expenses_above", &["filter"])
        .function("totals_by_category", &["fold", "reduce"])
        .function("largest_expense", &["reduce", "fold", "max_by_key", "min_by_key", "max_by"])
        .check();
}
