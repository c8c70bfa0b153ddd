//! Checks of question 5.3: a pool of child processes.

mod frames;
mod worker;

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use exercise5::process_map;
use harness::proptest::prelude::*;
use harness::{ProcessGate, Scratch, checks, expect, expect_eq, program, programs, property};

use self::worker::{Failure, LAST, WHO, failing, pass, reverse};
use super::calls::{assert_no_children, returns};

checks! {
    "5.3/frames" => frames::any_bytes_survive,
    "5.3/cut-off" => frames::an_end_in_a_frame_is_an_error,
    "5.3/too-long" => frames::a_length_is_looked_at_first,
    "5.3/order" => every_answer_in_its_place,
    "5.3/edges" => nothing_to_do_and_nobody_to_do_it,
    "5.3/together" => children_work_together,
    "5.3/large" => large_messages_pass,
    "5.3/redo" => a_failed_task_is_done_again_once,
    "5.3/drop" => nothing_is_left_behind,
}

programs! {
    "5.3/worker" => worker::work,
    "5.3/echo" => worker::echo,
    "5.3/close" => worker::close,
    "5.3/stare" => worker::stare,
}

type Answers = Vec<Result<Vec<u8>, ErrorKind>>;

/// Runs the tasks on the kit's worker and collects all answers.
#[track_caller]
fn run(what: &str, workers: usize, tasks: Vec<Vec<u8>>) -> Answers {
    let otherwise = "somebody waits for a child that has ended, or that has not been told to end";
    returns(what, otherwise, move || {
        process_map(|| program("5.3/worker"), workers, tasks)
            .map(|answer| answer.map_err(|error| error.kind()))
            .collect()
    })
}

fn every_answer_in_its_place() {
    let (slow, after) = (Arc::new(ProcessGate::new()), Arc::new(ProcessGate::new()));
    let tasks = vec![pass(&slow), reverse(b"abc"), pass(&after)];
    let gates = (Arc::clone(&slow), Arc::clone(&after));
    // Task 0 goes on when task 2 has begun: so task 1 was answered before it.
    let opener = std::thread::spawn(move || {
        gates.1.wait_for_arrivals(1, || false);
        gates.0.open();
        gates.1.open();
    });
    let answers = run("process_map of 3 tasks with 2 workers", 2, tasks);
    opener.join().expect("the gates open");
    expect_eq(
        "answer 1 of process_map, 2 workers, with a task 0 that is answered after task 1,",
        &answers.get(1),
        &Some(&Ok(b"cba".to_vec())),
    );
    let bytes = prop::collection::vec(any::<u8>(), 0..30);
    let inputs = (prop::collection::vec(bytes, 0..10), 1..=4_usize);
    property(8, inputs, |(texts, workers)| {
        let want: Answers =
            texts.iter().map(|text| Ok(text.iter().rev().copied().collect())).collect();
        let tasks: Vec<_> = texts.iter().map(|text| reverse(text)).collect();
        let what = format!("process_map(reverse, {workers}, {texts:?})");
        expect_eq(&what, &run(&what, workers, tasks), &want);
    });
    let numbers: Vec<Vec<u8>> = (0..300_u16).map(|n| n.to_be_bytes().to_vec()).collect();
    let tasks: Vec<_> = numbers.iter().map(|number| reverse(number)).collect();
    let want: Answers = (0..300_u16).map(|n| Ok(n.to_le_bytes().to_vec())).collect();
    let what = "process_map of 300 tasks with 2 workers";
    expect_eq(what, &run(what, 2, tasks), &want);
}

fn nothing_to_do_and_nobody_to_do_it() {
    let started = Arc::new(AtomicUsize::new(0));
    for (workers, tasks) in [(3, 0), (8, 2)] {
        let what = format!("process_map of {tasks} tasks with {workers} workers");
        let (count, before) = (Arc::clone(&started), started.load(Ordering::SeqCst));
        let answers = returns(&what, "there is nothing to wait for", move || {
            let command = move || {
                count.fetch_add(1, Ordering::SeqCst);
                program("5.3/worker")
            };
            process_map(command, workers, vec![reverse(b"ab"); tasks])
                .map(|answer| answer.map_err(|error| error.kind()))
                .collect::<Answers>()
        });
        expect_eq(&what, &answers, &vec![Ok(b"ba".to_vec()); tasks]);
        let children = started.load(Ordering::SeqCst) - before;
        expect(children <= tasks, format_args!("{what} started {children} children."));
    }
    let what = "process_map of 3 tasks and a program that is not there";
    let answers = returns(what, "a child that never started never answers", || {
        process_map(|| Command::new("/no/such/program"), 2, vec![Vec::new(); 3])
            .map(|answer| answer.map_err(|error| error.kind()))
            .collect::<Answers>()
    });
    expect_eq(what, &answers, &vec![Err(ErrorKind::NotFound); 3]);
    for tasks in [1, 0] {
        let what = format!("process_map of {tasks} tasks with 0 workers");
        let nobody = returns(&what, "nobody works", move || {
            let tasks = vec![reverse(b"ab"); tasks];
            let call = move || process_map(|| program("5.3/worker"), 0, tasks).next();
            catch_unwind(AssertUnwindSafe(call)).is_err()
        });
        expect(nobody, format_args!("{what} returned: without a worker it must panic."));
    }
}

/// The process numbers among the answers.
fn numbers(answers: &Answers) -> BTreeSet<String> {
    answers.iter().flatten().map(|answer| String::from_utf8_lossy(answer).into_owned()).collect()
}

/// As many children as workers, each of which waits for all others.
fn children_meet(count: usize) {
    let gate = Arc::new(ProcessGate::new());
    let opener = std::thread::spawn({
        let gate = Arc::clone(&gate);
        move || {
            let met = gate.wait_for_arrivals(count, || false);
            let most = gate.arrived();
            gate.open();
            (met, most)
        }
    });
    let call = format!("process_map of {count} tasks with {count} workers");
    let answers = run(&call, count, vec![pass(&gate); count]);
    let (met, most) = opener.join().expect("the gate opens");
    expect(
        met,
        format_args!(
            "{call}: each task waits until all {count} are begun, but only {most} were. Give every \
             child a task before you wait for an answer."
        ),
    );
    let met = numbers(&answers);
    expect(
        met.len() == count && !met.contains(&std::process::id().to_string()),
        format_args!(
            "{count} tasks at a time need {count} processes, but their answers name {met:?}."
        ),
    );
}

fn children_work_together() {
    [3, 19].into_iter().for_each(children_meet);
    children_go_on_when_nobody_asks();
    let who = numbers(&run("process_map of 30 tasks with 3 workers", 3, vec![WHO.to_vec(); 30]));
    expect(
        who.len() <= 3,
        format_args!(
            "process_map did 30 tasks with {} processes, though it was given 3 workers: start 3 \
             children once, and let each do many tasks.",
            who.len()
        ),
    );
}

fn children_go_on_when_nobody_asks() {
    let gate = Arc::new(ProcessGate::new());
    let tasks = [vec![reverse(b"ab"); 40], vec![pass(&gate)]].concat();
    let what = "process_map of 41 tasks with 1 worker";
    let otherwise = "somebody waits for a child that has ended, or that has not been told to end";
    let arrived = returns(what, otherwise, {
        let gate = Arc::clone(&gate);
        move || {
            let mut answers = process_map(|| program("5.3/worker"), 1, tasks);
            answers.next();
            let arrived = gate.wait_for_arrivals(1, || false);
            gate.open();
            answers.for_each(drop);
            arrived
        }
    });
    expect(
        arrived,
        format_args!(
            "{what}, of whose answers one was asked for: the child never came to the last task. \
             Answers wait in memory, so that no child waits for somebody to ask."
        ),
    );
}

fn large_messages_pass() {
    const LENGTH: usize = 4 << 20;
    let task: Vec<u8> = (0..LENGTH).map(|at| (at >> 3) as u8).collect();
    let given = vec![task.clone(); 3];
    let otherwise = "the child answers while it reads. Its pipe to you is full (64 KiB), so it stops \
                     reading; then your pipe to it is full, and if you only write, both wait for ever. \
                     Read while you write, and read the answer to its end";
    let answers = returns("process_map of tasks of 4 MiB", otherwise, move || {
        process_map(|| program("5.3/echo"), 2, given)
            .map(|answer| answer.map_err(|error| error.kind()))
            .collect::<Answers>()
    });
    for (number, answer) in answers.iter().enumerate() {
        expect(
            answer.as_ref() == Ok(&task),
            format_args!(
                "task {number}, 4 MiB that the child writes back as they are: the answer was {}.",
                match answer {
                    Ok(bytes) => format!("another one, of {} bytes", bytes.len()),
                    Err(error) => format!("the error {error:?}"),
                }
            ),
        );
    }
    expect_eq("the number of answers to 3 tasks of 4 MiB", &answers.len(), &3);
}

fn a_failed_task_is_done_again_once() {
    let done = || Ok(b"done".to_vec());
    for failure in [Failure::Dies, Failure::Babbles, Failure::Breaks, Failure::Leaves] {
        for times in [1, 4] {
            let scratch = Scratch::new();
            let tasks = vec![
                reverse(b"ab"),
                failing(failure, times, scratch.path()),
                reverse(b"cd"),
                reverse(b"ef"),
            ];
            let what = format!(
                "process_map of 4 tasks with 1 worker, where the child {} {times} times at task 1",
                match failure {
                    Failure::Dies => "is killed",
                    Failure::Babbles => "writes no frame",
                    Failure::Breaks => "ends in the middle of its answer",
                    Failure::Leaves => "ends without an answer",
                }
            );
            let mut answers = run(&what, 1, tasks);
            expect_eq(format_args!("{what}: the number of answers"), &answers.len(), &4);
            let log = std::fs::read_to_string(scratch.path()).unwrap_or_default();
            let attempts: Vec<&str> = log.lines().collect();
            expect(
                attempts.len() == 2 && attempts[0] != attempts[1],
                format_args!(
                    "{what}: children {attempts:?} were given this task. It is to be given once \
                     more, to a new child, and not again after that."
                ),
            );
            let failed = answers.remove(1);
            if times == 1 {
                expect_eq(format_args!("{what}: answer 1"), &failed, &done());
            } else {
                expect(
                    failed.is_err(),
                    format_args!("{what}: answer 1 was {failed:?}, and must be an error."),
                );
            }
            let others = [&b"ba"[..], b"dc", b"fe"].map(|bytes| Ok(bytes.to_vec()));
            expect_eq(
                format_args!("{what}: the answers to the other tasks"),
                &answers[..],
                &others,
            );
        }
    }
    // Larger than a pipe: the rest of the task cannot have been written.
    let what = "process_map of a task of 1 MiB, whose child reads 8 bytes, closes its input, and then \
                answers";
    let started = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&started);
    let answers = returns(what, "somebody waits for a child that reads no more", move || {
        let command = move || {
            count.fetch_add(1, Ordering::SeqCst);
            program("5.3/close")
        };
        process_map(command, 1, vec![vec![7; 1 << 20]])
            .map(|answer| answer.map_err(|error| error.kind()))
            .collect::<Answers>()
    });
    expect(
        matches!(answers[..], [Err(_)]),
        format_args!(
            "{what}: got {answers:?}. It answers a task that it has not read, so it has failed: look \
             at whether the task could be written."
        ),
    );
    expect_eq(format_args!("{what}: the children started"), &started.load(Ordering::SeqCst), &2);
    let what = "process_map of a task of 1 MiB, whose child reads 8 bytes, writes no frame, and then \
                neither reads nor ends";
    let answers = returns(what, "a child that reads no more must be killed", || {
        process_map(|| program("5.3/stare"), 1, vec![vec![7; 1 << 20]])
            .map(|answer| answer.map_err(|error| error.kind()))
            .collect::<Answers>()
    });
    expect(
        matches!(answers[..], [Err(_)]),
        format_args!("{what}: got {answers:?}, though no child has given an answer."),
    );
    let what = "process_map of 3 tasks with 1 worker, where the child dies after answer 0";
    let answers = run(what, 1, vec![LAST.to_vec(), reverse(b"ab"), reverse(b"cd")]);
    expect_eq(
        format_args!("{what}: the other answers"),
        answers.get(1..).unwrap_or_default(),
        &[Ok(b"ba".to_vec()), Ok(b"dc".to_vec())],
    );
}

fn nothing_is_left_behind() {
    run("process_map of 5 tasks with 3 workers", 3, vec![WHO.to_vec(); 5]);
    assert_no_children("when process_map had given all its answers and was dropped");
    for failure in [Failure::Dies, Failure::Babbles, Failure::Leaves] {
        let scratch = Scratch::new();
        let tasks = vec![WHO.to_vec(), failing(failure, 4, scratch.path()), WHO.to_vec()];
        run("process_map of 3 tasks, of which one fails", 2, tasks);
        assert_no_children("when process_map had answered, one task with an error");
    }
    for asked in [0, 1] {
        let gate = Arc::new(ProcessGate::new());
        let tasks = vec![reverse(b"ab"), pass(&gate), pass(&gate), pass(&gate)];
        let otherwise = "a child is still at work on a task, and nobody will ever ask for its \
                         answer: kill the children when the iterator is dropped";
        let what = format!("asking process_map for {asked} answers and dropping it");
        returns(&what, otherwise, {
            let gate = Arc::clone(&gate);
            move || {
                let mut answers = process_map(|| program("5.3/worker"), 2, tasks);
                for _ in 0..asked {
                    let first = answers.next().map(|answer| answer.map_err(|error| error.kind()));
                    expect_eq("the first answer", &first, &Some(Ok(b"ba".to_vec())));
                }
                // A chance for both children to be at work on tasks that nobody
                // ends; a pool may also start only when it is asked.
                let mut looks = 0..100;
                gate.wait_for_arrivals(2, || looks.next().is_none());
                drop(answers);
            }
        });
        assert_no_children(&format!("when process_map was dropped after {asked} of 4 answers"));
    }
}
