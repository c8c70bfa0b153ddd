//! Question 2.4: the finances of a household.

use std::collections::BTreeMap;

use records::transactions::{Kind, Transaction};

/// All income minus all expenses in cents.
///
/// One pass over signed amounts; two filters and two sums would say the same
/// in two passes.
#[must_use]
pub fn net_balance(transactions: &[Transaction]) -> i64 {
    transactions.iter().map(signed).sum()
}

/// The expenses of more than `limit_cents`.
#[must_use]
pub fn expenses_above(transactions: &[Transaction], limit_cents: i64) -> Vec<&Transaction> {
    expenses(transactions).filter(|expense| expense.amount_cents > limit_cents).collect()
}

/// What each category has brought or cost in cents.
///
/// The map belongs to the fold alone, so changing it in place is safe and
/// saves a copy at every step.
#[must_use]
pub fn totals_by_category(transactions: &[Transaction]) -> BTreeMap<&str, i64> {
    transactions.iter().fold(BTreeMap::new(), |mut totals, transaction| {
        *totals.entry(transaction.category.as_str()).or_default() += signed(transaction);
        totals
    })
}

/// The largest expense.
///
/// `max_by_key` would give the last of equals.
#[must_use]
pub fn largest_expense(transactions: &[Transaction]) -> Option<&Transaction> {
    expenses(transactions).reduce(|largest, expense| {
        if expense.amount_cents > largest.amount_cents { expense } else { largest }
    })
}

fn expenses(transactions: &[Transaction]) -> impl Iterator<Item = &Transaction> {
    transactions.iter().filter(|transaction| transaction.kind == Kind::Expense)
}

/// What a transaction does to the balance.
fn signed(transaction: &Transaction) -> i64 {
    match transaction.kind {
        Kind::Income => transaction.amount_cents,
        Kind::Expense => -transaction.amount_cents,
    }
}
