//! Which addresses a feed may come from.
//!
//! Somebody types a feed's address into a form, so the program must not become a way into the network it runs in
//! (server-side request forgery). Names are checked after resolution, in the resolver of the client itself: the
//! address that was checked is the address that gets the connection, whatever the name says a second later.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Where outgoing feed requests may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Network {
    /// https to public addresses only.
    #[default]
    PublicOnly,
    /// Also http and private addresses: for tests, the demo, and calendars within one's own network. Link-local ones
    /// stay closed: a cloud's machine hands out its own keys there (169.254.169.254), and no calendar.
    AllowPrivate,
}

impl Network {
    pub fn permits(self, address: IpAddr) -> bool {
        match self {
            Self::PublicOnly => is_public(address),
            Self::AllowPrivate => !is_link_local(address),
        }
    }
}

/// The name leads to no address that we may call.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the name leads into a private network")]
pub(super) struct Forbidden;

/// Where a name leads: its addresses. Asked once for each connection.
pub type Lookup = dyn Fn(&str) -> Vec<IpAddr> + Send + Sync;

/// Who knows where names lead.
#[derive(Clone)]
pub enum Names {
    OfTheSystem,
    /// For tests: names that lead elsewhere at each look-up.
    Told(Arc<Lookup>),
}

impl Names {
    async fn look_up(&self, name: &str) -> std::io::Result<Vec<SocketAddr>> {
        match self {
            Self::OfTheSystem => Ok(tokio::net::lookup_host((name, 0)).await?.collect()),
            Self::Told(lookup) => Ok(lookup(name).into_iter().map(|address| (address, 0).into()).collect()),
        }
    }
}

/// Resolves names, and knows only addresses that are permitted.
pub(super) struct Resolver {
    pub(super) network: Network,
    pub(super) names: Names,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (network, names) = (self.network, self.names.clone());
        Box::pin(async move {
            let found = names.look_up(name.as_str()).await?;
            let permitted: Vec<_> = found.iter().copied().filter(|addr| network.permits(addr.ip())).collect();
            if permitted.is_empty() && !found.is_empty() {
                return Err(Forbidden.into());
            }
            Ok(Box::new(permitted.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is reachable over the public internet (IANA special-purpose address registries).
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded_v4(address) {
            Some(embedded) => is_public_v4(embedded),
            None => is_public_v6(address),
        },
    }
}

fn is_link_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => {
            address.is_unicast_link_local() || embedded_v4(address).is_some_and(|v4| v4.is_link_local())
        }
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match (a, b, c) {
        (0 | 10 | 127, ..) => true,
        // Carrier-grade NAT, RFC 6598.
        (100, 64..=127, _) => true,
        (169, 254, _) | (172, 16..=31, _) | (192, 168, _) => true,
        // Protocol assignments, documentation, 6to4 relays, benchmarks.
        (192, 0, 0 | 2) | (192, 88, 99) | (198, 18..=19, _) | (198, 51, 100) | (203, 0, 113) => true,
        // Multicast, reserved, broadcast.
        (224.., ..) => true,
        _ => false,
    };
    !special
}

/// Only 2000::/3 is given out; within it some ranges are not for hosts.
fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.segments() {
        // Protocol assignments (Teredo, ORCHID, benchmarks) and documentation.
        [0x2001, 0x0000..=0x01ff, ..] | [0x2001, 0x0db8, ..] | [0x3fff, 0x0000..=0x0fff, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

/// The IPv4 address that an IPv6 address really leads to: mapped, compatible, NAT64, 6to4.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let from = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff | 0, high, low] => Some(from(high, low)),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(from(high, low)),
        [0x2002, high, low, ..] => Some(from(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_and_special_addresses_are_refused() {
        for text in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.1",
            "192.0.2.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::7f00:1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "3fff::1",
            "100::1",
        ] {
            assert!(!Network::PublicOnly.permits(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn within_ones_own_network_all_is_open_but_link_local() {
        for text in ["127.0.0.1", "10.1.2.3", "192.168.1.1", "::1", "fd12:3456::1", "8.8.8.8"] {
            assert!(Network::AllowPrivate.permits(text.parse().unwrap()), "{text}");
        }
        for text in ["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"] {
            assert!(!Network::AllowPrivate.permits(text.parse().unwrap()), "{text}");
        }
    }

    /// The answers of one name, one look-up after the other; what is left of each.
    async fn resolved(network: Network, answers: &[&[&str]]) -> Vec<Option<Vec<String>>> {
        let answers: Vec<Vec<IpAddr>> =
            answers.iter().map(|one| one.iter().map(|address| address.parse().unwrap()).collect()).collect();
        let count = answers.len();
        let next = std::sync::Mutex::new(answers.into_iter());
        let told = move |name: &str| {
            assert_eq!(name, "calendar.example");
            next.lock().unwrap().next().unwrap()
        };
        let resolver = Resolver { network, names: Names::Told(Arc::new(told)) };
        let mut left = Vec::new();
        for _ in 0..count {
            let found = resolver.resolve("calendar.example".parse().unwrap()).await;
            left.push(found.ok().map(|found| found.map(|address| address.ip().to_string()).collect()));
        }
        left
    }

    /// A name that was public when somebody looked and leads into this machine when it is called.
    #[tokio::test]
    async fn each_look_up_of_a_name_is_checked() {
        let rebound =
            resolved(Network::PublicOnly, &[&["8.8.8.8"], &["127.0.0.1"], &["::1", "10.0.0.1"]]).await;
        assert_eq!(rebound, [Some(vec!["8.8.8.8".to_owned()]), None, None]);
        let mixed = resolved(Network::PublicOnly, &[&["127.0.0.1", "8.8.8.8", "::ffff:10.0.0.1"]]).await;
        assert_eq!(mixed, [Some(vec!["8.8.8.8".to_owned()])], "only what may be called is handed on");
    }

    #[test]
    fn public_addresses_pass() {
        for text in [
            "1.1.1.1",
            "8.8.8.8",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "198.17.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2a00:1450:4009::200e",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
            "2001:4860:4860::8888",
        ] {
            assert!(Network::PublicOnly.permits(text.parse().unwrap()), "{text}");
        }
    }
}
