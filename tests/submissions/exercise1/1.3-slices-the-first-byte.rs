//! Takes the first byte of a name for its first letter.

pub fn with_vowel_name(staff: &[Employee]) -> Vec<&Employee> {
    staff
        .iter()
        .filter(|employee| !employee.name.is_empty() && "aeiouAEIOU".contains(&employee.name[..1]))
        .collect()
}
