//! Finds the largest transaction of all.

pub fn largest_expense(transactions: &[Transaction]) -> Option<&Transaction> {
    transactions.iter().reduce(|largest, transaction| {
        if transaction.amount_cents > largest.amount_cents { transaction } else { largest }
    })
}
