//! Canvases for plots as SVG and PNG, with a font and colours.
//!
//! `plotters` draws, a caller says what. This crate sees to what has nothing
//! to do with the plot: a font for the text, which a PNG cannot do without,
//! colours that can be told apart on white and on black, and the bytes of the
//! file.

use std::fmt::Display;
use std::io::{Error, Result};
use std::sync::Once;

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, IntoDrawingArea};
use plotters::prelude::{BitMapBackend, DrawingBackend, RGBColor, SVGBackend, WHITE};
use plotters::style::{FontStyle, register_font};

/// The area that a plot is drawn on.
pub type Canvas<B> = DrawingArea<B, Shift>;

/// Width and height of a plot, in pixels.
pub const SIZE: (u32, u32) = (800, 500);

/// The name of the font, as `plotters` wants it: `(FONT, 18)`.
pub const FONT: &str = "sans-serif";

const COLOURS: [RGBColor; 8] = [
    RGBColor(0x2a, 0x7f, 0xd4),
    RGBColor(0xd9, 0x5f, 0x02),
    RGBColor(0x1e, 0x94, 0x58),
    RGBColor(0xcc, 0x3d, 0x78),
    RGBColor(0x8a, 0x68, 0xd8),
    RGBColor(0x9c, 0x7a, 0x0c),
    RGBColor(0x16, 0x92, 0xa0),
    RGBColor(0x85, 0x85, 0x85),
];

/// What a browser with a dark theme changes: paper and ink. The colours of
/// the series serve on both.
const DARK_THEME: &str = "<style>@media (prefers-color-scheme: dark) { \
    rect[fill=\"#FFFFFF\"] { fill: #161b22 } \
    text[fill=\"#000000\"] { fill: #e6edf3 } \
    [stroke=\"#000000\"] { stroke: #e6edf3 } }</style>\n";

/// The colour of a series, by its place among the series; after eight they
/// begin again.
#[must_use]
pub const fn colour(series: usize) -> RGBColor {
    COLOURS[series % COLOURS.len()]
}

/// Draws on a white canvas and returns it as the text of an SVG file.
///
/// # Errors
/// When `draw` fails, with its words.
pub fn svg<E: Display>(
    draw: impl for<'a> FnOnce(&Canvas<SVGBackend<'a>>) -> std::result::Result<(), E>,
) -> Result<String> {
    let mut text = String::new();
    on_paper(SVGBackend::with_string(&mut text, SIZE).into_drawing_area(), draw)?;
    // Behind the opening tag, which ends with the first line.
    let end_of_tag = text.find('\n').map_or(0, |at| at + 1);
    text.insert_str(end_of_tag, DARK_THEME);
    Ok(text)
}

/// Draws on a white canvas and returns it as the bytes of a PNG file.
///
/// # Errors
/// When `draw` fails, with its words.
pub fn png<E: Display>(
    draw: impl for<'a> FnOnce(&Canvas<BitMapBackend<'a>>) -> std::result::Result<(), E>,
) -> Result<Vec<u8>> {
    let (width, height) = SIZE;
    let mut pixels = vec![0; (width * height * 3) as usize];
    on_paper(BitMapBackend::with_buffer(&mut pixels, SIZE).into_drawing_area(), draw)?;
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.write_header()?.write_image_data(&pixels)?;
    Ok(file)
}

fn on_paper<B: DrawingBackend, E: Display>(
    canvas: Canvas<B>,
    draw: impl FnOnce(&Canvas<B>) -> std::result::Result<(), E>,
) -> Result<()> {
    prepare_font();
    let other = |error: &dyn Display| Error::other(error.to_string());
    canvas.fill(&WHITE).map_err(|error| other(&error))?;
    draw(&canvas).map_err(|error| other(&error))?;
    canvas.present().map_err(|error| other(&error))
}

/// Gives the font to `plotters`, for plots that are drawn without a canvas of
/// this crate; criterion's are, by the same `plotters`.
///
/// # Panics
/// Never: the font comes with the kit.
pub fn prepare_font() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let known = register_font(FONT, FontStyle::Normal, epaint_default_fonts::UBUNTU_LIGHT);
        assert!(known.is_ok(), "the font that comes with the kit can be read");
    });
}

#[cfg(test)]
#[expect(clippy::redundant_closure, reason = "a function of one backend is not general enough")]
mod tests {
    use plotters::drawing::DrawingAreaErrorKind;
    use plotters::prelude::{DrawingBackend, Text};

    use super::{Canvas, FONT, SIZE, png, svg};

    fn word<B: DrawingBackend>(
        canvas: &Canvas<B>,
    ) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
        canvas.draw(&Text::new("R&D < 1", (100, 100), (FONT, 20)))
    }

    #[test]
    fn an_svg_is_well_formed_and_has_its_text() {
        let text = svg(|canvas| word(canvas)).unwrap();
        let document = roxmltree::Document::parse(&text).unwrap();
        let found: Vec<_> = document
            .descendants()
            .filter(|node| node.has_tag_name("text"))
            .filter_map(|node| node.text())
            .map(str::trim)
            .collect();
        assert_eq!(found, ["R&D < 1"]);
    }

    #[test]
    fn a_png_has_its_size_and_text_in_it() {
        let file = png(|canvas| word(canvas)).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        assert_eq!((info.width, info.height), SIZE);
        let ink = pixels.chunks(3).filter(|pixel| pixel.iter().all(|&part| part < 128)).count();
        assert!((50..5000).contains(&ink), "{ink}");
    }

    #[test]
    fn a_drawing_that_fails_says_why() {
        let failed = svg(|canvas| {
            word(canvas).map_err(|error| error.to_string())?;
            Err::<(), String>("no more ink".to_owned())
        });
        assert_eq!(failed.unwrap_err().to_string(), "no more ink");
    }
}
