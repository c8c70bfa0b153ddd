//! Keeps those who earn less.

#[must_use]
pub fn earning_above(staff: &[Employee], salary_cents: u64) -> Vec<&Employee> {
    staff.iter().filter(|employee| employee.salary_cents < salary_cents).collect()
}
