//! A client with bad manners: bytes on a connection, as slow or as many as a test likes.

use std::{io, time::Duration};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
};

use super::wait_until::within;

pub struct Raw {
    stream: TcpStream,
    seen: Vec<u8>,
}

impl Raw {
    pub async fn connect(address: &str) -> Self {
        let stream = TcpStream::connect(address).await.expect("the desk takes connections");
        Self { stream, seen: Vec::new() }
    }

    /// # Errors
    /// When the desk has let the connection go.
    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await
    }

    /// Reads until `needle` has come.
    ///
    /// # Panics
    /// When the connection ends before, or it takes too long.
    pub async fn read_until(&mut self, needle: &str, limit: Duration) -> String {
        let read = async {
            while !self.text().contains(needle) {
                assert!(self.read_some().await, "the connection ended before {needle:?}: {}", self.text());
            }
        };
        within(needle, limit, read).await;
        self.text()
    }

    /// Reads until the desk lets the connection go, and returns all that came.
    pub async fn read_to_end(&mut self, limit: Duration) -> String {
        within("the end of the connection", limit, async { while self.read_some().await {} }).await;
        self.text()
    }

    /// False at the end; a reset is an end too.
    async fn read_some(&mut self) -> bool {
        let mut buffer = [0; 4_096];
        match self.stream.read(&mut buffer).await {
            Ok(0) | Err(_) => false,
            Ok(count) => {
                self.seen.extend_from_slice(&buffer[..count]);
                true
            }
        }
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.seen).into_owned()
    }
}
