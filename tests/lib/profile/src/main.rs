//! Profiles the image pipelines of question 7.2: `cargo run --release -p profile -- given`,
//! or `yours`. Prints the shares of the functions and draws a flame graph.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use pictures::{Format, Look, encoded, given, painted};
use pprof::{Frames, ProfilerGuardBuilder};

/// How long the pipeline is watched.
const WATCHED: Duration = Duration::from_secs(4);

/// Samples a second; the system may give fewer.
const FREQUENCY: i32 = 997;

/// Functions that are printed.
const SHOWN: usize = 25;

fn main() -> Result<()> {
    let which = std::env::args().nth(1).unwrap_or_default();
    let shrink_all: fn(&Path, &Path) -> std::io::Result<usize> = match which.as_str() {
        "given" => |input, output| Ok(given::shrink_all(input, output)?.len()),
        "yours" => |input, output| Ok(exercise7::shrink_all(input, output)?.len()),
        _ => bail!("say which pipeline: `given` or `yours`"),
    };
    let place = tempfile::tempdir()?;
    let (input, output) = (place.path().join("images"), place.path().join("small"));
    fs::create_dir(&input)?;
    for (seed, format) in [(1, Format::Png), (2, Format::Jpeg)] {
        let picture = painted(seed, 300, 290, Look { grain: 60, lightest: 250 });
        fs::write(input.join(format!("{format:?}")), encoded(&picture, format))?;
    }

    let guard = ProfilerGuardBuilder::default().frequency(FREQUENCY).build()?;
    let (start, mut calls) = (Instant::now(), 0);
    while start.elapsed() < WATCHED {
        ensure!(shrink_all(&input, &output)? == 2, "both images must be reported");
        calls += 1;
    }
    println!(
        "{calls} calls, {:.2} ms each",
        start.elapsed().as_secs_f64() * 1e3 / f64::from(calls)
    );
    let report = guard.report().frames_post_processor(from_the_pipeline_on).build()?;
    print_shares(&report);
    let file =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target").join(format!("{which}.svg"));
    let file = file.components().collect::<PathBuf>();
    report.flamegraph(File::create(&file).with_context(|| file.display().to_string())?)?;
    println!("flame graph: {}", file.canonicalize()?.display());
    Ok(())
}

/// Leaves out what called the pipeline. The innermost function comes first.
fn from_the_pipeline_on(frames: &mut Frames) {
    let is_top = |frame: &Vec<pprof::Symbol>| {
        frame.iter().any(|symbol| symbol.name().ends_with("::shrink_all"))
    };
    if let Some(top) = frames.frames.iter().rposition(is_top) {
        frames.frames.truncate(top + 1);
    }
}

/// For each function the share of samples in it and what it calls, and in it alone.
fn print_shares(report: &pprof::Report) {
    let mut shares: BTreeMap<String, (isize, isize)> = BTreeMap::new();
    for (stack, count) in &report.data {
        let names = stack.frames.iter().filter_map(|frame| Some(frame.first()?.name()));
        if let Some(innermost) = names.clone().next() {
            shares.entry(innermost).or_default().1 += count;
        }
        for name in names.collect::<BTreeSet<_>>() {
            shares.entry(name).or_default().0 += count;
        }
    }
    let samples: isize = report.data.values().sum();
    let percent = |count: isize| 100.0 * count as f64 / samples.max(1) as f64;
    let mut shares: Vec<_> = shares.into_iter().collect();
    shares.sort_by_key(|(_, (with_calls, _))| -with_calls);
    println!("{samples} samples\n\n  with calls   alone   function");
    for (name, (with_calls, alone)) in shares.into_iter().take(SHOWN) {
        println!("{:>10.1} % {:>5.1} %   {name}", percent(with_calls), percent(alone));
    }
}
