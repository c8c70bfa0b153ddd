//! System calls, held back by seccomp.
//!
//! A list of what is refused, not of what is allowed: honest programs (and
//! compilers) use more calls than anybody lists. What is newer than the list
//! does not exist for the program at all.

use std::collections::BTreeMap;
use std::ffi::CStr;

use seccompiler::{
    BackendError, SeccompAction, SeccompCmpArgLen as Length, SeccompCmpOp as Is, SeccompCondition,
    SeccompFilter, SeccompRule, apply_filter, sock_filter,
};

use crate::policy::{Network, Policy, Processes};

type Rules = BTreeMap<i64, Vec<SeccompRule>>;
type Failure = Box<dyn std::error::Error>;

/// The newest call that the lists below were written with. On x86-64, calls of
/// the x32 kind have higher numbers too.
const NEWEST: u32 = 462; // mseal

/// What no program needs and somebody could be hurt with: other processes'
/// memory, mounts, keys, kernel programs, clocks, modules, other namespaces,
/// and memory or messages that stay behind when a program has ended.
const REFUSED: &[i64] = &[
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_process_madvise,
    libc::SYS_pidfd_getfd,
    libc::SYS_kcmp,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_mount_setattr,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_quotactl,
    libc::SYS_quotactl_fd,
    // One group, which can be killed in one step.
    libc::SYS_setsid,
    libc::SYS_setpgid,
    libc::SYS_setns,
    libc::SYS_unshare,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_userfaultfd,
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_reboot,
    libc::SYS_acct,
    libc::SYS_syslog,
    libc::SYS_vhangup,
    libc::SYS_sethostname,
    libc::SYS_setdomainname,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_clock_adjtime,
    libc::SYS_adjtimex,
    libc::SYS_personality,
    libc::SYS_name_to_handle_at,
    libc::SYS_open_by_handle_at,
    libc::SYS_fanotify_init,
    libc::SYS_memfd_secret,
    libc::SYS_move_pages,
    libc::SYS_migrate_pages,
    libc::SYS_shmget,
    libc::SYS_msgget,
    libc::SYS_semget,
    libc::SYS_mq_open,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_iopl,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_ioperm,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_modify_ldt,
];

/// What programs try and do without: they fall back where it does not exist.
/// Nobody can look through the pointers of `clone3`, nor at what an
/// `io_uring` does.
const ABSENT: &[i64] = &[
    libc::SYS_clone3,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
];

/// Modes, owners, times and extended attributes of files, by path.
const ATTRIBUTES: &[i64] = &[
    libc::SYS_fchmodat,
    libc::SYS_fchmodat2,
    libc::SYS_fchownat,
    libc::SYS_fchown,
    libc::SYS_setxattr,
    libc::SYS_lsetxattr,
    libc::SYS_fsetxattr,
    libc::SYS_removexattr,
    libc::SYS_lremovexattr,
    libc::SYS_fremovexattr,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chmod,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_chown,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_lchown,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_utime,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_utimes,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_futimesat,
];

/// Calls whose first argument is the process that they mean, 0 being oneself.
const ABOUT_A_PROCESS: &[i64] = &[
    libc::SYS_prlimit64,
    libc::SYS_sched_setaffinity,
    libc::SYS_sched_setscheduler,
    libc::SYS_sched_setparam,
    libc::SYS_sched_setattr,
];

/// Calls that start a process, or that signal one in a way whose target
/// cannot be told from the call.
const ABOUT_OTHERS: &[i64] = &[
    libc::SYS_execveat,
    libc::SYS_pidfd_open,
    libc::SYS_pidfd_send_signal,
    libc::SYS_tkill,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_fork,
    #[cfg(target_arch = "x86_64")]
    libc::SYS_vfork,
];

/// Calls whose first argument is the process that gets a signal.
const SIGNALS: &[i64] =
    &[libc::SYS_kill, libc::SYS_tgkill, libc::SYS_rt_sigqueueinfo, libc::SYS_rt_tgsigqueueinfo];

/// Holds this process, and all that it starts, to the calls that the policy
/// leaves. `program` is what it may still execute: that very string in memory.
///
/// # Errors
/// When the system refuses, or the processor is unknown.
pub fn restrict(policy: &Policy, program: &CStr) -> Result<(), Failure> {
    let errno = |code: i32| Ok::<_, Failure>(SeccompAction::Errno(u32::try_from(code)?));
    let always = |calls: &[i64]| calls.iter().map(|&call| (call, Vec::new())).collect::<Rules>();

    install(refused(policy, program)?, errno(libc::EPERM)?)?;
    install(always(ABSENT), errno(libc::ENOSYS)?)?;
    if !policy.file_attributes {
        // `std::fs::copy` ends with this one and passes on its failure; what is
        // said to have worked and has not hurts nobody here.
        install(always(&[libc::SYS_fchmod]), SeccompAction::Errno(0))?;
    }
    Ok(apply_filter(&newest_only())?)
}

fn install(rules: Rules, action: SeccompAction) -> Result<(), Failure> {
    let architecture = std::env::consts::ARCH.try_into()?;
    let filter = SeccompFilter::new(rules, SeccompAction::Allow, action, architecture)?;
    Ok(apply_filter(&seccompiler::BpfProgram::try_from(filter)?)?)
}

/// Every call above [`NEWEST`] does not exist.
fn newest_only() -> [sock_filter; 4] {
    // Codes of classic BPF (linux/filter.h) and seccomp's verdicts.
    const LOAD: u16 = 0x20;
    const JUMP_IF_GREATER: u16 = 0x25;
    const RETURN: u16 = 0x06;
    const ALLOW: u32 = 0x7fff_0000;
    const ERRNO: u32 = 0x0005_0000;
    [
        sock_filter { code: LOAD, jt: 0, jf: 0, k: 0 },
        sock_filter { code: JUMP_IF_GREATER, jt: 0, jf: 1, k: NEWEST },
        sock_filter { code: RETURN, jt: 0, jf: 0, k: ERRNO | libc::ENOSYS.unsigned_abs() },
        sock_filter { code: RETURN, jt: 0, jf: 0, k: ALLOW },
    ]
}

/// The calls that fail with `EPERM`: always (no rule), or where one of the rules fits.
fn refused(policy: &Policy, program: &CStr) -> Result<Rules, BackendError> {
    let mut rules: Rules = REFUSED.iter().map(|&call| (call, Vec::new())).collect();
    sockets(&policy.network, &mut rules)?;
    clone_flags(policy.processes, &mut rules)?;

    for &call in ABOUT_A_PROCESS {
        rules.insert(call, vec![all([int(0, Is::Ne, 0)?])?]);
    }
    rules.insert(libc::SYS_setpriority, vec![all([int(1, Is::Ne, 0)?])?]);
    // A process must not take back its death signal.
    let death = all([
        int(0, Is::Eq, number(libc::PR_SET_PDEATHSIG))?,
        int(1, Is::Ne, number(libc::SIGKILL))?,
    ])?;
    rules.insert(libc::SYS_prctl, vec![death]);
    // Keys typed into somebody's terminal.
    let typing = [libc::TIOCSTI, libc::TIOCLINUX]
        .map(|control| int(1, Is::Eq, control).and_then(|condition| all([condition])));
    rules.insert(libc::SYS_ioctl, typing.into_iter().collect::<Result<_, _>>()?);

    if !policy.file_attributes {
        rules.extend(ATTRIBUTES.iter().map(|&call| (call, Vec::new())));
        // Without a path, the times are those of an open file: a test's own affair.
        rules.insert(libc::SYS_utimensat, vec![all([long(1, Is::Ne, 0)?])?]);
    }
    if policy.processes == Processes::None {
        rules.extend(ABOUT_OTHERS.iter().map(|&call| (call, Vec::new())));
        let own = u64::from(std::process::id());
        for &call in SIGNALS {
            rules.insert(call, vec![all([int(0, Is::Ne, own)?])?]);
        }
        // The string's address: no address of the program's can be the same,
        // but by a guess that gains it nothing.
        let path = program.as_ptr().addr() as u64;
        rules.insert(libc::SYS_execve, vec![all([long(0, Is::Ne, path)?])?]);
    }
    Ok(rules)
}

/// Sockets: internet streams where the policy has a network, and pairs. A
/// connection that opens with its first data would pass Landlock by.
fn sockets(network: &Network, rules: &mut Rules) -> Result<(), BackendError> {
    const KIND: u64 = 0xf;
    const KINDS_BUT_STREAM: std::ops::RangeInclusive<u64> = 2..=KIND;
    let mut socket = Vec::new();
    if *network != Network::None {
        socket.push(all([
            int(0, Is::Ne, number(libc::AF_INET))?,
            int(0, Is::Ne, number(libc::AF_INET6))?,
        ])?);
        for kind in KINDS_BUT_STREAM {
            socket.push(all([int(1, Is::MaskedEq(KIND), kind)?])?);
        }
        socket.push(all([int(2, Is::Ne, 0)?, int(2, Is::Ne, number(libc::IPPROTO_TCP))?])?);
    }
    rules.insert(libc::SYS_socket, socket);
    let fast_open = number(libc::MSG_FASTOPEN);
    for (call, flags) in [(libc::SYS_sendto, 3), (libc::SYS_sendmsg, 2), (libc::SYS_sendmmsg, 3)] {
        rules.insert(call, vec![all([int(flags, Is::MaskedEq(fast_open), fast_open)?])?]);
    }
    Ok(())
}

/// `clone`: never a namespace, and a process only where the policy has some.
fn clone_flags(processes: Processes, rules: &mut Rules) -> Result<(), BackendError> {
    let namespaces = [
        libc::CLONE_NEWUSER,
        libc::CLONE_NEWNS,
        libc::CLONE_NEWPID,
        libc::CLONE_NEWNET,
        libc::CLONE_NEWIPC,
        libc::CLONE_NEWUTS,
        libc::CLONE_NEWCGROUP,
    ];
    let mut clone = Vec::new();
    for flag in namespaces.map(number) {
        clone.push(all([int(0, Is::MaskedEq(flag), flag)?])?);
    }
    if processes == Processes::None {
        let thread = number(libc::CLONE_THREAD);
        clone.push(all([int(0, Is::MaskedEq(thread), 0)?])?);
    }
    rules.insert(libc::SYS_clone, clone);
    Ok(())
}

/// A rule that fits where all conditions hold.
fn all<const N: usize>(conditions: [SeccompCondition; N]) -> Result<SeccompRule, BackendError> {
    SeccompRule::new(conditions.into())
}

/// A condition on an argument that is an `int`, of which only the lower half counts.
fn int(argument: u8, is: Is, value: u64) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, Length::Dword, is, value)
}

fn long(argument: u8, is: Is, value: u64) -> Result<SeccompCondition, BackendError> {
    SeccompCondition::new(argument, Length::Qword, is, value)
}

/// A constant of the C library, whose bits are what counts.
fn number(constant: libc::c_int) -> u64 {
    u64::from(constant.cast_unsigned())
}
