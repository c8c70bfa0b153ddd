//! Question 7.1: a benchmark suite with its table, its plots and its choice.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::time::Duration;

use plotters::coord::ranged1d::{AsRangedCoord, ValueFormatter};
use plotters::drawing::DrawingAreaErrorKind;
use plotters::prelude::*;
use plotting::{Canvas, FONT, SIZE, colour};

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

/// Every combination, the workers changing fastest.
#[must_use]
pub fn grid(data_sizes: &[usize], chunk_sizes: &[usize], workers: &[usize]) -> Vec<Configuration> {
    let of_chunks = |data_size, chunk_size| {
        workers.iter().map(move |&workers| Configuration { data_size, chunk_size, workers })
    };
    let of_data = |&data_size| {
        chunk_sizes.iter().flat_map(move |&chunk_size| of_chunks(data_size, chunk_size))
    };
    data_sizes.iter().flat_map(of_data).collect()
}

/// Measures every configuration, round by round.
///
/// Repeating each one on the spot would be as quick, and would hand every
/// drift of the machine to some configurations and not to others.
pub fn run_suite(
    configurations: &[Configuration],
    repetitions: usize,
    mut measure: impl FnMut(&Configuration) -> Duration,
) -> Vec<Measurement> {
    let mut measurements = Vec::with_capacity(repetitions * configurations.len());
    for repetition in 0..repetitions {
        measurements.extend(configurations.iter().map(|configuration| Measurement {
            configuration: *configuration,
            repetition,
            elapsed: measure(configuration),
        }));
    }
    measurements
}

/// Median, fastest and slowest run of each configuration.
///
/// The fastest run would forgive disturbances as well, since they only ever
/// make a run longer; but it believes every clock error on the short side, and
/// tells of the best case rather than of the usual one.
#[must_use]
pub fn summarise(measurements: &[Measurement]) -> Vec<Summary> {
    let mut runs: BTreeMap<Configuration, Vec<Duration>> = BTreeMap::new();
    let mut order = Vec::new();
    for measurement in measurements {
        let times = runs.entry(measurement.configuration).or_default();
        if times.is_empty() {
            order.push(measurement.configuration);
        }
        times.push(measurement.elapsed);
    }
    let summary = |configuration| {
        let mut times = runs.remove(&configuration)?;
        times.sort_unstable();
        Some(Summary {
            configuration,
            median: median(&times),
            fastest: *times.first()?,
            slowest: *times.last()?,
        })
    };
    order.into_iter().filter_map(summary).collect()
}

/// The middle of sorted times, of which there is at least one.
fn median(sorted: &[Duration]) -> Duration {
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { (sorted[middle - 1] + sorted[middle]) / 2 }
}

/// The least median of one data size; then fewer workers, then smaller chunks.
#[must_use]
pub fn best_configuration(summaries: &[Summary], data_size: usize) -> Option<Configuration> {
    summaries
        .iter()
        .filter(|summary| summary.configuration.data_size == data_size)
        .min_by_key(|summary| {
            let Configuration { workers, chunk_size, .. } = summary.configuration;
            (summary.median, workers, chunk_size)
        })
        .map(|summary| summary.configuration)
}

/// The summaries as a Markdown table, to be pasted into a report.
#[must_use]
pub fn table(summaries: &[Summary]) -> String {
    let mut text = String::from(
        "| data size | chunk size | workers | median ms | fastest ms | slowest ms | best |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | :---: |\n",
    );
    for Summary { configuration, median, fastest, slowest } in summaries {
        let Configuration { data_size, chunk_size, workers } = configuration;
        let [median, fastest, slowest] = [median, fastest, slowest].map(milliseconds);
        let is_best = best_configuration(summaries, *data_size) == Some(*configuration);
        let mark = if is_best { "*" } else { "" };
        let _ = writeln!(
            text,
            "| {data_size} | {chunk_size} | {workers} | {median:.3} | {fastest:.3} | {slowest:.3} | {mark} |"
        );
    }
    text
}

fn milliseconds(time: &Duration) -> f64 {
    1e3 * time.as_secs_f64()
}

/// All measurements as CSV.
///
/// Whole nanoseconds, so that nothing is lost: a summary can always be made
/// again from the raw figures, and never the other way round. There are only
/// numbers, so nothing needs quotes.
#[must_use]
pub fn to_csv(measurements: &[Measurement]) -> String {
    let mut text = String::from("data_size,chunk_size,workers,repetition,elapsed_ns\n");
    for Measurement { configuration, repetition, elapsed } in measurements {
        let Configuration { data_size, chunk_size, workers } = configuration;
        let elapsed = elapsed.as_nanos();
        let _ = writeln!(text, "{data_size},{chunk_size},{workers},{repetition},{elapsed}");
    }
    text
}

/// A series for each number of workers: every run a point, the medians a line.
///
/// The points show how far the runs of one configuration lie apart, which no
/// line alone can.
#[must_use]
pub fn chunk_plot(measurements: &[Measurement], data_size: usize) -> Plot {
    let mut series: BTreeMap<usize, Series> = BTreeMap::new();
    let of_size = measurements.iter().filter(|one| one.configuration.data_size == data_size);
    for Measurement { configuration: Configuration { chunk_size, workers, .. }, elapsed, .. } in
        of_size
    {
        let one = series.entry(*workers).or_default();
        one.points.push((*chunk_size as f64, milliseconds(elapsed)));
    }
    let mut summaries = summarise(measurements);
    summaries.sort_by_key(|summary| summary.configuration);
    for Summary { configuration, median, .. } in summaries {
        if configuration.data_size == data_size
            && let Some(one) = series.get_mut(&configuration.workers)
        {
            one.line.push((configuration.chunk_size as f64, milliseconds(&median)));
        }
    }
    for (workers, one) in &mut series {
        one.label = format!("{workers} worker{}", if *workers == 1 { "" } else { "s" });
    }
    Plot {
        title: format!("Time by chunk size, {data_size} items"),
        x_label: "chunk size (items)".to_owned(),
        y_label: "time (ms)".to_owned(),
        log_x: true,
        series: series.into_values().collect(),
    }
}

/// Amdahl's curves, with what was measured beside them.
///
/// The law stands here again, in one line, so that this file needs no other.
#[must_use]
pub fn amdahl_plot(fractions: &[f64], most_workers: usize, measured: &[(usize, f64)]) -> Plot {
    let curve = |&fraction: &f64| {
        assert!((0.0..=1.0).contains(&fraction), "a fraction is between 0 and 1, not {fraction}");
        let speedup = |workers: f64| 1.0 / ((1.0 - fraction) + fraction / workers);
        Series {
            label: format!("p = {fraction}"),
            points: Vec::new(),
            line: (1..=most_workers).map(|n| (n as f64, speedup(n as f64))).collect(),
        }
    };
    let points: Vec<(f64, f64)> =
        measured.iter().map(|&(n, speedup)| (n as f64, speedup)).collect();
    let measured = (!points.is_empty()).then(|| Series {
        label: "measured".to_owned(),
        points,
        line: Vec::new(),
    });
    Plot {
        title: "Amdahl's law".to_owned(),
        x_label: "workers".to_owned(),
        y_label: "speedup (times)".to_owned(),
        log_x: false,
        series: fractions.iter().map(curve).chain(measured).collect(),
    }
}

/// Draws the plot into a file, whose ending says how.
///
/// One function draws on both kinds of canvas, so the pictures are the same.
pub fn write_plot(plot: &Plot, path: &Path) -> io::Result<()> {
    let refuse = |why: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    let all = || plot.series.iter().flat_map(|series| series.points.iter().chain(&series.line));
    if all().next().is_none() {
        return refuse("there is nothing to draw");
    }
    if !all().all(|(x, y)| x.is_finite() && y.is_finite() && *y >= 0.0) {
        return refuse("a number is not finite, or a height is below 0");
    }
    if plot.log_x && !all().all(|(x, _)| *x > 0.0) {
        return refuse("a logarithmic axis has no place for 0 and below");
    }
    // Not `extension`, which `.svg` alone has none of.
    let name = path.as_os_str().as_encoded_bytes();
    if name.ends_with(b".svg") {
        std::fs::write(path, plotting::svg(|canvas| draw(canvas, plot))?)
    } else if name.ends_with(b".png") {
        std::fs::write(path, plotting::png(|canvas| draw(canvas, plot))?)
    } else {
        refuse("the file's name must end with .svg or .png")
    }
}

type Drawn<B> = Result<(), DrawingAreaErrorKind<<B as DrawingBackend>::ErrorType>>;

/// Width of the column beside the plot: a legend there never hides a point.
const LEGEND_WIDTH: u32 = 140;

fn draw<B: DrawingBackend>(canvas: &Canvas<B>, plot: &Plot) -> Drawn<B> {
    let all = || plot.series.iter().flat_map(|series| series.points.iter().chain(&series.line));
    let left = all().map(|&(x, _)| x).fold(f64::INFINITY, f64::min);
    let right = all().map(|&(x, _)| x).fold(f64::NEG_INFINITY, f64::max);
    let top = all().map(|&(_, y)| y).fold(0.0, f64::max);
    // Some room at the edges, also where all is in one place.
    let heights = 0.0..if top > 0.0 { 1.05 * top } else { 1.0 };
    let (area, legend) = canvas.split_horizontally(SIZE.0 - LEGEND_WIDTH);
    if plot.log_x {
        // Only powers of ten have a tick, and there shall be two.
        let power = |at: f64, round: fn(f64) -> f64| 10_f64.powf(round(at.log10()));
        let (left, right) = match right / left {
            ..100.0 => (power(left / 1.25, f64::floor), power(right * 1.25, f64::ceil)),
            _ => (left / 1.25, right * 1.25),
        };
        draw_chart(&area, plot, (left..right).log_scale(), heights)?;
    } else {
        let room = if right > left { (right - left) / 50.0 } else { 1.0 };
        draw_chart(&area, plot, left - room..right + room, heights)?;
    }
    draw_legend(&legend, plot)
}

/// The plot without its legend; the two kinds of horizontal axis differ in type.
fn draw_chart<B: DrawingBackend, X: AsRangedCoord<Value = f64>>(
    area: &Canvas<B>,
    plot: &Plot,
    places: X,
    heights: Range<f64>,
) -> Drawn<B>
where
    X::CoordDescType: ValueFormatter<f64>,
{
    let mut chart = ChartBuilder::on(area)
        .caption(&plot.title, (FONT, 26))
        .margin(14)
        .x_label_area_size(52)
        .y_label_area_size(72)
        .build_cartesian_2d(places, heights)?;
    chart
        .configure_mesh()
        .x_desc(&plot.x_label)
        .y_desc(&plot.y_label)
        .axis_desc_style((FONT, 19))
        .label_style((FONT, 17))
        .x_label_formatter(&plain)
        .y_label_formatter(&plain)
        .light_line_style(TRANSPARENT)
        .bold_line_style(BLACK.mix(0.15))
        .draw()?;
    for (place, series) in plot.series.iter().enumerate() {
        let colour = colour(place);
        if !series.line.is_empty() {
            let line = series.line.iter().copied();
            chart.draw_series(LineSeries::new(line, colour.stroke_width(2)))?;
        }
        let points = series.points.iter();
        chart.draw_series(points.map(|&point| Circle::new(point, 4, colour.filled())))?;
    }
    Ok(())
}

/// A number without the digits that only rounding has put there.
fn plain(number: &f64) -> String {
    format!("{}", (number * 1e9).round() / 1e9)
}

fn draw_legend<B: DrawingBackend>(area: &Canvas<B>, plot: &Plot) -> Drawn<B> {
    for ((place, series), y) in plot.series.iter().enumerate().zip((60..).step_by(26)) {
        let key = PathElement::new([(0, y), (20, y)], colour(place).stroke_width(4));
        area.draw(&key)?;
        area.draw(&Text::new(series.label.clone(), (28, y - 8), (FONT, 17)))?;
    }
    Ok(())
}
