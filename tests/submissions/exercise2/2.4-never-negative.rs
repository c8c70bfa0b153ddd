//! Takes the smaller sum from the larger one.

pub fn net_balance(transactions: &[Transaction]) -> i64 {
    transactions.iter().map(signed).sum::<i64>().abs()
}
