//! Redis as the test sees it: the shared server for tests, or one of its own that can be stopped.

use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};

use redis::{Client, aio::MultiplexedConnection};

use super::{free_port, signal, temp_folder::Folder, wait_until::until};

pub async fn connect(url: &str) -> MultiplexedConnection {
    let client = Client::open(url).expect("an address such as redis://127.0.0.1:6379");
    client.get_multiplexed_async_connection().await.expect("Redis answers")
}

/// The key that says that somebody books this accommodation right now.
pub fn booking_key(accommodation: &str) -> String {
    format!("conserje:booking:{accommodation}")
}

pub async fn exists(redis: &mut MultiplexedConnection, key: &str) -> bool {
    redis::cmd("EXISTS").arg(key).query_async(redis).await.expect("Redis answers")
}

/// A server that a test may freeze or kill.
pub struct OwnRedis {
    child: Child,
    url: String,
    _folder: Folder,
}

impl OwnRedis {
    pub async fn start() -> Self {
        let folder = Folder::new();
        let port = free_port::free();
        let child = Command::new("redis-server")
            .args(["--port", &port.to_string(), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"])
            .current_dir(folder.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("redis-server is not installed: run scripts/test, which installs what is missing");
        let server = Self { child, url: format!("redis://127.0.0.1:{port}"), _folder: folder };
        let client = Client::open(server.url.as_str()).expect("an address of our own");
        until("Redis answers", Duration::from_secs(10), async || {
            client.get_multiplexed_async_connection().await.ok()
        })
        .await;
        server
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// It takes connections and answers nothing.
    pub fn freeze(&self) {
        signal::send("STOP", &[self.child.id()]);
    }

    pub fn kill(&mut self) {
        self.child.kill().expect("a child can be killed");
        self.child.wait().expect("a child can be waited for");
    }
}

impl Drop for OwnRedis {
    fn drop(&mut self) {
        // Gone already, or killed now: SIGKILL ends a frozen process too.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
