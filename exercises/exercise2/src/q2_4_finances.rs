//! Question 2.4: the finances of a household.
//!
//! Money is a whole number of cents, and every sum is exact.

use std::collections::BTreeMap;

use records::transactions::Transaction;

/// All income minus all expenses in cents, with `map` and `reduce`, or with
/// `fold`.
///
/// Negative where more went out than came in. No transactions balance to 0.
///
/// # Examples
/// ```
/// use exercise2::{Kind, Transaction, net_balance};
/// let transactions = [
///     Transaction::new("2025-02-01", Kind::Income, 1000, "salary"),
///     Transaction::new("2025-02-02", Kind::Expense, 1250, "food"),
/// ];
/// assert_eq!(net_balance(&transactions), -250);
/// ```
///
/// # Graded
/// `2.4/balance`, `2.4/form`
#[must_use]
pub fn net_balance(transactions: &[Transaction]) -> i64 {
    // TODO: take the expenses from the income.
    todo!("2.4: work out the balance of {} transactions", transactions.len())
}

/// The expenses of more than `limit_cents`, with `filter`.
///
/// An expense of exactly that much is left out, and income is no expense. The
/// order stays, and the result borrows: nothing is cloned.
///
/// # Examples
/// ```
/// use exercise2::{Kind, Transaction, expenses_above};
/// let transactions = [
///     Transaction::new("2025-02-01", Kind::Income, 1000, "salary"),
///     Transaction::new("2025-02-02", Kind::Expense, 1250, "food"),
/// ];
/// assert_eq!(expenses_above(&transactions, 900), [&transactions[1]]);
/// ```
///
/// # Graded
/// `2.4/above`, `2.4/form`
#[must_use]
pub fn expenses_above(transactions: &[Transaction], limit_cents: i64) -> Vec<&Transaction> {
    // TODO: keep the expenses above the limit.
    todo!("2.4: keep expenses above {limit_cents} of {} transactions", transactions.len())
}

/// What each category has brought or cost in cents, with `fold`.
///
/// Income counts up and an expense counts down, so the total of a category
/// with both is their difference, and all totals together are the net balance.
/// Every category that has a transaction is there, even where its total is 0.
/// No transactions, no categories.
///
/// # Examples
/// ```
/// use exercise2::{Kind, Transaction, totals_by_category};
/// use std::collections::BTreeMap;
/// let transactions = [
///     Transaction::new("2025-02-01", Kind::Income, 1000, "bicycle"),
///     Transaction::new("2025-02-02", Kind::Expense, 1250, "food"),
///     Transaction::new("2025-02-03", Kind::Expense, 400, "bicycle"),
/// ];
/// let want = BTreeMap::from([("bicycle", 600), ("food", -1250)]);
/// assert_eq!(totals_by_category(&transactions), want);
/// ```
///
/// # Graded
/// `2.4/totals`, `2.4/table`, `2.4/form`
#[must_use]
pub fn totals_by_category(transactions: &[Transaction]) -> BTreeMap<&str, i64> {
    // TODO: add up what each category has brought or cost.
    todo!("2.4: add up {} transactions by category", transactions.len())
}

/// The largest expense, with `filter` and `reduce`.
///
/// Of several that are as large, the first. Income is no expense, however
/// large it is. Without expenses there is no largest one.
///
/// # Examples
/// ```
/// use exercise2::{Kind, Transaction, largest_expense};
/// let transactions = [
///     Transaction::new("2025-02-01", Kind::Income, 2000, "salary"),
///     Transaction::new("2025-02-02", Kind::Expense, 1250, "food"),
/// ];
/// assert_eq!(largest_expense(&transactions), Some(&transactions[1]));
/// assert_eq!(largest_expense(&transactions[..1]), None);
/// ```
///
/// # Graded
/// `2.4/largest`, `2.4/form`
#[must_use]
pub fn largest_expense(transactions: &[Transaction]) -> Option<&Transaction> {
    // TODO: find the largest expense.
    todo!("2.4: find the largest expense of {} transactions", transactions.len())
}
