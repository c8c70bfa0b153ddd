//! Question 1.3: employees by department, age, salary and name.

use records::employees::Employee;

/// The employees who work in `department`.
///
/// The lifetime says that the result borrows from `staff` and not from the
/// name of the department.
#[must_use]
pub fn in_department<'a>(staff: &'a [Employee], department: &str) -> Vec<&'a Employee> {
    staff.iter().filter(|employee| employee.department == department).collect()
}

/// The employees of an age from `youngest` to `oldest`.
///
/// A range with `..=` holds both its ends, and holds nothing when they are the
/// wrong way round.
#[must_use]
pub fn aged_between(staff: &[Employee], youngest: u32, oldest: u32) -> Vec<&Employee> {
    staff.iter().filter(|employee| (youngest..=oldest).contains(&employee.age)).collect()
}

/// The employees who earn more than `salary_cents` a year.
#[must_use]
pub fn earning_above(staff: &[Employee], salary_cents: u64) -> Vec<&Employee> {
    staff.iter().filter(|employee| employee.salary_cents > salary_cents).collect()
}

/// The employees whose name begins with a vowel.
///
/// `starts_with` takes a list of characters and is false for the empty name,
/// so that there is no first letter to ask for.
#[must_use]
pub fn with_vowel_name(staff: &[Employee]) -> Vec<&Employee> {
    const VOWELS: [char; 10] = ['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U'];
    staff.iter().filter(|employee| employee.name.starts_with(VOWELS)).collect()
}
