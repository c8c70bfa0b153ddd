//! Adds all amounts of a category, whichever way the money went.

pub fn totals_by_category(transactions: &[Transaction]) -> BTreeMap<&str, i64> {
    transactions.iter().fold(BTreeMap::new(), |mut totals, transaction| {
        *totals.entry(transaction.category.as_str()).or_default() += transaction.amount_cents;
        totals
    })
}
