//! Which connections are open, and whether one more is taken.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use kernel::metrics::LimitLabels;
use tokio::sync::watch;

use super::Limits;
use crate::client_address;

pub struct Connections {
    limits: Limits,
    trusted_proxies: Vec<IpAddr>,
    /// How many of each client; who has none is not in it.
    of_client: Mutex<HashMap<IpAddr, usize>>,
    in_all: watch::Sender<usize>,
}

/// One open connection. Dropping it makes room for another.
pub struct Place {
    connections: Arc<Connections>,
    client: IpAddr,
}

/// Why there is no place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    InAll,
    OfOneAddress,
}

impl Full {
    pub fn label(self) -> LimitLabels {
        LimitLabels { limit: if self == Self::InAll { "all" } else { "address" } }
    }
}

impl Connections {
    pub fn new(limits: Limits, trusted_proxies: Vec<IpAddr>) -> Arc<Self> {
        let of_client = Mutex::default();
        Arc::new(Self { limits, trusted_proxies, of_client, in_all: watch::Sender::new(0) })
    }

    pub fn admit(self: &Arc<Self>, peer: IpAddr) -> Result<Place, Full> {
        let peer = peer.to_canonical();
        let client = client_address::network(peer);
        let mut of_client = self.of_client();
        if self.count() >= self.limits.connections {
            return Err(Full::InAll);
        }
        let open = of_client.get(&client).copied().unwrap_or_default();
        // Behind a proxy are many clients, each of which is limited by what it asks for.
        if open >= self.limits.connections_per_address && !self.trusted_proxies.contains(&peer) {
            return Err(Full::OfOneAddress);
        }
        of_client.insert(client, open + 1);
        self.in_all.send_modify(|count| *count += 1);
        Ok(Place { connections: Arc::clone(self), client })
    }

    pub fn count(&self) -> usize {
        *self.in_all.borrow()
    }

    pub async fn all_closed(&self) {
        // The sender lives in self, so that waiting ends by the count alone.
        let _ = self.in_all.subscribe().wait_for(|count| *count == 0).await;
    }

    fn of_client(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.of_client.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut of_client = self.connections.of_client();
        if let Some(open) = of_client.get_mut(&self.client) {
            *open -= 1;
            if *open == 0 {
                of_client.remove(&self.client);
            }
        }
        self.connections.in_all.send_modify(|count| *count -= 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn connections(in_all: usize, per_address: usize) -> Arc<Connections> {
        let limits =
            Limits { connections: in_all, connections_per_address: per_address, ..Limits::default() };
        Connections::new(limits, vec![ip("10.0.0.1")])
    }

    #[test]
    fn a_full_house_takes_one_when_one_has_gone() {
        let connections = connections(2, 2);
        let first = connections.admit(ip("203.0.113.1")).unwrap_or_else(|_| panic!("there is room"));
        let _second = connections.admit(ip("203.0.113.2"));
        assert_eq!(connections.admit(ip("203.0.113.3")).err(), Some(Full::InAll));
        assert_eq!(connections.admit(ip("10.0.0.1")).err(), Some(Full::InAll), "files end for proxies too");
        drop(first);
        assert!(connections.admit(ip("203.0.113.3")).is_ok());
    }

    #[test]
    fn one_client_has_so_many_and_a_trusted_proxy_more() {
        let connections = connections(100, 2);
        // The same line of IPv6, and the same IPv4 address in its two forms, are one client.
        for [first, second, third] in [
            ["203.0.113.1", "::ffff:203.0.113.1", "203.0.113.1"],
            ["2001:db8::1", "2001:db8::2", "2001:db8::3"],
        ] {
            let _open = (connections.admit(ip(first)), connections.admit(ip(second)));
            assert_eq!(connections.admit(ip(third)).err(), Some(Full::OfOneAddress));
        }
        let of_proxy: Vec<_> = (0..50).map(|_| connections.admit(ip("::ffff:10.0.0.1"))).collect();
        assert!(of_proxy.iter().all(Result::is_ok));
        assert_eq!(connections.count(), 50, "all others have gone");
        drop(of_proxy);
        assert!(connections.of_client().is_empty(), "nobody is remembered");
    }
}
