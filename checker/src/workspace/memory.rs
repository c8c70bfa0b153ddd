//! How many compilers run at a time on a machine with little memory.

use std::path::{Path, PathBuf};

/// Memory that one compiler may need. The largest process of a build of the kit was seen
/// to take 0.55 GB, with its linker 0.1 GB more.
const COMPILER: u64 = 700_000_000;

/// How many compilers may run at a time, where that is fewer than there are cores.
#[must_use]
pub fn fewer_jobs(cores: usize, memory: Option<u64>) -> Option<usize> {
    let fitting = usize::try_from(memory? / COMPILER).unwrap_or(usize::MAX).max(1);
    (fitting < cores).then_some(fitting)
}

/// The bytes of memory that this process and its children may use together: the
/// machine's, or less where a control group says so. `None` where the system says nothing.
#[must_use]
pub fn memory() -> Option<u64> {
    let read = |path: &Path| std::fs::read_to_string(path).ok();
    let machine = read("/proc/meminfo".as_ref()).and_then(|text| total(&text));
    let groups = read("/proc/self/cgroup".as_ref()).unwrap_or_default();
    let limits = limit_files(&groups).into_iter().filter_map(|file| limit(&read(&file)?));
    limits.chain(machine).min()
}

/// The machine's memory of a `meminfo`.
fn total(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    line.trim().strip_suffix("kB")?.trim().parse::<u64>().ok()?.checked_mul(1024)
}

/// The limit that a control group's file has, if it has one.
fn limit(text: &str) -> Option<u64> {
    text.trim().parse().ok()
}

/// The files with the limits of the groups that this process is in, of both versions of
/// control groups, and of all groups above them.
fn limit_files(groups: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for line in groups.lines() {
        let mut parts = line.splitn(3, ':').skip(1);
        let (Some(controllers), Some(path)) = (parts.next(), parts.next()) else { continue };
        let (mount, file) = match controllers {
            "" => ("/sys/fs/cgroup", "memory.max"),
            many if many.split(',').any(|one| one == "memory") => {
                ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
            }
            _ => continue,
        };
        let group = Path::new(path.trim_start_matches('/'));
        files.extend(group.ancestors().map(|group| Path::new(mount).join(group).join(file)));
    }
    files
}

#[cfg(test)]
mod tests {
    use super::{fewer_jobs, limit, limit_files, total};

    #[test]
    fn as_many_compilers_run_as_fit() {
        assert_eq!(fewer_jobs(2, Some(805_306_368)), Some(1), "Gradescope's 768 MB");
        assert_eq!(fewer_jobs(8, Some(4 << 30)), Some(6));
        assert_eq!(fewer_jobs(2, Some(24 << 30)), None);
        assert_eq!(fewer_jobs(1, Some(1 << 20)), None, "one always runs");
        assert_eq!(fewer_jobs(4, None), None);
    }

    #[test]
    fn limits_are_read_of_both_versions_and_of_the_groups_above() {
        let shown = |groups| {
            let files = limit_files(groups).into_iter();
            files.map(|file| file.display().to_string()).collect::<Vec<_>>()
        };
        assert_eq!(
            shown("0::/user.slice/one\n"),
            [
                "/sys/fs/cgroup/user.slice/one/memory.max",
                "/sys/fs/cgroup/user.slice/memory.max",
                "/sys/fs/cgroup/memory.max"
            ]
        );
        assert_eq!(
            shown("5:cpu,cpuacct:/a\n4:memory:/docker\nodd"),
            [
                "/sys/fs/cgroup/memory/docker/memory.limit_in_bytes",
                "/sys/fs/cgroup/memory/memory.limit_in_bytes"
            ]
        );
        assert_eq!((limit("max\n"), limit("805306368\n")), (None, Some(805_306_368)));
        assert_eq!(total("MemTotal:       24651540 kB\nMemFree: 1 kB\n"), Some(25_243_176_960));
    }
}
