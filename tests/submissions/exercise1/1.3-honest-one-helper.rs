//! All four hand a predicate to one helper, which filters.

fn select<'a>(staff: &'a [Employee], keep: impl Fn(&Employee) -> bool) -> Vec<&'a Employee> {
    staff.iter().filter(|employee| keep(employee)).collect()
}

pub fn in_department<'a>(staff: &'a [Employee], department: &str) -> Vec<&'a Employee> {
    select(staff, |employee| employee.department == department)
}

pub fn aged_between(staff: &[Employee], youngest: u32, oldest: u32) -> Vec<&Employee> {
    select(staff, |employee| youngest <= employee.age && employee.age <= oldest)
}

pub fn earning_above(staff: &[Employee], salary_cents: u64) -> Vec<&Employee> {
    select(staff, |employee| salary_cents < employee.salary_cents)
}

pub fn with_vowel_name(staff: &[Employee]) -> Vec<&Employee> {
    select(staff, |employee| {
        let first = employee.name.chars().next().map(|first| first.to_ascii_lowercase());
        matches!(first, Some('a' | 'e' | 'i' | 'o' | 'u'))
    })
}
