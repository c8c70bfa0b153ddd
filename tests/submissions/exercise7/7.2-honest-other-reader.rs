//! Opens files through a reader that guesses, sorts entries by name, writes through a buffer.

use std::io::BufWriter;

pub fn shrink_all(input: &Path, output: &Path) -> io::Result<Vec<Shrunk>> {
    let mut names: Vec<std::ffi::OsString> = fs::read_dir(input)?
        .filter_map(|entry| match entry {
            Ok(entry) if entry.path().is_dir() => None,
            Ok(entry) => Some(Ok(entry.file_name())),
            Err(error) => Some(Err(error)),
        })
        .collect::<io::Result<_>>()?;
    names.sort();
    fs::create_dir_all(output)?;
    let mut report = Vec::with_capacity(names.len());
    for name in names {
        let source = input.join(&name);
        let result = shrink(&source, output);
        report.push(Shrunk { source, result });
    }
    Ok(report)
}

fn shrink(source: &Path, output: &Path) -> ImageResult<PathBuf> {
    let image = image::ImageReader::open(source)?.with_guessed_format()?.decode()?;
    let small = match image {
        image::DynamicImage::ImageRgb8(image) => small_gray(&image),
        other => small_gray(&other.to_rgb8()),
    };
    let mut name = source.file_name().unwrap().to_os_string();
    name.push(".png");
    let target = output.join(name);
    let mut file = BufWriter::new(fs::File::create(&target)?);
    small.write_with_encoder(PngEncoder::new_with_quality(
        &mut file,
        CompressionType::Fast,
        FilterType::Sub,
    ))?;
    io::Write::flush(&mut file)?;
    Ok(target)
}

pub fn improvements(steps: &[Step]) -> String {
    let mut lines =
        vec!["| step | ms | gain | in all |".to_owned(), "| --- | ---: | ---: | ---: |".to_owned()];
    for (number, step) in steps.iter().enumerate() {
        let seconds = step.time.as_secs_f64();
        let times = |before: &Step| {
            if seconds > 0.0 {
                format!("{:.2}", before.time.as_secs_f64() / seconds)
            } else {
                String::from("-")
            }
        };
        let name: String = step
            .name
            .chars()
            .flat_map(|c| if c == '|' { vec!['\\', '|'] } else { vec![c] })
            .collect();
        let (gain, all) = (times(&steps[number.saturating_sub(1)]), times(&steps[0]));
        lines.push(format!("| {name} | {:.2} | {gain} | {all} |", 1000.0 * seconds));
    }
    lines.into_iter().map(|line| line + "\n").collect()
}
