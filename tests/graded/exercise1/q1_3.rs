//! Checks of question 1.3: employees by department, age, salary and name.

use std::fmt::Display;

use exercise1::{Employee, aged_between, earning_above, in_department, with_vowel_name};
use harness::edges::number;
use harness::form::Form;
use harness::proptest::prelude::*;
use harness::{checks, expect_eq, property};
use records::employees::company;

checks! {
    "1.3/department" => one_department_is_kept_in_order,
    "1.3/age" => both_ends_are_inside,
    "1.3/salary" => the_limit_itself_is_not_above,
    "1.3/vowel" => a_vowel_counts_in_either_case,
    "1.3/form" => all_are_written_with_filter,
}

const LIMIT: u64 = 7_000_000;

/// Employees whose particulars are often at a limit.
fn staff() -> impl Strategy<Value = Vec<Employee>> {
    let name = prop_oneof![
        "[A-Za-z]{0,6}",
        "[AEIOUaeiouYy][a-z]{0,4}",
        "[ÀÉîÖıİ张][a-z]{0,3}",
        "[ \t][AEe][a-z]{0,2}"
    ];
    let age = prop_oneof![3 => 18..70_u32, 1 => 24..=26_u32, 1 => 39..=41_u32, 1 => 0..130_u32];
    let department = prop::sample::select(vec![
        "Engineering",
        "engineering",
        "HR",
        "Engineering Sales",
        " Engineering",
        "",
    ]);
    let employee = (name, age, department, number(LIMIT))
        .prop_map(|(name, age, department, salary)| Employee::new(&name, age, department, salary));
    prop::collection::vec(employee, 0..12)
}

/// The employees for whom `keep` says yes, in their order.
fn kept(staff: &[Employee], keep: impl Fn(&Employee) -> bool) -> Vec<&Employee> {
    let mut kept = Vec::new();
    for employee in staff {
        if keep(employee) {
            kept.push(employee);
        }
    }
    kept
}

fn expect_names(what: impl Display, got: &[&Employee], want: &[&str]) {
    let names: Vec<&str> = got.iter().map(|employee| employee.name.as_str()).collect();
    expect_eq(what, names.as_slice(), want);
}

fn one_department_is_kept_in_order() {
    let company = company();
    expect_names(
        "the names of in_department(company, \"Engineering\")",
        &in_department(&company, "Engineering"),
        &["Bob", "David", "Frank", "Henry"],
    );
    let backwards: Vec<Employee> = company.iter().rev().cloned().collect();
    expect_names(
        "the names of in_department(backwards, \"Engineering\"): the order of the staff stays",
        &in_department(&backwards, "Engineering"),
        &["Henry", "Frank", "David", "Bob"],
    );
    expect_names(
        "the names of in_department(company, \"Eng\"): no department has this name",
        &in_department(&company, "Eng"),
        &[],
    );
    property(200, staff(), |staff| {
        expect_eq(
            format_args!("in_department(&{staff:?}, \"Engineering\")"),
            &in_department(&staff, "Engineering"),
            &kept(&staff, |employee| employee.department == "Engineering"),
        );
    });
}

fn both_ends_are_inside() {
    expect_names(
        "the names of aged_between(company, 25, 40)",
        &aged_between(&company(), 25, 40),
        &["Alice", "Bob", "Eve", "Frank", "Grace"],
    );
    for (age, youngest, oldest, inside) in [
        (24, 25, 40, false),
        (25, 25, 40, true),
        (40, 25, 40, true),
        (41, 25, 40, false),
        (3, 0, 17, true),
        (130, 18, 200, true),
        (u32::MAX, 18, u32::MAX, true),
        // 16 bits do not hold these.
        (30, 0, u32::MAX, true),
        (30, 0, 65_536, true),
        (30, 65_560, 65_580, false),
        (30, 65_560, 40, false),
    ] {
        let staff = [Employee::new("Ann", age, "HR", 1)];
        expect_eq(
            format_args!(
                "whether aged_between(staff, {youngest}, {oldest}) keeps somebody of {age}"
            ),
            &!aged_between(&staff, youngest, oldest).is_empty(),
            &inside,
        );
    }
    property(
        200,
        (staff(), prop_oneof![20..45_u32, 0..140_u32], prop_oneof![20..45_u32, 0..140_u32]),
        |(staff, youngest, oldest)| {
            expect_eq(
                format_args!("aged_between(&{staff:?}, {youngest}, {oldest})"),
                &aged_between(&staff, youngest, oldest),
                &kept(&staff, |employee| !(employee.age < youngest || employee.age > oldest)),
            );
        },
    );
}

fn the_limit_itself_is_not_above() {
    expect_names(
        "the names of earning_above(company, 7_000_000)",
        &earning_above(&company(), LIMIT),
        &["Bob", "David", "Frank", "Grace", "Henry"],
    );
    // 32 bits do not hold what is large, and no float holds what is beyond all of them.
    let large = 5_000_000_000;
    let beyond_floats = 1 << 53;
    for (salary, limit, above) in [
        (LIMIT, LIMIT, false),
        (LIMIT + 1, LIMIT, true),
        (beyond_floats + 1, beyond_floats, true),
        (u64::MAX, u64::MAX - 1, true),
        (large + 1, large, true),
        (large, large, false),
        (LIMIT, large, false),
    ] {
        let staff = [Employee::new("Ann", 30, "HR", salary)];
        expect_eq(
            format_args!("whether earning_above(staff, {limit}) keeps a salary of {salary} cents"),
            &!earning_above(&staff, limit).is_empty(),
            &above,
        );
    }
    property(200, (staff(), prop_oneof![Just(LIMIT), number(LIMIT)]), |(staff, limit)| {
        expect_eq(
            format_args!("earning_above(&{staff:?}, {limit})"),
            &earning_above(&staff, limit),
            &kept(&staff, |employee| employee.salary_cents > limit),
        );
    });
}

fn a_vowel_counts_in_either_case() {
    expect_names(
        "the names of with_vowel_name(company)",
        &with_vowel_name(&company()),
        &["Alice", "Eve"],
    );
    // Letters of two bytes, and one whose small form begins with another letter.
    for (name, vowel) in [
        ("ursula", true),
        ("Omar", true),
        ("Yann", false),
        ("", false),
        ("Émile", false),
        ("Åsa", false),
        ("İpek", false),
    ] {
        let staff = [Employee::new(name, 30, "HR", 1)];
        expect_eq(
            format_args!("whether with_vowel_name(staff) keeps the name {name:?}"),
            &!with_vowel_name(&staff).is_empty(),
            &vowel,
        );
    }
    property(200, staff(), |staff| {
        let begins = |employee: &Employee| {
            employee.name.bytes().next().is_some_and(|first| b"aeiouAEIOU".contains(&first))
        };
        expect_eq(
            format_args!("with_vowel_name(&{staff:?})"),
            &with_vowel_name(&staff),
            &kept(&staff, begins),
        );
    });
}

fn all_are_written_with_filter() {
    Form::of("src/q1_3_employees.rs")
        .function("in_department", &["filter"])
        .function("aged_between", &["filter"])
        .function("earning_above", &["filter"])
        .function("with_vowel_name", &["filter"])
        .check();
}
