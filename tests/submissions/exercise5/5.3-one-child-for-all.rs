//! Has a single child do all tasks, however many workers are asked for.

pub fn process_map<P>(
    program: P,
    workers: usize,
    tasks: Vec<Vec<u8>>,
) -> impl Iterator<Item = io::Result<Vec<u8>>>
where
    P: Fn() -> Command + Send + Sync + 'static,
{
    solution_process_map(program, workers.min(1), tasks)
}
