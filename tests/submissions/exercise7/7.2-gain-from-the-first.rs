//! Gives the gain over the first step twice.

#[must_use]
pub fn improvements(steps: &[Step]) -> String {
    let mut table = String::from("| step | ms | gain | in all |\n| --- | ---: | ---: | ---: |\n");
    let factor = |from: Duration, to: Duration| {
        if to.is_zero() { "-".to_owned() } else { format!("{:.2}", from.div_duration_f64(to)) }
    };
    let before = steps.first().into_iter().chain(steps);
    for (step, _) in steps.iter().zip(before) {
        let before = &steps[0];
        let (name, ms) = (step.name.replace('|', "\\|"), step.time.as_secs_f64() * 1000.0);
        let (gain, all) = (factor(before.time, step.time), factor(steps[0].time, step.time));
        // Writing to a string cannot fail.
        let _ = writeln!(table, "| {name} | {ms:.2} | {gain} | {all} |");
    }
    table
}
