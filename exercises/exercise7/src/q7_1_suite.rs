//! Question 7.1: a benchmark suite with its table, its plots and its choice.

use std::io;
use std::path::Path;
use std::time::Duration;

/// One way to run the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Configuration {
    /// Items to work on.
    pub data_size: usize,
    /// Items handed over at once.
    pub chunk_size: usize,
    /// Threads that do the work.
    pub workers: usize,
}

/// One timed run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measurement {
    /// What was run.
    pub configuration: Configuration,
    /// Which run of this configuration it was, from 0 on.
    pub repetition: usize,
    /// How long it took.
    pub elapsed: Duration,
}

/// All runs of one configuration in a few figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Summary {
    /// What was run.
    pub configuration: Configuration,
    /// The time in the middle: half of the runs took less, half took more.
    pub median: Duration,
    /// The shortest time.
    pub fastest: Duration,
    /// The longest time.
    pub slowest: Duration,
}

/// A plot, as far as it does not depend on how it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Plot {
    /// Stands above the plot.
    pub title: String,
    /// What the horizontal axis shows, with its unit.
    pub x_label: String,
    /// What the vertical axis shows, with its unit.
    pub y_label: String,
    /// Whether equal steps to the right are equal factors.
    pub log_x: bool,
    /// What is to be compared.
    pub series: Vec<Series>,
}

/// What has one colour in a plot.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Series {
    /// Its name in the legend.
    pub label: String,
    /// Single points, each with a marker.
    pub points: Vec<(f64, f64)>,
    /// The corners of a line, from left to right.
    pub line: Vec<(f64, f64)>,
}

/// Every combination of the given sizes and numbers of workers.
///
/// The data size changes slowest, then the chunk size; the workers change
/// fastest. Each of the three keeps its given order. Without one of them there
/// is no combination.
///
/// # Examples
/// ```
/// use exercise7::grid;
/// let configurations = grid(&[1000], &[1, 10], &[1, 2]);
/// let last = configurations[3];
/// assert_eq!((last.data_size, last.chunk_size, last.workers), (1000, 10, 2));
/// ```
///
/// # Graded
/// `7.1/grid`
#[must_use]
pub fn grid(data_sizes: &[usize], chunk_sizes: &[usize], workers: &[usize]) -> Vec<Configuration> {
    // TODO: combine each with each.
    todo!("7.1: combine {data_sizes:?}, {chunk_sizes:?} and {workers:?}")
}

/// Asks `measure` for the time of every configuration, `repetitions` times
/// each, and returns all measurements in the order in which they were made.
///
/// It goes round by round: in each round every configuration comes once, in
/// the given order. So whatever changes while the suite runs (a processor that
/// gets hot, a neighbour who starts to compile) hits all of them alike. The
/// clock is `measure`'s affair, so that a test can bring its own; it is called
/// for nothing else. No configurations or no repetitions, no calls.
///
/// # Examples
/// ```
/// use exercise7::{grid, run_suite};
/// use std::time::Duration;
/// let mut asked = Vec::new();
/// let measurements = run_suite(&grid(&[100], &[10], &[1, 2]), 2, |configuration| {
///     asked.push(configuration.workers);
///     Duration::from_millis(6 / configuration.workers as u64)
/// });
/// assert_eq!(asked, [1, 2, 1, 2]);
/// assert_eq!(measurements[3].repetition, 1);
/// assert_eq!(measurements[3].elapsed, Duration::from_millis(3));
/// ```
///
/// # Graded
/// `7.1/rounds`
pub fn run_suite(
    configurations: &[Configuration],
    repetitions: usize,
    measure: impl FnMut(&Configuration) -> Duration,
) -> Vec<Measurement> {
    let _ = measure;
    // TODO: measure all configurations, round by round.
    todo!("7.1: measure {} configurations {repetitions} times", configurations.len())
}

/// The measurements of each configuration in a few figures, in the order in
/// which the configurations first appear.
///
/// The figure that counts is the median, because one run that was disturbed,
/// or one that a clock got wrong, does not move it. Of an even number of runs
/// it is the mean of the two in the middle, rounded down to nanoseconds. The
/// measurements may come in any order.
///
/// # Examples
/// ```
/// use exercise7::{Configuration, Measurement, summarise};
/// use std::time::Duration;
/// let configuration = Configuration { data_size: 100, chunk_size: 10, workers: 2 };
/// let measurements = [3, 250, 4].map(|ms| Measurement {
///     configuration,
///     repetition: 0,
///     elapsed: Duration::from_millis(ms),
/// });
/// let summaries = summarise(&measurements);
/// assert_eq!(summaries.len(), 1);
/// assert_eq!(summaries[0].median, Duration::from_millis(4));
/// assert_eq!(summaries[0].slowest, Duration::from_millis(250));
/// ```
///
/// # Graded
/// `7.1/best`
#[must_use]
pub fn summarise(measurements: &[Measurement]) -> Vec<Summary> {
    // TODO: find median, fastest and slowest run of each configuration.
    todo!("7.1: summarise {} measurements", measurements.len())
}

/// The best configuration for `data_size`: the one with the least median.
///
/// Only configurations with this data size are compared, since less data
/// always takes less time. Of several with exactly that median it is the one
/// with the fewest workers, who cost something too; of these the one with the
/// smallest chunks, which spread uneven work best. `None` where this data size
/// was not measured.
///
/// # Examples
/// ```
/// use exercise7::{best_configuration, grid, run_suite, summarise};
/// use std::time::Duration;
/// let measurements = run_suite(&grid(&[100], &[1, 10, 100], &[2]), 3, |configuration| {
///     Duration::from_millis(if configuration.chunk_size == 10 { 5 } else { 9 })
/// });
/// let best = best_configuration(&summarise(&measurements), 100).unwrap();
/// assert_eq!(best.chunk_size, 10);
/// ```
///
/// # Graded
/// `7.1/best`
#[must_use]
pub fn best_configuration(summaries: &[Summary], data_size: usize) -> Option<Configuration> {
    // TODO: find the least median, and decide ties.
    todo!("7.1: find the best of {} configurations for {data_size} items", summaries.len())
}

/// The summaries as a Markdown table, in the given order.
///
/// Times are in milliseconds with three decimals. The best configuration of
/// each data size, by [`best_configuration`], has a `*` in the last column,
/// which is empty for the others. Without summaries there are the first two
/// lines alone. Every line ends with a newline.
///
/// # Examples
/// ```
/// use exercise7::{grid, run_suite, summarise, table};
/// use std::time::Duration;
/// let measurements = run_suite(&grid(&[1000], &[10, 100], &[2]), 1, |configuration| {
///     Duration::from_micros(12_500 / configuration.chunk_size as u64)
/// });
/// assert_eq!(
///     table(&summarise(&measurements)),
///     "\
/// | data size | chunk size | workers | median ms | fastest ms | slowest ms | best |
/// | ---: | ---: | ---: | ---: | ---: | ---: | :---: |
/// | 1000 | 10 | 2 | 1.250 | 1.250 | 1.250 |  |
/// | 1000 | 100 | 2 | 0.125 | 0.125 | 0.125 | * |
/// "
/// );
/// ```
///
/// # Graded
/// `7.1/table`
#[must_use]
pub fn table(summaries: &[Summary]) -> String {
    // TODO: write one line for each configuration.
    todo!("7.1: write {} configurations as a table", summaries.len())
}

/// All measurements as CSV, in the given order: a header, then one line for
/// each. Every line ends with a newline.
///
/// # Examples
/// ```
/// use exercise7::{grid, run_suite, to_csv};
/// use std::time::Duration;
/// let measurements = run_suite(&grid(&[1000], &[10], &[2]), 1, |_| Duration::from_micros(7));
/// assert_eq!(
///     to_csv(&measurements),
///     "data_size,chunk_size,workers,repetition,elapsed_ns\n1000,10,2,0,7000\n"
/// );
/// ```
///
/// # Graded
/// `7.1/csv`
#[must_use]
pub fn to_csv(measurements: &[Measurement]) -> String {
    // TODO: write one line for each measurement.
    todo!("7.1: write {} measurements as CSV", measurements.len())
}

/// The plot of the times by chunk size, for one data size.
///
/// Its title is `Time by chunk size, 1000 items` for 1000 items, its axes are
/// `chunk size (items)`, logarithmic, and `time (ms)`. For each number of
/// workers, the least first, there is one series, labelled `1 worker` or
/// `4 workers`, with a point for every measurement, in the given order, and a
/// line through the medians of the chunk sizes, from the smallest to the
/// largest. A data size that was not measured gives a plot without series.
///
/// # Examples
/// ```
/// use exercise7::{chunk_plot, grid, run_suite};
/// use std::time::Duration;
/// let measurements = run_suite(&grid(&[1000], &[1, 10], &[1, 2]), 3, |configuration| {
///     Duration::from_micros(8000 / configuration.workers as u64)
/// });
/// let plot = chunk_plot(&measurements, 1000);
/// assert_eq!(plot.series[1].label, "2 workers");
/// assert_eq!(plot.series[1].points.len(), 6);
/// assert_eq!(plot.series[1].line, [(1.0, 4.0), (10.0, 4.0)]);
/// ```
///
/// # Graded
/// `7.1/plot-data`
#[must_use]
pub fn chunk_plot(measurements: &[Measurement], data_size: usize) -> Plot {
    // TODO: make a series of the measurements for each number of workers.
    todo!("7.1: plot the times of {} measurements for {data_size} items", measurements.len())
}

/// The plot of Amdahl's law from 1 to `most_workers` workers, with measured
/// speedups beside it.
///
/// Its title is `Amdahl's law`, its axes are `workers` and `speedup (times)`,
/// both linear. Each parallel fraction, in the given order, is a series
/// labelled like `p = 0.95` (with the fraction as `{}` prints it), with a line
/// that has one corner for every number of workers and with no points. Where
/// there are measured speedups, given with their numbers of workers, they are
/// the points of a last series `measured`, which has no line.
///
/// # Panics
/// When a fraction is outside of 0..=1 or NaN.
///
/// # Examples
/// ```
/// use exercise7::amdahl_plot;
/// let plot = amdahl_plot(&[0.5, 1.0], 3, &[(2, 1.25)]);
/// assert_eq!(plot.series[1].line, [(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]);
/// assert_eq!(plot.series[2].points, [(2.0, 1.25)]);
/// ```
///
/// # Graded
/// `7.1/amdahl`
#[must_use]
pub fn amdahl_plot(fractions: &[f64], most_workers: usize, measured: &[(usize, f64)]) -> Plot {
    let _ = measured;
    // TODO: make a series of each fraction, and one of what was measured.
    todo!("7.1: plot Amdahl's law for {fractions:?} up to {most_workers} workers")
}

/// Draws the plot into a file: as SVG where its name ends with `.svg`, as PNG
/// where it ends with `.png`. Both are the same picture, of the size
/// [`plotting::SIZE`].
///
/// In the picture stand the title, both axes' labels, plain numbers at the
/// ticks of both axes, at least two each, and a legend that names each series
/// beside a short line in its colour. The colour of the series at place `i` is
/// [`plotting::colour`]`(i)`. Every point is a filled circle (`Circle`) in the
/// colour of its series, and nothing else is a circle; a series with a line
/// has it as one `LineSeries`. The vertical axis begins at 0.
///
/// # Errors
/// [`io::ErrorKind::InvalidInput`] for any other ending; for a plot that has
/// neither points nor lines; for one with a number that is not finite or a
/// height below 0, or, where the horizontal axis is logarithmic, a place at 0
/// or below. Then nothing is written. Otherwise what the system says when the
/// file cannot be written.
///
/// # Examples
/// ```no_run
/// use exercise7::{amdahl_plot, write_plot};
/// let plot = amdahl_plot(&[0.5, 0.9], 16, &[]);
/// write_plot(&plot, "amdahl.svg".as_ref())?;
/// write_plot(&plot, "amdahl.png".as_ref())?;
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Graded
/// `7.1/svg`, `7.1/png`, `7.1/refused`
pub fn write_plot(plot: &Plot, path: &Path) -> io::Result<()> {
    // TODO: draw on `plotting::svg` or `plotting::png`, with the same function.
    todo!("7.1: draw {} series into {}", plot.series.len(), path.display())
}
