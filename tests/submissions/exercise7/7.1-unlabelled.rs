//! Draws points and lines without title, units and legend.

fn draw_chart<B: DrawingBackend, X: AsRangedCoord<Value = f64>>(
    area: &Canvas<B>,
    plot: &Plot,
    places: X,
    heights: Range<f64>,
) -> Drawn<B>
where
    X::CoordDescType: ValueFormatter<f64>,
{
    let mut chart = ChartBuilder::on(area)
        .margin(14)
        .x_label_area_size(52)
        .y_label_area_size(72)
        .build_cartesian_2d(places, heights)?;
    chart.configure_mesh().x_label_formatter(&plain).y_label_formatter(&plain).draw()?;
    for (place, series) in plot.series.iter().enumerate() {
        let colour = colour(place);
        if !series.line.is_empty() {
            let line = series.line.iter().copied();
            chart.draw_series(LineSeries::new(line, colour.stroke_width(2)))?;
        }
        let points = series.points.iter();
        chart.draw_series(points.map(|&point| Circle::new(point, 4, colour.filled())))?;
    }
    Ok(())
}
