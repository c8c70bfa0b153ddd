//! Files, TCP ports and signals, held back by Landlock.

use std::io;
use std::path::Path;

use landlock::{
    ABI, Access, AccessFs, AccessNet, BitFlags, CompatLevel, Compatible, NetPort, PathBeneath,
    PathFd, Ruleset, RulesetAttr, RulesetCreated, RulesetCreatedAttr, RulesetError, RulesetStatus,
    Scope,
};

use crate::layer::Layer;
use crate::policy::{Network, Policy};
use crate::refusal::{OrRefuse, Refusal};

/// The oldest Landlock that will do: the first with TCP ports.
const LEAST: ABI = ABI::V4;

/// The newest that this knows; what it adds is taken where it is there.
const NEWEST: ABI = ABI::V9;

/// What a program reads about itself: its stack and its share of the CPUs
/// (the standard library), its threads and CPU time (graded tests). Never
/// `mem`, nor a folder with its file in it.
const OWN_FILES: [&str; 4] =
    ["/proc/self/maps", "/proc/self/cgroup", "/proc/self/stat", "/proc/self/mountinfo"];

/// The list of its threads: the names only, none of the files below.
const OWN_THREADS: &str = "/proc/self/task";

/// Holds this process, and all that it starts, to the policy's paths and ports.
pub fn restrict(policy: &Policy) -> Result<(), Refusal> {
    let rules = rules(policy).or_refuse(Layer::Landlock)?;
    let status = rules.restrict_self().or_refuse(Layer::Landlock)?;
    if status.ruleset == RulesetStatus::NotEnforced {
        return Err(Refusal::new("landlock: this kernel does not enforce it"));
    }
    Ok(())
}

fn rules(policy: &Policy) -> Result<RulesetCreated, Box<dyn std::error::Error>> {
    let mut ruleset = Ruleset::default()
        .set_compatibility(CompatLevel::HardRequirement)
        .handle_access(AccessFs::from_all(LEAST))?;
    if !has_ports_of_its_own(policy) {
        ruleset = ruleset.handle_access(AccessNet::from_all(LEAST))?;
    }
    if policy.layers.contains(&Layer::Scope) {
        ruleset = ruleset.scope(Scope::from_all(NEWEST))?;
    }
    ruleset = ruleset
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(NEWEST))?;
    let mut created = ruleset.create()?;

    let read = AccessFs::ReadFile | AccessFs::ReadDir;
    let execute = read | AccessFs::Execute;
    let write = read | AccessFs::from_write(NEWEST) & !never();
    let groups = [(&policy.read, read), (&policy.read_execute, execute), (&policy.write, write)];
    for (paths, access) in groups {
        for path in paths {
            created = allow(created, path, access)?;
        }
    }
    if let Some(folder) = &policy.private_tmp {
        created = allow(created, folder, write)?;
    }
    if super::namespaces::has_own_tmp(policy) {
        created = allow(created, Path::new(super::namespaces::TMP), write)?;
    }
    for path in OWN_FILES {
        created = allow(created, Path::new(path), AccessFs::ReadFile.into())?;
    }
    created = allow(created, Path::new(OWN_THREADS), AccessFs::ReadDir.into())?;
    Ok(allow_ports(created, policy)?)
}

/// Devices and sockets, which nothing graded makes, and the controls of devices.
fn never() -> BitFlags<AccessFs> {
    AccessFs::MakeChar | AccessFs::MakeBlock | AccessFs::MakeSock | AccessFs::IoctlDev
}

/// One rule; none for a path that does not exist, where nothing is to be allowed.
fn allow(
    rules: RulesetCreated,
    path: &Path,
    access: BitFlags<AccessFs>,
) -> Result<RulesetCreated, Box<dyn std::error::Error>> {
    let is_folder = match std::fs::metadata(path) {
        Ok(metadata) => metadata.is_dir(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(rules),
        Err(error) => return Err(format!("{}: {error}", path.display()).into()),
    };
    let access = if is_folder { access } else { access & AccessFs::from_file(NEWEST) };
    Ok(rules.add_rule(PathBeneath::new(PathFd::new(path)?, access))?)
}

/// Whether the network has nobody else in it, so that every port is fine.
fn has_ports_of_its_own(policy: &Policy) -> bool {
    matches!(policy.network, Network::Own { .. })
        && policy.layers.contains(&Layer::NetworkNamespace)
}

fn allow_ports(rules: RulesetCreated, policy: &Policy) -> Result<RulesetCreated, RulesetError> {
    if has_ports_of_its_own(policy) {
        return Ok(rules);
    }
    let (ports, access) = match &policy.network {
        Network::None => return Ok(rules),
        Network::Own { ports } => (ports, AccessNet::BindTcp | AccessNet::ConnectTcp),
        Network::Caller { ports } => (ports, AccessNet::ConnectTcp.into()),
    };
    ports.iter().try_fold(rules, |rules, &port| rules.add_rule(NetPort::new(port, access)))
}
