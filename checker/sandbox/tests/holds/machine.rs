//! What a machine has, and what it says where it has less.

use sandbox::{Layer, Level, Policy, Processes, State};

use crate::lab::{example, layers, shim};

/// Where the policy's filter refuses `unshare`, as a container's does, the base
/// is still there, and what is missing has a name and a reason.
#[test]
fn without_user_namespaces_the_base_is_confined() {
    if layers().level() < Level::Confined {
        eprintln!("this machine has no base: {:?}", layers().missing().collect::<Vec<_>>());
        return;
    }
    let mut policy = Policy::new(layers(), &example("probe"));
    policy.layers = [Layer::Capabilities, Layer::Seccomp].into();
    policy.processes = Processes::Some;
    let mut command = shim().command(&policy, &example("probe")).unwrap();
    let output = command.arg(env!("CARGO_BIN_EXE_confine")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("level: Confined"), "{said}");
    for layer in [Layer::UserNamespace, Layer::NetworkNamespace, Layer::PidNamespace] {
        let named = format!("missing: {layer} (not started: {layer}: ");
        assert!(said.contains(&named) && said.contains("Operation not permitted"), "{said}");
    }
}

#[test]
fn layers_and_policies_survive_json() {
    let policy = Policy::check(layers(), &example("probe"), "/scratch".as_ref());
    let text = serde_json::to_string(&policy).unwrap();
    assert_eq!(serde_json::from_str::<Policy>(&text).unwrap(), policy);
    let state = State::Missing("forbidden".to_owned());
    assert_eq!(serde_json::to_string(&state).unwrap(), r#"{"missing":"forbidden"}"#);
}
