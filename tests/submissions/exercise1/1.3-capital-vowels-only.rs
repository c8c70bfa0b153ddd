//! Knows vowels only as capitals.

pub fn with_vowel_name(staff: &[Employee]) -> Vec<&Employee> {
    staff.iter().filter(|employee| employee.name.starts_with(['A', 'E', 'I', 'O', 'U'])).collect()
}
