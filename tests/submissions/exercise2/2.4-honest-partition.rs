//! Sums income and expenses apart, makes a new map at every step, and searches from the end.

pub fn net_balance(transactions: &[Transaction]) -> i64 {
    let sum = |kind: Kind| {
        let amounts = transactions.iter().filter(move |transaction| transaction.kind == kind);
        amounts.map(|transaction| transaction.amount_cents).reduce(|x, y| x + y).unwrap_or(0)
    };
    sum(Kind::Income) - sum(Kind::Expense)
}

pub fn expenses_above(transactions: &[Transaction], limit_cents: i64) -> Vec<&Transaction> {
    transactions
        .iter()
        .filter_map(|transaction| match transaction {
            Transaction { kind: Kind::Expense, amount_cents, .. } => {
                (limit_cents < *amount_cents).then_some(transaction)
            }
            _ => None,
        })
        .collect()
}

pub fn totals_by_category(transactions: &[Transaction]) -> BTreeMap<&str, i64> {
    transactions
        .iter()
        .map(|transaction| BTreeMap::from([(transaction.category.as_str(), signed(transaction))]))
        .reduce(|left, right| {
            let old = |category: &str| left.get(category).copied().unwrap_or(0);
            let new: Vec<_> =
                right.iter().map(|(&name, total)| (name, old(name) + total)).collect();
            left.iter().map(|(&name, &total)| (name, total)).chain(new).collect()
        })
        .unwrap_or_default()
}

pub fn largest_expense(transactions: &[Transaction]) -> Option<&Transaction> {
    expenses(transactions).collect::<Vec<_>>().into_iter().rev().max_by_key(|one| one.amount_cents)
}
