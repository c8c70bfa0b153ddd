//! Nested loops, lists that are sorted and searched, text put together with `format!`.

pub fn grid(data_sizes: &[usize], chunk_sizes: &[usize], workers: &[usize]) -> Vec<Configuration> {
    let mut all = vec![];
    for &data_size in data_sizes {
        for &chunk_size in chunk_sizes {
            for &workers in workers {
                all.push(Configuration { data_size, chunk_size, workers });
            }
        }
    }
    all
}

pub fn run_suite(
    configurations: &[Configuration],
    repetitions: usize,
    mut measure: impl FnMut(&Configuration) -> Duration,
) -> Vec<Measurement> {
    (0..repetitions)
        .flat_map(|repetition| configurations.iter().map(move |one| (repetition, one)))
        .map(|(repetition, one)| Measurement {
            configuration: *one,
            repetition,
            elapsed: measure(one),
        })
        .collect()
}

pub fn summarise(measurements: &[Measurement]) -> Vec<Summary> {
    let mut seen: Vec<Configuration> = Vec::new();
    for one in measurements {
        if !seen.contains(&one.configuration) {
            seen.push(one.configuration);
        }
    }
    seen.into_iter()
        .map(|configuration| {
            let mut nanos: Vec<u128> = measurements
                .iter()
                .filter(|one| one.configuration == configuration)
                .map(|one| one.elapsed.as_nanos())
                .collect();
            nanos.sort();
            let (left, right) = (nanos[(nanos.len() - 1) / 2], nanos[nanos.len() / 2]);
            let duration = |nanos: u128| {
                Duration::new((nanos / 1_000_000_000) as u64, (nanos % 1_000_000_000) as u32)
            };
            Summary {
                configuration,
                median: duration((left + right) / 2),
                fastest: duration(nanos[0]),
                slowest: duration(nanos[nanos.len() - 1]),
            }
        })
        .collect()
}

pub fn best_configuration(summaries: &[Summary], data_size: usize) -> Option<Configuration> {
    let mut best: Option<&Summary> = None;
    for summary in summaries.iter().filter(|one| one.configuration.data_size == data_size) {
        let key =
            |one: &Summary| (one.median, one.configuration.workers, one.configuration.chunk_size);
        if best.is_none_or(|best| key(summary) < key(best)) {
            best = Some(summary);
        }
    }
    best.map(|best| best.configuration)
}

pub fn to_csv(measurements: &[Measurement]) -> String {
    let mut lines = vec!["data_size,chunk_size,workers,repetition,elapsed_ns".to_string()];
    for one in measurements {
        let fields = [
            one.configuration.data_size.to_string(),
            one.configuration.chunk_size.to_string(),
            one.configuration.workers.to_string(),
            one.repetition.to_string(),
            one.elapsed.as_nanos().to_string(),
        ];
        lines.push(fields.join(","));
    }
    lines.join("\n") + "\n"
}
