//! Signals, sent by the shell: the standard library has no call for them.

use std::process::Command;

/// Sends `name` (`TERM`, `KILL`, `STOP`, `CONT`, `QUIT`) to these processes; one that is gone already is no error.
pub fn send(name: &str, pids: &[u32]) {
    for pid in pids {
        let sent = Command::new("/bin/sh").arg("-c").arg(format!("kill -{name} {pid} 2>/dev/null")).status();
        sent.expect("there is a shell");
    }
}

/// A process and its children, one generation deep.
pub fn family(parent: u32) -> Vec<u32> {
    let processes = std::fs::read_dir("/proc").expect("this machine has /proc");
    let pids = processes.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let children = pids.filter(|pid| parent_of(*pid) == Some(parent));
    std::iter::once(parent).chain(children.collect::<Vec<_>>()).collect()
}

/// The second field behind the name, which stands in brackets and may hold blanks.
fn parent_of(pid: u32) -> Option<u32> {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
    stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
}
