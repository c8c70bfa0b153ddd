//! Measures triples in windows, with criterion as the harness.

use std::time::{Duration, Instant};

use course::catalog::SpeedThreshold;
use course::evidence::{Arm, EVIDENCE_VERSION, SpeedEvidence, Stop, Triple, Window};
use course::judge::{LEAST_TRIPLES, MAX_WINDOWS, WINDOW_TRIPLES, accepted, judge_speed};
use course::measure::{CallRequest, TimedProgram};
use course::verdict::{Reason, Verdict};
use criterion::{Criterion, SamplingMode};
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::client::Client;
use crate::machine::Lost;
use crate::workload::{Prepare, Workload};

/// Tries after which a window is given up.
const WINDOW_TRIES: usize = 108;

/// Time after which a window ends before its last triple, if it has enough
/// triples to count, or if most of them were not accepted.
const WINDOW_TIME: Duration = Duration::from_millis(1550);

/// Time after which no further triple is measured.
const BUDGET: Duration = Duration::from_secs(20);

/// Accepted triples up to which a window counts as starved.
const STARVED: usize = 3;

/// A call that takes this many times the sequential version's time is
/// hopeless; after [`HOPELESS_CALLS`] in a row nothing more is measured.
const HOPELESS: u64 = 25;

/// See [`HOPELESS`]; the machine can freeze one call, not three.
const HOPELESS_CALLS: usize = 3;

/// What a measurement is told beside its workload.
#[derive(Debug, Clone)]
pub struct MeasureSettings {
    /// Content hash of the kit, for the record.
    pub kit: String,
    /// Where all seeds come from.
    pub salt: u64,
    /// What is asked.
    pub threshold: SpeedThreshold,
    /// The program with the submission's timed calls.
    pub submission: TimedProgram,
    /// The one with the reference solution's, where there is one.
    pub reference: Option<TimedProgram>,
}

/// Measures one workload against the submission, until the judgement is a pass
/// or all windows are there.
///
/// criterion runs the samples; each sample is one accepted triple, and what
/// criterion is told is the submission's time over the sequential time, as if
/// that part of a second had passed.
///
/// # Errors
/// When the reference cannot be timed: then nothing can be said of the submission.
pub fn measure(
    workload: &Workload,
    settings: &MeasureSettings,
    criterion: &mut Criterion,
) -> Result<SpeedEvidence, String> {
    let threads = workload.means.threads();
    let mut evidence = SpeedEvidence {
        evidence_version: EVIDENCE_VERSION,
        check: format!("{}/speed", workload.question),
        kit: settings.kit.clone(),
        salt: settings.salt,
        gain: workload.means.gain(),
        threads: u32::try_from(threads).unwrap_or(u32::MAX),
        threshold: settings.threshold,
        expected_speedup: workload.means.expected_speedup(),
        reference: match settings.reference {
            Some(_) => "reference solution".to_owned(),
            None => "kit kernel".to_owned(),
        },
        windows: Vec::new(),
        stopped: None,
    };
    if judge_speed(&evidence).verdict == Verdict::NotMeasurable {
        return Ok(evidence);
    }
    let reference = match &settings.reference {
        Some(program) => {
            let client = Client::start(program, threads);
            Some(client.map_err(|stop| format!("the reference: {}", stop.message))?)
        }
        None => None,
    };
    match Client::start(&settings.submission, threads) {
        Err(stop) => evidence.stopped = Some(stop),
        Ok(submission) => {
            let mut session = Session {
                workload,
                submission,
                reference,
                fault: None,
                threads,
                generator: ChaCha8Rng::seed_from_u64(settings.salt),
                start: Instant::now(),
                window_start: Instant::now(),
                slow_calls: 0,
                evidence: &mut evidence,
            };
            session.run(criterion);
            if let Some(fault) = session.fault {
                return Err(fault);
            }
        }
    }
    Ok(evidence)
}

struct Session<'a> {
    workload: &'a Workload,
    submission: Client,
    /// The reference solution's process; without one the kit's kernel is timed here.
    reference: Option<Client>,
    /// What is wrong with the reference, if anything.
    fault: Option<String>,
    threads: usize,
    generator: ChaCha8Rng,
    start: Instant,
    window_start: Instant,
    slow_calls: usize,
    evidence: &'a mut SpeedEvidence,
}

impl Session<'_> {
    fn run(&mut self, criterion: &mut Criterion) {
        // A first call that does not count: page faults, lazily made pools.
        if let Err(stop) = self.triple() {
            self.evidence.stopped = Some(stop);
            return;
        }
        self.start = Instant::now();
        let mut group = criterion
            .benchmark_group(format!("{} {}", self.workload.question, self.workload.about));
        // A sample is one triple, however many iterations criterion plans. That it plans
        // many, since its warm-up does nothing, and draws more than a thousand resamples,
        // keeps it from warning the student of settings that are the kit's.
        group
            .sampling_mode(SamplingMode::Flat)
            .sample_size(WINDOW_TRIPLES)
            .warm_up_time(Duration::from_nanos(1))
            .measurement_time(Duration::from_millis(10))
            .nresamples(1001);
        for number in 1..=MAX_WINDOWS {
            let lost = Lost::now();
            let begin = Instant::now();
            self.window_start = begin;
            self.evidence.windows.push(Window {
                start_ms: milliseconds(begin - self.start),
                length_ms: 0,
                stolen_ms: 0,
                throttled: 0,
                triples: Vec::new(),
            });
            // The triple of a warm-up counts too, but criterion need not wait for it.
            self.sample();
            let mut warm = false;
            group.bench_function(format!("window {number}"), |bencher| {
                bencher.iter_custom(|iterations| {
                    if !std::mem::replace(&mut warm, true) {
                        return Duration::ZERO;
                    }
                    self.sample() * u32::try_from(iterations).unwrap_or(u32::MAX)
                });
            });
            let lost = Lost::now().since(lost);
            if let Some(window) = self.evidence.windows.last_mut() {
                window.length_ms = milliseconds(begin.elapsed());
                window.stolen_ms = milliseconds(lost.stolen);
                window.throttled = lost.throttled;
            }
            let decided = judge_speed(self.evidence).verdict == Verdict::Pass;
            let over = self.evidence.stopped.is_some() || self.start.elapsed() > BUDGET;
            if decided || over || self.machine_is_lost() {
                break;
            }
            if number < MAX_WINDOWS {
                let pause = Duration::from_millis(self.generator.random_range(200..=400));
                std::thread::sleep(pause);
            }
        }
        group.finish();
    }

    /// Measures until a triple is accepted, and tells criterion its ratio.
    fn sample(&mut self) -> Duration {
        let placeholder = Duration::from_secs(1);
        while self.evidence.stopped.is_none() && !self.window_is_over() {
            match self.triple() {
                Err(stop) => self.evidence.stopped = Some(stop),
                Ok(triple) => {
                    self.evidence.stopped = self.hopeless(triple);
                    let Some(window) = self.evidence.windows.last_mut() else { break };
                    window.triples.push(triple);
                    let Some(window) = self.evidence.windows.last() else { break };
                    if accepted(self.evidence, window).contains(&&triple) {
                        return ratio(triple);
                    }
                }
            }
        }
        placeholder
    }

    fn window_is_over(&self) -> bool {
        let Some(window) = self.evidence.windows.last() else { return true };
        let tried = window.triples.len();
        if tried >= WINDOW_TRIES || self.start.elapsed() > BUDGET {
            return true;
        }
        let accepted = accepted(self.evidence, window).len();
        let time_is_up = self.window_start.elapsed() > WINDOW_TIME;
        time_is_up && (accepted >= LEAST_TRIPLES || accepted * 2 < tried)
    }

    /// Whether the last two windows gave next to nothing: then the cores are
    /// not to be had now, and a later attempt is worth more than two more
    /// windows of this one.
    fn machine_is_lost(&self) -> bool {
        let starved = |window: &Window| accepted(self.evidence, window).len() <= STARVED;
        matches!(self.evidence.windows.as_slice(), [.., a, b] if starved(a) && starved(b))
    }

    /// Gives up on a submission that is slower by far in every call.
    fn hopeless(&mut self, triple: Triple) -> Option<Stop> {
        let is_slow = triple.submission_ns > HOPELESS * triple.sequential_ns;
        self.slow_calls = if is_slow { self.slow_calls + 1 } else { 0 };
        (self.slow_calls >= HOPELESS_CALLS).then(|| Stop {
            reason: Reason::TooSlow,
            message: format!(
                "too slow: {HOPELESS_CALLS} calls in a row took more than {HOPELESS} times as long as the \
                 sequential version, the last one {} ms against {} ms. Handing the work out costs far more than doing it.",
                triple.submission_ns / 1_000_000,
                triple.sequential_ns / 1_000_000
            ),
        })
    }

    /// One fresh input in all three arms, in random order, outputs compared.
    fn triple(&mut self) -> Result<Triple, Stop> {
        let seed = self.generator.random();
        let size = self.generator.random_range(self.workload.sizes.clone());
        let mut order = [Arm::Sequential, Arm::Submission, Arm::Reference];
        order.shuffle(&mut self.generator);
        let mut triple = Triple {
            seed,
            size,
            order,
            sequential_ns: 0,
            submission_ns: 0,
            reference_ns: 0,
            after_ns: 0,
            workers: 0,
        };
        let request = CallRequest {
            question: self.workload.question.to_owned(),
            seed,
            size,
            threads: self.threads,
        };
        let (mut expected, mut reference, mut got) = (Vec::new(), Vec::new(), Vec::new());
        for arm in order {
            match arm {
                Arm::Sequential => {
                    (triple.sequential_ns, expected) = self.time(self.workload.sequential, &triple);
                }
                Arm::Reference => {
                    (triple.reference_ns, reference) = self.time_reference(&request, &triple)?;
                }
                Arm::Submission => {
                    let timed = self.submission.call(&request)?;
                    triple.submission_ns = nanoseconds(timed.elapsed);
                    triple.after_ns = nanoseconds(timed.after);
                    triple.workers = timed.workers;
                    got = timed.output;
                }
            }
        }
        let agrees = self.workload.agrees;
        assert!(agrees(&expected, &reference), "the kit's own two versions differ for seed {seed}");
        if !agrees(&expected, &got) {
            let message = (self.workload.difference)(&expected, &got);
            return Err(Stop { reason: Reason::WrongOutput, message });
        }
        Ok(triple)
    }

    fn time_reference(
        &mut self,
        request: &CallRequest,
        triple: &Triple,
    ) -> Result<(u64, Vec<u64>), Stop> {
        let Some(reference) = &mut self.reference else {
            return Ok(self.time(self.workload.kernel, triple));
        };
        match reference.call(request) {
            Ok(timed) => Ok((nanoseconds(timed.elapsed), timed.output)),
            Err(stop) => {
                self.fault.get_or_insert(format!("the reference: {}", stop.message));
                Err(Stop { reason: Reason::CheckerFault, message: stop.message })
            }
        }
    }

    fn time(&self, prepare: Prepare, triple: &Triple) -> (u64, Vec<u64>) {
        let call = prepare(triple.seed, triple.size, self.threads);
        let start = Instant::now();
        let output = call();
        (nanoseconds(start.elapsed()), output)
    }
}

fn ratio(triple: Triple) -> Duration {
    #[expect(clippy::cast_precision_loss, reason = "a ratio for criterion's plots")]
    let ratio = triple.submission_ns as f64 / triple.sequential_ns.max(1) as f64;
    Duration::from_secs_f64(ratio)
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

fn milliseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
