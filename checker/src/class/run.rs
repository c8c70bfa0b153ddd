//! One run over a class: reads all submissions, grades what is asked for and stores
//! it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Mutex, MutexGuard};

use anyhow::{Context, Result};
use kit::Kit;
use kit::error::{Interrupted, UserError};
use kit::exit_code::Exit;
use kit::files::hash;
use kit::layout::ANSWERS;
use kit::selection::Selection;
use kit::text::clean_line;
use rand::RngExt;
use supervise::interrupt::is_interrupted;

use super::job::{Keys, wanted};
use super::ledger;
use super::member::{Member, members};
use super::progress::Progress;
use super::shard::Shard;
use super::wave::Shop;
use super::{entry, roster, summary};
use crate::grade::answers::answer_to;
use crate::grade::pace::Pace;
use crate::gradebook::{Basis, CLASS, COMPLETE, Gradebook};
use crate::intake::{Submission, discover_handed_in};
use crate::record::{Attempt, Recorder};
use crate::settings::Settings;
use crate::workspace::isolation::Isolation;
use crate::workspace::prepare::prepare;
use crate::workspace::{Cargo, Stage};

/// Submissions whose checks run before their timed checks follow.
const WAVE: usize = 12;

/// Most submissions at the same time where nobody says how many: each has a build folder
/// of 600 MB, and the exercises of one are built side by side anyway.
const JOBS: usize = 8;

/// What is to be done.
#[derive(Debug)]
pub struct Order<'a> {
    /// The folder of the class.
    pub folder: &'a Path,
    /// What is graded of each submission.
    pub selection: &'a [String],
    /// The gradebook.
    pub gradebook: &'a Path,
    /// Who is in the class.
    pub roster: Option<&'a Path>,
    /// Submissions at the same time.
    pub jobs: Option<usize>,
    /// The part of the class.
    pub shard: Option<Shard>,
    /// Where all seeds come from.
    pub salt: Option<u64>,
    /// Leave the timed checks out.
    pub no_speed: bool,
    /// Take over what another kit, toolchain or level changes.
    pub take_over: bool,
}

/// Everything that a run works with.
pub(super) struct Run<'a> {
    pub kit: &'a Kit,
    pub cargo: &'a Cargo,
    pub work: &'a Path,
    pub selection: &'a Selection,
    pub basis: &'a Basis,
    pub book: Mutex<Gradebook>,
    pub with_speed: bool,
    /// Whether what is graded is only proposed.
    pub is_regrade: bool,
}

/// Grades a class.
///
/// # Errors
/// When the folder, the roster or the gradebook cannot be used, the kit or the machine
/// fails, or the run is interrupted. What was decided until then is stored.
pub fn run(settings: &Settings, isolation: Isolation, order: &Order<'_>) -> Result<Exit> {
    let kit = Kit::find(&settings.here)?;
    kit.require_whole()?;
    let selection = Selection::parse(&kit, order.selection)?;
    let (entries, strays) = entry::read(order.folder)?;
    let enrolled = order.roster.map(roster::read).transpose()?;
    let class = hash(entries.iter().map(|entry| (&*entry.id, b"".as_slice())));
    let members = members(entries, enrolled.as_ref(), order.shard);
    for stray in strays {
        eprintln!("  {}: neither a folder nor an archive, not graded", clean_line(&stray));
    }
    let mut book = Gradebook::open(order.gradebook)?;
    let work = settings.work_folder(&kit.root)?;
    let cargo = Cargo::new(settings, isolation, &work, &kit.root).context("cargo")?;
    let known = book.basis()?;
    let basis = basis(order, &kit, &cargo, known.as_ref())?;
    let is_regrade = known.as_ref().is_some_and(|known| *known != basis);
    if known.is_none() {
        book.set_basis(&basis)?;
    }
    if !is_regrade {
        book.unset(COMPLETE)?;
        book.set(CLASS, &class)?;
    }
    let run = Run {
        kit: &kit,
        cargo: &cargo,
        work: &work,
        selection: &selection,
        basis: &basis,
        book: Mutex::new(book),
        with_speed: !order.no_speed,
        is_regrade,
    };
    let begin = std::time::Instant::now();
    let progress = Progress::new(members.len());
    let todo = run.look_through(&members, &progress)?;
    let graded = todo.len();
    if !todo.is_empty() {
        progress.grading();
        run.grade(&todo, order.jobs.unwrap_or_else(|| supervise::cores().min(JOBS)), &progress)?;
    }
    drop(progress);
    let mut book = run.book();
    if is_regrade {
        return summary::propose(&mut book, &basis, order.take_over);
    }
    book.set(COMPLETE, "yes")?;
    summary::tell(&book, graded, begin.elapsed().as_secs())?;
    Ok(Exit::Graded)
}

/// What this run grades with; refused where the gradebook was begun otherwise.
fn basis(
    order: &Order<'_>,
    kit: &Kit,
    cargo: &Cargo,
    known: Option<&Basis>,
) -> Result<Basis, UserError> {
    let refuse = |what: String, next: &str| {
        let what = format!("{}: {what}", order.gradebook.display());
        Err(UserError::new(Exit::Usage, what, next))
    };
    if order.shard.is_some() && order.salt.is_none() && known.is_none() {
        return Err(UserError::new(
            Exit::Usage,
            "--shard needs --salt",
            "give all parts of the class the same salt, any number",
        ));
    }
    let selection = order.selection.join(" ");
    let shard = order.shard.map(|shard| shard.to_string()).unwrap_or_default();
    let salt = order.salt.or(known.map(|known| known.salt));
    if let Some(known) = known {
        if salt != Some(known.salt) {
            return refuse(
                format!("it was begun with salt {}", known.salt),
                "leave --salt out, or grade into a new gradebook",
            );
        }
        if known.selection != selection {
            let known = if known.selection.is_empty() { "everything" } else { &known.selection };
            return refuse(
                format!("it is about {known}"),
                "name the same exercises and questions, or grade into a new gradebook",
            );
        }
        if known.shard != shard {
            let known = if known.shard.is_empty() { "the whole class" } else { &known.shard };
            return refuse(
                format!("it is about {known}"),
                "give the same --shard, or grade into a new gradebook",
            );
        }
    }
    Ok(Basis {
        kit: kit.hash.clone(),
        toolchain: cargo.version().to_owned(),
        level: cargo.isolation().level().to_string(),
        // 53 bits: a salt must survive a reader that keeps numbers as doubles.
        salt: salt.unwrap_or_else(|| rand::rng().random_range(1..1 << 53)),
        selection,
        shard,
    })
}

impl Run<'_> {
    pub fn book(&self) -> MutexGuard<'_, Gradebook> {
        ledger::open(&self.book)
    }

    /// Reads what a member handed in.
    pub fn read(&self, member: &Member) -> Result<Submission, String> {
        let path = member.path.as_ref().ok_or_else(|| {
            member.student.refused.clone().unwrap_or_else(|| "nothing was handed in".to_owned())
        })?;
        let mut submission = discover_handed_in(self.kit, self.selection, path)?;
        submission.label.clone_from(&member.student.name);
        Ok(submission)
    }

    /// Enters every member, and returns those of whom something is to be graded.
    fn look_through<'m>(
        &self,
        members: &'m [Member],
        progress: &Progress,
    ) -> Result<Vec<&'m Member>> {
        let mut todo = Vec::new();
        let here: BTreeSet<&str> = members.iter().map(|member| &*member.student.id).collect();
        for id in self.book().students()? {
            if !here.contains(&*id) {
                self.book().forget_proposals(&id, None)?;
            }
        }
        for member in members {
            if is_interrupted() {
                anyhow::bail!(Interrupted);
            }
            let mut student = member.student.clone();
            let id = student.id.clone();
            let submission = match self.read(member) {
                Ok(submission) => submission,
                Err(why) => {
                    progress.done(&format!("{id}: not graded, {why}"));
                    student.refused = Some(why);
                    self.book().enter(&student)?;
                    continue;
                }
            };
            self.book().enter(&student)?;
            let keys = Keys::new(self.kit, self.basis, &submission);
            let known = keys.known(&self.book())?;
            if !wanted(self.kit, self.selection, &known, self.with_speed).is_empty() {
                todo.push(member);
                continue;
            }
            let content = keys.content(&submission);
            self.book().forget_proposals(&id, Some(&content))?;
            let is_known = self.book().contents(&id)?.contains(&content);
            if is_known {
                progress.done(&format!("{id}: unchanged"));
            } else {
                progress.done(&self.finish(&id, &submission, &keys)?);
            }
        }
        Ok(todo)
    }

    /// Writes down what is known of a submission. Returns it in a line.
    pub fn finish(&self, id: &str, submission: &Submission, keys: &Keys) -> Result<String> {
        let mut book = self.book();
        let known = keys.known(&book)?;
        let duration_s = known.values().map(|judged| judged.duration_s).sum();
        let layers = self.cargo.isolation().layers();
        let recorder = Recorder::of(known);
        let attempt =
            recorder.attempt(self.kit, self.selection, submission, self.basis.salt, layers);
        let attempt = Attempt { duration_s, ..attempt };
        let has_grade = book.standing(id)?.is_some_and(|standing| standing.attempt.is_some());
        book.set_answers(id, &answers(self.kit, submission))?;
        let content = keys.content(submission);
        book.finish(id, &content, &attempt, self.is_regrade && has_grade)?;
        let open = match attempt.undecided.hundredths() {
            0 => String::new(),
            _ => format!(", {} not decided", attempt.undecided),
        };
        Ok(format!("{id}: {} of {} points{open}", attempt.score, attempt.max_score))
    }

    /// Grades what is wanted of some members, wave after wave.
    fn grade(&self, todo: &[&Member], jobs: usize, progress: &Progress) -> Result<()> {
        let jobs = jobs.min(todo.len());
        let mut programs = None;
        let mut stages = Vec::new();
        for _ in 0..jobs {
            let mut stage = Stage::take(self.work, self.kit)?;
            let told = |message: &str| progress.say(message);
            programs = Some(prepare(self.cargo, self.kit, &mut stage, self.work, &told)?);
            stages.push(stage);
        }
        let programs = programs.context("no stage")?;
        // Apart from every build folder: what compiles one submission sees no other.
        let number = stages[0].root.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let kept = self.work.join(format!("kept-{number}"));
        let _ = std::fs::remove_dir_all(&kept);
        std::fs::create_dir_all(&kept).with_context(|| kept.display().to_string())?;
        let shop =
            Shop { run: self, programs, stages: Mutex::new(stages), pace: Pace::default(), kept };
        let mut again = Vec::new();
        progress.say(&format!("{} to grade, {WAVE} at a time", todo.len()));
        for wave in todo.chunks(WAVE) {
            again.extend(shop.wave(wave, progress, true)?);
        }
        if !again.is_empty() {
            progress.say(&format!("measuring again what stayed open of {} students", again.len()));
            for wave in again.chunks(WAVE) {
                shop.wave(wave, progress, false)?;
            }
        }
        Ok(())
    }
}

/// What the student has written for a person to read, by question.
fn answers(kit: &Kit, submission: &Submission) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for exercise in &kit.exercises {
        let files = submission.exercises.get(&exercise.id);
        let Some(text) = files.and_then(|files| files.text(ANSWERS)) else { continue };
        for question in &exercise.questions {
            if let Some(answer) = answer_to(&question.id, text) {
                found.insert(question.id.clone(), answer.to_owned());
            }
        }
    }
    found
}
