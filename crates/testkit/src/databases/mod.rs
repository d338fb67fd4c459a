//! A fresh, migrated database per test, on either engine. It is gone when the test is over.

use jiff::Timestamp;
use store::{
    db::{Db, Engine, Session},
    migrate,
};

/// Databases on the server named by `CONSERJE_TEST_POSTGRES`.
mod postgres;
/// Databases in folders of their own.
mod sqlite;

/// A database that one test has for itself. Dropping it removes it, after a failed test as well.
pub struct TestDb {
    pub db: Db,
    url: String,
    _place: Place,
}

/// What is removed with the database.
enum Place {
    Folder { _folder: sqlite::Folder },
    Server { _database: postgres::Database },
}

impl TestDb {
    pub async fn sqlite() -> Self {
        Self::migrated(Engine::Sqlite).await
    }

    /// # Panics
    /// When there is no PostgreSQL for tests.
    pub async fn postgres() -> Self {
        Self::migrated(Engine::Postgres).await
    }

    pub async fn migrated(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let test = Self::empty(engine).await;
                migrate::run(&test.db, Timestamp::UNIX_EPOCH).await.expect("a new database can be migrated");
                test
            }
            Engine::Postgres => Self::on_server(postgres::Database::migrated().await).await,
        }
    }

    /// A database without a table.
    pub async fn empty(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => {
                let folder = sqlite::Folder::new();
                let url = folder.url();
                Self { db: open(&url).await, url, _place: Place::Folder { _folder: folder } }
            }
            Engine::Postgres => Self::on_server(postgres::Database::empty().await).await,
        }
    }

    async fn on_server(database: postgres::Database) -> Self {
        let url = database.url();
        Self { db: open(&url).await, url, _place: Place::Server { _database: database } }
    }

    /// Runs `story` on a fresh database of each engine.
    pub async fn each(story: impl AsyncFn(&Self)) {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            // Shown when the story fails: which database it was.
            println!("on {engine:?}");
            story(&Self::migrated(engine).await).await;
        }
    }

    /// What `DATABASE_URL` would be.
    pub fn url(&self) -> &str {
        &self.url
    }

    pub fn engine(&self) -> Engine {
        self.db.engine()
    }

    /// The same database as another process has it: with pools of its own.
    pub async fn open_again(&self) -> Db {
        open(&self.url).await
    }

    pub async fn begin(&self) -> Session {
        self.db.begin().await.expect("a test's database begins a transaction")
    }

    pub async fn begin_single(&self) -> Session {
        self.db.begin_single().await.expect("a test's database takes a statement")
    }

    pub async fn read(&self) -> Session {
        self.db.read().await.expect("a test's database is read")
    }

    /// Runs `work` in a transaction and commits it.
    pub async fn commit<T>(&self, work: impl AsyncFnOnce(&mut Session) -> store::db::Result<T>) -> T {
        self.try_commit(work).await.expect("a transaction that must succeed")
    }

    /// Runs `work` in a transaction and commits it unless it failed.
    pub async fn try_commit<T>(
        &self,
        work: impl AsyncFnOnce(&mut Session) -> store::db::Result<T>,
    ) -> store::db::Result<T> {
        let mut session = self.begin().await;
        let done = work(&mut session).await?;
        session.commit().await?;
        Ok(done)
    }
}

async fn open(url: &str) -> Db {
    Db::open(url, 10).await.expect("a test's database opens")
}
