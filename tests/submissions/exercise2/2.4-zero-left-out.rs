//! Drops categories whose income and expenses are equal.

pub fn totals_by_category(transactions: &[Transaction]) -> BTreeMap<&str, i64> {
    let totals = transactions.iter().fold(BTreeMap::new(), |mut totals, transaction| {
        *totals.entry(transaction.category.as_str()).or_default() += signed(transaction);
        totals
    });
    totals.into_iter().filter(|&(_, total)| total != 0).collect()
}
