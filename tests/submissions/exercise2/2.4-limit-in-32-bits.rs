//! Takes the limit into 32 bits.

#[must_use]
pub fn expenses_above(transactions: &[Transaction], limit_cents: i64) -> Vec<&Transaction> {
    let limit_cents = i64::from(limit_cents as i32);
    expenses(transactions).filter(|expense| expense.amount_cents > limit_cents).collect()
}
