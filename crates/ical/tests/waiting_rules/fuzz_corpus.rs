//! What must hold for any bytes, on what fuzzing kept and on random input.

use std::fs;
use std::path::PathBuf;

use proptest::prelude::*;

use crate::fuzz_checks;

/// Every input that a fuzz target kept because it reached something new.
#[test]
fn what_fuzzing_kept() {
    for (target, check) in [
        ("read", fuzz_checks::read as fn(&[u8])),
        ("follow", fuzz_checks::follow),
        ("write_read", fuzz_checks::write_read),
    ] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus").join(target);
        let files = fs::read_dir(&folder).expect("the corpus is a part of the repository");
        let mut count = 0;
        for file in files {
            let path = file.expect("a folder that can be listed").path();
            check(&fs::read(&path).expect("a file that can be read"));
            count += 1;
        }
        assert!(count > 0, "{} is empty", folder.display());
    }
}

proptest! {
    #[test]
    fn any_polls(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        fuzz_checks::follow(&bytes);
    }

    #[test]
    fn any_stays_are_written_and_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        fuzz_checks::write_read(&bytes);
    }

    #[test]
    fn any_bodies(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        fuzz_checks::read(&bytes);
    }
}
