//! Root's privileges, which a program must not have.

use rustix::io;
use rustix::thread::{
    CapabilitySet, CapabilitySets, capabilities, capability_is_in_bounding_set,
    clear_ambient_capability_set, configure_capability_in_ambient_set,
    remove_capability_from_bounding_set, set_capabilities,
};

/// Gives up every privilege, for this process and whatever it executes.
///
/// # Errors
/// When the system refuses.
pub fn drop_all() -> io::Result<()> {
    clear_ambient_capability_set()?;
    // Root's programs get back what the bounding set holds. Without the
    // privilege to empty it, a user who is not root gets nothing back anyway.
    if capabilities(None)?.effective.contains(CapabilitySet::SETPCAP) {
        for bit in 0..u64::BITS {
            let one = CapabilitySet::from_bits_retain(1 << bit);
            match capability_is_in_bounding_set(one) {
                Ok(true) => remove_capability_from_bounding_set(one)?,
                Ok(false) => {}
                // Higher than the kernel knows.
                Err(_) => break,
            }
        }
    }
    let none = CapabilitySet::empty();
    set_capabilities(None, CapabilitySets { effective: none, permitted: none, inheritable: none })
}

/// Keeps the privilege to mount when the shim executes itself again.
///
/// # Errors
/// When the system refuses.
pub fn keep_mounting() -> io::Result<()> {
    let mut sets = capabilities(None)?;
    sets.inheritable |= CapabilitySet::SYS_ADMIN | CapabilitySet::SETPCAP;
    set_capabilities(None, sets)?;
    configure_capability_in_ambient_set(CapabilitySet::SYS_ADMIN, true)?;
    configure_capability_in_ambient_set(CapabilitySet::SETPCAP, true)
}

/// Whether this process has no privilege at all.
///
/// # Errors
/// When the system does not tell.
pub fn has_none() -> io::Result<bool> {
    Ok(capabilities(None)?.permitted.is_empty())
}
