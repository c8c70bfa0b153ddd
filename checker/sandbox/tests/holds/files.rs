//! Files outside, descriptors and one's own memory.

use std::fs::{self, File, Permissions};
use std::os::fd::AsRawFd;
use std::os::unix::fs::PermissionsExt;

use rustix::io::{FdFlags, fcntl_setfd};
use sandbox::{Layer, Policy};

use crate::lab::{Lab, Victim, namespace};

#[test]
fn files_outside_are_neither_read_nor_written_nor_removed() {
    let lab = Lab::new();
    let secret = lab.secret();
    let secret = secret.to_str().unwrap();
    let policy = lab.policy();
    for attack in [["read", secret], ["write", secret]] {
        lab.stopped_by(&[Layer::Landlock], &policy, &attack);
    }
    fs::write(secret, "the solution").unwrap();
    assert!(!lab.succeeds(&policy, &["write", secret]));
    assert!(!lab.succeeds(&policy, &["remove", secret]));
    assert!(!lab.succeeds(&policy, &["rename", secret, "mine"]));
    assert_eq!(fs::read_to_string(secret).unwrap(), "the solution");
    assert!(lab.succeeds(&policy.without(Layer::Landlock), &["remove", secret]));
}

#[test]
fn links_lead_nowhere() {
    let lab = Lab::new();
    std::os::unix::fs::symlink(lab.secret(), lab.own().join("link")).unwrap();
    lab.stopped_by(&[Layer::Landlock], &lab.policy(), &["read", "link"]);
}

#[test]
fn its_own_folder_is_its_own() {
    let lab = Lab::new();
    let policy = lab.policy();
    for attack in [["write", "a"].as_slice(), &["rename", "a", "b"], &["read", "b"]] {
        assert!(lab.succeeds(&policy, attack), "{attack:?}");
    }
    assert!(lab.succeeds(&policy, &["copy", "b", "c"]));
    assert!(lab.succeeds(&policy, &["remove", "c"]));
}

#[test]
fn memory_is_no_file() {
    let lab = Lab::new();
    for process in ["self", "thread-self", "self/task/../"] {
        lab.stopped_by(&[Layer::Landlock], &lab.policy(), &["own-memory", process]);
    }
    for file in ["/proc/self/mem", "/proc/self/environ", "/proc/self/cmdline"] {
        assert!(!lab.succeeds(&lab.policy(), &["read", file]), "{file}");
    }
}

#[test]
fn other_processes_are_no_files() {
    let lab = Lab::new();
    let victim = Victim::new();
    for file in ["environ", "cmdline", "stat", "maps"] {
        let path = format!("/proc/{}/{file}", victim.pid());
        lab.stopped_by(&[Layer::Landlock], &lab.policy(), &["read", &path]);
    }
    // Even a policy that opens all of `/proc` only shows what everybody may know.
    let mut policy = lab.policy();
    policy.read.push("/proc".into());
    let without = policy.without(Layer::PidNamespace).without(Layer::MountNamespace);
    assert!(!lab.succeeds(&without, &["read", &format!("/proc/{}/environ", victim.pid())]));
    assert!(lab.succeeds(&without, &["read", &format!("/proc/{}/cmdline", victim.pid())]));
}

#[test]
fn modes_of_files_outside_stay() {
    let lab = Lab::new();
    let secret = lab.secret();
    let path = secret.to_str().unwrap();
    let mode = || fs::metadata(&secret).unwrap().permissions().mode() & 0o777;
    fs::set_permissions(&secret, Permissions::from_mode(0o640)).unwrap();
    // Landlock does not cover them.
    let policy = lab.policy();
    assert!(!lab.succeeds(&policy, &["chmod", path]));
    assert_eq!(mode(), 0o640);
    assert!(lab.succeeds(&policy.without(Layer::Seccomp), &["chmod", path]));
    assert_eq!(mode(), 0o777);

    // Said to have worked, for the sake of `std::fs::copy`, and has not.
    fs::set_permissions(&secret, Permissions::from_mode(0o640)).unwrap();
    let policy = Policy { read: vec![secret.clone()], ..lab.policy() };
    assert!(lab.succeeds(&policy, &["fchmod", path]));
    assert_eq!(mode(), 0o640);
    assert!(lab.succeeds(&policy.without(Layer::Seccomp), &["fchmod", path]));
    assert_eq!(mode(), 0o777);
}

#[test]
fn descriptors_are_closed_but_those_that_are_kept() {
    let lab = Lab::new();
    let secret = File::open(lab.secret()).unwrap();
    fcntl_setfd(&secret, FdFlags::empty()).unwrap();
    let path = format!("/proc/self/fd/{}", secret.as_raw_fd());
    let mut policy = lab.policy();
    lab.stopped_by(&[Layer::Descriptors], &policy, &["read", &path]);
    policy.layers.remove(&Layer::Landlock);
    policy.keep_descriptors.push(secret.as_raw_fd());
    assert!(lab.succeeds(&policy, &["read", &path]));
}

#[test]
fn root_reads_no_more_than_its_owner() {
    let lab = Lab::new();
    fs::set_permissions(lab.secret(), Permissions::from_mode(0o600)).unwrap();
    if std::os::unix::fs::chown(lab.secret(), Some(1), None).is_err() {
        // Not root, or root of nobody else.
        return;
    }
    let secret = lab.secret();
    lab.stopped_by(&[Layer::Capabilities], &lab.policy(), &["read", secret.to_str().unwrap()]);
}

#[test]
fn shared_memory_by_name_is_its_own() {
    let lab = Lab::new();
    let Ok(named) = tempfile::NamedTempFile::new_in("/dev/shm") else { return };
    let path = named.path().to_str().unwrap();
    lab.stopped_by(&namespace(Layer::MountNamespace), &lab.policy(), &["read", path]);
    lab.stopped_by(&[Layer::Landlock], &lab.policy(), &["read", path]);
}
