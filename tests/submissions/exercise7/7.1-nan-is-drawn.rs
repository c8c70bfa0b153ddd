//! Draws numbers that are none.

pub fn write_plot(plot: &Plot, path: &Path) -> io::Result<()> {
    let refuse = |why: &str| Err(io::Error::new(io::ErrorKind::InvalidInput, why));
    let all = || plot.series.iter().flat_map(|series| series.points.iter().chain(&series.line));
    if all().next().is_none() {
        return refuse("there is nothing to draw");
    }
    if plot.log_x && !all().all(|(x, _)| *x > 0.0) {
        return refuse("a logarithmic axis has no place for 0 and below");
    }
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => std::fs::write(path, plotting::svg(|canvas| draw(canvas, plot))?),
        Some("png") => std::fs::write(path, plotting::png(|canvas| draw(canvas, plot))?),
        _ => refuse("the file's name must end with .svg or .png"),
    }
}
