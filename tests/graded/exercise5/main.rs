//! Graded tests of exercise 5, compiled against stub, solution and submission.

mod calls;
mod q5_1;
mod q5_1_schedule;
mod q5_2;
mod q5_2_schedule;
mod q5_3;
mod q5_4;

harness::graded!(exercise5, [q5_1, q5_1_schedule, q5_2, q5_2_schedule, q5_3, q5_4], programs [q5_3, q5_4], model exercise5_model);
