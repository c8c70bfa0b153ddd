//! Namespaces: a part of the system that a program has for itself.

use std::fs;
use std::io;
use std::path::Path;

use nix::sched::{CloneFlags, unshare};
use rustix::mount::{MountFlags, MountPropagationFlags, mount, mount_bind, mount_change};
use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::{AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType};

use super::privileges;
use crate::layer::Layer;
use crate::policy::{Network, Policy};
use crate::refusal::{OrRefuse, Refusal};

/// Where programs put temporary files that know no better.
pub const TMP: &str = "/tmp";

/// Shared memory, by name.
const SHARED_MEMORY: &str = "/dev/shm";

/// Most bytes of shared memory of its own.
const SHARED_MEMORY_SIZE: &std::ffi::CStr = c"size=64m,mode=1777";

/// Enters all namespaces of the policy but that of mounts, which needs to know
/// the processes first. Processes started from now on are in the pid namespace,
/// this one never is.
pub fn enter(policy: &Policy) -> Result<(), Refusal> {
    let has = |layer| policy.layers.contains(&layer);
    if has(Layer::UserNamespace) {
        enter_users().or_refuse(Layer::UserNamespace)?;
        if has(Layer::MountNamespace) {
            privileges::keep_mounting().or_refuse(Layer::UserNamespace)?;
        }
    }
    // The caller's server is in the caller's network.
    if has(Layer::NetworkNamespace) && !matches!(policy.network, Network::Caller { .. }) {
        unshare(CloneFlags::CLONE_NEWNET).or_refuse(Layer::NetworkNamespace)?;
        raise_loopback().or_refuse(Layer::NetworkNamespace)?;
    }
    if has(Layer::IpcNamespace) {
        unshare(CloneFlags::CLONE_NEWIPC).or_refuse(Layer::IpcNamespace)?;
    }
    if has(Layer::PidNamespace) {
        unshare(CloneFlags::CLONE_NEWPID).or_refuse(Layer::PidNamespace)?;
    }
    Ok(())
}

/// Users of its own, of which only this one is anybody, under the same number.
fn enter_users() -> io::Result<()> {
    let user = rustix::process::geteuid().as_raw();
    let group = rustix::process::getegid().as_raw();
    unshare(CloneFlags::CLONE_NEWUSER)?;
    fs::write("/proc/self/setgroups", "deny")?;
    fs::write("/proc/self/uid_map", format!("{user} {user} 1"))?;
    fs::write("/proc/self/gid_map", format!("{group} {group} 1"))
}

/// Enters the namespace of mounts, where the policy has one, and gives it its
/// own `/proc` (with a pid namespace), `/dev/shm` and `/tmp`.
///
/// # Errors
/// When the system refuses.
pub fn enter_mounts(policy: &Policy) -> io::Result<()> {
    if !policy.layers.contains(&Layer::MountNamespace) {
        return Ok(());
    }
    unshare(CloneFlags::CLONE_NEWNS)?;
    mount_change("/", MountPropagationFlags::PRIVATE | MountPropagationFlags::REC)?;
    let flags = MountFlags::NOSUID | MountFlags::NODEV;
    if has_own_tmp(policy)
        && let Some(folder) = &policy.private_tmp
    {
        mount_bind(folder, TMP)?;
    }
    if Path::new(SHARED_MEMORY).is_dir() && !policy.reaches_into(Path::new(SHARED_MEMORY)) {
        mount("tmpfs", SHARED_MEMORY, "tmpfs", flags | MountFlags::NOEXEC, SHARED_MEMORY_SIZE)?;
    }
    if policy.layers.contains(&Layer::PidNamespace) {
        mount("proc", "/proc", "proc", flags | MountFlags::NOEXEC, None)?;
    }
    Ok(())
}

/// Whether `/tmp` is the policy's private folder. It cannot be where a path of
/// the policy lies below `/tmp`, for that would vanish under it.
pub fn has_own_tmp(policy: &Policy) -> bool {
    policy.layers.contains(&Layer::MountNamespace)
        && policy.private_tmp.is_some()
        && !policy.reaches_into(Path::new(TMP))
}

/// Switches on the loopback device, which a new network has switched off.
fn raise_loopback() -> io::Result<()> {
    const LOOPBACK: i32 = 1;
    let socket = rustix::net::socket_with(
        AddressFamily::NETLINK,
        SocketType::RAW,
        SocketFlags::CLOEXEC,
        // The protocol that is number 0, which is what `None` says: NETLINK_ROUTE.
        None,
    )?;
    let request = link_up(LOOPBACK);
    rustix::net::sendto(&socket, &request, SendFlags::empty(), &SocketAddrNetlink::new(0, 0))?;
    let mut answer = [0; 1024];
    let (length, _) = rustix::net::recv(&socket, &mut answer, RecvFlags::empty())?;
    match error_of(&answer[..length]) {
        Some(0) => Ok(()),
        Some(code) => Err(io::Error::from_raw_os_error(-code)),
        None => Err(io::ErrorKind::InvalidData.into()),
    }
}

/// `RTM_NEWLINK` that sets `IFF_UP`, as netlink(7) and rtnetlink(7) lay it out.
fn link_up(index: i32) -> Vec<u8> {
    const LENGTH: u32 = 32;
    const NEW_LINK: u16 = 16;
    const REQUEST_AND_ACKNOWLEDGE: u16 = 1 | 4;
    const UP: u32 = 1;
    let mut message = Vec::with_capacity(LENGTH as usize);
    message.extend(LENGTH.to_ne_bytes());
    message.extend(NEW_LINK.to_ne_bytes());
    message.extend(REQUEST_AND_ACKNOWLEDGE.to_ne_bytes());
    // Sequence number and sender; then family, padding and type of the link.
    message.extend([0; 12]);
    message.extend(index.to_ne_bytes());
    message.extend(UP.to_ne_bytes()); // What the flags are to be,
    message.extend(UP.to_ne_bytes()); // and which of them are meant.
    message
}

/// The code in an `NLMSG_ERROR`, which is 0 where it only acknowledges.
fn error_of(message: &[u8]) -> Option<i32> {
    const ERROR: u16 = 2;
    let kind = u16::from_ne_bytes(message.get(4..6)?.try_into().ok()?);
    let code = i32::from_ne_bytes(message.get(16..20)?.try_into().ok()?);
    (kind == ERROR).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::{error_of, link_up};

    #[test]
    fn a_message_is_as_long_as_it_says() {
        let message = link_up(1);
        assert_eq!(message[..4], u32::try_from(message.len()).unwrap().to_ne_bytes());
    }

    #[test]
    fn an_acknowledgement_is_no_error_and_a_torn_one_is_nothing() {
        let mut message = vec![0; 36];
        message[4] = 2;
        assert_eq!(error_of(&message), Some(0));
        message[16..20].copy_from_slice(&(-1_i32).to_ne_bytes());
        assert_eq!(error_of(&message), Some(-1));
        assert_eq!(error_of(&message[..18]), None);
    }
}
