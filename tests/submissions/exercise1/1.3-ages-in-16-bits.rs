//! Takes ages into 16 bits.

#[must_use]
pub fn aged_between(staff: &[Employee], youngest: u32, oldest: u32) -> Vec<&Employee> {
    let (youngest, oldest) = (youngest as u16 as u32, oldest as u16 as u32);
    staff.iter().filter(|employee| (youngest..=oldest).contains(&employee.age)).collect()
}
