//! Takes >= for >.

pub fn expenses_above(transactions: &[Transaction], limit_cents: i64) -> Vec<&Transaction> {
    expenses(transactions).filter(|expense| expense.amount_cents >= limit_cents).collect()
}
