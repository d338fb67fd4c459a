//! The built program, run to its end.

use std::{
    path::Path,
    process::{Output, Stdio},
    time::Duration,
};

use tokio::{io::AsyncWriteExt as _, process::Command};

use super::wait_until::within;

/// Long enough for a debug build on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The program with these settings and none of the machine's; its own files are looked for in `folder`.
pub fn command(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_conserje"));
    command.current_dir(folder).env_clear().envs(settings.iter().copied()).args(arguments);
    command.stdin(Stdio::null()).kill_on_drop(true);
    command
}

/// The same command where a process may have no more than so many files and connections open.
pub fn with_open_files(command: &Command, open_files: u32) -> Command {
    through_shell(command, &format!("ulimit -n {open_files}"))
}

/// The same command in a process that a shell has prepared.
pub fn through_shell(command: &Command, prepare: &str) -> Command {
    let command = command.as_std();
    let mut limited = Command::new("/bin/sh");
    limited.arg("-c").arg(format!("{prepare} && exec \"$0\" \"$@\""));
    limited.arg(command.get_program()).args(command.get_args()).env_clear();
    limited.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    if let Some(folder) = command.get_current_dir() {
        limited.current_dir(folder);
    }
    limited.stdin(Stdio::null()).kill_on_drop(true);
    limited
}

/// What became of a run.
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub errors: String,
}

pub async fn run(folder: &Path, settings: &[(&str, &str)], arguments: &[&str]) -> Ended {
    let output = command(folder, settings, arguments).output();
    Ended::of(within("the program", PATIENCE, output).await.expect("the program can be started"))
}

/// The same with something on standard input.
pub async fn run_with_input(folder: &Path, arguments: &[&str], input: &str) -> Ended {
    let mut command = command(folder, &[], arguments);
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program can be started");
    let mut stdin = child.stdin.take().expect("standard input is piped");
    // A program that stops at a wrong line does not read the rest.
    let _ = stdin.write_all(input.as_bytes()).await;
    drop(stdin);
    Ended::of(within("the program", PATIENCE, child.wait_with_output()).await.expect("the program ends"))
}

impl Ended {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), errors: text(output.stderr) }
    }

    /// What a refused start says: a line for each thing that is wrong.
    ///
    /// # Panics
    /// When it ended well.
    pub fn complaints(&self) -> &str {
        assert_eq!(self.code, Some(1), "standard error: {}", self.errors);
        &self.errors
    }

    /// The one line that a refused start says.
    ///
    /// # Panics
    /// When it ended well, or said more than a line.
    pub fn complaint(&self) -> &str {
        assert_eq!(self.code, Some(1), "standard error: {}", self.errors);
        let lines: Vec<&str> = self.errors.lines().collect();
        assert_eq!(lines.len(), 1, "one line is enough: {}", self.errors);
        lines[0]
    }
}
