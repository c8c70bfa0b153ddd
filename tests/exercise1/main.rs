//! Graded tests of exercise 1, compiled against stub, solution and submission.

mod q1_1;

harness::graded!("exercise1", [q1_1]);
