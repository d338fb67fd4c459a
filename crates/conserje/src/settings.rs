//! Settings from the file beside us and from the environment.

use std::path::Path;

use anyhow::Context as _;
use app::config::{Config, load};

pub fn read() -> anyhow::Result<Config> {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    let environment: Vec<(String, String)> = std::env::vars_os()
        .filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
        .collect();
    load(Path::new("conserje.toml"), &environment).context("the settings are not right")
}
