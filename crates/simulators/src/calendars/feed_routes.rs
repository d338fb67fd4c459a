//! The addresses of the feeds, in each platform's form.

use std::{collections::HashMap, sync::Arc};

use axum::{
    body::Bytes,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::Response,
};
use jiff::{SignedDuration, Timestamp};

use super::{
    FeedFault, Platform,
    all_listings::Sim,
    conditional_request::{Asked, Stamps, http_date},
    feed::{self, Requested},
    feed_fault::{Fetch, PlannedFeedFault},
    feed_response::{self, plain, redirect, set},
    listing::Listing,
    misleading_feed,
};

type Queries = Query<HashMap<String, String>>;

/// Airbnb: `GET /calendar/ical/{listing}.ics?t=…`, or `?s=…`.
pub(crate) async fn airbnb(
    State(sim): State<Arc<Sim>>,
    Path(file): Path<String>,
    Query(query): Queries,
    headers: HeaderMap,
) -> Response {
    let token = query.get("t").or_else(|| query.get("s")).cloned().unwrap_or_default();
    let id = file.strip_suffix(".ics").unwrap_or_default().to_owned();
    let address = Address { platform: Platform::Airbnb, id: Some(id), token };
    serve(&sim, &address, Requested::Shown, &headers).await
}

/// Booking.com: `GET /v1/export?t=…`.
pub(crate) async fn booking(
    State(sim): State<Arc<Sim>>,
    Query(query): Queries,
    headers: HeaderMap,
) -> Response {
    let token = query.get("t").cloned().unwrap_or_default();
    let address = Address { platform: Platform::Booking, id: None, token };
    serve(&sim, &address, Requested::Shown, &headers).await
}

/// Vrbo: `GET /icalendar/{token}.ics`, or with `?nonTentative`.
pub(crate) async fn vrbo(
    State(sim): State<Arc<Sim>>,
    Path(file): Path<String>,
    Query(query): Queries,
    headers: HeaderMap,
) -> Response {
    let token = file.strip_suffix(".ics").unwrap_or_default().to_owned();
    let is_asked = query.contains_key("nonTentative");
    let requested = if is_asked { Requested::LeftOut } else { Requested::Shown };
    let address = Address { platform: Platform::Vrbo, id: None, token };
    serve(&sim, &address, requested, &headers).await
}

/// Google: `GET /calendar/ical/{id}/private-{token}/basic.ics`.
pub(crate) async fn google(
    State(sim): State<Arc<Sim>>,
    Path((id, access)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let id = id.strip_suffix("@group.calendar.google.com").unwrap_or_default().to_owned();
    let token = access.strip_prefix("private-").unwrap_or_default().to_owned();
    let address = Address { platform: Platform::Google, id: Some(id), token };
    serve(&sim, &address, Requested::Shown, &headers).await
}

/// iCloud: `GET /published/2/{token}`.
pub(crate) async fn icloud(
    State(sim): State<Arc<Sim>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Response {
    let address = Address { platform: Platform::Icloud, id: None, token };
    serve(&sim, &address, Requested::Shown, &headers).await
}

/// `GET /round/{turn}`: one of the addresses that lead nowhere.
pub(crate) async fn round(State(sim): State<Arc<Sim>>, Path(turn): Path<u64>) -> Response {
    redirect(&format!("{}/round/{}", sim.public_base_url, turn.saturating_add(1)), StatusCode::FOUND)
}

struct Address {
    platform: Platform,
    id: Option<String>,
    token: String,
}

impl Address {
    fn is_of(&self, listing: &Listing) -> bool {
        let has_id = self.id.as_ref().is_none_or(|id| *id == listing.id);
        listing.platform == self.platform && listing.token == self.token && has_id
    }
}

async fn serve(sim: &Sim, address: &Address, requested: Requested, headers: &HeaderMap) -> Response {
    let now = sim.now();
    let asked = Asked::of(headers);
    let (mut feed, fault, validators) = {
        let mut model = sim.model();
        let Some(listing) = model.listings.iter_mut().find(|listing| address.is_of(listing)) else {
            return plain(StatusCode::NOT_FOUND, "text/plain", "Not Found".into());
        };
        let fault = next_fault(listing);
        let feed = feed::of(listing, now, requested);
        let validators = Stamps::of(listing, &feed);
        (feed, fault, validators)
    };
    misleading_feed::feed(&mut feed, &fault, &sim.core.ids);
    let validators = Stamps { etag: validators.etag.map(|_| feed.etag()), ..validators };
    let noted = Fetch {
        at: now,
        http_status: None,
        fault: fault.clone(),
        was_conditional: asked.is_conditional(),
        takes_gzip: asked.takes_gzip,
        user_agent: asked.user_agent.clone(),
    };
    if fault == FeedFault::NeverAnswers {
        note(sim, address, noted);
        sim.core.lifecycle.stop.cancelled().await;
        return plain(StatusCode::SERVICE_UNAVAILABLE, "text/plain", Bytes::new());
    }
    let skew = if let FeedFault::ClockSkew { seconds } = fault { seconds } else { 0 };
    let mut response = feed_response::answer(sim, feed, &fault, &validators, &asked, now);
    let moved = |at: Timestamp| at.saturating_add(SignedDuration::from_secs(skew)).unwrap_or(at);
    set(&mut response, header::DATE, &http_date(moved(now)));
    if response.status() == StatusCode::OK || response.status() == StatusCode::NOT_MODIFIED {
        validators.etag.iter().for_each(|etag| set(&mut response, header::ETAG, etag));
        let modified = validators.last_modified.map(|at| http_date(moved(at)));
        modified.iter().for_each(|at| set(&mut response, header::LAST_MODIFIED, at));
    }
    note(sim, address, Fetch { http_status: Some(response.status().as_u16()), ..noted });
    response
}

fn next_fault(listing: &mut Listing) -> FeedFault {
    let Some(planned) = listing.faults.front_mut() else { return FeedFault::None };
    let fault = planned.fault.clone();
    if let PlannedFeedFault { times: Some(times), .. } = planned {
        *times = times.saturating_sub(1);
    }
    if planned.times == Some(0) {
        listing.faults.pop_front();
    }
    fault
}

fn note(sim: &Sim, address: &Address, fetch: Fetch) {
    const KEPT: usize = 10_000;
    let mut model = sim.model();
    let listing = model.listings.iter_mut().find(|listing| address.is_of(listing));
    let Some(listing) = listing else { return };
    if listing.fetches.len() == KEPT {
        listing.fetches.pop_front();
    }
    listing.fetches.push_back(fetch);
}
