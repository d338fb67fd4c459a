//! A folder per SQLite database, because a database is three files.

use std::{
    path::PathBuf,
    process,
    sync::atomic::{AtomicU32, Ordering},
};

/// Removed with all that is in it when dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("conserje-test-{}-{number}", process::id()));
        // A process of the same number may have been killed here long ago.
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("the temporary folder can be written");
        Self(path)
    }

    pub fn url(&self) -> String {
        format!("sqlite://{}", self.0.join("conserje.db").display())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // Best effort: whatever stays lies in the temporary folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
