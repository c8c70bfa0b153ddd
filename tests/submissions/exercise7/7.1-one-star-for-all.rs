//! Stars the fastest configuration of the whole table only.

#[must_use]
pub fn table(summaries: &[Summary]) -> String {
    let mut text = String::from(
        "| data size | chunk size | workers | median ms | fastest ms | slowest ms | best |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | :---: |\n",
    );
    for Summary { configuration, median, fastest, slowest } in summaries {
        let Configuration { data_size, chunk_size, workers } = configuration;
        let [median, fastest, slowest] = [median, fastest, slowest].map(milliseconds);
        let best = summaries.iter().min_by_key(|summary| summary.median);
        let is_best = best.map(|best| best.configuration) == Some(*configuration);
        let mark = if is_best { "*" } else { "" };
        let _ = writeln!(
            text,
            "| {data_size} | {chunk_size} | {workers} | {median:.3} | {fastest:.3} | {slowest:.3} | {mark} |"
        );
    }
    text
}
