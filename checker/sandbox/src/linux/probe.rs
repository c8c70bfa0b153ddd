//! Tries a layer, and checks from inside that it holds.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixDatagram;
use std::path::Path;
use std::process::Stdio;

use rustix::process::{Resource, Signal};

use super::privileges;
use crate::layer::{Layer, Layers};
use crate::policy::{Network, Policy};
use crate::refusal::Refusal;
use crate::shim::{Order, Shim};

/// Starts the shim with `layer` on top of the layers `found` so far, and lets
/// it look at itself.
///
/// # Errors
/// The reason, when it was not started or saw nothing of the layer.
pub fn try_layer(
    shim: &Shim,
    program: &Path,
    found: &BTreeSet<Layer>,
    layer: Layer,
) -> Result<(), String> {
    let mut policy = Policy::new(&Layers::with_missing([]), program);
    policy.layers = found.iter().copied().chain([layer]).collect();
    policy.read.push("/proc".into());
    if layer == Layer::NetworkNamespace {
        policy.network = Network::Own { ports: Vec::new() };
    }
    let outside = namespace(layer).and_then(name_of);
    let observe = shim.order(&Order::Observe { layer, outside });
    let attempt = shim
        .command(&policy, program)
        .and_then(|mut command| command.args(observe?.get_args()).stdin(Stdio::null()).output());
    let output = attempt.map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(said.lines().last().map_or_else(|| output.status.to_string(), str::to_owned))
}

/// The body of an observer: ends with success if it sees the layer.
pub fn observe(layer: Layer, outside: Option<&str>) -> Result<Infallible, Refusal> {
    match is_in_force(layer, outside) {
        Ok(true) => std::process::exit(0),
        Ok(false) => Err(Refusal::new(format!("{layer}: accepted, but without effect"))),
        Err(error) => Err(Refusal::new(format!("{layer}: {error}"))),
    }
}

fn is_in_force(layer: Layer, outside: Option<&str>) -> std::io::Result<bool> {
    let is_refused = |kind| kind == ErrorKind::PermissionDenied;
    Ok(match layer {
        Layer::Session => rustix::process::getsid(None)? == rustix::process::getpid(),
        Layer::DeathSignal => rustix::process::parent_process_death_signal()? == Some(Signal::KILL),
        // That the supervisor started is all that can be seen from here.
        Layer::Reaper | Layer::Tasks => true,
        Layer::Limits => rustix::process::getrlimit(Resource::Core).maximum == Some(0),
        Layer::Descriptors => File::open("/dev/null")?.as_raw_fd() == 3,
        Layer::Capabilities => privileges::has_none()?,
        Layer::Landlock => fs::read_dir("/").is_err_and(|error| is_refused(error.kind())),
        Layer::Scope => rustix::process::getppid().is_some_and(|parent| {
            rustix::process::test_kill_process(parent) == Err(rustix::io::Errno::PERM)
        }),
        Layer::Seccomp => UnixDatagram::unbound().is_err_and(|error| is_refused(error.kind())),
        Layer::NetworkNamespace => is_elsewhere(layer, outside) && loopback_works()?,
        Layer::UserNamespace
        | Layer::PidNamespace
        | Layer::IpcNamespace
        | Layer::MountNamespace => is_elsewhere(layer, outside),
    })
}

fn loopback_works() -> std::io::Result<bool> {
    let server = TcpListener::bind("127.0.0.1:0")?;
    Ok(TcpStream::connect(server.local_addr()?).is_ok())
}

/// Whether this process has another namespace than the one named.
fn is_elsewhere(layer: Layer, outside: Option<&str>) -> bool {
    let inside = namespace(layer).and_then(name_of);
    inside.is_some() && outside.is_some() && inside.as_deref() != outside
}

fn namespace(layer: Layer) -> Option<&'static str> {
    match layer {
        Layer::UserNamespace => Some("user"),
        Layer::NetworkNamespace => Some("net"),
        Layer::PidNamespace => Some("pid"),
        Layer::IpcNamespace => Some("ipc"),
        Layer::MountNamespace => Some("mnt"),
        _ => None,
    }
}

fn name_of(namespace: &str) -> Option<String> {
    let link = fs::read_link(format!("/proc/self/ns/{namespace}")).ok()?;
    Some(link.to_string_lossy().into_owned())
}
