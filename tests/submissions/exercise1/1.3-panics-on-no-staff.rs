//! Looks at the first employee without asking whether there is one.

#[must_use]
pub fn aged_between(staff: &[Employee], youngest: u32, oldest: u32) -> Vec<&Employee> {
    let _ = &staff[0];
    staff.iter().filter(|employee| (youngest..=oldest).contains(&employee.age)).collect()
}
