//! Keeps a salary that equals the limit.

pub fn earning_above(staff: &[Employee], salary_cents: u64) -> Vec<&Employee> {
    staff.iter().filter(|employee| employee.salary_cents >= salary_cents).collect()
}
