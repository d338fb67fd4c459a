//! Settings: the sections of the kernel, and how a room declares its own. `config/default.toml` is the list and the
//! manual; a section's table says which variable is which setting and what a whole number may be.

use serde::Deserialize;

/// Declares a section of the settings: its struct and its table, a line per setting.
///
/// `key: type = VARIABLE | OLDER_NAME, least..=most;` — where several variables are given, the first one wins.
#[macro_export]
macro_rules! settings {
    (
        $(#[$meta:meta])*
        pub struct $name:ident in $section:literal {
            $($(#[$doc:meta])* $key:ident: $kind:ty = $variable:ident $(| $older:ident)* $(, $range:expr)?;)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            $($(#[$doc])* pub $key: $kind,)*
        }

        impl $name {
            pub const TABLE: $crate::settings::Section = $crate::settings::Section {
                name: $section,
                rows: &[$($crate::settings::Row {
                    key: stringify!($key),
                    variable: stringify!($variable),
                    older: &[$(stringify!($older)),*],
                    range: $crate::settings::range([$($range)?]),
                }),*],
            };
        }
    };
}

/// What the kernel's own sections demand.
mod check_kernel_sections;
/// What a section demands of its settings, collected.
mod collected_demands;
/// Variables of the systems that this program replaces.
mod foreign_variables;
/// The sections that the kernel itself reads.
mod kernel_sections;
/// Defaults, file, environment, in that order.
mod load_file_and_environment;
/// A setting that is never printed.
mod secret_setting;
/// What is wrong with the settings.
mod setting_problem;
/// A variable that is nobody's.
mod unknown_variables;

pub use check_kernel_sections::check;
pub use collected_demands::{Checks, is_base_url, is_host};
pub use kernel_sections::*;
pub use load_file_and_environment::{Loaded, load};
pub use secret_setting::Secret;
pub use setting_problem::{Problem, Problems};

/// A section: its name in the file, and its settings.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Empty for what stands above all sections.
    pub name: &'static str,
    pub rows: &'static [Row],
}

/// One setting.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub key: &'static str,
    /// The environment variable that sets it.
    pub variable: &'static str,
    /// Other names of it, as older systems have them.
    pub older: &'static [&'static str],
    /// What a whole number may be: least and most. The most is where a value can only be a slip.
    pub range: Option<(i64, i64)>,
}

/// For [`settings!`]: the range of a row, where one is given.
pub const fn range<const N: usize>(given: [std::ops::RangeInclusive<i64>; N]) -> Option<(i64, i64)> {
    match given.as_slice() {
        [range, ..] => Some((*range.start(), *range.end())),
        [] => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    Development,
    Production,
}
