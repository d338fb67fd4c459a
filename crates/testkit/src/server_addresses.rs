//! Where the servers for tests are. A missing one fails the test: a test that skips itself proves nothing.

/// The administrator's address, such as `postgres://conserje@127.0.0.1:5432/postgres`.
pub(crate) fn postgres() -> String {
    given("CONSERJE_TEST_POSTGRES")
        .expect("no PostgreSQL for tests: run scripts/test, or set CONSERJE_TEST_POSTGRES")
}

/// Such as `redis://127.0.0.1:6379`.
pub(crate) fn redis() -> String {
    given("CONSERJE_TEST_REDIS").expect("no Redis for tests: run scripts/test, or set CONSERJE_TEST_REDIS")
}

#[expect(clippy::disallowed_methods, reason = "where the test servers are is no setting of the desk")]
fn given(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|text| !text.is_empty())
}
