//! Draws the curve of any fraction.

#[must_use]
pub fn amdahl_plot(fractions: &[f64], most_workers: usize, measured: &[(usize, f64)]) -> Plot {
    let curve = |&fraction: &f64| {
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
