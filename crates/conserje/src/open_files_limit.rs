//! How many files and connections this process may have open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Far above what is needed, and not so many that a mistake could exhaust the machine.
const ENOUGH: u64 = 8_192;

/// Asks for as many as the system allows without further rights, and returns how many there are now; None when there
/// is no limit. What a shell or systemd sets by itself is a low limit under a high one.
pub fn raise() -> Option<u64> {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let now = current?;
    let wanted = maximum.unwrap_or(ENOUGH).min(ENOUGH);
    if wanted <= now {
        return Some(now);
    }
    match setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum }) {
        Ok(()) => Some(wanted),
        Err(_) => Some(now),
    }
}
