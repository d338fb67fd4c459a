//! Loads the settings from `conserje.toml` and the environment.

use std::path::Path;

use anyhow::Context as _;
use app::config::Config;
use app::config::Loaded;
use app::config::load;

/// The settings, for a command: what was noticed goes to the error output.
pub fn read() -> anyhow::Result<Config> {
    let Loaded { settings, warnings } = load_all()?;
    for warning in warnings {
        eprintln!("conserje: {warning}");
    }
    Ok(settings)
}

/// The settings, and sentences about variables that set nothing.
pub fn load_all() -> anyhow::Result<Loaded<Config>> {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    let environment: Vec<(String, String)> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    load(Path::new("conserje.toml"), &environment).context("the settings are not right")
}
