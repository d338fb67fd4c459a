//! How many connections, and how long each may take.

use std::time::Duration;

/// File descriptors that stay free for the database, for calls to providers and for files.
const KEPT_FREE: u64 = 64;
/// However few there are, somebody is served.
const FEWEST: u64 = 16;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Open connections in all, those of proxies too.
    pub connections: usize,
    /// Open connections of one client; trusted proxies stand for many clients and are not counted here.
    pub connections_per_address: usize,
    /// A client that does not finish its headers in this time is let go.
    pub header_timeout: Duration,
    /// A client that takes nothing of its answer for this time is let go.
    pub write_timeout: Duration,
    /// What is open when the process is asked to stop may go on so long.
    pub shutdown: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 1_024,
            connections_per_address: 256,
            header_timeout: Duration::from_secs(10),
            write_timeout: Duration::from_secs(30),
            shutdown: Duration::from_secs(10),
        }
    }
}

impl Limits {
    /// As many connections as a process that may open so many files can have beside its other work.
    #[must_use]
    pub fn within_open_files(mut self, open_files: u64) -> Self {
        let kept_free = KEPT_FREE.max(open_files / 4);
        let most = open_files.saturating_sub(kept_free).max(FEWEST);
        self.connections = self.connections.min(usize::try_from(most).unwrap_or(usize::MAX));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_for_the_rest() {
        let connections = |open_files| Limits::default().within_open_files(open_files).connections;
        assert_eq!(connections(256), 192);
        assert_eq!(connections(1_024), 768);
        assert_eq!(connections(1_000_000), 1_024);
        assert_eq!(connections(0), 16);
    }
}
