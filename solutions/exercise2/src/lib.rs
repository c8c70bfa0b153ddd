#![doc = include_str!("../../../exercises/exercise2/README.md")]

// This file belongs to the kit: it names what every question exports.
mod q2_1_filters;
mod q2_2_pipeline;
mod q2_3_texts;
mod q2_4_finances;

pub use q2_1_filters::{make_range_filter, make_threshold_filter, select};
pub use q2_2_pipeline::{clean_text, pipeline};
pub use q2_3_texts::{mean_length, total_words, unique_words, with_most_words};
pub use q2_4_finances::{expenses_above, largest_expense, net_balance, totals_by_category};
pub use records::transactions::{Kind, Transaction};

/// How a value is compared with a threshold. The value stands on the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `value < threshold`
    Less,
    /// `value <= threshold`
    LessOrEqual,
    /// `value == threshold`
    Equal,
    /// `value != threshold`
    NotEqual,
    /// `value >= threshold`
    GreaterOrEqual,
    /// `value > threshold`
    Greater,
}

/// One function of a pipeline: any function from `T` to `T`, also a closure,
/// that may be called by several threads.
pub type Step<T> = Box<dyn Fn(T) -> T + Send + Sync>;

/// What a grade has laid here, as the compiler saw it; of no use to you.
#[doc(hidden)]
pub const LAID: Option<&str> = option_env!("COURSE_LAID");
