//! Leaves the order of equal priorities to the heap: the latest of equals comes first.

type Rank = (Reverse<i32>, Reverse<u64>);

fn rank(priority: i32, number: u64) -> Rank {
    (Reverse(priority), Reverse(number))
}
