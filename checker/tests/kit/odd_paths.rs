//! Bad input gets what happened, where, what to do next, and its exit code.

use crate::program::{checker, checker_with};

#[test]
fn a_submission_that_is_not_there_is_nothing_to_grade() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty");
    let strange = folder.path().join("strange");
    std::fs::create_dir_all(&empty).unwrap();
    std::fs::create_dir_all(strange.join("homework/week1")).unwrap();
    let file = folder.path().join("submission.zip");
    std::fs::write(&file, "PK").unwrap();
    for (path, what) in [
        (folder.path().join("nowhere"), "no such file or folder"),
        (empty, "the folder is empty"),
        (strange, "no exercise in this folder"),
        (file, "no archive that is read here"),
    ] {
        let said = checker(&["grade", "--submission", path.to_str().unwrap()]);
        assert_eq!(said.code, 4, "{said:?}");
        assert!(said.err.contains(what) && said.err.contains(path.to_str().unwrap()), "{said:?}");
        assert_eq!((said.err.lines().count(), said.out.as_str()), (2, ""), "{said:?}");
    }
}

#[test]
fn a_mistyped_command_line_is_told_what_there_is() {
    for arguments in
        [vec!["grade", "4.9"], vec!["grade", "exercise12"], vec!["hint", "9.9"], vec!["list", "x"]]
    {
        let said = checker(&arguments);
        assert_eq!(said.code, 2, "{said:?}");
        assert!(said.err.contains(arguments[1]) && said.err.contains("checker list"), "{said:?}");
    }
    for arguments in
        [vec!["grade", "--format", "pdf"], vec!["grade", "--fail-under", "101"], vec!["praise"]]
    {
        assert_eq!(checker(&arguments).code, 2, "{arguments:?}");
    }
    let said = checker(&["grade", "1.1", "--output", "/no/such/folder/report.md"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{said:?}");
}

#[test]
fn isolation_that_is_not_there_is_refused_before_anything_runs() {
    let options = ["grade", "1.1", "--require", "confined"];
    let said = checker_with(&[("COURSE_WITHOUT_LAYERS", "landlock")], &options);
    assert_eq!((said.code, said.out.as_str()), (5, ""), "{said:?}");
    assert!(said.err.contains("level `process`, not `confined`"), "{said:?}");
    assert!(said.err.contains("landlock (switched off)"), "{said:?}");
    let said = checker_with(&[("COURSE_WITHOUT_LAYERS", "moat")], &options);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("no layer `moat`"), "{said:?}");
}

#[test]
fn a_file_that_is_no_evidence_is_nothing_to_judge() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "{}").unwrap();
    let said = checker(&["judge", file.path().to_str().unwrap()]);
    assert_eq!(said.code, 4, "{said:?}");
    assert!(said.err.contains("not an evidence file"), "{said:?}");
    assert_eq!(checker(&["judge", "/no/such/file"]).code, 4);
}
