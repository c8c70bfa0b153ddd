//! Reports: each form is a file of its own, made from a [`View`] and nothing else.

mod autolab;
pub mod class;
mod class_page;
mod classroom;
pub mod csv;
mod github;
mod gradescope;
mod html;
mod json;
mod junit;
mod markdown;
mod prairielearn;
pub mod sheet;
mod submitty;
mod terminal;
mod view;

pub use view::{ExerciseView, Hidden, QuestionView, Reader, View};

/// One form of a report.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Makes it; `true` for colours, which only a terminal shows.
    pub render: fn(&View, bool) -> String,
}

/// What a form says of a grade that is a share of no points.
const NOTHING_GRADED: &str = "nothing that was graded has points";

/// Every form, the default one first.
pub const FORMS: [Form; 12] = [
    terminal::FORM,
    json::FORM,
    markdown::FORM,
    html::FORM,
    csv::FORM,
    junit::FORM,
    github::FORM,
    classroom::FORM,
    gradescope::FORM,
    prairielearn::FORM,
    autolab::FORM,
    submitty::FORM,
];

/// The form of a name.
#[must_use]
pub fn form(name: &str) -> Option<&'static Form> {
    FORMS.iter().find(|form| form.name == name)
}

#[cfg(test)]
pub(crate) mod tests;
