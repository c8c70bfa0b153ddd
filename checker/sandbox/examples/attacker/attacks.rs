//! The attacks.

use std::error::Error;
use std::fs::{self, File, Permissions};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::linux::net::SocketAddrExt;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{SocketAddr, UnixListener, UnixStream};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};

use nix::sys::uio::{RemoteIoVec, process_vm_readv};
use rustix::process::{Pid, Resource, Rlimit};

type Done = Result<(), Box<dyn Error>>;

/// Tries the attack `words[0]` on the targets behind it.
pub fn attempt(words: &[String]) -> Done {
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        // Harmless ones.
        ["nothing"] => Ok(()),
        ["exit", code] => std::process::exit(code.parse()?),
        ["abort"] => std::process::abort(),
        ["signal", number] => {
            let signal = rustix::process::Signal::from_named_raw(number.parse()?);
            let signal = signal.ok_or("no signal")?;
            // Twice: Rust's own handler of SEGV only gives way the first time.
            for _ in 0..2 {
                rustix::process::kill_process(rustix::process::getpid(), signal)?;
            }
            Err("survived".into())
        }
        ["echo"] => echo(),
        ["print-pid-and-echo"] => {
            println!("{}", std::process::id());
            echo()
        }
        ["list-threads", many] => list_threads(many.parse()?),
        ["copy", from, to] => Ok(fs::copy(from, to).map(drop)?),
        ["own-server", port] => own_server(port.parse()?),
        ["pair"] => Ok(UnixStream::pair().map(drop)?),
        ["rename", from, to] => Ok(fs::rename(from, to)?),
        // Files.
        ["read", path] => Ok(fs::read(path).map(drop)?),
        ["write", path] => Ok(fs::write(path, "mine")?),
        ["remove", path] => Ok(fs::remove_file(path)?),
        ["own-memory", which] => own_memory(which),
        ["chmod", path] => Ok(fs::set_permissions(path, Permissions::from_mode(0o777))?),
        ["fchmod", path] => Ok(File::open(path)?.set_permissions(Permissions::from_mode(0o777))?),
        // Network.
        ["connect", port] => Ok(TcpStream::connect(("127.0.0.1", port.parse()?)).map(drop)?),
        ["datagram"] => Ok(UdpSocket::bind("127.0.0.1:0").map(drop)?),
        ["listen", path] => Ok(UnixListener::bind(path).map(drop)?),
        ["abstract", name] => {
            let address = SocketAddr::from_abstract_name(name)?;
            Ok(UnixStream::connect_addr(&address).map(drop)?)
        }
        // Other processes.
        ["trace", pid] => Ok(nix::sys::ptrace::attach(nix::unistd::Pid::from_raw(pid.parse()?))?),
        ["peek", pid] => peek(pid.parse()?),
        ["signal-to", pid] => {
            let pid = Pid::from_raw(pid.parse()?).ok_or("no process")?;
            Ok(rustix::process::test_kill_process(pid)?)
        }
        ["signal-to-parent"] => {
            let parent = rustix::process::getppid().ok_or("no parent")?;
            Ok(rustix::process::test_kill_process(parent)?)
        }
        ["outlive-parent"] => Ok(rustix::process::set_parent_process_death_signal(None)?),
        ["limit-of", pid] => limit_of(pid.parse()?),
        ["fork"] => child("nothing"),
        ["exec"] => Err(itself("nothing")?.exec().into()),
        ["unshare"] => Ok(nix::sched::unshare(nix::sched::CloneFlags::CLONE_NEWUSER)?),
        ["leave-orphan"] => child("leave-grandchild"),
        ["leave-grandchild"] => leave_grandchild(),
        ["linger"] => linger(),
        ["fork-bomb"] => fork_bomb(),
        // Resources.
        ["open", many] => open(many.parse()?),
        ["allocate", bytes] => Ok(Vec::<u8>::new().try_reserve_exact(bytes.parse()?)?),
        ["fill", path, bytes] => Ok(fs::write(path, vec![0; bytes.parse()?])?),
        ["core"] => core(),
        ["spin"] => loop {
            std::hint::spin_loop();
        },
        ["threads", many] => threads(many.parse()?),
        _ => Err(format!("no such attack: {words:?}").into()),
    }
}

fn itself(attack: &str) -> std::io::Result<Command> {
    let mut command = Command::new("/proc/self/exe");
    command.arg(attack);
    Ok(command)
}

fn child(attack: &str) -> Done {
    let status = itself(attack)?.status()?;
    if status.success() { Ok(()) } else { Err(status.to_string().into()) }
}

/// Gives back what it reads, a byte at a time.
fn echo() -> Done {
    let mut byte = [0];
    while std::io::stdin().read(&mut byte)? == 1 {
        std::io::stdout().write_all(&byte)?;
        std::io::stdout().flush()?;
    }
    Ok(())
}

/// A grandchild in a session of its own, which holds all streams.
fn leave_grandchild() -> Done {
    let mut grandchild = itself("linger")?.stderr(Stdio::piped()).spawn()?;
    let mut ready = [0];
    grandchild.stderr.take().ok_or("no pipe")?.read_exact(&mut ready)?;
    // Anything else is the first letter of why it has no session.
    if ready == *b"\n" { Ok(()) } else { Err("no session".into()) }
}

fn linger() -> Done {
    rustix::process::setsid()?;
    eprintln!();
    echo()
}

/// Doubles, each half in a session of its own where it can have one.
fn fork_bomb() -> Done {
    loop {
        let mut command = itself("fork-bomb")?;
        let _ = rustix::process::setsid();
        // Who can start no more goes on trying.
        let _ = command.stdin(Stdio::inherit()).spawn();
    }
}

fn list_threads(many: usize) -> Done {
    let (sender, receiver) = std::sync::mpsc::channel::<()>();
    let receiver = std::sync::Arc::new(std::sync::Mutex::new(receiver));
    let crew: Vec<_> = (1..many)
        .map(|_| {
            let receiver = std::sync::Arc::clone(&receiver);
            std::thread::spawn(move || drop(receiver.lock().map(|gate| gate.recv())))
        })
        .collect();
    let seen = fs::read_dir("/proc/self/task")?.count();
    let cores = std::thread::available_parallelism()?;
    drop(sender);
    crew.into_iter().for_each(|thread| drop(thread.join()));
    println!("{cores}");
    if seen == many { Ok(()) } else { Err(format!("{seen} threads").into()) }
}

fn own_server(port: u16) -> Done {
    let server = TcpListener::bind(("127.0.0.1", port))?;
    let mut client = TcpStream::connect(server.local_addr()?)?;
    client.write_all(b"x")?;
    let mut byte = [0];
    server.accept()?.0.read_exact(&mut byte)?;
    Ok(())
}

fn own_memory(which: &str) -> Done {
    let path = format!("/proc/{which}/mem");
    File::options().write(true).open(&path)?;
    Ok(())
}

/// Reads another process's memory; that there is nothing at the address counts
/// as having been let in.
fn peek(pid: i32) -> Done {
    let mut byte = [0];
    let remote = [RemoteIoVec { base: 1, len: 1 }];
    let mut local = [std::io::IoSliceMut::new(&mut byte)];
    match process_vm_readv(nix::unistd::Pid::from_raw(pid), &mut local, &remote) {
        Ok(_) | Err(nix::errno::Errno::EFAULT) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn limit_of(pid: i32) -> Done {
    let pid = Pid::from_raw(pid).ok_or("no process")?;
    let limit = Rlimit { current: Some(0), maximum: None };
    Ok(rustix::process::prlimit(Some(pid), Resource::Core, limit).map(drop)?)
}

fn open(many: usize) -> Done {
    let opened: Result<Vec<_>, _> = (0..many).map(|_| File::open("/dev/null")).collect();
    Ok(opened.map(drop)?)
}

fn core() -> Done {
    let most = rustix::process::getrlimit(Resource::Core).maximum;
    if most == Some(0) { Err("no core is ever written".into()) } else { Ok(()) }
}

/// Threads that stay until standard input ends.
fn threads(many: usize) -> Done {
    let gate = std::sync::Arc::new(std::sync::RwLock::new(()));
    let closed = gate.write();
    let mut crew = Vec::new();
    for _ in 0..many {
        let gate = std::sync::Arc::clone(&gate);
        let wait = move || drop(gate.read().map(drop));
        crew.push(std::thread::Builder::new().stack_size(64 << 10).spawn(wait)?);
    }
    std::io::stdin().read_to_end(&mut Vec::new())?;
    drop(closed);
    crew.into_iter().for_each(|thread| drop(thread.join()));
    Ok(())
}
