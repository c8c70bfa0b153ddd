//! Panics where a size was not measured.

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
    assert!(!series.is_empty(), "this size was not measured");
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
