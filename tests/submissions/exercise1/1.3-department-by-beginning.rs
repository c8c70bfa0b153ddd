//! Compares only the beginning of the department.

pub fn in_department<'a>(staff: &'a [Employee], department: &str) -> Vec<&'a Employee> {
    staff.iter().filter(|employee| employee.department.starts_with(department)).collect()
}
