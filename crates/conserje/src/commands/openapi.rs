//! `conserje openapi`: prints the description of the API.

use std::process::ExitCode;

pub fn run() -> anyhow::Result<ExitCode> {
    println!("{}", serde_json::to_string_pretty(&web::openapi())?);
    Ok(ExitCode::SUCCESS)
}
