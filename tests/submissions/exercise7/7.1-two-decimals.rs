//! Writes times with two decimals.

#[must_use]
pub fn table(summaries: &[Summary]) -> String {
    let mut text = String::from(
        "| data size | chunk size | workers | median ms | fastest ms | slowest ms | best |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | :---: |\n",
    );
    for Summary { configuration, median, fastest, slowest } in summaries {
        let Configuration { data_size, chunk_size, workers } = configuration;
        let [median, fastest, slowest] = [median, fastest, slowest].map(milliseconds);
        let is_best = best_configuration(summaries, *data_size) == Some(*configuration);
        let mark = if is_best { "*" } else { "" };
        let _ = writeln!(
            text,
            "| {data_size} | {chunk_size} | {workers} | {median:.2} | {fastest:.2} | {slowest:.2} | {mark} |"
        );
    }
    text
}
