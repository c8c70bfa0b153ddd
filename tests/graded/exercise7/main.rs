//! Graded tests of exercise 7, compiled against stub, solution and submission.

mod q7_0;
mod q7_1;
mod q7_2;
mod q7_3;

harness::graded!(exercise7, [q7_0, q7_1, q7_2, q7_3]);
