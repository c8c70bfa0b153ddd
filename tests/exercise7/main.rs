//! Graded tests of exercise 7, compiled against stub, solution and submission.

mod q7_0;

harness::graded!("exercise7", [q7_0]);
