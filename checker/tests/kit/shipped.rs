//! What the kit ships: lists and hints for every question.

use course::catalog::SpeedThreshold;
use kit::Kit;

use crate::program::{checker, kit};

#[test]
fn every_question_is_listed_and_gives_three_hints() {
    let kit = Kit::read(&kit()).unwrap();
    let listed = checker(&["list"]);
    for question in kit.exercises.iter().flat_map(|exercise| &exercise.questions) {
        for check in &question.checks {
            assert!(listed.out.contains(&check.id), "{} is not listed", check.id);
        }
        for level in ["1", "2", "3"] {
            let said = checker(&["hint", &question.id, "--level", level]);
            assert!(
                said.code == 0
                    && said
                        .out
                        .contains(question.hints[level.parse::<usize>().unwrap() - 1].trim()),
                "{said:?}"
            );
        }
        assert!(question.checks.len() >= 3, "question {} has fewer than three checks", question.id);
    }
    assert_eq!(checker(&["hint", "1.1", "--level", "4"]).code, 2);
}

#[test]
fn the_points_of_the_course_are_those_that_were_announced() {
    let kit = Kit::read(&kit()).unwrap();
    let points: Vec<(String, String)> = kit
        .exercises
        .iter()
        .map(|exercise| (exercise.id.clone(), exercise.points().to_string()))
        .collect();
    let announced = [
        ("exercise1", "10"),
        ("exercise2", "10"),
        ("exercise3", "15"),
        ("exercise4", "20"),
        ("exercise5", "15"),
        ("exercise6", "15"),
        ("exercise7", "15"),
    ];
    assert_eq!(points, announced.map(|(id, points)| (id.to_owned(), points.to_owned())));
}

#[test]
fn the_trial_covers_every_timed_question_with_its_thresholds_and_no_wrong_verdict() {
    let page = std::fs::read_to_string(kit().join("checker/TRIAL.md")).unwrap();
    let kit = Kit::read(&kit()).unwrap();
    let questions = kit.exercises.iter().flat_map(|exercise| &exercise.questions);
    for question in questions {
        for SpeedThreshold { full, half } in question.checks.iter().filter_map(|check| check.speed)
        {
            let heading = format!(
                "### Question {}: full points at {:.0} % of the reference's speedup, half at {:.0} %",
                question.id,
                full * 100.0,
                half * 100.0
            );
            assert!(page.contains(&heading), "{heading}");
        }
        let mut memory = question.checks.iter().filter(|check| check.memory.is_some());
        assert!(memory.all(|check| page.contains(&format!("| {} |", check.id))), "{}", question.id);
    }
    // One line for each machine.
    let mut sums = page.lines().filter(|line| line.starts_with("All together: ")).peekable();
    assert!(sums.peek().is_some(), "checker/TRIAL.md has no sum");
    for sum in sums {
        assert!(sum.starts_with("All together: 0 wrong of "), "{sum}");
    }
}
