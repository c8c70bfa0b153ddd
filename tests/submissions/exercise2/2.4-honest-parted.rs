//! Parts income from expenses, and indexes the largest.

pub fn net_balance(transactions: &[Transaction]) -> i64 {
    let (income, expenses): (Vec<&Transaction>, Vec<&Transaction>) =
        transactions.iter().partition(|one| one.kind == Kind::Income);
    let sum = |list: Vec<&Transaction>| list.into_iter().map(|one| one.amount_cents).sum::<i64>();
    sum(income) - sum(expenses)
}

pub fn expenses_above(transactions: &[Transaction], limit_cents: i64) -> Vec<&Transaction> {
    let is_expense = |one: &&Transaction| one.kind != Kind::Income;
    let is_large = |one: &&Transaction| one.amount_cents > limit_cents;
    transactions.iter().filter(is_large).filter(is_expense).collect()
}

pub fn largest_expense(transactions: &[Transaction]) -> Option<&Transaction> {
    (0..transactions.len())
        .filter(|&at| transactions[at].kind == Kind::Expense)
        .reduce(|best, at| {
            if transactions[at].amount_cents > transactions[best].amount_cents { at } else { best }
        })
        .map(|at| &transactions[at])
}
