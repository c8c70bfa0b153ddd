//! Honest: loops and sorting by hand, plotters' own legend, thicker markers.

pub fn grid(data_sizes: &[usize], chunk_sizes: &[usize], workers: &[usize]) -> Vec<Configuration> {
    let mut all = Vec::new();
    for &data_size in data_sizes {
        for &chunk_size in chunk_sizes {
            for &workers in workers {
                all.push(Configuration { data_size, chunk_size, workers });
            }
        }
    }
    all
}

pub fn best_configuration(summaries: &[Summary], data_size: usize) -> Option<Configuration> {
    let mut of_size: Vec<&Summary> =
        summaries.iter().filter(|one| one.configuration.data_size == data_size).collect();
    of_size.sort_by_key(|one| one.configuration.chunk_size);
    of_size.sort_by_key(|one| one.configuration.workers);
    of_size.sort_by_key(|one| one.median);
    of_size.first().map(|one| one.configuration)
}

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
        .caption(&plot.title, (FONT, 20))
        .margin(30)
        .x_label_area_size(40)
        .y_label_area_size(60)
        .build_cartesian_2d(places, heights)?;
    chart
        .configure_mesh()
        .x_desc(&plot.x_label)
        .y_desc(&plot.y_label)
        .y_label_formatter(&|height| format!("{height:.4}"))
        .draw()?;
    for (place, series) in plot.series.iter().enumerate() {
        let paint = colour(place);
        let points = series.points.iter();
        chart.draw_series(points.map(|&point| Circle::new(point, 6, paint.filled())))?;
        let line = series.line.iter().copied();
        chart
            .draw_series(LineSeries::new(line, paint.stroke_width(1)))?
            .label(&series.label)
            .legend(move |(x, y)| Rectangle::new([(x, y - 5), (x + 16, y + 5)], paint.filled()));
    }
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperRight)
        .label_font((FONT, 16))
        .border_style(BLACK)
        .draw()
}

fn draw_legend<B: DrawingBackend>(_area: &Canvas<B>, _plot: &Plot) -> Drawn<B> {
    Ok(())
}
