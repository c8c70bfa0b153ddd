//! Groups expenses only.

pub fn totals_by_category(transactions: &[Transaction]) -> BTreeMap<&str, i64> {
    expenses(transactions).fold(BTreeMap::new(), |mut totals, transaction| {
        *totals.entry(transaction.category.as_str()).or_default() += signed(transaction);
        totals
    })
}
