//! Returns early where nothing can be kept, and compares bytes.

pub fn in_department<'a>(staff: &'a [Employee], department: &str) -> Vec<&'a Employee> {
    let matches = |one: &&'a Employee| one.department.as_bytes() == department.as_bytes();
    let found: Vec<&'a Employee> = staff.into_iter().filter(matches).collect();
    found
}

pub fn aged_between(staff: &[Employee], youngest: u32, oldest: u32) -> Vec<&Employee> {
    if youngest > oldest {
        return Vec::with_capacity(0);
    }
    staff.iter().filter(|one| one.age >= youngest).filter(|one| one.age <= oldest).collect()
}

pub fn earning_above(staff: &[Employee], salary_cents: u64) -> Vec<&Employee> {
    staff.iter().filter(|one| one.salary_cents.checked_sub(salary_cents) > Some(0)).collect()
}

pub fn with_vowel_name(staff: &[Employee]) -> Vec<&Employee> {
    fn is_vowel(letter: &u8) -> bool {
        b"aeiouAEIOU".contains(letter)
    }
    staff.iter().filter(|one| one.name.as_bytes().first().map_or(false, is_vowel)).collect()
}
