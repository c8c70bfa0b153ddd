//! Measures and draws what the lesson shows: `cargo run --release -p solution7 --example figures`.
//!
//! Figures go to the folder named as the argument, or else to the lesson's own;
//! tables go to standard output. Takes about ten seconds on a machine that has
//! nothing else to do.

use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use solution4::{map_chunked, pool_map};
use solution7::{
    Configuration, Summary, amdahl_plot, chunk_plot, efficiency, grid, karp_flatt, run_suite,
    speedup, summarise, table, timed, write_plot,
};

const REPETITIONS: usize = 21;

fn main() -> io::Result<()> {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../exercises/exercise7/figures");
    let folder = std::env::args_os().nth(1).map_or(own, PathBuf::from);
    std::fs::create_dir_all(&folder)?;

    let curves = amdahl_plot(&[0.5, 0.75, 0.9, 0.95, 0.99], 64, &[]);
    write_plot(&curves, &folder.join("amdahl.svg"))?;

    let cores = std::thread::available_parallelism()?;
    println!("{cores} cores, {REPETITIONS} repetitions\n\nOne call: {:?}", one_call());
    println!("\nSquares in chunks:\n");
    chunks(&[10_000, 100_000], square, &folder.join("chunks.svg"))?;
    println!("\nHeavier items in chunks:\n");
    let speedups = chunks(&[10_000, 100_000], heavier, &folder.join("chunks-heavier.svg"))?;
    let beside = amdahl_plot(&[0.9, 0.95, 1.0], 6, &speedups);
    write_plot(&beside, &folder.join("speedups.svg"))?;
    println!("\nSquare roots by workers:\n");
    workers();
    Ok(())
}

/// The sum of the first 1000 squares, as one call of very many.
fn one_call() -> Duration {
    const CALLS: u32 = 100_000;
    let (_, time) = timed(|| {
        for _ in 0..CALLS {
            black_box((0..black_box(1000_u64)).map(|n| n * n).sum::<u64>());
        }
    });
    time / CALLS
}

/// An item that costs next to nothing.
fn square(n: &u64) -> u64 {
    n * n
}

/// An item of about 0.05 microseconds.
fn heavier(n: &u64) -> u64 {
    (0..100).fold(*n, |state, step| (state ^ step).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

const WORKERS: [usize; 3] = [1, 2, 4];

/// The suite over data sizes, chunk sizes and workers; the plot is of the
/// largest data. Returns the best speedup there for each number of workers.
fn chunks(
    data_sizes: &[usize],
    item: fn(&u64) -> u64,
    file: &Path,
) -> io::Result<Vec<(usize, f64)>> {
    let configurations = grid(data_sizes, &[1, 10, 100, 1000, 10_000], &WORKERS);
    let most = data_sizes.iter().copied().max().unwrap_or_default();
    let items: Vec<u64> = (0..most as u64).collect();
    let measurements = run_suite(&configurations, REPETITIONS, |configuration| {
        let Configuration { data_size, chunk_size, workers } = *configuration;
        let job = |chunk: &[u64]| chunk.iter().map(item).collect::<Vec<_>>();
        timed(|| black_box(map_chunked(&items[..data_size], workers, chunk_size, job))).1
    });
    let plain_loop = run_suite(&grid(data_sizes, &[1], &[1]), REPETITIONS, |configuration| {
        let items = &items[..configuration.data_size];
        timed(|| black_box(items.iter().map(item).collect::<Vec<_>>())).1
    });
    let plain_loop = summarise(&plain_loop);
    for summary in &plain_loop {
        println!("{} items in a plain loop: {:?}", summary.configuration.data_size, summary.median);
    }
    let summaries = summarise(&measurements);
    print!("{}", table(&summaries));
    write_plot(&chunk_plot(&measurements, most), file)?;

    let best = |summaries: &[Summary], workers| {
        let of_workers = |summary: &&Summary| {
            (summary.configuration.data_size, summary.configuration.workers) == (most, workers)
        };
        let fastest = summaries.iter().filter(of_workers).map(|summary| summary.median).min();
        fastest.unwrap_or_default().as_secs_f64()
    };
    let gain = |workers| speedup(best(&plain_loop, 1), best(&summaries, workers));
    Ok(WORKERS.map(|workers| (workers, gain(workers).expect("times above zero"))).to_vec())
}

/// The lesson's benchmark by workers: 16 items of a million square roots.
fn workers() {
    let roots = |n: u64| (0..n).map(|i| (i as f64).sqrt()).sum::<f64>();
    let items = [1_000_000_u64; 16];
    let configurations = grid(&[items.len()], &[1], &[1, 2, 3, 4, 5, 6, 7, 8]);
    let measurements = run_suite(&configurations, REPETITIONS, |configuration| {
        timed(|| black_box(pool_map(black_box(items).to_vec(), configuration.workers, roots))).1
    });
    let alone = |_: &Configuration| timed(|| black_box(black_box(items).map(roots))).1;
    let one_thread = run_suite(&configurations[..1], REPETITIONS, alone);
    let sequential = summarise(&one_thread)[0].median.as_secs_f64();
    println!("sequential: {:.2} ms", 1e3 * sequential);
    println!("| workers | ms | speedup | efficiency | sequential part |");
    for summary in summarise(&measurements) {
        let (n, time) = (summary.configuration.workers, summary.median.as_secs_f64());
        let gain = speedup(sequential, time).expect("times above zero");
        let useful = efficiency(gain, n).expect("one worker or more");
        let rest = karp_flatt(gain, n).map_or(String::new(), |rest| format!("{rest:.3}"));
        println!("| {n} | {:.2} | {gain:.2} | {:.1} % | {rest} |", 1e3 * time, 100.0 * useful);
    }
}
