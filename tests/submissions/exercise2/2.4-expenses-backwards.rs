//! Gives the expenses from the largest to the smallest.

#[must_use]
pub fn expenses_above(transactions: &[Transaction], limit_cents: i64) -> Vec<&Transaction> {
    let mut found: Vec<_> =
        expenses(transactions).filter(|expense| expense.amount_cents > limit_cents).collect();
    found.sort_by_key(|expense| std::cmp::Reverse(expense.amount_cents));
    found
}
