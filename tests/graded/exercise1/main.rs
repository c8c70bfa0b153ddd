//! Graded tests of exercise 1, compiled against stub, solution and submission.

mod q1_1;
mod q1_2;
mod q1_3;
mod q1_4;
mod q1_5;
mod q1_6;
mod q1_7;
mod q1_8;
mod q1_9;

harness::graded!(exercise1, [q1_1, q1_2, q1_3, q1_4, q1_5, q1_6, q1_7, q1_8, q1_9]);
