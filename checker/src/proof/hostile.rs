//! Grades hostile submissions: what they try fails and earns nothing, and without the
//! layer that stops it, it succeeds.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use course::catalog::{Kind, Question};
use course::points::Points;
use course::verdict::{Reason, Verdict};
use kit::Kit;
use sandbox::Layer;
use serde::Deserialize;

use super::known::solution;
use super::{Findings, grade_exercise};
use crate::grade::Grading;
use crate::grade::event::Event;
use crate::intake::StudentFiles;
use crate::record::CheckRecord;
use crate::settings::Settings;
use crate::workspace::isolation::Isolation;
use crate::workspace::{Cargo, Place, Stage};

/// What a stopped attack says where it was not stopped.
const THROUGH: &str = "GOT THROUGH: ";

/// `tests/hostile.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    /// Wrong code that goes after points, or after the machine's time and memory.
    caught: Vec<Caught>,
    /// Right code that tries something beside its task.
    stopped: Vec<Stopped>,
}

impl Table {
    fn read(kit: &Kit) -> Result<Self> {
        let path = kit.root.join("tests/hostile.toml");
        let text = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        toml::from_str(&text).with_context(|| path.display().to_string())
    }
}

/// Code that must earn nothing.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Caught {
    name: String,
    /// What it tries, in words.
    #[expect(dead_code, reason = "for the reader of the table")]
    tries: String,
    /// Statements at the beginning of each public function.
    code: String,
    /// Further items of the file.
    #[serde(default)]
    items: String,
    /// Why each check fails.
    reasons: Vec<Reason>,
    /// Layers without which it is right code that passes.
    #[serde(default)]
    layers: BTreeSet<Layer>,
}

impl Caught {
    /// Whether its code is complete as it stands, and no layer has to stop it.
    fn needs_no_bait(&self) -> bool {
        self.layers.is_empty() && [&self.code, &self.items].iter().all(|text| !text.contains("{{"))
    }
}

/// An attack whose failure nobody notices.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stopped {
    name: String,
    /// What it tries, in words.
    #[expect(dead_code, reason = "for the reader of the table")]
    tries: String,
    /// The question whose rights it has.
    question: String,
    /// An expression: whether it got through.
    code: String,
    /// The layers that stop it: without them it gets through. Where there is none,
    /// no layer is needed.
    layers: BTreeSet<Layer>,
}

/// How many were stopped, of how many, and how many were seen to get through.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Counts {
    pub all: usize,
    pub stopped: usize,
    pub through: usize,
}

/// What attacks are aimed at.
struct Bait {
    folder: PathBuf,
    words: Vec<(&'static str, String)>,
    before: BTreeMap<PathBuf, Vec<u8>>,
    _servers: (TcpListener, UnixListener, UnixListener),
}

impl Bait {
    fn lay(grading: &Grading<'_>, stage: &Stage, settings: &Settings) -> Result<Self> {
        let folder = grading.work.join("bait");
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder)?;
        for (name, text) in [("solution.rs", "pub const STOLEN: u8 = 1;\n"), ("other.rs", "//\n")] {
            std::fs::write(folder.join(name), text)?;
        }
        let tcp = TcpListener::bind(("127.0.0.1", 0))?;
        // A short path: that of a socket has 108 bytes.
        let socket =
            tempfile::Builder::new().prefix("kit").make(|path| UnixListener::bind(path))?;
        let (unix, socket) = socket.keep()?;
        let name = format!("course-kit-{}", std::process::id());
        let abstract_name = UnixListener::bind_addr(&SocketAddr::from_abstract_name(&name)?)?;
        let home = settings.cargo_home.parent().unwrap_or(Path::new("/"));
        let text = |path: &Path| path.display().to_string();
        let words = vec![
            ("{{BAIT}}", text(&folder)),
            ("{{KIT}}", text(&grading.kit.root)),
            ("{{HOME}}", text(home)),
            ("{{STAGE}}", text(&stage.root)),
            ("{{TARGET}}", text(&stage.target)),
            ("{{WORK}}", text(grading.work)),
            ("{{CARGO_HOME}}", text(&settings.cargo_home)),
            ("{{PORT}}", tcp.local_addr()?.port().to_string()),
            ("{{SOCKET}}", text(&socket)),
            ("{{ABSTRACT}}", name),
            ("{{PID}}", std::process::id().to_string()),
        ];
        let before = contents(&folder)?;
        Ok(Self { folder, words, before, _servers: (tcp, unix, abstract_name) })
    }

    fn fill(&self, code: &str) -> String {
        self.words.iter().fold(code.to_owned(), |code, (word, value)| code.replace(word, value))
    }

    fn is_untouched(&self) -> bool {
        contents(&self.folder).is_ok_and(|now| now == self.before)
    }
}

impl Drop for Bait {
    fn drop(&mut self) {
        let socket = self.words.iter().find(|(word, _)| *word == "{{SOCKET}}");
        if let Some((_, path)) = socket {
            let _ = std::fs::remove_file(path);
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn contents(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let paths = kit::files::list(folder)?.into_iter();
    paths.map(|path| Ok((path.clone(), std::fs::read(&path)?))).collect()
}

/// Grades the hostile submissions of the chosen questions.
pub(super) fn verify(
    settings: &Settings,
    grading: &Grading<'_>,
    stage: &mut Stage,
    findings: &Findings,
) -> Result<Counts> {
    let table = Table::read(grading.kit)?;
    let grading = Grading { timed: None, ..*grading };
    let bait = Bait::lay(&grading, stage, settings)?;
    let corpus = Corpus { settings, grading, bait: &bait, findings };
    let mut counts = Counts::default();
    for place in &mut stage.places(grading.kit) {
        let questions = grading.selection.of(place.exercise);
        if questions.is_empty() {
            continue;
        }
        // With fewer questions there would be a build for each of them.
        let is_whole = questions.len() == place.exercise.questions.len();
        if place.exercise.id == "exercise1" && is_whole {
            corpus.grade_caught(place, &questions, &table.caught, &mut counts)?;
        }
        for question in &questions {
            let attacks = table.stopped.iter().filter(|attack| attack.question == question.id);
            let attacks: Vec<&Stopped> = attacks.collect();
            if !attacks.is_empty() {
                corpus.grade_stopped(place, question, &attacks, &mut counts)?;
            }
        }
    }
    if !bait.is_untouched() {
        findings.wrong("hostile: the bait beside the stage is not as it was");
    }
    Ok(counts)
}

struct Corpus<'a> {
    settings: &'a Settings,
    grading: Grading<'a>,
    bait: &'a Bait,
    findings: &'a Findings,
}

impl Corpus<'_> {
    /// One of them in each question at a time: a build serves them all.
    fn grade_caught(
        &self,
        place: &mut Place<'_>,
        questions: &[&Question],
        all: &[Caught],
        counts: &mut Counts,
    ) -> Result<()> {
        for round in all.chunks(questions.len()) {
            let names: Vec<&str> = round.iter().map(|attack| attack.name.as_str()).collect();
            let told = format!("hostile: {}", names.join(", "));
            self.grading.listeners.hear(&Event::Progress(&told));
            let mut student = solution(place.kit, place.exercise)?;
            for (question, attack) in questions.iter().zip(round) {
                self.lay_over(question, &attack.code, &attack.items, &mut student)?;
            }
            let (checks, _) = grade_exercise(&self.grading, place, questions, &student)?;
            for (question, attack) in questions.iter().zip(round) {
                counts.all += 1;
                let checks = of_question(&checks, question);
                let wrong: Vec<_> = checks
                    .iter()
                    .filter(|check| {
                        let is_lost =
                            check.verdict == Verdict::Fail && check.earned == Points::ZERO;
                        // The form of its text may be right; it counts with code that runs.
                        let is_reason =
                            check.kind == Kind::Form || attack.reasons.contains(&check.reason);
                        !is_lost || !is_reason
                    })
                    .collect();
                counts.stopped += usize::from(wrong.is_empty());
                for check in wrong {
                    self.findings.wrong(super::told(&format!("hostile {}", attack.name), check));
                }
            }
            // Whoever comes next pays for none of it.
            let after = solution(place.kit, place.exercise)?;
            let (checks, _) = grade_exercise(&self.grading, place, &questions[..1], &after)?;
            for check in checks.iter().filter(|check| check.verdict != Verdict::Pass) {
                self.findings.wrong(super::told(&format!("after hostile {names:?}"), check));
            }
        }
        let sets: BTreeSet<&BTreeSet<Layer>> = all.iter().map(|attack| &attack.layers).collect();
        for layers in sets.into_iter().filter(|layers| !layers.is_empty()) {
            let Some(cargo) = self.without(layers)? else { continue };
            let grading = Grading { cargo: &cargo, ..self.grading };
            let these: Vec<&Caught> =
                all.iter().filter(|attack| attack.layers == *layers).collect();
            for round in these.chunks(questions.len()) {
                let mut student = solution(place.kit, place.exercise)?;
                for (question, attack) in questions.iter().zip(round) {
                    self.lay_over(question, &attack.code, &attack.items, &mut student)?;
                }
                let (checks, _) = grade_exercise(&grading, place, questions, &student)?;
                for (question, attack) in questions.iter().zip(round) {
                    let checks = of_question(&checks, question);
                    let is_through = checks.iter().all(|check| check.verdict == Verdict::Pass);
                    self.count_through(&attack.name, layers, is_through, counts);
                }
            }
        }
        Ok(())
    }

    /// All of a question's in one program, which says which of them got through.
    fn grade_stopped(
        &self,
        place: &mut Place<'_>,
        question: &Question,
        attacks: &[&Stopped],
        counts: &mut Counts,
    ) -> Result<()> {
        let told = format!("hostile: {} attacks in {}", attacks.len(), question.id);
        self.grading.listeners.hear(&Event::Progress(&told));
        let mut student = solution(place.kit, place.exercise)?;
        self.lay_over(question, &self.all_in_one(attacks), "", &mut student)?;
        let (checks, _) = grade_exercise(&self.grading, place, &[question], &student)?;
        let through = got_through(&checks);
        // Code that did not run to its end has not tried anything.
        let lost: Vec<&CheckRecord> = checks
            .iter()
            .filter(|check| !matches!(check.kind, Kind::Speed | Kind::Manual))
            .filter(|check| check.verdict != Verdict::Pass)
            .collect();
        counts.all += attacks.len();
        if lost.is_empty() {
            counts.stopped += attacks.len();
        }
        for name in &through {
            self.findings.wrong(format!("hostile {name}: got through"));
        }
        for check in lost.into_iter().filter(|_| through.is_empty()) {
            self.findings.wrong(super::told(&format!("hostile code of {}", question.id), check));
        }
        // And each is seen to be stopped by the layers that are named for it.
        let sets: BTreeSet<&BTreeSet<Layer>> =
            attacks.iter().map(|attack| &attack.layers).collect();
        for layers in sets.into_iter().filter(|layers| !layers.is_empty()) {
            let Some(cargo) = self.without(layers)? else { continue };
            let grading = Grading { cargo: &cargo, ..self.grading };
            let (checks, _) = grade_exercise(&grading, place, &[question], &student)?;
            let through = got_through(&checks);
            for attack in attacks.iter().filter(|attack| attack.layers == *layers) {
                let is_through = through.contains(&attack.name);
                self.count_through(&attack.name, layers, is_through, counts);
            }
        }
        Ok(())
    }

    /// Counts an attack that was tried without the layers that stop it.
    fn count_through(
        &self,
        name: &str,
        layers: &BTreeSet<Layer>,
        is_through: bool,
        counts: &mut Counts,
    ) {
        if is_through {
            counts.through += 1;
        } else {
            let why = "does not get through without";
            self.findings.wrong(format!("hostile {name}: {why} {layers:?} either"));
        }
    }

    /// Cargo on this machine as if it did not have some layers; `None` where it has
    /// not all of them anyway.
    fn without(&self, layers: &BTreeSet<Layer>) -> Result<Option<Cargo>> {
        let there = self.grading.cargo.isolation().layers().in_force();
        if !layers.is_subset(&there) {
            return Ok(None);
        }
        let isolation = Isolation::probe(&(layers | &self.settings.switched_off))?;
        Cargo::new(self.settings, isolation, self.grading.work, &self.grading.kit.root).map(Some)
    }

    /// One block that tries every attack once in a process.
    fn all_in_one(&self, attacks: &[&Stopped]) -> String {
        let tries = attacks.iter().map(|attack| {
            let Stopped { name, code, .. } = attack;
            format!("if {{ {code} }} {{ through.push({name:?}); }}\n")
        });
        let tries: String = tries.collect();
        format!(
            "static TRIED: std::sync::OnceLock<String> = std::sync::OnceLock::new();\n\
             let said = TRIED.get_or_init(|| {{ let mut through: Vec<&str> = Vec::new(); {tries} through.join(\", \") }});\n\
             assert!(said.is_empty(), \"{THROUGH}{{said}}.\");\n"
        )
    }

    /// Puts code at the beginning of each public function of a question's file.
    fn lay_over(
        &self,
        question: &Question,
        code: &str,
        items: &str,
        student: &mut StudentFiles,
    ) -> Result<()> {
        lay_over(question, &self.bait.fill(code), &self.bait.fill(items), student)
    }
}

/// The submissions that are caught wherever they are graded: each in one question of exercise 1,
/// with the name of the attack and that question.
///
/// # Errors
/// When the table or a solution cannot be read.
pub fn submissions(kit: &Kit) -> Result<Vec<(String, &Question, StudentFiles)>> {
    let exercise = kit.exercises.first().context("no exercise")?;
    let right = solution(kit, exercise)?;
    let caught = Table::read(kit)?.caught.into_iter().filter(Caught::needs_no_bait);
    caught
        .zip(exercise.questions.iter().cycle())
        .map(|(attack, question)| {
            let mut student = right.clone();
            lay_over(question, &attack.code, &attack.items, &mut student)?;
            Ok((attack.name, question, student))
        })
        .collect()
}

/// Puts code at the beginning of each public function of a question's file, and items at its end.
fn lay_over(
    question: &Question,
    code: &str,
    items: &str,
    student: &mut StudentFiles,
) -> Result<()> {
    let bytes = student.files.get(&question.file).cloned().unwrap_or_default();
    let mut file = syn::parse_file(std::str::from_utf8(&bytes)?)?;
    let block: syn::Block =
        syn::parse_str(&format!("{{ {code} }}")).with_context(|| code.to_owned())?;
    for item in &mut file.items {
        if let syn::Item::Fn(function) = item
            && matches!(function.vis, syn::Visibility::Public(_))
        {
            function.block.stmts.splice(0..0, block.stmts.iter().cloned());
        }
    }
    file.items.extend(syn::parse_file(items).with_context(|| items.to_owned())?.items);
    student.files.insert(question.file.clone(), prettyplease::unparse(&file).into_bytes());
    Ok(())
}

fn of_question<'a>(checks: &'a [CheckRecord], question: &Question) -> Vec<&'a CheckRecord> {
    let is_own = |check: &&CheckRecord| question.checks.iter().any(|own| own.id == check.id);
    checks.iter().filter(is_own).collect()
}

/// The names of the attacks that a program says got through.
fn got_through(checks: &[CheckRecord]) -> BTreeSet<String> {
    let said = checks.iter().filter_map(|check| check.message.split_once(THROUGH));
    let lists = said.filter_map(|(_, rest)| rest.split_once('.'));
    lists.flat_map(|(names, _)| names.split(", ").map(str::to_owned)).collect()
}
