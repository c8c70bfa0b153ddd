#![doc = include_str!("../../../exercises/exercise7/README.md")]

mod q7_0_laws;
mod q7_1_suite;
mod q7_2_profile;
mod q7_3_sales;

pub use q7_0_laws::{
    Clock, LawError, MonotonicClock, amdahl, efficiency, gustafson, karp_flatt, speedup, timed,
    timed_with,
};
pub use q7_1_suite::{
    Configuration, Measurement, Plot, Series, Summary, amdahl_plot, best_configuration, chunk_plot,
    grid, run_suite, summarise, table, to_csv, write_plot,
};
pub use q7_2_profile::{Shrunk, Step, improvements, shrink_all};
pub use q7_3_sales::{parse_cents, process_par, process_seq};

/// What a grade has laid here, as the compiler saw it; of no use to you.
#[doc(hidden)]
pub const LAID: Option<&str> = option_env!("COURSE_LAID");
