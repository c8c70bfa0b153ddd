//! Sockets of all kinds.

use std::net::TcpListener;
use std::os::linux::net::SocketAddrExt;
use std::os::unix::net::{SocketAddr, UnixListener};

use sandbox::{Layer, Network, Policy};

use crate::lab::{Lab, namespace};

fn server() -> (TcpListener, String) {
    let server = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = server.local_addr().unwrap().port().to_string();
    (server, port)
}

#[test]
fn nothing_on_the_host_answers() {
    let lab = Lab::new();
    let (_server, port) = server();
    for layers in [vec![Layer::Landlock], vec![Layer::Seccomp], namespace(Layer::NetworkNamespace)]
    {
        lab.stopped_by(&layers, &lab.policy(), &["connect", &port]);
    }
}

#[test]
fn the_caller_s_port_answers_and_no_other() {
    let lab = Lab::new();
    let (server, port) = server();
    let ports = vec![server.local_addr().unwrap().port()];
    let policy = Policy { network: Network::Caller { ports }, ..lab.policy() };
    assert!(lab.succeeds(&policy, &["connect", &port]));
    let (_other, port) = self::server();
    lab.stopped_by(&[Layer::Landlock], &policy, &["connect", &port]);
}

#[test]
fn a_server_of_its_own_answers() {
    let lab = Lab::new();
    let own = |ports| Policy { network: Network::Own { ports }, ..lab.policy() };
    if namespace(Layer::NetworkNamespace).len() == 2 {
        assert!(lab.succeeds(&own(Vec::new()), &["own-server", "0"]));
    }
    // Without a network of its own, on the port that was agreed on. It is free
    // again once the server that reserved it is gone.
    let (server, port) = server();
    let policy = own(vec![server.local_addr().unwrap().port()]).without(Layer::NetworkNamespace);
    drop(server);
    assert!(lab.succeeds(&policy, &["own-server", &port]));
    assert!(!lab.succeeds(&policy, &["own-server", "0"]));
}

#[test]
fn other_kinds_of_sockets_do_not_exist() {
    let lab = Lab::new();
    let network = Network::Own { ports: Vec::new() };
    for policy in [lab.policy(), Policy { network, ..lab.policy() }] {
        lab.stopped_by(&[Layer::Seccomp], &policy, &["datagram"]);
        assert!(!lab.succeeds(&policy, &["listen", "socket"]));
        assert!(lab.succeeds(&policy, &["pair"]));
    }
    lab.stopped_by(&[Layer::Seccomp], &lab.policy(), &["listen", "socket"]);
}

#[test]
fn abstract_sockets_do_not_answer() {
    let lab = Lab::new();
    let name = format!("sandbox-{}", std::process::id());
    let address = SocketAddr::from_abstract_name(&name).unwrap();
    let _server = UnixListener::bind_addr(&address).unwrap();
    for layers in [
        vec![Layer::Seccomp],
        vec![Layer::Landlock, Layer::Scope],
        namespace(Layer::NetworkNamespace),
    ] {
        lab.stopped_by(&layers, &lab.policy(), &["abstract", &name]);
    }
}
