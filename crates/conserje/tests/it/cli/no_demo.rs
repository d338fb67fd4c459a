//! A program that was built without the demo.

use crate::support::{run_command::run, temp_folder::Folder};

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_is_refused_in_one_sentence_that_names_the_build_which_has_it() {
    let folder = Folder::new();
    for arguments in [&["demo"][..], &["demo", "--port", "8080", "--fresh"], &["demo", "--help"]] {
        let ended = run(folder.path(), &[], arguments).await;
        assert_eq!(ended.code, Some(2), "{arguments:?}: {}", ended.errors);
        assert_eq!(ended.errors.lines().count(), 1, "{arguments:?}: {}", ended.errors);
        assert!(ended.errors.contains("the cargo feature `demo`"), "{arguments:?}: {}", ended.errors);
        assert_eq!(ended.out, "", "{arguments:?}");
    }
    assert!(!folder.join("conserje-data").exists(), "nothing was written");
}
