//! Checks of question 5.4: one sum in the memory of several processes.

use std::process::{Child, Command, ExitStatus};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};

use exercise5::{add_values, total_of_processes};
use harness::proptest::prelude::*;
use harness::{
    PATIENCE, ProcessGate, Scratch, checks, expect, expect_eq, fail, needed, pass_gate, program,
    programs, property,
};
use shared::{Shared, Step};

use super::calls::{assert_no_children, returns};

checks! {
    "5.4/sum" => the_sum_is_exact,
    "5.4/every-step" => no_step_lets_another_in,
    "5.4/waiting" => the_lock_is_free_while_a_value_is_awaited,
    "5.4/together" => processes_run_together,
    "5.4/death" => a_dead_process_holds_nobody_up,
    "5.4/failure" => a_failed_process_is_an_error,
}

programs! {
    "5.4/adder" => adder,
}

/// What process A adds, and what B adds meanwhile: to the same items.
const OF_A: [u32; 2] = [3, 14];
const OF_B: [u32; 2] = [13, 24];

/// One process at work: path of the memory, its values, and what is special.
fn adder(arguments: &[&str]) {
    let [path, values, special @ ..] = arguments else { panic!("{arguments:?}") };
    let values = values.split_terminator(',').map(|value| value.parse::<u32>().expect("a value"));
    let memory = match *special {
        // Stands still after its step of this number.
        ["hold", step, gate] => {
            let (step, gate) = (step.parse::<usize>().expect("a number"), gate.to_owned());
            let taken = AtomicUsize::new(0);
            Shared::open_watched(path, move |_| {
                if taken.fetch_add(1, Ordering::SeqCst) + 1 == step {
                    pass_gate(&gate);
                }
            })
        }
        // Tells when it has to wait for the lock.
        ["tell", gate] => {
            let gate = gate.to_owned();
            Shared::open_watched(path, move |step| {
                if step == Step::Blocked {
                    pass_gate(&gate);
                }
            })
        }
        ["meet", gate] => {
            pass_gate(gate);
            Shared::open(path)
        }
        _ => Shared::open(path),
    };
    add_values(&memory.expect("the memory is there"), values).expect("the lock can be taken");
    match *special {
        ["fail"] => std::process::exit(3),
        ["die"] => std::process::abort(),
        _ => {}
    }
}

/// The command of a process that adds `values`.
fn command(memory: &Shared, values: &[u32], special: &[&str]) -> Command {
    let values: Vec<String> = values.iter().map(u32::to_string).collect();
    let mut command = program("5.4/adder");
    command.arg(memory.path()).arg(values.join(",")).args(special);
    command
}

fn start(memory: &Shared, values: &[u32], special: &[&str]) -> Child {
    needed(command(memory, values, special).spawn(), "the kit's own program cannot be started")
}

/// Waits for the end of a process.
#[track_caller]
fn ended(mut child: Child, what: &str) -> ExitStatus {
    let (reply, status) = channel();
    std::thread::spawn(move || reply.send(child.wait()));
    match status.recv_timeout(2 * PATIENCE) {
        Ok(status) => status.expect("a child can be waited for"),
        Err(_) => fail(what),
    }
}

fn memory(scratch: &Scratch) -> Shared {
    needed(Shared::create(scratch.path(), 10), "the test's memory cannot be made")
}

/// What the memory holds: the value, and the items as whole numbers.
fn content(memory: &Shared) -> (i64, Vec<i64>) {
    (memory.value(), memory.items().into_iter().map(|item| item as i64).collect())
}

/// What it holds after these values, by one thread.
fn expected<'a>(values: impl IntoIterator<Item = &'a u32>) -> (i64, Vec<i64>) {
    values.into_iter().fold((0, vec![0; 10]), |(sum, mut items), &value| {
        items[value as usize % 10] += i64::from(value);
        (sum + i64::from(value), items)
    })
}

/// The steps that `add_values` takes for the values of process A, alone.
fn steps_of_a() -> Vec<Step> {
    let scratch = Scratch::new();
    let steps = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&steps);
    drop(memory(&scratch));
    let watched = Shared::open_watched(scratch.path(), move |step| {
        told.lock().unwrap_or_else(PoisonError::into_inner).push(step);
    })
    .expect("the test's memory is there");
    add_values(&watched, OF_A).expect("the lock can be taken");
    let steps = steps.lock().unwrap_or_else(PoisonError::into_inner).clone();
    expect_eq(
        format_args!("value and items after add_values(_, {OF_A:?})"),
        &content(&watched),
        &expected(&OF_A),
    );
    // More cost time and show nothing new.
    steps.into_iter().take(60).collect()
}

/// Process A, standing still after its step of this number (from 1).
#[track_caller]
fn start_held(memory: &Shared, step: usize, gate: &ProcessGate) -> Child {
    let mut a = start(memory, &OF_A, &["hold", &step.to_string(), gate.address()]);
    let held = gate.wait_for_arrivals(1, || !matches!(a.try_wait(), Ok(None)));
    expect(held, format_args!("process A did not come to its step {step}, which it took before."));
    a
}

fn the_sum_is_exact() {
    // Sums that 32 bits do not hold, and items that are not whole in an `f32`.
    let value = prop_oneof![4 => 0..1_000_000_u32, 1 => u32::MAX - 20..=u32::MAX, 1 => 16_777_217..=16_777_227_u32];
    let inputs = prop::collection::vec(prop::collection::vec(value, 0..12), 0..4);
    property(100, inputs, |parts| {
        let scratch = Scratch::new();
        let memory = memory(&scratch);
        for part in &parts {
            let added = add_values(&memory, part.iter().copied()).map_err(|error| error.kind());
            expect_eq(format_args!("add_values(_, {part:?})"), &added, &Ok(()));
        }
        expect_eq(
            format_args!("value and items after add_values of each of {parts:?}"),
            &content(&memory),
            &expected(parts.iter().flatten()),
        );
    });
    let scratch = Scratch::new();
    let shared = Arc::new(memory(&scratch));
    for (processes, after) in [(1, "which adds its values"), (0, "when 17 was there already")] {
        let memory = Arc::clone(&shared);
        let what = format!("total_of_processes(_, {processes}, _), {after},");
        let otherwise = "every process waits for something that never comes. A lock that the parent \
                         has while it waits for its processes is one that they never get";
        let total = returns(&what, otherwise, move || {
            total_of_processes(&memory, processes, |_| command(&memory, &OF_A, &[]))
                .map_err(|error| error.to_string())
        });
        expect_eq(&what, &total, &Ok(17));
        expect_eq(
            format_args!("value and items after {what}"),
            &content(&shared),
            &expected(&OF_A),
        );
    }
    a_lock_that_cannot_be_taken_is_an_error();
    more_items_stay_as_they_are();
}

/// Without the lock nothing may be added.
fn a_lock_that_cannot_be_taken_is_an_error() {
    let scratch = Scratch::new();
    let memory = memory(&scratch);
    needed(std::fs::remove_file(memory.path()), "the test's file cannot be removed");
    let what = "add_values(_, [3, 14]), where the lock cannot be taken since its file is gone,";
    let outcome = add_values(&memory, OF_A).map_err(|error| error.kind());
    expect_eq(what, &outcome, &Err(std::io::ErrorKind::NotFound));
    expect_eq(format_args!("{what}: the value after that"), &memory.value(), &0);
}

fn no_step_lets_another_in() {
    let steps = steps_of_a();
    for (number, last) in (1..).zip(&steps) {
        let scratch = Scratch::new();
        let memory = memory(&scratch);
        let (gate, blocked) = (ProcessGate::new(), ProcessGate::new());
        blocked.open();
        let a = start_held(&memory, number, &gate);
        let place = format!(
            "process A adds {OF_A:?} and stands still after its step {number} of {} ({last:?})",
            steps.len()
        );
        if let Ok(Some(_guard)) = memory.try_lock() {
            let (value, items) = content(&memory);
            expect(
                value == items.iter().sum::<i64>(),
                format_args!(
                    "{place}, and the memory's lock is free, though the value is {value} and the \
                     items are {items:?}: another process sees half of a change. Take the lock \
                     before the first read and keep it until after the last write."
                ),
            );
        }
        let mut b = start(&memory, &OF_B, &["tell", blocked.address()]);
        // B either gets through or has to wait for the lock: both are certain,
        // however slow the machine is.
        blocked.wait_for_arrivals(1, || !matches!(b.try_wait(), Ok(None)));
        gate.open();
        let never = "two processes that add to one memory never ended: each waits for the other";
        let all_went_well = ended(a, never).success() & ended(b, never).success();
        expect(all_went_well, format_args!("{place}. Meanwhile or after that, a process failed."));
        let (got, want) = (content(&memory), expected(OF_A.iter().chain(&OF_B)));
        expect(
            got == want,
            format_args!(
                "{place}. Meanwhile process B adds {OF_B:?}. At the end the value is {} instead of \
                 {}, and the items are {:?} instead of {:?}: an update was lost. Who reads, then \
                 writes what follows from it, needs the lock from before the read until after the write.",
                got.0, want.0, got.1, want.1
            ),
        );
    }
    let scratch = Scratch::new();
    let memory = memory(&scratch);
    let parts: Vec<Vec<u32>> = (0..4).map(|part| (part..part + 400).collect()).collect();
    let processes: Vec<Child> = parts.iter().map(|part| start(&memory, part, &[])).collect();
    for process in processes {
        ended(process, "four processes that add to one memory never ended");
    }
    expect_eq(
        "value and items after four processes have added 400 values each",
        &content(&memory),
        &expected(parts.iter().flatten()),
    );
}

/// Ten items are the least that a memory has.
fn more_items_stay_as_they_are() {
    let scratch = Scratch::new();
    let memory = needed(Shared::create(scratch.path(), 16), "the test's memory cannot be made");
    let added = add_values(&memory, [13, 5, 1_000_015]).map_err(|error| error.kind());
    let (value, items) = content(&memory);
    let mut want = vec![0; 16];
    (want[3], want[5]) = (13, 1_000_020);
    expect_eq(
        "add_values of [13, 5, 1000015] to a memory of 16 items: its value and items",
        &(added, value, items),
        &(Ok(()), 1_000_033, want),
    );
}

fn the_lock_is_free_while_a_value_is_awaited() {
    let scratch = Scratch::new();
    let memory = memory(&scratch);
    let other = needed(Shared::open(scratch.path()), "the test's memory cannot be opened");
    let held = Mutex::new(Vec::new());
    let values = (0..4_u32).inspect(|&value| {
        if other.try_lock().is_ok_and(|guard| guard.is_none()) {
            held.lock().unwrap_or_else(PoisonError::into_inner).push(value);
        }
    });
    let added = add_values(&memory, values).map_err(|error| error.kind());
    let held = held.into_inner().unwrap_or_else(PoisonError::into_inner);
    expect(
        held.is_empty(),
        format_args!(
            "add_values had the lock while it asked for its values {held:?} (counted from 0). A \
             value may be long in coming, and all other processes would wait with it: take the \
             lock when the value is there, and give it back before you ask for the next one."
        ),
    );
    expect_eq("add_values(_, [0, 1, 2, 3])", &added, &Ok(()));
    expect_eq("value and items after that", &content(&memory), &expected(&[0, 1, 2, 3]));
}

fn processes_run_together() {
    const PROCESSES: usize = 19;
    let (scratch, gate) = (Scratch::new(), Arc::new(ProcessGate::new()));
    let memory = memory(&scratch);
    let opener = std::thread::spawn({
        let gate = Arc::clone(&gate);
        move || {
            let met = gate.wait_for_arrivals(PROCESSES, || false);
            let most = gate.arrived();
            gate.open();
            (met, most)
        }
    });
    let what = format!("total_of_processes(_, {PROCESSES}, _)");
    let address = gate.address().to_owned();
    let total = returns(&what, "a process waits for one that is not started yet", move || {
        total_of_processes(&memory, PROCESSES, |_| command(&memory, &OF_A, &["meet", &address]))
            .map_err(|error| error.to_string())
    });
    let (met, most) = opener.join().expect("the gate opens");
    expect(
        met,
        format_args!(
            "{what}: each process waits until all {PROCESSES} have been started, but only {most} \
             were. Start them all before you wait for the first."
        ),
    );
    expect_eq(
        format_args!("{what}, where each process adds {OF_A:?} when all have met,"),
        &total,
        &Ok(17 * PROCESSES as i64),
    );
}

fn a_dead_process_holds_nobody_up() {
    let steps = steps_of_a();
    for (number, last) in (1..).zip(steps.iter().take(6)) {
        let scratch = Scratch::new();
        let memory = memory(&scratch);
        let gate = ProcessGate::new();
        let mut a = start_held(&memory, number, &gate);
        a.kill().expect("a child can be killed");
        ended(a, "a killed process ends");
        let sum_of_items = || content(&memory).1.iter().sum::<i64>();
        let (before, items_before) = (memory.value(), sum_of_items());
        let place = format!("process A was killed after its step {number} ({last:?})");
        let b = start(&memory, &OF_B, &[]);
        let status = ended(
            b,
            &format!(
                "{place}, and process B never got through: it waits for a lock whose holder is \
                 dead. The memory's own lock is freed by the system when a process dies."
            ),
        );
        expect(status.success(), format_args!("{place}, and then process B failed: {status}."));
        let then = format!("{place}. Then B added {OF_B:?}, and so");
        let (value, items) = (memory.value(), sum_of_items());
        expect_eq(format_args!("{then} the items grew by"), &(items - items_before), &37);
        // Or by what A had left half done, where B makes good for that.
        if value != items {
            expect_eq(format_args!("{then} the value grew by"), &(value - before), &37);
        }
    }
}

fn a_failed_process_is_an_error() {
    for (how, special) in [("fails", "fail"), ("is killed", "die"), ("cannot be started", "")] {
        let scratch = Scratch::new();
        let shared = Arc::new(memory(&scratch));
        let what = format!("total_of_processes(_, 3, _), where process 1 {how},");
        let (gate, returned) = (Arc::new(ProcessGate::new()), Arc::new(AtomicBool::new(false)));
        let opener = std::thread::spawn({
            let (gate, returned) = (Arc::clone(&gate), Arc::clone(&returned));
            move || {
                gate.wait_for_arrivals(1, || false);
                // A chance to return too early, while process 2 is still at work;
                // once is enough.
                let mut looks = 0..if special == "fail" { 250 } else { 1 };
                gate.wait_for_arrivals(usize::MAX, || {
                    returned.load(Ordering::SeqCst) || looks.next().is_none()
                });
                if !returned.load(Ordering::SeqCst) {
                    gate.open();
                }
            }
        });
        let (memory, address) = (Arc::clone(&shared), gate.address().to_owned());
        let start = move |number| match (number, special) {
            (1, "") => Command::new("/no/such/program"),
            (1, special) => command(&memory, &[], &[special]),
            (2, _) => command(&memory, &[7], &["meet", &address]),
            _ => command(&memory, &[], &[]),
        };
        let memory = Arc::clone(&shared);
        let total = returns(&what, "it waits for a process that has ended", move || {
            let total = total_of_processes(&memory, 3, start).map_err(|error| error.to_string());
            returned.store(true, Ordering::SeqCst);
            total
        });
        opener.join().expect("the gate opens");
        assert_no_children(&format!("when {what} had returned"));
        match total {
            Ok(total) => fail(format!("{what} returned {total}: a part of the sum is missing.")),
            Err(error) => expect(
                error.contains("process 1"),
                format_args!("{what} must name `process 1` in its error, which was: {error}"),
            ),
        }
        expect_eq(
            format_args!("{what} and process 2 adds 7: the value after that"),
            &shared.value(),
            &7,
        );
    }
    the_first_failure_is_named();
}

/// Of two failures the one of the process with the smaller number is told,
/// however the two fail.
fn the_first_failure_is_named() {
    for (first, second) in [("fail", "die"), ("die", ""), ("", "fail"), ("", "")] {
        let scratch = Scratch::new();
        let shared = memory(&scratch);
        let command = |number| match [first, second][usize::from(number > 1)] {
            _ if number == 0 => command(&shared, &[], &[]),
            "" => Command::new("/no/such/program"),
            special => command(&shared, &[], &[special]),
        };
        let how = |special| match special {
            "" => "cannot be started",
            "fail" => "fails",
            _ => "is killed",
        };
        let what = format!(
            "total_of_processes(_, 3, _), where process 1 {} and process 2 {},",
            how(first),
            how(second)
        );
        let error = total_of_processes(&shared, 3, command).map_err(|error| error.to_string());
        assert_no_children(&format!("when {what} had returned"));
        expect(
            error
                .as_ref()
                .is_err_and(|error| error.contains("process 1") && !error.contains("process 2")),
            format_args!("{what} must name the first of the two, `process 1`, but gave {error:?}."),
        );
    }
}
