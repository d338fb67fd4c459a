//! The exercise of `docs/adding-a-setting.md`: one line in a room's table, one in the manual.

use std::path::Path;

use kernel::settings::load;
use serde::Deserialize;

kernel::settings! {
    pub struct Garden in "garden" {
        water_hours: u16 = GARDEN_WATER_HOURS | GARDEN_HOURS, 1..=48;
    }
}

#[derive(Debug, Deserialize)]
struct Settings {
    garden: Garden,
}

const MANUAL: &str = "[garden]\nwater_hours = 24 # GARDEN_WATER_HOURS, how long a plant goes without\n";

/// The hours, and what was noticed; or all that is wrong, as its user reads it.
fn read(environment: &[(&str, &str)]) -> Result<(u16, Vec<String>), String> {
    let environment: Vec<_> =
        environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    let loaded = load::<Settings>(&[Garden::TABLE], MANUAL, Path::new("no such file"), &environment);
    let loaded = loaded.map_err(|problems| problems.to_string())?;
    Ok((loaded.settings.garden.water_hours, loaded.warnings))
}

#[test]
fn a_setting_is_a_line_in_its_table_and_one_in_the_manual() {
    assert_eq!(read(&[]), Ok((24, vec![])), "the manual says the default");
    assert_eq!(read(&[("GARDEN_WATER_HOURS", "36")]), Ok((36, vec![])));
    assert_eq!(read(&[("GARDEN_HOURS", "12")]), Ok((12, vec![])), "an older name goes on");
    let both = [("GARDEN_HOURS", "12"), ("GARDEN_WATER_HOURS", "36")];
    assert_eq!(read(&both), Ok((36, vec![])), "the newer name wins");
}

#[test]
fn what_is_wrong_names_the_variable_and_what_is_allowed() {
    let wrong = read(&[("GARDEN_WATER_HOURS", "99")]).unwrap_err();
    assert!(wrong.contains("GARDEN_WATER_HOURS") && wrong.contains("from 1 to 48"), "{wrong}");
    let wrong = read(&[("GARDEN_WATER_HOURS", "soon")]).unwrap_err();
    assert!(wrong.contains("GARDEN_WATER_HOURS"), "{wrong}");
    let (_, warnings) = read(&[("GARDEN_WATER_HOUR", "36")]).unwrap();
    assert!(
        warnings.iter().any(|one| one.contains("GARDEN_WATER_HOURS")),
        "the nearest is named: {warnings:?}"
    );
}
