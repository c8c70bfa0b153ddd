//! Graded tests of exercise 4, compiled against stub, solution and submission.

mod q4_1;
mod q4_1_schedule;
mod q4_2;
mod q4_3;
mod q4_4;

harness::graded!(exercise4, [q4_1, q4_1_schedule, q4_2, q4_3, q4_4], model exercise4_model);
