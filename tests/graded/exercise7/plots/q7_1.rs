//! Checks of question 7.1 that look at plots before they are drawn.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use exercise7::{Measurement, Plot, amdahl_plot, chunk_plot};
use harness::proptest::prelude::*;
use harness::{expect, expect_eq, property};

use super::{configuration, runs};

/// Two data sizes, three chunk sizes out of order, two numbers of workers.
fn told() -> Vec<Measurement> {
    runs(&[
        (configuration(5000, 1, 4), &[9000, 9700, 9100]),
        (configuration(5000, 1000, 4), &[2500, 2600, 8000]),
        (configuration(5000, 10, 4), &[3100, 3200, 3150]),
        (configuration(70, 1, 1), &[100, 110, 120]),
        (configuration(5000, 1, 1), &[10_000, 10_500, 10_250]),
        (configuration(5000, 1000, 1), &[7000, 7001, 7500]),
        (configuration(5000, 10, 1), &[7600, 7400, 7500]),
    ])
}

/// The check `7.1/plot-data`.
pub fn the_plot_has_every_measurement() {
    let plot = chunk_plot(&told(), 5000);
    let frame =
        |plot: &Plot| (plot.title.clone(), plot.x_label.clone(), plot.y_label.clone(), plot.log_x);
    let labels = ("chunk size (items)".to_owned(), "time (ms)".to_owned());
    expect_eq(
        "chunk_plot(measurements, 5000): title, labels and whether the horizontal axis is logarithmic",
        &frame(&plot),
        &("Time by chunk size, 5000 items".to_owned(), labels.0.clone(), labels.1.clone(), true),
    );
    let names: Vec<&str> = plot.series.iter().map(|series| series.label.as_str()).collect();
    expect_eq("chunk_plot(measurements, 5000): its series", &names, &vec!["1 worker", "4 workers"]);
    for (series, workers, medians) in
        [(&plot.series[0], 1, [10.25, 7.5, 7.001]), (&plot.series[1], 4, [9.1, 3.15, 2.6])]
    {
        let mut points: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for one in told().iter().filter(|one| {
            one.configuration.data_size == 5000 && one.configuration.workers == workers
        }) {
            points.entry(one.repetition).or_default().push(one.elapsed.as_secs_f64() * 1e3);
        }
        let want: Vec<(f64, f64)> = points
            .values()
            .flat_map(|times| [1.0, 1000.0, 10.0].into_iter().zip(times.iter().copied()))
            .collect();
        let what = format!("chunk_plot(measurements, 5000): the series {:?}", series.label);
        expect_close(&format!("{what}: one point for every measurement"), &series.points, &want);
        let want: Vec<_> = [1.0, 10.0, 1000.0].into_iter().zip(medians).collect();
        expect_close(&format!("{what}: its line through the medians"), &series.line, &want);
    }
    let crews = [16, 2, 1].map(|workers| (configuration(50, 1, workers), &[7_u64][..]));
    let plot = chunk_plot(&runs(&crews), 50);
    let names: Vec<&str> = plot.series.iter().map(|series| series.label.as_str()).collect();
    expect_eq(
        "chunk_plot of measurements with 16, 2 and 1 workers: its series, the least number first",
        &names,
        &vec!["1 worker", "2 workers", "16 workers"],
    );
    // No float of 32 bits holds this number of items.
    let large = chunk_plot(&runs(&[(configuration(50, 16_777_217, 1), &[7])]), 50);
    let drawn: Vec<_> = large
        .series
        .iter()
        .flat_map(|series| [series.points.clone(), series.line.clone()])
        .collect();
    expect_eq(
        "chunk_plot of one measurement of 7 us with chunks of 16777217 items: its points and its line",
        &drawn,
        &vec![vec![(16_777_217.0, 0.007)]; 2],
    );
    let none = chunk_plot(&told(), 5001);
    expect_eq("chunk_plot(measurements, 5001): its series", &none.series, &Vec::new());
}

/// Ends the check unless the places are equal, but for what rounding can do.
#[track_caller]
fn expect_close(what: &str, got: &[(f64, f64)], want: &[(f64, f64)]) {
    let near = |one: f64, other: f64| (one - other).abs() <= 1e-9 * other.abs().max(1.0);
    let equal = got.len() == want.len()
        && got.iter().zip(want).all(|(got, want)| near(got.0, want.0) && near(got.1, want.1));
    if !equal {
        expect_eq(what, got, want);
    }
}

/// The check `7.1/amdahl`.
pub fn the_curves_follow_the_law() {
    let measured = [(2, 1.5), (4, 1.25), (3, 2.5), (16_777_217, 2.0)];
    let plot = amdahl_plot(&[0.95, 0.5], 64, &measured);
    expect_eq(
        "amdahl_plot: title, labels and whether the horizontal axis is logarithmic",
        &(plot.title.as_str(), plot.x_label.as_str(), plot.y_label.as_str(), plot.log_x),
        &("Amdahl's law", "workers", "speedup (times)", false),
    );
    let names: Vec<&str> = plot.series.iter().map(|series| series.label.as_str()).collect();
    expect_eq(
        "amdahl_plot(&[0.95, 0.5], 64, measured): its series",
        &names,
        &vec!["p = 0.95", "p = 0.5", "measured"],
    );
    expect_eq(
        "amdahl_plot(&[0.95, 0.5], 64, measured): the last series",
        &(plot.series[2].points.as_slice(), plot.series[2].line.len()),
        &([(2.0, 1.5), (4.0, 1.25), (3.0, 2.5), (16_777_217.0, 2.0)].as_slice(), 0),
    );
    let fractions = prop::collection::vec(0.0..=1.0_f64, 0..5);
    property(100, (fractions, 1..100_usize), |(fractions, most)| {
        let plot = amdahl_plot(&fractions, most, &[]);
        let call = format!("amdahl_plot(&{fractions:?}, {most}, &[])");
        expect_eq(
            format_args!("{call}: the number of its series"),
            &plot.series.len(),
            &fractions.len(),
        );
        for (series, fraction) in plot.series.iter().zip(&fractions) {
            // The law in words of its own: what is left of the time.
            let speedup = |n: f64| (1.0 - fraction * (n - 1.0) / n).recip();
            let want: Vec<_> = (1..=most).map(|n| (n as f64, speedup(n as f64))).collect();
            let what = format!("{call}: the series {:?}", series.label);
            expect_eq(format_args!("{what}: its label"), &series.label, &format!("p = {fraction}"));
            expect_close(&format!("{what}: its line"), &series.line, &want);
            expect_eq(format_args!("{what}: its points"), &series.points, &Vec::new());
        }
    });
    let crowd = amdahl_plot(&[1.0], 300, &[]);
    expect_eq(
        "amdahl_plot(&[1.0], 300, &[]): the label of its series, and the corners of its line",
        &crowd.series.first().map(|series| (series.label.as_str(), series.line.len())),
        &Some(("p = 1", 300)),
    );
    let nobody = amdahl_plot(&[0.5], 0, &[]);
    expect_eq(
        "amdahl_plot(&[0.5], 0, &[]): the corners of its line, one for each number of workers",
        &nobody.series.first().map(|series| series.line.len()),
        &Some(0),
    );
    for fraction in [-0.01, 1.01, f64::NAN] {
        let outcome = catch_unwind(AssertUnwindSafe(|| amdahl_plot(&[0.5, fraction], 4, &[])));
        expect(
            outcome.is_err(),
            format_args!(
                "amdahl_plot(&[0.5, {fraction}], 4, &[]) returned: such a fraction must panic."
            ),
        );
    }
}
