//! Draws every horizontal axis linear.

fn draw<B: DrawingBackend>(canvas: &Canvas<B>, plot: &Plot) -> Drawn<B> {
    let all = || plot.series.iter().flat_map(|series| series.points.iter().chain(&series.line));
    let left = all().map(|&(x, _)| x).fold(f64::INFINITY, f64::min);
    let right = all().map(|&(x, _)| x).fold(f64::NEG_INFINITY, f64::max);
    let top = all().map(|&(_, y)| y).fold(0.0, f64::max);
    // Some room at the edges, also where all is in one place.
    let heights = 0.0..if top > 0.0 { 1.05 * top } else { 1.0 };
    let (area, legend) = canvas.split_horizontally(SIZE.0 - LEGEND_WIDTH);
    {
        let room = if right > left { (right - left) / 50.0 } else { 1.0 };
        draw_chart(&area, plot, left - room..right + room, heights)?;
    }
    draw_legend(&legend, plot)
}
