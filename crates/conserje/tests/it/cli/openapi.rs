//! `conserje openapi`: the description of the API equals the file that is checked in.

use std::path::Path;

use crate::support::{run_command::run, temp_folder::Folder};

#[tokio::test(flavor = "multi_thread")]
async fn the_checked_in_description_of_the_api_is_fresh() {
    let printed = run(Folder::new().path(), &[], &["openapi"]).await;
    assert_eq!(printed.code, Some(0), "{}", printed.errors);
    let document: serde_json::Value = serde_json::from_str(&printed.out).expect("it prints JSON");
    assert!(document["paths"]["/api/v1/reservations/pre-reserve"].is_object());

    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    let checked_in = std::fs::read_to_string(file).unwrap_or_default();
    assert!(
        checked_in == printed.out,
        "run this and look at the difference: conserje openapi > docs/openapi.json"
    );
}
