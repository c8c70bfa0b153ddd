//! Turns the ages round where they are the wrong way.

#[must_use]
pub fn aged_between(staff: &[Employee], youngest: u32, oldest: u32) -> Vec<&Employee> {
    let (youngest, oldest) = (youngest.min(oldest), youngest.max(oldest));
    staff.iter().filter(|employee| (youngest..=oldest).contains(&employee.age)).collect()
}
