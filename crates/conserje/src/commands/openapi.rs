//! `conserje openapi`: prints the description of the API.

use std::{
    io::{ErrorKind, Write as _},
    process::ExitCode,
};

pub fn run() -> anyhow::Result<ExitCode> {
    let text = serde_json::to_string_pretty(&web::openapi())?;
    match writeln!(std::io::stdout().lock(), "{text}") {
        // Whoever reads it has seen enough: `conserje openapi | head`.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        done => Ok(done.map(|()| ExitCode::SUCCESS)?),
    }
}
