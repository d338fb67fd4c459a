//! A PostgreSQL of a test's own, which it may freeze, kill and start again.

use std::{
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use store::db::Db;

use super::{free_port, signal, temp_folder::Folder, wait_until::until_true};

pub struct OwnPostgres {
    server: Option<Child>,
    bin: PathBuf,
    folder: Folder,
    port: u16,
}

/// Setting up a data folder takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(60);

impl OwnPostgres {
    pub async fn start() -> Self {
        let (bin, folder) = (newest_bin(), Folder::new());
        if let Some((uid, gid)) = other_user() {
            chown(folder.path(), Some(uid), Some(gid)).expect("root may give a folder away");
        }
        let mut own = Self { server: None, bin, folder, port: free_port::free() };
        let data = own.data();
        let made = own
            .program("initdb")
            .args([
                "-U",
                "conserje",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
                "-D",
            ])
            .arg(&data)
            .stdout(Stdio::null())
            .status();
        assert!(made.expect("initdb can be started").success(), "no database could be set up");
        own.start_again().await;
        own
    }

    pub fn url(&self) -> String {
        format!("postgres://conserje@127.0.0.1:{}/postgres", self.port)
    }

    /// After [`Self::kill`]: the same data on the same port.
    pub async fn start_again(&mut self) {
        let (data, port) = (self.data(), self.port.to_string());
        let mut server = self.program("postgres");
        server.args(["-h", "127.0.0.1", "-p", &port, "-c", "unix_socket_directories=", "-D"]).arg(&data);
        let child = server.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        self.server = Some(child.expect("postgres can be started"));
        let url = self.url();
        until_true("PostgreSQL answers", PATIENCE, async || Db::open(&url, 1).await.is_ok()).await;
    }

    /// It keeps its connections and answers nothing.
    pub fn freeze(&self) {
        // The server first, so that it starts nothing more while its children are counted.
        signal::send("STOP", &self.server.iter().map(Child::id).collect::<Vec<_>>());
        // A child that was being born is met the second time.
        let mut met = 0;
        while self.family().len() > met {
            met = self.family().len();
            signal::send("STOP", &self.family());
        }
    }

    pub fn thaw(&self) {
        signal::send("CONT", &self.family());
    }

    /// At once, as when the power goes.
    pub fn kill(&mut self) {
        let family = self.family();
        signal::send("CONT", &family);
        let Some(mut server) = self.server.take() else { return };
        // QUIT is PostgreSQL's immediate shutdown: no checkpoint, no farewell; and unlike KILL it takes its children along.
        signal::send("QUIT", &[server.id()]);
        server.wait().expect("a child can be waited for");
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The server and the processes that serve its connections.
    fn family(&self) -> Vec<u32> {
        self.server.as_ref().map(|server| signal::family(server.id())).unwrap_or_default()
    }

    fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.bin.join(name));
        command.current_dir(self.folder.path());
        if let Some((uid, gid)) = other_user() {
            command.uid(uid).gid(gid);
        }
        command
    }
}

impl Drop for OwnPostgres {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Debian keeps the programs outside PATH, a folder per version.
fn newest_bin() -> PathBuf {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let versions = versions.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok());
    let newest = versions.max().map(|version| format!("/usr/lib/postgresql/{version}/bin"));
    PathBuf::from(
        newest.expect("PostgreSQL is not installed: run scripts/test, which installs what is missing"),
    )
}

/// PostgreSQL refuses to run as root: then it runs as the user that its package made.
fn other_user() -> Option<(u32, u32)> {
    use std::os::unix::fs::MetadataExt as _;
    let me = std::fs::metadata(Path::new("/proc/self")).expect("this machine has /proc").uid();
    if me != 0 {
        return None;
    }
    let users = std::fs::read_to_string("/etc/passwd").expect("the users can be listed");
    let postgres = users.lines().find_map(|line| line.strip_prefix("postgres:"));
    let mut fields = postgres.expect("there is no user named postgres").split(':').skip(1);
    let mut number = || fields.next()?.parse().ok();
    Some((number().expect("a user has a number"), number().expect("a user has a group")))
}
