//! The exit codes of the checker, all of them.

use std::process::ExitCode;

/// How a run of the checker ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Graded, whatever the points.
    Graded,
    /// Graded, and below `--fail-under`.
    BelowMinimum,
    /// The command line cannot be understood.
    Usage,
    /// The kit is broken: its catalogue, its tests or its solutions.
    KitBroken,
    /// There is nothing to grade at the place that was named.
    NothingToGrade,
    /// The isolation that was required is not available here.
    IsolationMissing,
    /// A signal interrupted the run; what was done until then is written.
    Interrupted,
    /// A bug in the checker, or a system that does not work.
    Bug,
}

impl Exit {
    /// Every exit code with its meaning, for documentation and its test.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::Graded, "graded, whatever the points; or the command did what it was asked"),
        (Self::BelowMinimum, "graded, and the score is below `--fail-under`"),
        (Self::Usage, "the command line cannot be understood"),
        (Self::KitBroken, "the kit is broken: its catalogue, its tests or its solutions"),
        (
            Self::NothingToGrade,
            "nothing to grade: no such path, an empty folder, or no exercise in it",
        ),
        (Self::IsolationMissing, "the isolation that `--require` asks for is not available here"),
        (
            Self::Interrupted,
            "interrupted by Ctrl-C, TERM or a hang-up; what was graded until then is in the report",
        ),
        (Self::Bug, "a bug in the checker, or the system failed it (no disk space, no cargo)"),
    ];

    /// The number that the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Graded => 0,
            Self::BelowMinimum => 1,
            Self::Usage => 2,
            Self::KitBroken => 3,
            Self::NothingToGrade => 4,
            Self::IsolationMissing => 5,
            Self::Interrupted => 6,
            Self::Bug => 70,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
