//! The CSV by a crate, a map by workers, and a plot whose bytes go through a file of its own.

pub fn to_csv(measurements: &[Measurement]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(["data_size", "chunk_size", "workers", "repetition", "elapsed_ns"])
        .unwrap();
    for Measurement { configuration, repetition, elapsed } in measurements {
        let Configuration { data_size, chunk_size, workers } = configuration;
        let numbers =
            [*data_size, *chunk_size, *workers, *repetition].map(|number| number.to_string());
        writer.write_record(numbers.iter().chain([&elapsed.as_nanos().to_string()])).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

pub fn chunk_plot(measurements: &[Measurement], data_size: usize) -> Plot {
    let of_size: Vec<Measurement> = measurements
        .iter()
        .filter(|one| one.configuration.data_size == data_size)
        .copied()
        .collect();
    let mut workers: Vec<usize> = of_size.iter().map(|one| one.configuration.workers).collect();
    workers.sort();
    workers.dedup();
    let series = workers.into_iter().map(|workers| {
        let own: Vec<Measurement> =
            of_size.iter().filter(|one| one.configuration.workers == workers).copied().collect();
        let mut line: Vec<(usize, f64)> = summarise(&own)
            .iter()
            .map(|one| (one.configuration.chunk_size, one.median.as_nanos() as f64 / 1_000_000.0))
            .collect();
        line.sort_by_key(|corner| corner.0);
        Series {
            label: if workers == 1 { "1 worker".into() } else { format!("{workers} workers") },
            points: own
                .iter()
                .map(|one| {
                    (one.configuration.chunk_size as f64, one.elapsed.as_nanos() as f64 / 1e6)
                })
                .collect(),
            line: line.into_iter().map(|(chunk_size, ms)| (chunk_size as f64, ms)).collect(),
        }
    });
    Plot {
        title: format!("Time by chunk size, {data_size} items"),
        x_label: String::from("chunk size (items)"),
        y_label: String::from("time (ms)"),
        log_x: true,
        series: series.collect(),
    }
}

pub fn amdahl_plot(fractions: &[f64], most_workers: usize, measured: &[(usize, f64)]) -> Plot {
    let mut series = Vec::new();
    for p in fractions {
        if !(*p >= 0.0 && *p <= 1.0) {
            panic!("{p} is no fraction");
        }
        let mut line = Vec::new();
        let mut workers = 1;
        while workers <= most_workers {
            line.push((workers as f64, 1.0 / (1.0 - p + p / workers as f64)));
            workers += 1;
        }
        series.push(Series { label: format!("p = {p}"), line, ..Series::default() });
    }
    if !measured.is_empty() {
        let points =
            measured.iter().map(|(workers, speedup)| (*workers as f64, *speedup)).collect();
        series.push(Series { label: "measured".to_string(), points, line: vec![] });
    }
    Plot {
        title: "Amdahl's law".into(),
        x_label: "workers".into(),
        y_label: "speedup (times)".into(),
        log_x: false,
        series,
    }
}
