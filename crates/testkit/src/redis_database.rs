//! A Redis of the test's own: one of the server's numbered databases, emptied.

use redis::{AsyncConnectionConfig, Client, aio::MultiplexedConnection};

/// The address of an empty Redis database that no other running test uses.
///
/// # Panics
/// When there is no Redis for tests.
pub async fn redis_url() -> String {
    let server = crate::server_addresses::redis();
    let mut first = connect(&server).await;
    let (_, count): (String, u64) = redis::cmd("CONFIG")
        .arg("GET")
        .arg("databases")
        .query_async(&mut first)
        .await
        .expect("Redis answers");
    let taken: u64 = redis::cmd("INCR")
        .arg("conserje:test:databases_taken")
        .query_async(&mut first)
        .await
        .expect("Redis counts");
    // Number 0 keeps the count; the others are given out in turn.
    let url = format!("{}/{}", server.trim_end_matches('/'), 1 + taken % (count - 1));
    let mut own = connect(&url).await;
    redis::cmd("FLUSHDB").exec_async(&mut own).await.expect("Redis empties a database");
    url
}

async fn connect(url: &str) -> MultiplexedConnection {
    let client = Client::open(url).expect("CONSERJE_TEST_REDIS is an address such as redis://127.0.0.1:6379");
    let config = AsyncConnectionConfig::new();
    client.get_multiplexed_async_connection_with_config(&config).await.expect("the Redis for tests answers")
}
