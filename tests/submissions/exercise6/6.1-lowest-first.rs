//! Sorts by priority, the lowest first.

type Rank = (i32, u64);

fn rank(priority: i32, number: u64) -> Rank {
    (priority, number)
}
