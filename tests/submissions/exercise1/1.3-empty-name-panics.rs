//! Takes the first letter of a name that has none.

pub fn with_vowel_name(staff: &[Employee]) -> Vec<&Employee> {
    staff
        .iter()
        .filter(|employee| {
            let first = employee.name.chars().next().unwrap().to_ascii_lowercase();
            "aeiou".contains(first)
        })
        .collect()
}
