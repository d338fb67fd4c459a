//! A port to listen on, for programs that must know theirs before they start.

use std::{
    net::TcpListener,
    process,
    sync::atomic::{AtomicU32, Ordering},
};

/// Below the range from which the kernel takes ports for outgoing connections, so that none of those gets it while
/// a program is being restarted.
const FIRST: u32 = 20_000;
const COUNT: u32 = 12_000;

pub fn free() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    // Test processes that run side by side begin at different places.
    let start = process::id().wrapping_mul(97) % COUNT;
    loop {
        let step = NEXT.fetch_add(1, Ordering::Relaxed);
        assert!(step < COUNT, "no port is free");
        let port = u16::try_from(FIRST + (start + step) % COUNT).expect("the range ends below 32768");
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}
