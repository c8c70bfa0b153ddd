//! The schedule check of question 5.1: the pipeline under many orders of its
//! steps.

use exercise5_model::{Summary, summarize_primes};
use harness::model::sync::Arc;
use harness::model::sync::atomic::{AtomicUsize, Ordering};
use harness::model::thread::yield_now;
use harness::{checks, expect, expect_eq, schedules};

checks! {
    "5.1/schedule" => no_order_of_steps_breaks_the_pipeline,
}

fn no_order_of_steps_breaks_the_pipeline() {
    for (numbers, workers, capacity) in [(0, 2, 1), (1, 2, 1), (5, 2, 1), (4, 3, 2)] {
        let call =
            format!("summarize_primes(0..{numbers}, {workers}, {capacity}, is_prime, progress)");
        schedules(&call.clone(), move || {
            let asked: Arc<[AtomicUsize; 8]> = Arc::default();
            let told = AtomicUsize::new(0);
            let is_prime = |number: u64| {
                asked[number as usize].fetch_add(1, Ordering::SeqCst);
                yield_now();
                matches!(number, 2 | 3)
            };
            let progress = |_: &Summary| _ = told.fetch_add(1, Ordering::SeqCst);
            let summary = summarize_primes(0..numbers, workers, capacity, is_prime, progress);
            let summary = summary.unwrap_or_else(|error| panic!("{call}: got the error `{error}`"));
            for number in 0..numbers {
                let times = asked[number as usize].load(Ordering::SeqCst);
                expect(
                    times == 1,
                    format_args!("{call}: {number} was tested {times} times instead of once."),
                );
            }
            let primes = (0..numbers).filter(|n| matches!(n, 2 | 3)).count() as u64;
            let got = (summary.tested, summary.primes, summary.by_worker.iter().sum::<u64>());
            expect_eq(
                format_args!("{call}: tested, primes and the sum of by_worker"),
                &got,
                &(numbers, primes, numbers),
            );
            let told = told.load(Ordering::SeqCst) as u64;
            expect_eq(format_args!("{call}: calls of progress"), &told, &numbers);
        });
    }
}
