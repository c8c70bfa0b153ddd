//! Takes letters from a `let mut` iterator inside a closure, and uses filter_map.

pub fn in_department<'a>(staff: &'a [Employee], department: &str) -> Vec<&'a Employee> {
    staff.iter().filter_map(|one| (one.department == department).then_some(one)).collect()
}

pub fn with_vowel_name(staff: &[Employee]) -> Vec<&Employee> {
    staff
        .iter()
        .filter(|employee| {
            let mut letters = employee.name.chars();
            let first = letters.next();
            first.is_some_and(|letter| "aeiouAEIOU".contains(letter))
        })
        .collect()
}
