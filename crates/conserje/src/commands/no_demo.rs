//! The answer of a program that was built without the demo: it says which build has it.

use std::process::ExitCode;

use clap::Args;

/// As for a command line that cannot be understood.
const USAGE: u8 = 2;

/// Whatever stands behind the command; it is not looked at. The command is not in the help.
#[derive(Args)]
#[command(hide = true, disable_help_flag = true)]
pub struct Options {
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    _ignored: Vec<String>,
}

pub async fn run(_: Options) -> anyhow::Result<ExitCode> {
    eprintln!(
        "conserje: this program was built without the demo; a build with the cargo feature `demo`, which is on by \
         default, has it: cargo run -p conserje -- demo"
    );
    Ok(ExitCode::from(USAGE))
}
