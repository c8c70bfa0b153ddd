//! Loops and pushes where a filter is asked for.

pub fn earning_above(staff: &[Employee], salary_cents: u64) -> Vec<&Employee> {
    let mut kept = vec![];
    for employee in staff {
        if employee.salary_cents > salary_cents {
            kept.push(employee);
        }
    }
    kept
}
