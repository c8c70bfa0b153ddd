//! The command line, exactly as it is typed.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::class::Shard;
use crate::report::FORMS;

/// Grades submissions of the course on parallel computing, and proves the course itself.
#[derive(Debug, Parser)]
#[command(name = "checker", version, arg_required_else_help = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the checker can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Grade one submission: this workspace's exercises, or another folder
    Grade(Grade),
    /// Grade what a pull or merge request changes, with the kit in this checkout
    Ci(Ci),
    /// Turn the outcome of `checker ci` into a comment, once it is found to be sound
    Comment {
        /// The file that `checker ci --output` has written
        outcome: PathBuf,
        /// Refuse the outcome of any commit but this one, given as its hash
        #[arg(long, value_name = "COMMIT")]
        head: Option<String>,
        /// Write the comment to this file instead of standard output
        #[arg(long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Grade a class: a folder with one folder or archive for each student
    Class(Class),
    /// Join the gradebooks of the parts of a class into one
    Merge {
        /// Gradebooks that `checker class --shard k/n` has written
        #[arg(required = true, value_name = "GRADEBOOK")]
        parts: Vec<PathBuf>,
        /// The new gradebook
        #[arg(long, value_name = "FILE")]
        into: PathBuf,
    },
    /// Show what a gradebook holds: the class, or one student
    Report(Report),
    /// Read answers with their rubrics, and give points
    Review(Review),
    /// Judge an evidence file of a speed or memory check again
    Judge {
        /// Evidence file that a grading has written
        evidence: PathBuf,
    },
    /// List exercises, questions and checks with their points
    List {
        /// Exercises or questions, such as 4 or 4.2; all if none is named
        selection: Vec<String>,
    },
    /// Give one hint for a question; ask again with the next level for more
    Hint {
        /// The question, such as 4.2
        question: String,
        /// 1 for the idea, 2 for the tool, 3 for almost the code
        #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=3))]
        level: u8,
    },
    /// Prove the course: solutions pass, stubs get nothing, known mistakes are caught
    Verify {
        /// Exercises or questions, such as 4 or 4.2; all if none is named
        selection: Vec<String>,
        /// Leave the timed checks out
        #[arg(long)]
        no_speed: bool,
        /// Measure the timed checks of every submission, not only where they matter
        #[arg(long, conflicts_with = "no_speed")]
        all_speed: bool,
        /// Nothing but the timed checks of known submissions
        #[arg(long, conflicts_with_all = ["no_speed", "all_speed"])]
        only_speed: bool,
        /// At most N known mistakes and N/5 honest submissions of each question, different
        /// ones after each change of the kit
        #[arg(long, value_name = "N")]
        sample: Option<usize>,
        /// Only these known submissions, such as 6.1-polls, and nothing else
        #[arg(long, value_name = "NAME", conflicts_with_all = ["selection", "sample"])]
        submission: Vec<String>,
    },
    /// Change the solutions piece by piece, and see whether the checks notice
    Mutate(Mutate),
    /// Write the kit that students get: no solutions, no known mistakes, no rubrics
    Release {
        /// The folder to create
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Write what another system needs to grade with this kit, without a network
    Bundle {
        /// The system that is to grade
        #[arg(value_enum)]
        system: Container,
        /// Exercises or questions, such as 4 or 4.2; all if none is named
        selection: Vec<String>,
        /// The folder to create
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Measure how often speed verdicts are wrong, on submissions of known quality
    Trial(Trial),
    /// Take CPU time while something is measured (the checker starts this for itself)
    #[command(hide = true)]
    Neighbour(Neighbour),
}

/// Options of `checker grade`.
#[derive(Debug, Args)]
pub struct Grade {
    /// Exercises or questions, such as 4, exercise4 or 4.2; all if none is named
    pub selection: Vec<String>,
    /// The submission: a kit, a folder of exercises, one exercise, or an archive of them [default: this workspace]
    #[arg(long, value_name = "PATH")]
    pub submission: Option<PathBuf>,
    /// Form of the report
    #[arg(long, value_name = "FORM", default_value = FORMS[0].name, value_parser = forms())]
    pub format: String,
    /// Who will read the report
    #[arg(long, value_enum, default_value_t = Audience::Student)]
    pub reader: Audience,
    /// Write the report to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Refuse to grade with less isolation than this
    #[arg(long, value_enum, default_value_t = Require::None)]
    pub require: Require,
    /// Salt of all seeds, to repeat a grading exactly [default: random]
    #[arg(long, value_name = "N")]
    pub salt: Option<u64>,
    /// Exit with code 1 when the score is below this percentage
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub fail_under: Option<u8>,
    /// Leave the timed checks out; their points stay open
    #[arg(long)]
    pub no_speed: bool,
}

/// A system that grades in a container of its own.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Container {
    /// An archive to upload
    Gradescope,
    /// A Docker image, and a question for each exercise
    Prairielearn,
    /// A Docker image, and a lab for each exercise
    Autolab,
}

/// Options of `checker ci`.
#[derive(Debug, Args)]
pub struct Ci {
    /// The commit that the request is to be merged into; the kit in this checkout is its
    #[arg(long, value_name = "COMMIT", default_value = "HEAD")]
    pub base: String,
    /// The request's own commit; it is read, and never checked out
    #[arg(long, value_name = "COMMIT")]
    pub head: String,
    /// Write the outcome to this file
    #[arg(long, value_name = "FILE")]
    pub output: PathBuf,
    /// Add the comment to this file, such as $GITHUB_STEP_SUMMARY
    #[arg(long, value_name = "FILE")]
    pub summary: Option<PathBuf>,
    /// Outcome of the request's last run: what it left open is graded too
    #[arg(long, value_name = "FILE")]
    pub previous: Option<PathBuf>,
    /// Form of the report on standard output, such as github for annotations
    #[arg(long, value_name = "FORM", default_value = FORMS[0].name, value_parser = forms())]
    pub format: String,
    /// Refuse to grade with less isolation than this
    #[arg(long, value_enum, default_value_t = Require::Confined)]
    pub require: Require,
    /// Salt of all seeds, to repeat a grading exactly [default: random]
    #[arg(long, value_name = "N")]
    pub salt: Option<u64>,
    /// Exit with code 1 when the score of what was graded is below this percentage
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub fail_under: Option<u8>,
    /// Leave the timed checks out; their points stay open
    #[arg(long)]
    pub no_speed: bool,
}

/// Options of `checker class`.
#[derive(Debug, Args)]
pub struct Class {
    /// The folder of the class, or what a course's system exports, unpacked
    pub folder: PathBuf,
    /// Exercises or questions, such as 4 or 4.2; all if none is named
    pub selection: Vec<String>,
    /// The gradebook, created if it does not exist; what is in it is not graded again
    #[arg(long, value_name = "FILE")]
    pub gradebook: PathBuf,
    /// Who is in the class: CSV with the column id, and name, group and more
    #[arg(long, value_name = "FILE")]
    pub roster: Option<PathBuf>,
    /// Submissions graded at the same time [default: one for each core, at most 8]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=32))]
    pub jobs: Option<u8>,
    /// Grade a part of the class, such as 2/4; needs --salt
    #[arg(long, value_name = "K/N")]
    pub shard: Option<Shard>,
    /// Salt of all seeds [default: the gradebook's, or random]
    #[arg(long, value_name = "N")]
    pub salt: Option<u64>,
    /// Refuse to grade with less isolation than this
    #[arg(long, value_enum, default_value_t = Require::Confined)]
    pub require: Require,
    /// Leave the timed checks out; their points stay open
    #[arg(long)]
    pub no_speed: bool,
    /// Apply what another kit, toolchain or level of isolation changes
    #[arg(long)]
    pub take_over: bool,
}

/// Options of `checker review`.
#[derive(Debug, Args)]
pub struct Review {
    /// The gradebook
    pub gradebook: PathBuf,
    /// Exercises or questions, such as 4 or 4.2; all if none is named
    pub selection: Vec<String>,
    /// Without names, in an order that does not reveal them
    #[arg(long)]
    pub blind: bool,
    /// Write all answers to a sheet (CSV) instead of asking one by one
    #[arg(long, value_name = "FILE", conflicts_with = "import")]
    pub export: Option<PathBuf>,
    /// Import the points and notes of a sheet, all of them or none
    #[arg(long, value_name = "FILE")]
    pub import: Option<PathBuf>,
}

/// Options of `checker report`.
#[derive(Debug, Args)]
pub struct Report {
    /// The gradebook
    pub gradebook: PathBuf,
    /// One student, by id [default: the class]
    #[arg(long, value_name = "ID")]
    pub student: Option<String>,
    /// Rules of the course for due dates, weights and the like (TOML)
    #[arg(long, value_name = "FILE")]
    pub policy: Option<PathBuf>,
    /// Form of the report; for a class terminal, csv, json or html
    #[arg(long, value_name = "FORM", default_value = FORMS[0].name, value_parser = forms())]
    pub format: String,
    /// Who will read the report [default: the student with --student, else the instructor]
    #[arg(long, value_enum)]
    pub reader: Option<Audience>,
    /// Fill the grades into a sheet downloaded from Moodle or Canvas
    #[arg(long, value_name = "FILE", conflicts_with_all = ["student", "format"], requires = "output")]
    pub sheet: Option<PathBuf>,
    /// The assignment's column in a Canvas gradebook
    #[arg(long, value_name = "TITLE", requires = "sheet")]
    pub column: Option<String>,
    /// Write to this file instead of standard output; for a class as html, to this folder
    #[arg(long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

/// Options of `checker trial`.
#[derive(Debug, Args)]
pub struct Trial {
    /// Exercises and questions, such as 4, exercise4 or 4.1 [default: all]
    #[arg(value_name = "SELECTION")]
    pub selection: Vec<String>,
    /// Gradings of each cell: a submission of a question under a condition
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub gradings: usize,
    /// Stop after this time; the same command continues where it stopped
    #[arg(long, value_name = "MINUTES")]
    pub minutes: Option<f64>,
    /// Where the results are kept [default: in the build folder]
    #[arg(long, value_name = "FILE")]
    pub results: Option<PathBuf>,
    /// Only print the table of the results so far
    #[arg(long)]
    pub table: bool,
}

/// Options of `checker mutate`.
#[derive(Debug, Args)]
pub struct Mutate {
    /// Exercises or questions, such as 4 or 4.2; all if none is named
    pub selection: Vec<String>,
    /// Only the changes that students make, without those that cargo-mutants lists
    #[arg(long)]
    pub own: bool,
    /// List the mutants, and grade none
    #[arg(long)]
    pub list: bool,
    /// At most this many of each question, different ones after each change of the kit
    #[arg(long, value_name = "N")]
    pub sample: Option<usize>,
    /// Stop after this time; the same command continues where it stopped
    #[arg(long, value_name = "MINUTES")]
    pub minutes: Option<f64>,
}

/// Options of the hidden `checker neighbour`.
#[derive(Debug, Args)]
pub struct Neighbour {
    /// Milliseconds to compute
    #[arg(long)]
    pub busy_ms: u64,
    /// Milliseconds to pause after that
    #[arg(long)]
    pub idle_ms: u64,
}

/// Least isolation that is accepted, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Require {
    /// Any
    None,
    /// A session of its own, limits, an empty environment, a private folder, death with the checker
    Process,
    /// Also walled off by the kernel from files, network and other processes
    Confined,
}

/// Who is going to read a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Audience {
    /// The student who handed it in: hidden checks appear only as a sum
    Student,
    /// The course staff: everything
    Instructor,
    /// Anyone: only the points
    Public,
}

fn forms() -> PossibleValuesParser {
    FORMS.map(|form| PossibleValue::new(form.name).help(form.about)).into()
}
