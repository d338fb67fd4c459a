//! What is wrong with the settings: all of it at once, a sentence each.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("{file} could not be read: {detail}")]
    Unreadable { file: String, detail: String },
    #[error("{file} is not valid TOML: {detail}")]
    NotToml { file: String, detail: String },
    #[error("{file} has a setting that does not exist: {name}; the list is in config/default.toml")]
    Unknown { file: String, name: String },
    #[error("the setting {name} is {value}; give {allowed}")]
    NotAllowed { name: String, value: String, allowed: String },
    #[error("a setting is not valid: {0}")]
    Invalid(String),
    #[error("{0} must be set in production")]
    Missing(&'static str),
    #[error("{0} must be set where {1} is")]
    MissingBeside(&'static str, &'static str),
    #[error("API_TOKEN must have at least {least} characters in production")]
    WeakToken { least: usize },
    #[error("BASE_URL must begin with https:// in production")]
    PlainHttp,
}

/// At least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.as_slice() {
            [only] => write!(f, "{only}"),
            // A line each, below the sentence that says what they are about.
            several => several.iter().try_for_each(|problem| write!(f, "\n  {problem}")),
        }
    }
}

impl std::error::Error for Problems {}

impl From<Problem> for Problems {
    fn from(problem: Problem) -> Self {
        Self(vec![problem])
    }
}
