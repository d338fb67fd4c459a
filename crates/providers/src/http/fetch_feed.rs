//! Fetching an iCal feed from an address that a person typed in.
//!
//! Ten seconds, five megabytes, three redirects, public addresses only. Airbnb, Booking.com and the others publish
//! no manners for readers; a clear User-Agent, conditional requests and honouring `Retry-After` are ours.

use std::{net::IpAddr, sync::Arc, time::Duration};

use reqwest::{
    Response, Url,
    header::{
        ACCEPT, ETAG, HeaderMap, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED, LOCATION,
    },
};

use tokio::time::{Instant, timeout_at};

use super::{
    BodyError, ClientError, Names, Network, Timeouts,
    address_guard::{Forbidden, Resolver},
    builder,
    host_queue::HostQueues,
    read_bounded, retry_after,
};

/// How much one fetch may cost, all redirects together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    pub total: Duration,
    /// Counted after decompression.
    pub max_bytes: usize,
    pub max_redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { total: Duration::from_secs(10), max_bytes: 5 * 1024 * 1024, max_redirects: 3 }
    }
}

/// What the last good answer said about its version; empty for the first fetch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditional {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// What a feed answered. The bytes are not looked at: an HTML page with status 200 is a `Body` too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fetched {
    NotModified,
    Body { bytes: Vec<u8>, etag: Option<String>, last_modified: Option<String> },
}

/// Why a feed gave nothing. The sentences are for the owner and repeat no address: feed addresses are secrets.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    #[error("this is not a web address: give the calendar's address, beginning with https://")]
    BadAddress,
    #[error(
        "a calendar's address must begin with https://: the address is a secret, and on plain http whoever listens in \
         reads it and can answer in the calendar's place. For trials, ICAL_ALLOW_PRIVATE_NETWORKS=true allows http too"
    )]
    NotHttps,
    #[error(
        "the address leads to this machine or into a private network, where this program does not look: else whoever may \
         register a calendar could make it ask what stands behind the firewall. For a calendar of your own there, set \
         ICAL_ALLOW_PRIVATE_NETWORKS=true"
    )]
    PrivateAddress,
    #[error("the calendar's server cannot be reached; does the address exist?")]
    NoConnection,
    #[error("the calendar's server took too long to answer")]
    TimedOut,
    #[error("the address redirects too often")]
    TooManyRedirects,
    #[error("the address redirects to something that is not a web address")]
    BadRedirect,
    #[error("the calendar's server asks us to wait (it answered {status})")]
    Busy { status: u16, after: Option<Duration> },
    #[error("the calendar's server refused with {status}; was the address withdrawn?")]
    Refused { status: u16 },
    #[error("the calendar's server has a fault (it answered {status})")]
    ServerFault { status: u16 },
    #[error("the calendar is larger than {limit_bytes} bytes")]
    TooLarge { limit_bytes: usize },
    #[error("the answer broke off")]
    Broken,
    /// Nothing was asked.
    #[error("the calendar's server is still busy with another reading of ours")]
    HostInUse,
}

/// One request to a calendar's server, redirects and all.
#[derive(Debug)]
pub struct FetchReport {
    /// How long it took to answer, all redirects together, without the wait for the host.
    pub took: Duration,
    /// In every case of an error the caller keeps the nights it knows blocked.
    pub outcome: Result<Fetched, FeedError>,
}

/// The client for feeds; build it once. Clones share the queue of each host.
#[derive(Clone, Debug)]
pub struct Feeds {
    client: reqwest::Client,
    network: Network,
    hosts: Arc<HostQueues>,
}

impl Feeds {
    pub fn new(network: Network) -> Result<Self, ClientError> {
        Self::with_names(network, Names::OfTheSystem)
    }

    /// As [`Feeds::new`], with a resolver of host names that the caller chooses. Tests lead names to their own servers.
    pub fn with_names(network: Network, names: Names) -> Result<Self, ClientError> {
        let timeouts = Timeouts { total: Duration::from_secs(60), ..Timeouts::default() };
        let resolver = Resolver { network, names };
        let client = builder(timeouts).dns_resolver(resolver).build().map_err(ClientError)?;
        Ok(Self { client, network, hosts: Arc::default() })
    }

    /// Fetches `address` (`https://` or `webcal://`), following redirects by hand so that each hop is checked and waits
    /// for its turn at its host: a host is asked one thing at a time, whoever wants it. Takes no longer than the limit,
    /// the waiting included.
    pub async fn fetch(&self, address: &str, known: &Conditional, limits: &Limits) -> FetchReport {
        let mut took = Duration::ZERO;
        let outcome = match parse(address) {
            Ok(url) => self.follow(url, known, limits, &mut took).await,
            Err(error) => Err(error),
        };
        FetchReport { took, outcome }
    }

    async fn follow(
        &self,
        mut url: Url,
        known: &Conditional,
        limits: &Limits,
        took: &mut Duration,
    ) -> Result<Fetched, FeedError> {
        let deadline = Instant::now() + limits.total;
        for _hop in 0..=limits.max_redirects {
            let host = self.check(&url)?;
            let lock = timeout_at(deadline, self.hosts.lock(&host)).await;
            let _lock = lock.map_err(|_| FeedError::HostInUse)?;
            let begun = Instant::now();
            let hop = timeout_at(deadline, self.hop(&url, known, limits)).await;
            *took += begun.elapsed();
            match hop.unwrap_or(Err(FeedError::TimedOut))? {
                Hop::There(fetched) => return Ok(fetched),
                Hop::To(next) => url = next,
            }
        }
        Err(FeedError::TooManyRedirects)
    }

    async fn hop(&self, url: &Url, known: &Conditional, limits: &Limits) -> Result<Hop, FeedError> {
        let response = self.request(url, known).await?;
        if !response.status().is_redirection() || response.status().as_u16() == 304 {
            return answer(response, known, limits).await.map(Hop::There);
        }
        let location = header(response.headers(), LOCATION).ok_or(FeedError::BadRedirect)?;
        url.join(&location).map(Hop::To).map_err(|_| FeedError::BadRedirect)
    }

    /// Whether an address can be asked at all, before anything is: its scheme, and what its host says of itself. Returns
    /// it as it is kept.
    pub fn check_address(&self, address: &str) -> Result<String, FeedError> {
        let tidy = tidy(address);
        let url = parse(&tidy)?;
        match self.check(&url) {
            // That it is no https weighs less than where it leads.
            Err(FeedError::NotHttps) if self.is_inside(&url) => Err(FeedError::PrivateAddress),
            Err(error) => Err(error),
            Ok(_) => Ok(tidy),
        }
    }

    fn is_inside(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let named = host == "localhost" || host.ends_with(".localhost") || !host.contains(['.', ':']);
        host.parse::<IpAddr>().map_or(named, |address| !self.network.permits(address))
    }

    /// The host, if it may be called. Names are checked when they are resolved; a literal address never passes the
    /// resolver.
    fn check(&self, url: &Url) -> Result<String, FeedError> {
        match (url.scheme(), self.network) {
            ("https", _) | ("http", Network::AllowPrivate) => {}
            ("http", Network::PublicOnly) => return Err(FeedError::NotHttps),
            _ => return Err(FeedError::BadAddress),
        }
        let host = url.host_str().ok_or(FeedError::BadAddress)?;
        match host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>() {
            Ok(address) if !self.network.permits(address) => Err(FeedError::PrivateAddress),
            _ => Ok(host.to_owned()),
        }
    }

    async fn request(&self, url: &Url, known: &Conditional) -> Result<Response, FeedError> {
        let mut request = self.client.get(url.clone()).header(ACCEPT, "text/calendar, */*;q=0.5");
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, last_modified);
        }
        request.send().await.map_err(|error| from_transport(&error))
    }
}

/// Where one request led.
enum Hop {
    There(Fetched),
    To(Url),
}

/// An address as it was meant: people paste blanks, quotes, angle brackets and characters that nobody sees around it, and
/// schemes in capitals. Calendar programs hand out `webcal://` and `webcals://`, which mean https.
pub fn tidy(address: &str) -> String {
    let around = |char: char| {
        char.is_whitespace()
            || char.is_control()
            || matches!(char, '<' | '>' | '"' | '\'' | '“' | '”' | '«' | '»')
            || matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let address = address.trim_matches(around);
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let scheme = scheme.to_ascii_lowercase();
    let scheme = if ["webcal", "webcals"].contains(&scheme.as_str()) { "https" } else { &scheme };
    format!("{scheme}://{rest}")
}

/// Whether two addresses are of one calendar, however they are written. A fragment is never sent.
pub fn is_same_address(one: &str, other: &str) -> bool {
    let plain = |address: &str| {
        let mut url = parse(address).ok()?;
        url.set_fragment(None);
        Some(url)
    };
    plain(one).zip(plain(other)).map_or(one == other, |(one, other)| one == other)
}

fn parse(address: &str) -> Result<Url, FeedError> {
    Url::parse(&tidy(address)).map_err(|_| FeedError::BadAddress)
}

async fn answer(response: Response, known: &Conditional, limits: &Limits) -> Result<Fetched, FeedError> {
    let status = response.status().as_u16();
    let asked = known.etag.is_some() || known.last_modified.is_some();
    let after = retry_after(response.headers());
    match status {
        200 => {}
        403 | 500.. if after.is_some() => return Err(FeedError::Busy { status, after }),
        304 if asked => return Ok(Fetched::NotModified),
        429 | 503 => return Err(FeedError::Busy { status, after }),
        500.. => return Err(FeedError::ServerFault { status }),
        _ => return Err(FeedError::Refused { status }),
    }
    let etag = header(response.headers(), ETAG);
    let last_modified = header(response.headers(), LAST_MODIFIED);
    let bytes = read_bounded(response, limits.max_bytes).await.map_err(|error| match error {
        BodyError::TooLarge { limit_bytes } => FeedError::TooLarge { limit_bytes },
        BodyError::TimedOut => FeedError::TimedOut,
        BodyError::Broken => FeedError::Broken,
    })?;
    Ok(Fetched::Body { bytes, etag, last_modified })
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

fn from_transport(error: &reqwest::Error) -> FeedError {
    let causes = std::iter::successors(std::error::Error::source(error), |cause| cause.source());
    if causes.into_iter().any(|cause| cause.is::<Forbidden>()) {
        return FeedError::PrivateAddress;
    }
    match error {
        error if error.is_builder() => FeedError::BadAddress,
        error if error.is_timeout() => FeedError::TimedOut,
        error if error.is_connect() => FeedError::NoConnection,
        _ => FeedError::Broken,
    }
}
