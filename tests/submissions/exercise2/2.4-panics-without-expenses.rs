//! Takes for granted that there is an expense.

pub fn largest_expense(transactions: &[Transaction]) -> Option<&Transaction> {
    let first = expenses(transactions).next().expect("there are expenses");
    Some(expenses(transactions).fold(first, |largest, expense| {
        if expense.amount_cents > largest.amount_cents { expense } else { largest }
    }))
}
