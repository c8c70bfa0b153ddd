//! Checks of question 7.1 that read drawn plots back.

use std::ffi::OsStr;
use std::io::ErrorKind;
use std::os::unix::ffi::OsStrExt;

use exercise7::{Plot, Series, write_plot};
use harness::proptest::prelude::*;
use harness::{Scratch, expect, expect_eq, fail, needed, property};
use plotting::{SIZE, colour};

#[path = "../picture.rs"]
mod picture;

use picture::{Picture, Pixels, assert_markers};

/// Draws the plot as SVG and reads it back.
#[track_caller]
fn drawn(plot: &Plot) -> Picture {
    let scratch = Scratch::new();
    let path = scratch.folder().join("plot.svg");
    if let Err(error) = write_plot(plot, &path) {
        fail(format!("write_plot could not draw {plot:?}\n  as SVG: {error}"));
    }
    match std::fs::read_to_string(&path) {
        Ok(svg) => Picture::read(&svg),
        Err(error) => fail(format!("write_plot(plot, \"plot.svg\") left no file of text: {error}")),
    }
}

fn hex(series: usize) -> String {
    let colour = colour(series);
    format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
}

/// Ends the check unless the picture is labelled and its points are the plot's.
#[track_caller]
fn assert_shows(picture: &Picture, plot: &Plot) {
    picture.text("its title", &plot.title);
    let across = picture.text("what the horizontal axis is, with its unit", &plot.x_label);
    let up = picture.text("what the vertical axis is, with its unit", &plot.y_label);
    expect(
        up.0 < across.0 && up.1 < across.1,
        format_args!(
            "{:?} must stand below the plot and {:?} to its left.",
            plot.x_label, plot.y_label
        ),
    );
    for (place, series) in plot.series.iter().enumerate() {
        picture.assert_key(&series.label, &hex(place));
    }
    let is_name = |text: &str| plot.series.iter().any(|series| series.label == text);
    let names: Vec<_> = picture.text_places().filter(|(_, text)| is_name(text)).collect();
    for (number, (one, name)) in names.iter().enumerate() {
        for (other, another) in &names[..number] {
            expect(
                (one.1 - other.1).abs() >= 8.0 || (one.0 - other.0).abs() >= 30.0,
                format_args!(
                    "in the legend {another:?} at {other:?} and {name:?} at {one:?} lie over each other: \
                     nobody can read them."
                ),
            );
        }
    }
    let (x, y) = picture.axes(plot.log_x);
    expect(
        y.numbers().contains(&0.0),
        format_args!("the vertical axis must begin at 0, its numbers are {:?}.", y.numbers()),
    );
    let pixels = |places: &[(f64, f64)]| -> Vec<(f64, f64)> {
        places.iter().map(|&(at, height)| (x.pixel(at), y.pixel(height))).collect()
    };
    for (place, series) in plot.series.iter().enumerate() {
        let what = format!("the series {:?}", series.label);
        assert_markers(&what, picture.markers(&hex(place)), pixels(&series.points));
        if !series.line.is_empty() {
            picture.assert_line(&what, &hex(place), &pixels(&series.line));
        }
    }
}

/// Plots of several shapes; the functions that make plots are not asked.
fn plots() -> impl Strategy<Value = Plot> {
    let words = || "[A-Z][a-z]{2,9}( [a-z]{2,8}){0,2}";
    let steps = prop::collection::vec(0..10_000_u32, 3..6);
    let series = prop::collection::vec(steps, 1..8);
    (words(), words(), words(), any::<bool>(), series, -3..4_i32).prop_map(
        |(title, x_label, y_label, log_x, heights, size)| {
            let unit = 10_f64.powi(size) / 10_000.0;
            let of = |(number, heights): (usize, Vec<u32>)| {
                let at =
                    |step: usize| if log_x { 10_f64.powi(step as i32) } else { 8.0 * step as f64 };
                let height = |height: u32| f64::from(height + 1) * unit;
                let point = |(step, &one): (usize, &u32)| {
                    [(at(step), height(one)), (at(step), height(one) / 2.0)]
                };
                Series {
                    label: format!("Series {}", char::from(b'A' + number as u8)),
                    points: heights.iter().enumerate().flat_map(point).collect(),
                    line: heights
                        .iter()
                        .enumerate()
                        .map(|(step, &one)| (at(step), height(one)))
                        .collect(),
                }
            };
            Plot {
                title,
                x_label: format!("{x_label} (items)"),
                y_label: format!("{y_label} (s)"),
                log_x,
                series: heights.into_iter().enumerate().map(of).collect(),
            }
        },
    )
}

/// A plot whose points lie far apart.
fn example() -> Plot {
    let series = |label: &str, points: &[(f64, f64)]| Series {
        label: label.to_owned(),
        points: points.to_vec(),
        line: points.to_vec(),
    };
    Plot {
        title: "Time by chunk size, R&D < 1 day".to_owned(),
        x_label: "chunk size (items)".to_owned(),
        y_label: "time (ms)".to_owned(),
        log_x: true,
        series: vec![
            series("1 worker", &[(1.0, 30.0), (10.0, 22.0), (100.0, 20.0), (10_000.0, 26.0)]),
            series("4 workers", &[(1.0, 12.0), (10.0, 7.0), (100.0, 5.0), (10_000.0, 15.0)]),
        ],
    }
}

/// The check `7.1/svg`.
pub fn the_svg_shows_the_data() {
    assert_shows(&drawn(&example()), &example());
    let curves = Plot {
        log_x: false,
        series: vec![
            Series {
                line: (1..=64).map(|n| (f64::from(n), f64::from(n).sqrt())).collect(),
                ..series_named("curve")
            },
            Series { points: vec![(2.0, 1.5), (40.0, 3.0)], ..series_named("measured") },
        ],
        ..example()
    };
    assert_shows(&drawn(&curves), &curves);
    let lines_alone = Plot { series: curves.series[..1].to_vec(), ..curves };
    assert_shows(&drawn(&lines_alone), &lines_alone);
    // All of it in one place, at the bottom.
    for log_x in [false, true] {
        let series = Series { points: vec![(3.0, 0.0)], ..series_named("one alone") };
        let alone = Plot { log_x, series: vec![series], ..example() };
        assert_shows(&drawn(&alone), &alone);
    }
    let [one, other] = [1.0, 2.0].map(|height| Series {
        points: vec![(1.0, height), (100.0, 3.0 * height)],
        ..series_named("the same name")
    });
    let twins = Plot { series: vec![one, other], ..example() };
    assert_shows(&drawn(&twins), &twins);
    let crew = |number: u32| Series {
        points: vec![(1.0, f64::from(number)), (100.0, f64::from(2 * number))],
        ..series_named(&format!("crew {number}"))
    };
    let eight = Plot {
        title: "Time by chunk size, 5000 items, as measured on a quiet machine".to_owned(),
        series: (1..=8).map(crew).collect(),
        ..example()
    };
    assert_shows(&drawn(&eight), &eight);
    property(40, plots(), |plot| assert_shows(&drawn(&plot), &plot));
    an_older_file_is_replaced("svg");
}

/// Also where that was longer, and whatever bytes the file's name has.
fn an_older_file_is_replaced(ending: &str) {
    let scratch = Scratch::new();
    let name = [&b"plot\xff."[..], ending.as_bytes()].concat();
    let [new, old] = [format!("new.{ending}").as_ref(), OsStr::from_bytes(&name)]
        .map(|name| scratch.folder().join(name));
    needed(std::fs::write(&old, vec![b' '; 1 << 20]), "the test's file cannot be written");
    let [new, old] = [new, old].map(|path| {
        let written = write_plot(&example(), &path);
        written.and_then(|()| std::fs::read(path)).map_err(|error| error.kind())
    });
    expect(
        new.is_ok() && new == old,
        format_args!(
            "write_plot to a file that is there already, and whose name ends with .{ending} and is no \
             UTF-8, must leave what it leaves in a new one: got {:?} bytes and {:?} bytes.",
            old.map(|bytes| bytes.len()),
            new.map(|bytes| bytes.len())
        ),
    );
}

fn series_named(label: &str) -> Series {
    Series { label: label.to_owned(), points: Vec::new(), line: Vec::new() }
}

/// The check `7.1/png`.
pub fn the_png_is_the_same_picture() {
    let scratch = Scratch::new();
    let path = scratch.folder().join("plot.png");
    if let Err(error) = write_plot(&example(), &path) {
        fail(format!("write_plot(plot, \"plot.png\") failed: {error}"));
    }
    let file = std::fs::read(&path).unwrap_or_else(|error| {
        fail(format!("write_plot(plot, \"plot.png\") left no file: {error}"))
    });
    let pixels = Pixels::read(file, SIZE);
    let same = drawn(&example());
    for (place, text) in same.text_places() {
        let ink =
            pixels.around(place, 16).filter(|pixel| pixel.iter().all(|&part| part < 140)).count();
        expect(
            ink >= 8,
            format_args!(
                "where the SVG has the text {text:?}, around ({:.0}, {:.0}), the PNG has next to nothing: \
                 draw both with the same function.",
                place.0, place.1
            ),
        );
    }
    an_older_file_is_replaced("png");
    for (number, series) in example().series.iter().enumerate() {
        let colour = colour(number);
        let markers = same.markers(&hex(number));
        expect_eq(
            format_args!("the markers of {:?} in the SVG", series.label),
            &markers.len(),
            &series.points.len(),
        );
        for marker in markers {
            let got = pixels.at(marker);
            let off = [colour.0, colour.1, colour.2]
                .iter()
                .zip(got)
                .map(|(want, got)| want.abs_diff(got))
                .max();
            expect(
                off <= Some(8),
                format_args!(
                    "where the SVG has a marker of {:?}, at ({:.0}, {:.0}), the PNG has the colour {got:?} \
                     instead of {colour:?}: draw both with the same function.",
                    series.label, marker.0, marker.1
                ),
            );
        }
    }
}

/// The check `7.1/refused`.
pub fn what_cannot_be_drawn_is_refused() {
    let with = |log_x: bool, point: (f64, f64)| Plot {
        log_x,
        series: vec![Series { points: vec![(1.0, 2.0), point], ..series_named("odd") }],
        ..example()
    };
    let nothing = Plot { series: Vec::new(), ..example() };
    let names_only = Plot { series: vec![series_named("empty")], ..example() };
    for (what, plot, name) in [
        ("without an ending", example(), "plot"),
        ("with an ending that is neither", example(), "plot.jpeg"),
        ("with an ending in capitals", example(), "plot.SVG"),
        ("without series", nothing, "plot.svg"),
        ("with an empty series only", names_only, "plot.png"),
        ("with a NaN", with(false, (2.0, f64::NAN)), "plot.svg"),
        ("with an endless height", with(false, (2.0, f64::INFINITY)), "plot.png"),
        ("with a place that is not finite", with(false, (f64::NAN, 1.0)), "plot.svg"),
        ("with a height below 0", with(false, (2.0, -0.5)), "plot.svg"),
        ("with a logarithmic axis and a place at 0", with(true, (0.0, 1.0)), "plot.svg"),
    ] {
        let scratch = Scratch::new();
        let path = scratch.folder().join(name);
        let got = write_plot(&plot, &path).map_err(|error| error.kind());
        let call = format!("write_plot of a plot {what}, to \"{name}\"");
        expect_eq(&call, &got, &Err(ErrorKind::InvalidInput));
        expect(!path.exists(), format_args!("{call} must write nothing."));
        needed(std::fs::write(&path, "older"), "the test's file cannot be written");
        let _ = write_plot(&plot, &path);
        let left = std::fs::read_to_string(&path).map_err(|error| error.kind());
        expect_eq(
            format_args!("{call}, where a file is: what it holds"),
            &left,
            &Ok("older".into()),
        );
    }
    let scratch = Scratch::new();
    let path = scratch.folder().join("no such folder").join("plot.svg");
    let got = write_plot(&example(), &path).map_err(|error| error.kind());
    expect_eq("write_plot into a folder that is not there", &got, &Err(ErrorKind::NotFound));
    let one_place = with(false, (1.0, 2.0));
    expect(
        write_plot(&one_place, &scratch.folder().join("one.svg")).is_ok(),
        "write_plot of a plot whose points are all at one place must draw it.",
    );
}
