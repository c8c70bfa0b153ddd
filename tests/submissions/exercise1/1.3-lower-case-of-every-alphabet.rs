//! Makes small letters by the rules of all alphabets, in which one letter can become two.

pub fn with_vowel_name(staff: &[Employee]) -> Vec<&Employee> {
    let is_kept =
        |employee: &&Employee| employee.name.to_lowercase().starts_with(['a', 'e', 'i', 'o', 'u']);
    staff.iter().filter(is_kept).collect()
}
