//! The last steps before the program: restrict this process, then become it.

use std::convert::Infallible;
use std::ffi::{CString, OsString};
use std::fs::File;
use std::io::Write;
use std::os::unix::ffi::OsStringExt;

use nix::sys::signal::SigSet;
use rustix::process::{Resource, Signal};

use super::{files, namespaces, privileges, syscalls};
use crate::layer::Layer;
use crate::limits;
use crate::policy::Policy;
use crate::refusal::{OrRefuse, REFUSED, Refusal};

/// [`enter`] below a supervisor, who reads a refusal from the pipe `report`.
/// The pipe closes by itself when the program starts, which is how the
/// supervisor tells a refusal from a program that ends with the same code.
pub fn enter_reporting(
    policy: &Policy,
    report: i32,
    words: &[OsString],
) -> Result<Infallible, Refusal> {
    // Opened anew, because a bare number cannot safely become a file.
    let pipe = File::options().write(true).open(format!("/proc/self/fd/{report}"));
    let mut pipe = pipe.or_refuse(Layer::Reaper)?;
    let Err(refusal) = enter(policy, words);
    write!(pipe, "{refusal}").or_refuse(Layer::Reaper)?;
    std::process::exit(REFUSED)
}

/// Restricts this process to the policy and becomes the program, `words[0]`.
pub fn enter(policy: &Policy, words: &[OsString]) -> Result<Infallible, Refusal> {
    let has = |layer| policy.layers.contains(&layer);
    let words = c_strings(words.iter().cloned())?;
    let environment = c_strings(std::env::vars_os().map(|(mut name, value)| {
        name.push("=");
        name.push(value);
        name
    }))?;
    let Some(program) = words.first().filter(|word| word.as_bytes().contains(&b'/')) else {
        return Err(Refusal::new("no path of a program given"));
    };

    namespaces::enter_mounts(policy).or_refuse(Layer::MountNamespace)?;
    // A supervisor keeps signals for itself that the program must get.
    SigSet::empty().thread_set_mask().map_err(Refusal::new)?;
    if has(Layer::DeathSignal) {
        rustix::process::set_parent_process_death_signal(Some(Signal::KILL))
            .or_refuse(Layer::DeathSignal)?;
    }
    if has(Layer::Session) {
        rustix::process::setsid().or_refuse(Layer::Session)?;
    }
    if has(Layer::Limits) {
        limits::set(&policy.limits).or_refuse(Layer::Limits)?;
    }
    if has(Layer::Tasks) && has(Layer::UserNamespace) {
        // In users of its own, the system's count starts from nothing (root
        // is never held to it). The supervisor and the init count too.
        let tasks = policy.limits.tasks.map(|tasks| u64::from(tasks) + 2);
        limits::set_one(Resource::Nproc, tasks).or_refuse(Layer::Tasks)?;
    }
    if has(Layer::Descriptors) {
        close_fds::set_fds_cloexec(3, &policy.keep_descriptors);
    }
    rustix::thread::set_no_new_privs(true).map_err(Refusal::new)?;
    if has(Layer::Landlock) {
        files::restrict(policy)?;
    }
    if has(Layer::Capabilities) {
        privileges::drop_all().or_refuse(Layer::Capabilities)?;
    }
    if has(Layer::Seccomp) {
        syscalls::restrict(policy, program).or_refuse(Layer::Seccomp)?;
    }
    let Err(error) = nix::unistd::execve(program, &words, &environment);
    Err(Refusal::new(format!("{}: {}", program.to_string_lossy(), error.desc())))
}

fn c_strings(words: impl Iterator<Item = OsString>) -> Result<Vec<CString>, Refusal> {
    words
        .map(|word| {
            CString::new(word.into_vec())
                .map_err(|error| Refusal::new(format!("an argument has a zero in it: {error}")))
        })
        .collect()
}
