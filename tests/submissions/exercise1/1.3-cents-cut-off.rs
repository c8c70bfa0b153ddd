//! Compares salaries without their cents.

pub fn earning_above(staff: &[Employee], salary_cents: u64) -> Vec<&Employee> {
    staff.iter().filter(|employee| employee.salary_cents / 100 > salary_cents / 100).collect()
}
