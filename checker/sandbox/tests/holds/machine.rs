//! What a machine has, and what it says where it has less.

use std::process::Command;

use sandbox::{Layer, Policy, State};

use crate::lab::{example, layers};

/// Where user namespaces are used up, and root's privileges are gone, as in a
/// container, the base is still there, and what is missing has a name and a reason.
#[test]
fn without_user_namespaces_the_base_is_confined() {
    if !layers().in_force().contains(&Layer::UserNamespace) {
        eprintln!("this machine has none as it is");
        return;
    }
    let outer = "echo 0 > /proc/sys/user/max_user_namespaces && \
        exec setpriv --inh-caps=-all --ambient-caps=-all --bounding-set=-all \"$@\"";
    let output = Command::new("unshare")
        .args(["--map-root-user", "sh", "-c", outer, "sh"])
        .arg(example("probe"))
        .arg(env!("CARGO_BIN_EXE_confine"))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("level: Confined"), "{output:?}");
    for layer in [Layer::UserNamespace, Layer::NetworkNamespace, Layer::PidNamespace] {
        let named = format!("missing: {layer} (not started: {layer}: ");
        assert!(said.contains(&named), "{said}");
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
