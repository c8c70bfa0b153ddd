//! Looks at the amount alone.

pub fn expenses_above(transactions: &[Transaction], limit_cents: i64) -> Vec<&Transaction> {
    transactions.iter().filter(|transaction| transaction.amount_cents > limit_cents).collect()
}
