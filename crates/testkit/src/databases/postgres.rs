//! Databases on a PostgreSQL server: one is migrated and then copied for each test.

use std::{
    process,
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use jiff::Timestamp;
use store::{
    db::{Db, Engine, Session},
    migrate,
};
use tokio::{runtime, sync::OnceCell};

/// Dropped on the server together with this value.
pub struct Database {
    name: String,
}

/// An arbitrary number: who holds this lock prepares what all test processes share.
const LOCK: &str = "select pg_advisory_lock(727201)";
const UNLOCK: &str = "select pg_advisory_unlock(727201)";
/// What a killed test left behind is removed by a later one after this time.
const KEEP_SECONDS: i64 = 3_600;

impl Database {
    pub async fn empty() -> Self {
        Self::create(None).await
    }

    pub async fn migrated() -> Self {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        Self::create(Some(TEMPLATE.get_or_init(template).await)).await
    }

    async fn create(template: Option<&str>) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let admin = Admin::open().await;
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let mut session = admin.session().await;
        let begun_at = server_seconds(&mut session).await;
        let name = format!("conserje_test_{begun_at}_{}_{number}", process::id());
        let copied = template.map(|template| format!(" template {template}")).unwrap_or_default();
        execute(&mut session, format!("create database {name}{copied}")).await;
        admin.close(session).await;
        Self { name }
    }

    pub fn url(&self) -> String {
        url_of(&self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop_it = format!("drop database if exists {} with (force)", self.name);
        // A thread of its own: this one may be in the middle of an async test.
        let dropped = thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime can be built").block_on(async {
                let admin = Admin::open().await;
                let mut session = admin.session().await;
                execute(&mut session, drop_it).await;
                admin.close(session).await;
            });
        });
        if dropped.join().is_err() {
            eprintln!("the test database {} could not be dropped; a later run does it", self.name);
        }
    }
}

/// The name of the migrated database that tests copy. Its name tells its content, so that a new migration makes a
/// new one; the first of all test processes makes it while the others wait.
async fn template() -> String {
    let name = format!("conserje_template_{}", &migrate::fingerprint(Engine::Postgres)[..16]);
    let admin = Admin::open().await;
    let mut session = admin.session().await;
    execute(&mut session, LOCK).await;
    remove_leftovers(&mut session).await;
    if !exists(&mut session, &name).await {
        let draft = format!("{name}_draft");
        execute(&mut session, format!("drop database if exists {draft} with (force)")).await;
        execute(&mut session, format!("create database {draft}")).await;
        let db = Db::open(&url_of(&draft), 2).await.expect("a new database opens");
        migrate::run(&db, Timestamp::UNIX_EPOCH).await.expect("a new database can be migrated");
        db.close().await;
        execute(&mut session, format!("alter database {draft} rename to {name}")).await;
    }
    execute(&mut session, UNLOCK).await;
    admin.close(session).await;
    name
}

/// Databases of tests that were killed before they could drop them.
async fn remove_leftovers(session: &mut Session) {
    let now = server_seconds(session).await;
    let unused = "select datname::text as name from pg_database d where datname like 'conserje\\_test\\_%'
      and not exists (select 1 from pg_stat_activity a where a.datname = d.datname)";
    let names =
        session.all(unused, vec![], |row| row.text("name")).await.expect("the server lists databases");
    for name in names {
        let begun_at = name.split('_').nth(2).and_then(|seconds| seconds.parse::<i64>().ok());
        if begun_at.is_some_and(|begun_at| begun_at + KEEP_SECONDS < now) {
            execute(session, format!("drop database if exists {name}")).await;
        }
    }
}

async fn exists(session: &mut Session, name: &str) -> bool {
    let sql = "select datname::text as name from pg_database where datname = $1";
    let found = session.first(sql, vec![name.into()], |row| row.text("name")).await;
    found.expect("the server lists databases").is_some()
}

/// The server's clock, because a test reads no other.
async fn server_seconds(session: &mut Session) -> i64 {
    let sql = "select extract(epoch from now())::bigint as seconds";
    let now = session.first(sql, vec![], |row| row.int("seconds")).await;
    now.expect("the server tells the time").expect("one row")
}

async fn execute(session: &mut Session, sql: impl Into<store::db::Sql>) {
    session.execute(sql, vec![]).await.expect("the administrator of the test server may do that");
}

/// A connection to the server's own database.
struct Admin(Db);

impl Admin {
    async fn open() -> Self {
        let db = Db::open(&crate::server_addresses::postgres(), 2).await;
        Self(db.expect("the PostgreSQL for tests answers; see CONSERJE_TEST_POSTGRES"))
    }

    async fn session(&self) -> Session {
        self.0.read().await.expect("the PostgreSQL for tests answers")
    }

    async fn close(self, session: Session) {
        drop(session);
        self.0.close().await;
    }
}

/// The administrator's address with another database in it.
fn url_of(name: &str) -> String {
    let admin = crate::server_addresses::postgres();
    let (address, options) = admin.split_once('?').map_or((admin.as_str(), None), |(a, o)| (a, Some(o)));
    let (server, _) = address.rsplit_once('/').expect("CONSERJE_TEST_POSTGRES names a database");
    let options = options.map(|options| format!("?{options}")).unwrap_or_default();
    format!("{server}/{name}{options}")
}
