//! Plots the median of each chunk size in place of the measurements.

pub fn chunk_plot(measurements: &[Measurement], data_size: usize) -> Plot {
    let mut plot = solution_chunk_plot(measurements, data_size);
    for series in &mut plot.series {
        series.points = series.line.clone();
    }
    plot
}
