//! Graded tests of exercise 2, compiled against stub, solution and submission.

mod q2_1;
mod q2_2;
mod q2_3;
mod q2_4;
mod together;

harness::graded!(exercise2, [q2_1, q2_2, q2_3, q2_4]);
