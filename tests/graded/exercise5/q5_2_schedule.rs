//! The schedule check of question 5.2: shared counts under many orders of the
//! workers' steps.

use exercise5_model::{Counts, count_locked, count_merged, count_sharded, increment_whole};
use harness::model::sync::{Arc, Mutex, PoisonError};
use harness::model::thread::{spawn, yield_now};
use harness::{checks, expect, expect_eq, schedules};

checks! {
    "5.2/schedule" => no_order_of_steps_loses_a_count,
}

type Words = std::vec::IntoIter<&'static str>;
type Shards = Vec<Mutex<Counts<'static>>>;

/// A way to count and the number of its shards.
type Way = (&'static str, usize, fn(Vec<Words>, &Shards));

const WAYS: [Way; 3] = [
    ("count_locked", 1, |parts, shards| count_locked(parts, &shards[0])),
    ("count_sharded", 2, |parts, shards| count_sharded(parts, shards)),
    ("count_merged", 1, |parts, shards| count_merged(parts, &shards[0])),
];

fn no_order_of_steps_loses_a_count() {
    for (name, shards, count) in WAYS {
        let call = format!("{name} of the 2 parts \"a b\" and \"b a\"");
        schedules(&call.clone(), move || {
            let parts = vec![vec!["a", "b"].into_iter(), vec!["b", "a"].into_iter()];
            let shards: Shards = (0..shards).map(|_| Mutex::default()).collect();
            count(parts, &shards);
            let counts = |shard: Mutex<Counts<'static>>| {
                shard.into_inner().unwrap_or_else(PoisonError::into_inner)
            };
            let mut got: Vec<(&str, u64)> = shards.into_iter().flat_map(counts).collect();
            got.sort_unstable();
            let want = vec![("a", 2), ("b", 2)];
            expect_eq(format_args!("{call}, sorted; less is a lost update:"), &got, &want);
        });
    }
    schedules("count_merged of the part \"a b\", seen from outside", || {
        let counts = Arc::new(Mutex::<Counts<'static>>::default());
        let shared = Arc::clone(&counts);
        let look = spawn(move || {
            let counts = shared.lock().unwrap_or_else(PoisonError::into_inner);
            counts.values().sum::<u64>()
        });
        count_merged(vec![vec!["a", "b"].into_iter()], &counts);
        let seen = look.join().expect("nothing that panics");
        expect(
            seen != 1,
            "count_merged of the part \"a b\": somebody who took the lock found one of its two \
             words. A worker adds its whole dictionary under one lock.",
        );
    });
    schedules("increment_whole(2, 2, pause)", || {
        let got = increment_whole(2, 2, yield_now);
        expect_eq("increment_whole(2, 2, pause); less is a lost update:", &got, &4);
    });
}
