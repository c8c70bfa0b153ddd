//! Overwrites what the category had before.

pub fn totals_by_category(transactions: &[Transaction]) -> BTreeMap<&str, i64> {
    transactions
        .iter()
        .map(|transaction| (transaction.category.as_str(), signed(transaction)))
        .collect()
}
