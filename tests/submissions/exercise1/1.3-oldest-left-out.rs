//! Takes a range without its end.

pub fn aged_between(staff: &[Employee], youngest: u32, oldest: u32) -> Vec<&Employee> {
    staff.iter().filter(|employee| (youngest..oldest).contains(&employee.age)).collect()
}
