//! Who is in a class: by what was handed in, by the roster, and by the part of the
//! class that is graded.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::entry::Entry;
use super::roster::Enrolled;
use super::shard::Shard;
use crate::gradebook::Student;

/// Somebody of the class.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub student: Student,
    /// What there is to be read; none if that is refused already.
    pub path: Option<PathBuf>,
}

/// Who is in the class, and in this part of it.
pub(super) fn members(
    entries: Vec<Entry>,
    enrolled: Option<&BTreeMap<String, Enrolled>>,
    shard: Option<Shard>,
) -> Vec<Member> {
    let mut members: BTreeMap<String, Member> = BTreeMap::new();
    for Entry { id, name, paths } in entries {
        let names: Vec<String> = paths
            .iter()
            .map(|path| path.file_name().unwrap_or_default().to_string_lossy().into_owned())
            .collect();
        let refused = (paths.len() > 1).then(|| {
            format!(
                "several entries are this student's: {}; keep the one that counts",
                names.join(", ")
            )
        });
        let path = paths.into_iter().next().filter(|_| refused.is_none());
        let student = Student {
            id: id.clone(),
            name,
            source: names.join(", "),
            refused,
            ..Student::default()
        };
        members.insert(id, Member { student, path });
    }
    for one in enrolled.into_iter().flat_map(BTreeMap::values) {
        let member = members.entry(one.id.clone()).or_insert_with(|| Member {
            student: Student {
                id: one.id.clone(),
                name: one.id.clone(),
                refused: Some("nothing was handed in".to_owned()),
                ..Student::default()
            },
            path: None,
        });
        if !one.name.is_empty() {
            one.name.clone_into(&mut member.student.name);
        }
        one.team.clone_into(&mut member.student.team);
        member.student.submitted = one.submitted.map(|at| at.to_string());
        member.student.extension_days = one.extension_days.unwrap_or(0);
    }
    let shard = shard.unwrap_or(Shard::WHOLE);
    members.into_values().filter(|member| shard.has(&member.student.id)).collect()
}
