#![doc = include_str!("../README.md")]

// This file belongs to the kit: it names what every question exports.
mod q1_1_primes;
mod q1_2_divisible;
mod q1_3_employees;
mod q1_4_sentences;
mod q1_5_paths;
mod q1_6_normalize;
mod q1_7_reduce;
mod q1_8_matrices;
mod q1_9_inventory;

pub use q1_1_primes::{is_prime, primes};
pub use q1_2_divisible::divisible_by_3_and_5;
pub use q1_3_employees::{aged_between, earning_above, in_department, with_vowel_name};
pub use q1_4_sentences::{with_mean_word_length_above, with_more_words_than, with_word};
pub use q1_5_paths::{depth, depths, extension, extensions, stem, stems};
pub use q1_6_normalize::{normalize, normalize_all};
pub use q1_7_reduce::{flatten, join, longest};
pub use q1_8_matrices::{all_above, element_product, sum_of_all};
pub use q1_9_inventory::{inventory_value, priced_above, value_by_category, with_15_percent_off};
pub use records::employees::Employee;
pub use records::matrices::{Matrix, MatrixError};
pub use records::products::Product;

/// What a grade has laid here, as the compiler saw it; of no use to you.
#[doc(hidden)]
pub const LAID: Option<&str> = option_env!("COURSE_LAID");
