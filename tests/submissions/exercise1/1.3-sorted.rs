//! Sorts the department by name.

pub fn in_department<'a>(staff: &'a [Employee], department: &str) -> Vec<&'a Employee> {
    let mut kept: Vec<_> =
        staff.iter().filter(|employee| employee.department == department).collect();
    kept.sort_by_key(|employee| &employee.name);
    kept
}
