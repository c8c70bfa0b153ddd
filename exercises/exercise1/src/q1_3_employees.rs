//! Question 1.3: employees by department, age, salary and name.

use records::employees::Employee;

/// The employees who work in `department`, with `filter`.
///
/// The department is written exactly so. The result keeps the order of
/// `staff` and borrows from it: nobody is cloned, here and in the three
/// functions below. No staff, no result.
///
/// # Examples
/// ```
/// use exercise1::{Employee, in_department};
/// let staff =
///     [Employee::new("Eve", 31, "HR", 6_000_000), Employee::new("Bob", 35, "Sales", 8_500_000)];
/// assert_eq!(in_department(&staff, "HR"), [&staff[0]]);
/// ```
///
/// # Graded
/// `1.3/department`, `1.3/form`
#[must_use]
pub fn in_department<'a>(staff: &'a [Employee], department: &str) -> Vec<&'a Employee> {
    // TODO: keep those who work in the department.
    todo!("1.3: keep who works in {department} of {} employees", staff.len())
}

/// The employees of an age from `youngest` to `oldest`, with `filter`.
///
/// Both ends are inside: of 25 to 40, people of 25 and of 40 are kept. Nobody
/// is kept when `youngest` is above `oldest`. The order stays.
///
/// # Examples
/// ```
/// use exercise1::{Employee, aged_between};
/// let staff =
///     [Employee::new("Eve", 40, "HR", 6_000_000), Employee::new("Bob", 41, "Sales", 8_500_000)];
/// assert_eq!(aged_between(&staff, 25, 40), [&staff[0]]);
/// ```
///
/// # Graded
/// `1.3/age`, `1.3/form`
#[must_use]
pub fn aged_between(staff: &[Employee], youngest: u32, oldest: u32) -> Vec<&Employee> {
    // TODO: keep those whose age is in the range.
    todo!("1.3: keep who is {youngest} to {oldest} years old of {} employees", staff.len())
}

/// The employees who earn more than `salary_cents` a year, with `filter`.
///
/// Somebody who earns exactly that much is left out, and one cent more is
/// enough. The order stays.
///
/// # Examples
/// ```
/// use exercise1::{Employee, earning_above};
/// let staff =
///     [Employee::new("Eve", 31, "HR", 7_000_000), Employee::new("Bob", 35, "Sales", 8_500_000)];
/// assert_eq!(earning_above(&staff, 7_000_000), [&staff[1]]);
/// ```
///
/// # Graded
/// `1.3/salary`, `1.3/form`
#[must_use]
pub fn earning_above(staff: &[Employee], salary_cents: u64) -> Vec<&Employee> {
    // TODO: keep those who earn more.
    todo!("1.3: keep who earns more than {salary_cents} cents of {} employees", staff.len())
}

/// The employees whose name begins with a vowel, with `filter`.
///
/// The vowels are a, e, i, o and u, as a capital and as a small letter. An
/// empty name begins with nothing, so its owner is left out. The order stays.
///
/// # Examples
/// ```
/// use exercise1::{Employee, with_vowel_name};
/// let staff =
///     [Employee::new("Eve", 31, "HR", 6_000_000), Employee::new("Bob", 35, "Sales", 8_500_000)];
/// assert_eq!(with_vowel_name(&staff), [&staff[0]]);
/// ```
///
/// # Graded
/// `1.3/vowel`, `1.3/form`
#[must_use]
pub fn with_vowel_name(staff: &[Employee]) -> Vec<&Employee> {
    // TODO: keep those whose name begins with a vowel.
    todo!("1.3: keep whose name begins with a vowel of {} employees", staff.len())
}
