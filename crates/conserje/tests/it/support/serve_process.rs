//! `conserje serve`, as a process that can be killed.

use std::{
    fs::File,
    process::{ExitStatus, Stdio},
    time::Duration,
};

use serde_json::Value;
use tokio::process::{Child, Command};

use super::{
    api_client::Http,
    run_command::{PATIENCE, command, through_shell, with_open_files},
    signal,
    temp_folder::Folder,
    wait_until::{until, within},
};

/// The staff token of every desk in these tests.
pub const STAFF: &str = "staff-token-of-the-tests-0123456789";

pub struct Desk {
    child: Child,
    folder: Folder,
    pub address: String,
    pub http: Http,
}

impl Desk {
    /// A desk on this database, listening on a port of its own, without limits on how often one may ask.
    pub async fn serve(database_url: &str, settings: &[(&str, &str)]) -> Self {
        Self::serve_as("all", database_url, settings).await
    }

    /// The same with a `--role` that listens.
    pub async fn serve_as(role: &str, database_url: &str, settings: &[(&str, &str)]) -> Self {
        Self::start(role, database_url, settings, |command| command).await
    }

    /// The same where the process may have no more than so many files and connections open.
    pub async fn serve_with_open_files(
        open_files: u32,
        database_url: &str,
        settings: &[(&str, &str)],
    ) -> Self {
        let limit = |command| with_open_files(&command, open_files);
        Self::start("all", database_url, settings, limit).await
    }

    /// The same where a file that may not grow is an error of the write and not the end of the process.
    pub async fn serve_where_files_may_not_grow(database_url: &str, settings: &[(&str, &str)]) -> Self {
        Self::start("all", database_url, settings, |command| through_shell(&command, "trap '' XFSZ")).await
    }

    async fn start(
        role: &str,
        database_url: &str,
        settings: &[(&str, &str)],
        dress: impl FnOnce(Command) -> Command,
    ) -> Self {
        let fixed = [
            ("DATABASE_URL", database_url),
            ("HOST", "127.0.0.1"),
            ("PORT", "0"),
            ("API_TOKEN", STAFF),
            ("RATE_LIMIT_ENABLED", "false"),
        ];
        let folder = Folder::new();
        let file = |name| File::create(folder.join(name)).expect("the test's folder can be written");
        // Of two values for one name the later counts: the test's.
        let command = command(folder.path(), &[&fixed, settings].concat(), &["serve", "--role", role]);
        let mut command = dress(command);
        let command = command.stdout(Stdio::from(file("out"))).stderr(Stdio::from(file("err")));
        let child = command.spawn().expect("the program can be started");
        let mut desk = Self { child, folder, address: String::new(), http: Http::new(String::new()) };
        desk.address = until("the desk is open", PATIENCE, async || desk.open_address()).await;
        desk.http = Http::new(format!("http://{}", desk.address));
        desk
    }

    /// The address in its log, once it listens.
    ///
    /// # Panics
    /// When it has ended instead.
    fn open_address(&mut self) -> Option<String> {
        let opened = self.log_lines().into_iter().find(|line| {
            ["the desk is open", "the worker shows its health"]
                .iter()
                .any(|opened| line["message"] == *opened)
        });
        if opened.is_none() {
            let ended = self.child.try_wait().expect("a child can be waited for");
            assert!(ended.is_none(), "the desk ended at its start: {}", self.errors());
        }
        Some(opened?["address"].as_str()?.to_owned())
    }

    pub fn pid(&self) -> u32 {
        self.child.id().expect("the desk runs")
    }

    /// What it has logged so far; a line that is being written is left out.
    pub fn log_lines(&self) -> Vec<Value> {
        self.log().lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
    }

    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.join("out")).expect("the log can be read")
    }

    pub fn errors(&self) -> String {
        std::fs::read_to_string(self.folder.join("err")).expect("standard error can be read")
    }

    /// SIGKILL: what was not written down is lost.
    pub async fn kill(mut self) {
        self.child.kill().await.expect("a child can be killed");
    }

    /// SIGTERM, without waiting.
    pub fn ask_to_stop(&self) {
        signal::send("TERM", &[self.pid()]);
    }

    /// Waits for its end after [`Self::ask_to_stop`].
    pub async fn ended(&mut self, limit: Duration) -> ExitStatus {
        within("stopping", limit, self.child.wait()).await.expect("a child can be waited for")
    }

    /// SIGTERM, and a good end.
    pub async fn stop(mut self) {
        self.ask_to_stop();
        assert_eq!(self.ended(PATIENCE).await.code(), Some(0), "{}", self.errors());
    }
}

impl Drop for Desk {
    /// A failed test shows what the desk thought about it.
    fn drop(&mut self) {
        if std::thread::panicking() {
            let (log, errors) = (self.log(), self.errors());
            let last = log.lines().rev().take(30).collect::<Vec<_>>();
            let last = last.into_iter().rev().collect::<Vec<_>>().join("\n");
            eprintln!("the last of what the desk at {} logged:\n{last}\n{errors}", self.address);
        }
    }
}
