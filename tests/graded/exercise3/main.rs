//! Graded tests of exercise 3, compiled against stub, solution and submission.

mod laziness;
mod q3_1;
mod q3_2;
mod q3_3;

harness::graded!(exercise3, [q3_1, q3_2, q3_3]);
