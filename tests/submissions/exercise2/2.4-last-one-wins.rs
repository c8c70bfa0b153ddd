//! Overwrites what the category had before.

pub fn totals_by_category(transactions: &[Transaction]) -> BTreeMap<&str, i64> {
    transactions.iter().fold(BTreeMap::new(), |mut totals, transaction| {
        totals.insert(transaction.category.as_str(), signed(transaction));
        totals
    })
}
