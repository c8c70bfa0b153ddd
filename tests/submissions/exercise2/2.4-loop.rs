//! Counts the balance in a variable.

pub fn net_balance(transactions: &[Transaction]) -> i64 {
    let mut balance = 0;
    for transaction in transactions {
        balance += signed(transaction);
    }
    balance
}
