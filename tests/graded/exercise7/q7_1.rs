//! Checks of question 7.1: a benchmark suite with its table, plots and choice.

use std::time::Duration;

use exercise7::{
    Configuration, Measurement, Summary, best_configuration, grid, run_suite, summarise, table,
    to_csv,
};
use harness::proptest::prelude::*;
use harness::{checks, expect_eq, fail, property, snapshot};

// Named after the question too, so that an error in it is told to the right one.
#[path = "drawing/q7_1.rs"]
mod drawing;
#[path = "plots/q7_1.rs"]
mod plots;

checks! {
    "7.1/grid" => every_combination_once,
    "7.1/rounds" => all_take_turns,
    "7.1/best" => the_true_best_is_found,
    "7.1/table" => the_table_is_as_agreed,
    "7.1/csv" => the_csv_has_every_figure,
    "7.1/plot-data" => plots::the_plot_has_every_measurement,
    "7.1/amdahl" => plots::the_curves_follow_the_law,
    "7.1/svg" => drawing::the_svg_shows_the_data,
    "7.1/png" => drawing::the_png_is_the_same_picture,
    "7.1/refused" => drawing::what_cannot_be_drawn_is_refused,
}

fn configuration(data_size: usize, chunk_size: usize, workers: usize) -> Configuration {
    Configuration { data_size, chunk_size, workers }
}

fn every_combination_once() {
    let want = [
        (100, 1, 1),
        (100, 1, 2),
        (100, 10, 1),
        (100, 10, 2),
        (50, 1, 1),
        (50, 1, 2),
        (50, 10, 1),
        (50, 10, 2),
    ]
    .map(|(data_size, chunk_size, workers)| configuration(data_size, chunk_size, workers));
    expect_eq(
        "grid(&[100, 50], &[1, 10], &[1, 2])",
        &grid(&[100, 50], &[1, 10], &[1, 2])[..],
        &want[..],
    );
    let sizes =
        || prop::collection::vec(prop_oneof![4 => 1..2000_usize, 1 => any::<usize>()], 0..4);
    property(200, (sizes(), sizes(), sizes()), |(data_sizes, chunk_sizes, workers)| {
        let mut want = Vec::new();
        for &data_size in &data_sizes {
            for &chunk_size in &chunk_sizes {
                for &workers in &workers {
                    want.push(configuration(data_size, chunk_size, workers));
                }
            }
        }
        let call = format!("grid(&{data_sizes:?}, &{chunk_sizes:?}, &{workers:?})");
        expect_eq(call, &grid(&data_sizes, &chunk_sizes, &workers), &want);
    });
}

fn all_take_turns() {
    let configurations =
        [configuration(900, 10, 2), configuration(100, 1, 1), configuration(100, 10, 4)];
    for (count, repetitions) in [(3, 4), (1, 3), (3, 1), (2, 2), (0, 5), (3, 0), (2, 300)] {
        let configurations = &configurations[..count];
        // A clock that writes down for whom it was read, and never tells the same time twice.
        let mut log = Vec::new();
        let got = run_suite(configurations, repetitions, |asked| {
            log.push(*asked);
            Duration::from_nanos(1001 * log.len() as u64)
        });
        let call = format!("run_suite of {count} configurations with {repetitions} repetitions");
        let in_a_row = log.windows(2).any(|pair| pair[0] == pair[1]);
        if count > 1 && in_a_row && log.len() == count * repetitions {
            fail(format!(
                "{call} measured one configuration several times in a row. When the machine slows down \
                 meanwhile, those that come late look worse than they are: go round by round, so that \
                 drift hits all alike."
            ));
        }
        let mut want = Vec::new();
        for repetition in 0..repetitions {
            for configuration in configurations {
                let elapsed = Duration::from_nanos(1001 * (want.len() as u64 + 1));
                want.push(Measurement { configuration: *configuration, repetition, elapsed });
            }
        }
        let order: Vec<_> = want.iter().map(|measurement| measurement.configuration).collect();
        expect_eq(format_args!("{call}: what was measured, in this order,"), &log, &order);
        expect_eq(format_args!("{call}: the measurements"), &got, &want);
    }
}

/// The runs of several configurations, round by round, in microseconds.
fn runs(times: &[(Configuration, &[u64])]) -> Vec<Measurement> {
    let rounds = times.iter().map(|(_, times)| times.len()).max().unwrap_or_default();
    let of_round = |repetition: usize| {
        times.iter().filter_map(move |(configuration, times)| {
            let elapsed = Duration::from_micros(*times.get(repetition)?);
            Some(Measurement { configuration: *configuration, repetition, elapsed })
        })
    };
    (0..rounds).flat_map(of_round).collect()
}

fn the_true_best_is_found() {
    let [a, b] = [configuration(100, 1, 2), configuration(100, 10, 2)];
    for (what, times_of_a, times_of_b) in [
        ("without any disturbance", [20, 21, 20, 21, 20], [29, 30, 31, 30, 29]),
        ("where one run of the better was disturbed", [20, 21, 900, 21, 20], [29, 30, 31, 30, 29]),
        (
            "where the clock got one run of the worse wrong",
            [20, 21, 20, 21, 20],
            [29, 30, 1, 30, 29],
        ),
    ] {
        let measurements = runs(&[(b, &times_of_b), (a, &times_of_a)]);
        expect_eq(
            format_args!(
                "best_configuration, {what}: {times_of_a:?} µs against {times_of_b:?} µs. The figure \
                 that counts is the median, which one odd run does not move"
            ),
            &best_configuration(&summarise(&measurements), 100),
            &Some(a),
        );
    }
    summaries_have_their_figures(a, b);
    ties_and_data_sizes();
    // Each configuration costs at least 5 % more than the next better one, its runs differ by
    // less than 1 %, and one run of each is ten times too long or too short.
    let odd_runs = prop::collection::vec((0..60_usize, any::<bool>()), 2..9);
    property(200, (odd_runs, 3..8_usize, 0..1000_usize), |(odd_runs, repetitions, turn)| {
        let count = odd_runs.len();
        let configurations: Vec<_> = (0..count).map(|at| configuration(5000, 10 + at, 3)).collect();
        // The costs turned round, so that the best is at any place.
        let cost = |at: usize| 1000 + 50 * ((at + turn) % count) as u64;
        let mut calls = vec![0; count];
        let measurements = run_suite(&configurations, repetitions, |asked| {
            let at = asked.chunk_size - 10;
            let repetition = calls[at];
            calls[at] += 1;
            let honest = 100 * cost(at) + ((7 * at + 13 * repetition) % 9) as u64 * 100;
            let (odd, is_long) = odd_runs[at];
            Duration::from_nanos(match (odd % repetitions == repetition, is_long) {
                (true, true) => honest * 10,
                (true, false) => honest / 10,
                (false, _) => honest,
            })
        });
        let best = (0..count).min_by_key(|&at| cost(at)).map(|at| configurations[at]);
        expect_eq(
            "best_configuration, where one run of each configuration is ten times too long or too short",
            &best_configuration(&summarise(&measurements), 5000),
            &best,
        );
    });
}

fn summaries_have_their_figures(a: Configuration, b: Configuration) {
    let us = Duration::from_micros;
    let got = summarise(&runs(&[(b, &[40, 10, 30, 21]), (a, &[9, 700, 8])]));
    let want = vec![
        Summary {
            configuration: b,
            median: Duration::from_nanos(25_500),
            fastest: us(10),
            slowest: us(40),
        },
        Summary { configuration: a, median: us(9), fastest: us(8), slowest: us(700) },
    ];
    expect_eq("summarise of 40, 10, 30 and 21 µs, and of 9, 700 and 8 µs", &got, &want);
    expect_eq("summarise(&[])", &summarise(&[]), &Vec::new());
    // Whole nanoseconds, rounded down, however many there are.
    for base in [0, 7_000_000_000_000_000_000] {
        for (one, other, middle) in [(1, 2, 1), (1, 1, 1), (3, 3, 3), (5, 8, 6), (2, 5, 3)] {
            let measurements = [one, other].map(|nanos| Measurement {
                configuration: a,
                repetition: 0,
                elapsed: Duration::from_nanos(base + nanos),
            });
            let medians: Vec<_> = summarise(&measurements).iter().map(|all| all.median).collect();
            expect_eq(
                format_args!("the median of {} ns and {} ns", base + one, base + other),
                &medians,
                &vec![Duration::from_nanos(base + middle)],
            );
        }
    }
}

fn ties_and_data_sizes() {
    let with = |list: &[(Configuration, u64)]| -> Vec<Summary> {
        let summary = |&(configuration, time): &(Configuration, u64)| {
            let [median, fastest, slowest] = [time, time - 1, time + 9].map(Duration::from_micros);
            Summary { configuration, median, fastest, slowest }
        };
        list.iter().map(summary).collect()
    };
    let [few, many, small, large, little] = [
        configuration(100, 50, 1),
        configuration(100, 50, 4),
        configuration(100, 10, 4),
        configuration(100, 90, 4),
        configuration(10, 50, 1),
    ];
    // As little apart as times can be.
    let close = [(few, 7), (many, 6)].map(|(configuration, nanos)| {
        let median = Duration::new(3, nanos);
        Summary { configuration, median, fastest: median, slowest: median }
    });
    expect_eq(
        "best_configuration of two whose medians are 3 s and 7 ns, and 3 s and 6 ns",
        &best_configuration(&close, 100),
        &Some(many),
    );
    for (what, list, data_size, want) in [
        (
            "of equal medians the fewest workers",
            vec![(many, 30), (few, 30), (small, 30)],
            100,
            Some(few),
        ),
        (
            "of equal medians and workers the smallest chunks",
            vec![(large, 30), (small, 30), (many, 30)],
            100,
            Some(small),
        ),
        ("a time before the number of workers", vec![(few, 31), (many, 30)], 100, Some(many)),
        (
            "only configurations of this data size",
            vec![(little, 3), (few, 30), (many, 31)],
            100,
            Some(few),
        ),
        ("the other data size", vec![(little, 3), (few, 30), (many, 31)], 10, Some(little)),
        ("None where the data size was not measured", vec![(little, 3)], 100, None),
        ("None without summaries", vec![], 100, None),
    ] {
        let times: Vec<_> =
            list.iter().map(|(configuration, time)| (configuration, time)).collect();
        expect_eq(
            format_args!(
                "best_configuration for {data_size} items, {what}, of {times:?} with medians in µs"
            ),
            &best_configuration(&with(&list), data_size),
            &want,
        );
    }
}

fn the_table_is_as_agreed() {
    let summary = |data_size, chunk_size, workers, [median, fastest, slowest]: [u64; 3]| {
        let [median, fastest, slowest] = [median, fastest, slowest].map(Duration::from_nanos);
        Summary {
            configuration: configuration(data_size, chunk_size, workers),
            median,
            fastest,
            slowest,
        }
    };
    let summaries = [
        summary(1000, 1, 1, [41_000, 40_200, 90_900]),
        summary(1000, 1, 2, [98_765, 80_004, 3_100_000]),
        summary(1000, 100, 1, [12_345, 12_000, 12_999]),
        summary(1000, 100, 2, [12_345, 11_000, 14_000]),
        summary(100_000, 1, 1, [4_100_400, 4_000_000, 5_000_000]),
        summary(100_000, 100, 2, [700_600, 690_000, 1_234_567_891]),
    ];
    snapshot("summaries_as_table", &table(&summaries));
    let empty = table(&[]);
    expect_eq("table(&[]): its lines", &empty.lines().count(), &2);
}

fn measurements() -> impl Strategy<Value = Vec<Measurement>> {
    let time = prop_oneof![1 => Just(0), 5 => 0..u64::MAX / 2];
    let one = (1..1_000_000_usize, 1..10_000_usize, 1..64_usize, 0..9_usize, time);
    let one = one.prop_map(|(data_size, chunk_size, workers, repetition, nanos)| Measurement {
        configuration: configuration(data_size, chunk_size, workers),
        repetition,
        elapsed: Duration::from_nanos(nanos),
    });
    prop::collection::vec(one, 0..12)
}

fn the_csv_has_every_figure() {
    const HEADER: &str = "data_size,chunk_size,workers,repetition,elapsed_ns";
    property(200, measurements(), |measurements| {
        let text = to_csv(&measurements);
        let mut want = format!("{HEADER}\n");
        for Measurement { configuration, repetition, elapsed } in &measurements {
            let Configuration { data_size, chunk_size, workers } = configuration;
            want += &format!(
                "{data_size},{chunk_size},{workers},{repetition},{}\n",
                elapsed.as_nanos()
            );
        }
        expect_eq(format_args!("to_csv of {} measurements", measurements.len()), &text, &want);
    });
}
