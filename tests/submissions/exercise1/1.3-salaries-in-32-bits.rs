//! Takes the limit into 32 bits.

#[must_use]
pub fn earning_above(staff: &[Employee], salary_cents: u64) -> Vec<&Employee> {
    let salary_cents = u64::from(salary_cents as u32);
    staff.iter().filter(|employee| employee.salary_cents > salary_cents).collect()
}
