//! Uses max_by_key, which gives the last of equals.

pub fn largest_expense(transactions: &[Transaction]) -> Option<&Transaction> {
    expenses(transactions).max_by_key(|expense| expense.amount_cents)
}
