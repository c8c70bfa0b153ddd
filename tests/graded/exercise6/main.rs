//! Graded tests of exercise 6, compiled against stub, solution and submission.

mod q6_0;
mod q6_0_schedule;
mod q6_1;
mod q6_1_schedule;
mod q6_2;

harness::graded!(exercise6, [q6_0, q6_0_schedule, q6_1, q6_1_schedule, q6_2], model exercise6_model);
