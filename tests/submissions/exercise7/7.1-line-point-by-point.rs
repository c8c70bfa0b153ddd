//! Draws each piece of a line by itself.

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
        .caption(&plot.title, (FONT, 26))
        .margin(14)
        .x_label_area_size(52)
        .y_label_area_size(72)
        .build_cartesian_2d(places, heights)?;
    chart
        .configure_mesh()
        .x_desc(&plot.x_label)
        .y_desc(&plot.y_label)
        .axis_desc_style((FONT, 19))
        .label_style((FONT, 17))
        .x_label_formatter(&plain)
        .y_label_formatter(&plain)
        .light_line_style(TRANSPARENT)
        .bold_line_style(BLACK.mix(0.15))
        .draw()?;
    for (place, series) in plot.series.iter().enumerate() {
        let colour = colour(place);
        if !series.line.is_empty() {
            for piece in series.line.windows(2) {
                let line = piece.iter().copied();
                chart.draw_series(LineSeries::new(line, colour.stroke_width(2)))?;
            }
        }
        let points = series.points.iter();
        chart.draw_series(points.map(|&point| Circle::new(point, 4, colour.filled())))?;
    }
    Ok(())
}
