//! Works with amounts as floats.

pub fn net_balance(transactions: &[Transaction]) -> i64 {
    let balance: f64 =
        transactions.iter().map(|transaction| signed(transaction) as f64 / 100.0).sum();
    (balance * 100.0) as i64
}
