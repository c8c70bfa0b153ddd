//! Multiplies by a sign, and reduces maps that are joined.

fn sign(one: &Transaction) -> i64 {
    if one.kind == Kind::Income { 1 } else { -1 }
}

pub fn net_balance(transactions: &[Transaction]) -> i64 {
    transactions
        .iter()
        .map(|one| sign(one) * one.amount_cents)
        .reduce(|sum, amount| sum + amount)
        .unwrap_or(0)
}

pub fn expenses_above(transactions: &[Transaction], limit_cents: i64) -> Vec<&Transaction> {
    transactions
        .iter()
        .filter(|Transaction { kind, amount_cents, .. }| {
            matches!(kind, Kind::Expense) && *amount_cents > limit_cents
        })
        .collect()
}

pub fn totals_by_category(transactions: &[Transaction]) -> BTreeMap<&str, i64> {
    transactions.iter().fold(BTreeMap::new(), |mut totals, one| {
        let change = sign(one) * one.amount_cents;
        match totals.get_mut(&*one.category) {
            Some(total) => *total += change,
            None => {
                totals.insert(&*one.category, change);
            }
        }
        totals
    })
}

pub fn largest_expense(transactions: &[Transaction]) -> Option<&Transaction> {
    transactions.iter().filter(|one| sign(one) < 0).fold(None, |best: Option<&Transaction>, one| {
        match best {
            Some(best) if best.amount_cents >= one.amount_cents => Some(best),
            _ => Some(one),
        }
    })
}
