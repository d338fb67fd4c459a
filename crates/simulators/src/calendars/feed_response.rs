//! The answer to one reading of a feed, right or wrong.

use std::time::Duration;

use axum::{
    body::{Body, Bytes},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use jiff::{SignedDuration, Timestamp};

use super::{
    FeedFault,
    all_listings::Sim,
    conditional_request::{Asked, Stamps, http_date},
    feed::Feed,
    feed_fault::RetryAfter,
    misleading_feed, slow_and_huge_bodies,
};
use crate::core::status;

const CALENDAR: &str = "text/calendar; charset=utf-8";
/// Larger calendars are not packed: that would take a simulator longer than sending them.
const PACKED_AT_MOST_BYTES: usize = 1 << 20;

/// The answer to one reading, right or wrong.
pub(crate) fn answer(
    sim: &Sim,
    feed: Feed,
    fault: &FeedFault,
    validators: &Stamps,
    asked: &Asked,
    now: Timestamp,
) -> Response {
    let stop = sim.core.lifecycle.stop.clone();
    let text = || Bytes::from(misleading_feed::text(feed.text(), fault));
    match fault {
        FeedFault::EmptyBody => plain(StatusCode::OK, CALENDAR, Bytes::new()),
        FeedFault::JsonError => {
            let body =
                r#"{"code":500,"message":"There was an error processing your request. Please try again."}"#;
            plain(StatusCode::OK, "application/json", body.into())
        }
        FeedFault::Html => {
            let page = "<!DOCTYPE html>\n<html><head><title>Log in</title></head><body>Log in to go on</body></html>\n";
            plain(StatusCode::OK, "text/html; charset=utf-8", page.into())
        }
        FeedFault::Status { http_status, retry_after } => {
            let mut response = plain(status(*http_status), "text/plain", "Try again later".into());
            let wait = retry_after.map(|after| match after {
                RetryAfter::Seconds(seconds) => seconds.to_string(),
                RetryAfter::DateInSeconds(seconds) => {
                    http_date(now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(now))
                }
            });
            wait.iter().for_each(|wait| set(&mut response, header::RETRY_AFTER, wait));
            response
        }
        FeedFault::SlowDrip { ms_per_byte } => {
            stream(slow_and_huge_bodies::drip(text(), Duration::from_millis(*ms_per_byte), stop))
        }
        FeedFault::EndlessRedirect => {
            redirect(&format!("{}/round/1", sim.public_base_url), StatusCode::FOUND)
        }
        FeedFault::Redirect { to, http_status } => redirect(to, status(*http_status)),
        FeedFault::GzipBomb { unpacked_bytes } => {
            let mut response = stream(slow_and_huge_bodies::gzip_bomb(*unpacked_bytes, stop));
            set(&mut response, header::CONTENT_ENCODING, "gzip");
            response
        }
        FeedFault::EndlessBody => stream(slow_and_huge_bodies::endless(stop)),
        FeedFault::Announced { announced_bytes } => {
            let mut response = stream(slow_and_huge_bodies::drip(text(), Duration::from_secs(1), stop));
            set(&mut response, header::CONTENT_LENGTH, &announced_bytes.to_string());
            response
        }
        FeedFault::WrongContentType { content_type } => {
            let mut response = plain(StatusCode::OK, CALENDAR, text());
            set(&mut response, header::CONTENT_TYPE, content_type);
            response
        }
        FeedFault::None
        | FeedFault::EmptyCalendar
        | FeedFault::Truncated
        | FeedFault::HalfGone
        | FeedFault::FarBlockGone
        | FeedFault::MovedUids
        | FeedFault::NeverAnswers
        | FeedFault::ManyEvents { .. }
        | FeedFault::EndlessRule { .. }
        | FeedFault::ManyFolds { .. }
        | FeedFault::ClockSkew { .. } => {
            if asked.knows(validators) {
                return plain(StatusCode::NOT_MODIFIED, CALENDAR, Bytes::new());
            }
            packed(text(), asked)
        }
    }
}

fn packed(text: Bytes, asked: &Asked) -> Response {
    let gzip = || slow_and_huge_bodies::gzip(&text).ok().filter(|_| text.len() <= PACKED_AT_MOST_BYTES);
    let Some(bytes) = asked.takes_gzip.then(gzip).flatten() else {
        return plain(StatusCode::OK, CALENDAR, text);
    };
    let mut response = plain(StatusCode::OK, CALENDAR, bytes.into());
    set(&mut response, header::CONTENT_ENCODING, "gzip");
    set(&mut response, header::VARY, "Accept-Encoding");
    response
}

pub(crate) fn plain(status: StatusCode, content_type: &'static str, body: Bytes) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    set(&mut response, header::CONTENT_TYPE, content_type);
    response
}

fn stream(body: Body) -> Response {
    let mut response = Response::new(body);
    set(&mut response, header::CONTENT_TYPE, CALENDAR);
    response
}

pub(crate) fn redirect(to: &str, status: StatusCode) -> Response {
    let mut response = plain(status, "text/plain", Bytes::new());
    set(&mut response, header::LOCATION, to);
    response
}

pub(crate) fn set(response: &mut Response, name: HeaderName, value: &str) {
    // What cannot stand in a head was planned by somebody who wants to see what happens without it.
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
