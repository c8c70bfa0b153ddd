//! Graded tests of exercise 6, compiled against stub, solution and submission.

#[path = "../exercise4/crew.rs"]
#[expect(dead_code, reason = "exercise 4 asks a few things more of its crews")]
mod crew;
mod q6_0;
mod q6_0_schedule;
mod q6_1;
mod q6_1_schedule;
mod q6_2;

harness::graded!("exercise6", [q6_0, q6_0_schedule, q6_1, q6_1_schedule, q6_2]);
