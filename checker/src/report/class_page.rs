//! The page of a class for a browser: who has what, how the points spread, and where
//! they are lost.

use maud::{DOCTYPE, Markup, html};

use super::class::{CheckRate, ClassView, Row};
use super::html::head;

/// Columns of the distribution.
const BINS: usize = 10;

/// Checks that are named as the most failed ones.
const MOST_FAILED: usize = 12;

/// Makes the page; it links to the pages of the students in `students/`.
#[must_use]
pub fn page(view: &ClassView) -> String {
    let graded: Vec<f64> = view.rows.iter().filter_map(share).collect();
    let body = html! {
        (DOCTYPE)
        html lang="en" {
            (head(&format!("Class of {}", view.rows.len())))
            body {
                header {
                    h1 { "Class of " (view.rows.len()) }
                    p.sum { (graded.len()) " graded" (median(&graded)) }
                }
                main {
                    (distribution(&graded))
                    (students(&view.rows))
                    (questions(view))
                    (most_failed(view))
                }
            }
        }
    };
    body.into_string() + "\n"
}

/// The share of its points that a row has.
fn share(row: &Row) -> Option<f64> {
    let grade = row.grade.as_ref()?;
    grade.score.share_of(grade.max_score)
}

fn median(shares: &[f64]) -> String {
    let mut sorted = shares.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.get(sorted.len() / 2) {
        Some(middle) => format!(", median {:.0} %", 100.0 * middle),
        None => String::new(),
    }
}

/// How many students have which share of the points, as bars with the numbers in a
/// table that a screen reader reads.
fn distribution(shares: &[f64]) -> Markup {
    let mut bins = [0_usize; BINS];
    for share in shares {
        // The last column holds those with all points too.
        bins[((share * BINS as f64) as usize).min(BINS - 1)] += 1;
    }
    let most = bins.iter().copied().max().unwrap_or(0).max(1);
    html! {
        section {
            h2 { "Distribution" }
            table.bars {
                caption { "Students by their share of the points" }
                thead { tr { th scope="col" { "Share" } th scope="col" { "Students" } } }
                tbody {
                    @for (at, count) in bins.iter().enumerate() {
                        tr {
                            th scope="row" { (10 * at) " to " (10 * (at + 1)) " %" }
                            td { (bar(*count as f64 / most as f64)) " " (count) }
                        }
                    }
                }
            }
        }
    }
}

/// A bar of a share of its cell. The number beside it says the same.
fn bar(share: f64) -> Markup {
    html! { span.bar aria-hidden="true" style={ "width:" (format!("{:.1}", 60.0 * share)) "%" } {} }
}

fn students(rows: &[Row]) -> Markup {
    let has_groups = rows.iter().any(|row| !row.group.is_empty());
    html! {
        section {
            h2 { "Students" }
            table {
                caption { "Grades" }
                thead { tr {
                    th scope="col" { "Student" }
                    @if has_groups { th scope="col" { "Group" } }
                    th.number scope="col" { "Points" }
                } }
                tbody {
                    @for row in rows {
                        tr {
                            th scope="row" {
                                @if row.grade.is_some() {
                                    a href={ "students/" (row.page) } { (row.name) }
                                } @else { (row.name) }
                                @if row.name != row.id { " " small { (row.id) } }
                                @if !row.note().is_empty() { br; small { (row.note()) } }
                            }
                            @if has_groups { td { (row.group) } }
                            td.number {
                                @if let Some(grade) = &row.grade { (grade.score) " of " (grade.max_score) }
                                @else { "–" }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn questions(view: &ClassView) -> Markup {
    html! {
        section {
            h2 { "Questions" }
            table.bars {
                caption { "Share of the points that were earned" }
                thead { tr { th scope="col" { "Question" } th scope="col" { "Earned" } } }
                tbody {
                    @for (id, rate) in &view.questions {
                        @let share = f64::from(rate.earned) / f64::from(rate.most.max(1));
                        tr {
                            th scope="row" { (id) " " (rate.title) }
                            td { (bar(share)) " " (format!("{:.0} %", 100.0 * share)) }
                        }
                    }
                }
            }
        }
    }
}

/// What those read most who lost points, with how many of them.
fn most_read(rate: &CheckRate) -> Vec<(&String, u32)> {
    let mut messages: Vec<(&String, u32)> =
        rate.messages.iter().map(|(message, count)| (message, *count)).collect();
    messages.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    messages.truncate(3);
    messages
}

fn most_failed(view: &ClassView) -> Markup {
    let mut failed: Vec<(&String, &CheckRate)> =
        view.checks.iter().filter(|(_, rate)| rate.lost > 0).collect();
    failed.sort_by_key(|(_, rate)| std::cmp::Reverse(rate.lost));
    failed.truncate(MOST_FAILED);
    html! {
        section {
            h2 { "Where points are lost" }
            @if failed.is_empty() { p { "Nowhere." } }
            @for (id, rate) in failed {
                article {
                    h3 { code { (id) } " " span.sum { (rate.lost) " of " (rate.lost + rate.passed + rate.open) } }
                    p { (rate.proves) }
                    ul.checks { @for (message, count) in most_read(rate) { li { (count) " × " (message) } } }
                }
            }
        }
    }
}
