//! Gives every series of the legend the first colour.

fn draw_legend<B: DrawingBackend>(area: &Canvas<B>, plot: &Plot) -> Drawn<B> {
    for (series, y) in plot.series.iter().zip((60..).step_by(26)) {
        area.draw(&PathElement::new([(0, y), (20, y)], colour(0).stroke_width(4)))?;
        area.draw(&Text::new(series.label.clone(), (28, y - 8), (FONT, 17)))?;
    }
    Ok(())
}
