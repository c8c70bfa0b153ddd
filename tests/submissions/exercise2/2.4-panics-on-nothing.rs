//! Looks at the first transaction without asking whether there is one.

#[must_use]
pub fn net_balance(transactions: &[Transaction]) -> i64 {
    let _ = &transactions[0];
    transactions.iter().map(signed).sum()
}

#[must_use]
pub fn totals_by_category(transactions: &[Transaction]) -> BTreeMap<&str, i64> {
    let _ = &transactions[0];
    transactions.iter().fold(BTreeMap::new(), |mut totals, transaction| {
        *totals.entry(transaction.category.as_str()).or_default() += signed(transaction);
        totals
    })
}
