//! Plots read back: texts, markers and lines of an SVG, pixels of a PNG.

use harness::{expect, fail};

/// How far a marker may be from its place, in pixels: they are whole numbers.
const NEAR: f64 = 2.0;

/// A place in pixels.
type Place = (f64, f64);

/// What is drawn in an SVG.
#[derive(Debug)]
pub struct Picture {
    texts: Vec<(Place, String)>,
    circles: Vec<(Place, String)>,
    strokes: Vec<(Vec<Place>, String)>,
}

impl Picture {
    /// Reads the text of an SVG file.
    #[track_caller]
    pub fn read(svg: &str) -> Self {
        let document = roxmltree::Document::parse(svg)
            .unwrap_or_else(|error| fail(format!("the SVG file is not well-formed XML: {error}")));
        let mut picture = Self { texts: Vec::new(), circles: Vec::new(), strokes: Vec::new() };
        for node in document.descendants() {
            let number =
                |name| node.attribute(name).and_then(|text| text.parse().ok()).unwrap_or(f64::NAN);
            let paint = |name| node.attribute(name).unwrap_or_default().to_uppercase();
            match node.tag_name().name() {
                "text" => {
                    let text: String = node
                        .descendants()
                        .filter(|part| part.is_text())
                        .filter_map(|part| part.text())
                        .collect();
                    picture.texts.push(((number("x"), number("y")), text.trim().to_owned()));
                }
                "circle" => picture.circles.push(((number("cx"), number("cy")), paint("fill"))),
                "polyline" => {
                    picture.strokes.push((corners(node.attribute("points")), paint("stroke")));
                }
                "line" => picture.strokes.push((
                    vec![(number("x1"), number("y1")), (number("x2"), number("y2"))],
                    paint("stroke"),
                )),
                "rect" => picture.strokes.push((
                    vec![
                        (number("x"), number("y")),
                        (number("x") + number("width"), number("y") + number("height")),
                    ],
                    paint("fill"),
                )),
                _ => {}
            }
        }
        picture
    }

    /// Where a text stands; ends the check where it does not.
    #[track_caller]
    pub fn text(&self, what: &str, text: &str) -> Place {
        match self.texts.iter().find(|(_, there)| there == text) {
            Some((place, _)) => *place,
            None => {
                let there: Vec<&str> = self.texts.iter().map(|(_, text)| text.as_str()).collect();
                fail(format!("the plot does not show {what}, {text:?}. Its texts are {there:?}"))
            }
        }
    }

    /// The places of all texts.
    pub fn text_places(&self) -> impl Iterator<Item = (Place, &str)> {
        self.texts.iter().map(|(place, text)| (*place, text.as_str()))
    }

    /// The centres of the markers in one colour.
    pub fn markers(&self, colour: &str) -> Vec<Place> {
        self.circles.iter().filter(|(_, paint)| paint == colour).map(|(place, _)| *place).collect()
    }

    /// Ends the check unless the legend's text has a short line in this colour to its left; of
    /// several series with the same name, one of them.
    #[track_caller]
    pub fn assert_key(&self, label: &str, colour: &str) {
        self.text("the name of a series", label);
        let is_beside = |&(x, y): &Place| {
            self.strokes.iter().any(|(corners, paint)| {
                paint == colour
                    && corners.iter().all(|(left, top)| {
                        (x - 80.0..=x).contains(left) && (y - 4.0..=y + 20.0).contains(top)
                    })
            })
        };
        let named = self.texts.iter().filter(|(_, text)| text == label);
        let beside = named.map(|(place, _)| place).any(is_beside);
        expect(
            beside,
            format_args!(
                "the legend has no short line in the colour {colour} left of {label:?}: nobody can tell \
                 which series that is."
            ),
        );
    }

    /// The two axes, read from the numbers at their ticks.
    #[track_caller]
    pub fn axes(&self, log_x: bool) -> (Axis, Axis) {
        let numbers: Vec<(Place, f64)> = self
            .texts
            .iter()
            .filter(|(_, text)| !text.contains(['e', 'E']))
            .filter_map(|(place, text)| Some((*place, text.parse().ok()?)))
            .collect();
        let beside = |same: fn(Place) -> f64, along: fn(Place) -> f64| {
            let of = |(place, _): &(Place, f64)| {
                numbers
                    .iter()
                    .filter(|(other, _)| (same(*other) - same(*place)).abs() < 0.5)
                    .map(|(other, number)| (along(*other), *number))
                    .collect::<Vec<_>>()
            };
            numbers.iter().map(of).max_by_key(Vec::len).unwrap_or_default()
        };
        let across = beside(|(_, y)| y, |(x, _)| x);
        let up = beside(|(x, _)| x, |(_, y)| y);
        (Axis::through("horizontal", across, log_x), Axis::through("vertical", up, false))
    }

    /// Ends the check unless a line in this colour has exactly these corners.
    #[track_caller]
    pub fn assert_line(&self, what: &str, colour: &str, want: &[Place]) {
        let close = |corners: &[Place]| {
            corners.len() == want.len()
                && corners.iter().zip(want).all(|(one, other)| distance(*one, *other) <= NEAR)
        };
        let of_colour: Vec<_> = self.strokes.iter().filter(|(_, paint)| paint == colour).collect();
        expect(
            of_colour.iter().any(|(corners, _)| close(corners)),
            format_args!(
                "{what}: no line in its colour {colour} goes through its {} corners. Lines in that \
                 colour have {:?} corners.",
                want.len(),
                of_colour.iter().map(|(corners, _)| corners.len()).collect::<Vec<_>>()
            ),
        );
    }
}

/// Ends the check unless there is one marker at each of these places.
#[track_caller]
pub fn assert_markers(what: &str, mut got: Vec<Place>, mut want: Vec<Place>) {
    if got.len() != want.len() {
        fail(format!(
            "{what}: expected {} markers, one for every point, got {} circles in its colour.",
            want.len(),
            got.len()
        ));
    }
    // The same order for both: places one pixel apart by rounding stay together.
    let key = |place: &Place| (place.0.round() as i64, place.1.round() as i64);
    got.sort_by_key(key);
    want.sort_by_key(key);
    for (got, want) in got.iter().zip(&want) {
        expect(
            distance(*got, *want) <= NEAR,
            format_args!(
                "{what}: a point whose place is ({:.0}, {:.0}) by the numbers at the axes has its marker \
                 at ({:.0}, {:.0}).",
                want.0, want.1, got.0, got.1
            ),
        );
    }
}

fn distance(one: Place, other: Place) -> f64 {
    (one.0 - other.0).abs().max((one.1 - other.1).abs())
}

fn corners(points: Option<&str>) -> Vec<Place> {
    let pair = |pair: &str| {
        let (x, y) = pair.split_once(',')?;
        Some((x.parse().ok()?, y.parse().ok()?))
    };
    points.unwrap_or_default().split_whitespace().filter_map(pair).collect()
}

/// From numbers to pixels.
#[derive(Debug, Clone)]
pub struct Axis {
    log: bool,
    start: f64,
    step: f64,
    numbers: Vec<f64>,
}

impl Axis {
    #[track_caller]
    fn through(name: &str, ticks: Vec<(f64, f64)>, log: bool) -> Self {
        let numbers: Vec<f64> = ticks.iter().map(|&(_, number)| number).collect();
        let scale = |number: f64| if log { number.log10() } else { number };
        let by_number = |one: &&(f64, f64), other: &&(f64, f64)| one.1.total_cmp(&other.1);
        let (Some(first), Some(last)) =
            (ticks.iter().min_by(by_number), ticks.iter().max_by(by_number))
        else {
            fail(format!("the {name} axis has no numbers at its ticks."))
        };
        if first.1 == last.1 {
            fail(format!(
                "the {name} axis needs at least two different numbers at its ticks, it has {numbers:?}."
            ));
        }
        let step = (last.0 - first.0) / (scale(last.1) - scale(first.1));
        let axis = Self { log, start: first.0 - step * scale(first.1), step, numbers };
        for (pixel, number) in ticks {
            expect(
                (axis.pixel(number) - pixel).abs() <= NEAR,
                format_args!(
                    "the numbers at the {name} axis, {:?}, do not fit their places: {number} is at {pixel}, \
                     it should be at {:.0}. {}",
                    axis.numbers,
                    axis.pixel(number),
                    if log {
                        "The axis must be logarithmic."
                    } else {
                        "Are they rounded too much?"
                    }
                ),
            );
        }
        axis
    }

    /// Where a number is.
    pub fn pixel(&self, number: f64) -> f64 {
        self.start + self.step * if self.log { number.log10() } else { number }
    }

    /// The numbers at its ticks.
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }
}

/// The pixels of a PNG.
#[derive(Debug)]
pub struct Pixels {
    width: usize,
    rows: Vec<[u8; 3]>,
}

impl Pixels {
    /// Decodes a PNG file of this size.
    #[track_caller]
    pub fn read(file: Vec<u8>, size: (u32, u32)) -> Self {
        let broken = |error: png::DecodingError| -> ! {
            fail(format!("the PNG file cannot be decoded: {error}"))
        };
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND | png::Transformations::STRIP_16);
        let mut reader = decoder.read_info().unwrap_or_else(|error| broken(error));
        let mut bytes = vec![0; reader.output_buffer_size().unwrap_or_default()];
        let info = reader.next_frame(&mut bytes).unwrap_or_else(|error| broken(error));
        if (info.width, info.height) != size {
            let (width, height) = size;
            fail(format!(
                "the PNG is {} by {} pixels, it should be {width} by {height}.",
                info.width, info.height
            ));
        }
        let samples = info.color_type.samples();
        let rows = bytes
            .chunks_exact(samples)
            .map(|pixel| match samples {
                1 | 2 => [pixel[0]; 3],
                _ => [pixel[0], pixel[1], pixel[2]],
            })
            .collect();
        Self { width: size.0 as usize, rows }
    }

    /// The pixels of a box around a place, as far as it is inside.
    pub fn around(&self, (x, y): Place, reach: usize) -> impl Iterator<Item = [u8; 3]> + '_ {
        let (x, y) = (x.max(0.0) as usize, y.max(0.0) as usize);
        let rows = self.rows.chunks(self.width).skip(y.saturating_sub(reach)).take(2 * reach + 1);
        rows.flat_map(move |row| {
            row.iter().skip(x.saturating_sub(reach)).take(2 * reach + 1).copied()
        })
    }

    /// The colour at a place.
    pub fn at(&self, place: Place) -> [u8; 3] {
        self.around(place, 0).next().unwrap_or_default()
    }
}
