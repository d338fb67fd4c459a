//! Calendars: the platforms' feeds.

use jiff::{SignedDuration, civil::date};

use super::support::{Caller, MovableClock, calendars};
use crate::{
    CalendarsControl,
    calendars::{Language, Listing, NewListing, NewStay, Nights, Platform, ShownAs, StayState, Validators},
};

pub(crate) fn list(control: &CalendarsControl, platform: Platform) -> Listing {
    control.add_listing(NewListing { platform, name: None, id: None }).expect("a new id")
}

/// A stay of Ana's from a day of November 2026 to another.
pub(crate) fn stay(first: i8, last: i8) -> NewStay {
    NewStay {
        check_in: date(2026, 11, first),
        check_out: date(2026, 11, last),
        guest: "Ana".to_owned(),
        id: Some(format!("stay-{first}")),
        state: StayState::Reserved,
        shown_as: ShownAs::Days,
    }
}

/// The values of a property, in the order of the feed; folds are undone.
pub(crate) fn values(feed: &str, name: &str) -> Vec<String> {
    let feed = feed.replace("\r\n ", "").replace("\r\n", "\n");
    let value = |line: &str| line.strip_prefix(name)?.strip_prefix(':').map(str::to_owned);
    feed.lines().filter_map(value).collect()
}

fn days(feed: &str) -> Vec<(String, String)> {
    values(feed, "DTSTART;VALUE=DATE").into_iter().zip(values(feed, "DTEND;VALUE=DATE")).collect()
}

fn pair(first: &str, last: &str) -> (String, String) {
    (first.to_owned(), last.to_owned())
}

#[tokio::test]
async fn airbnb_writes_stays_as_they_are_and_slides_its_blocks() {
    let clock = MovableClock::new();
    let running = calendars(&clock).await;
    let control = &running.control;
    let listing = list(control, Platform::Airbnb);
    let booked = control.book(&listing.id, stay(3, 6)).unwrap();
    control.block(&listing.id, date(2026, 11, 5), date(2026, 11, 9)).unwrap();
    assert!(listing.url.starts_with(&format!("{}/calendar/ical/{}.ics?t=", running.base_url, listing.id)));

    let feed = Caller::new("").get(&listing.url).await.text;
    let head = "BEGIN:VCALENDAR\r\nPRODID:-//Airbnb Inc//Hosting Calendar 1.0//EN\r\nCALSCALE:GREGORIAN\r\nVERSION:2.0\r\n\
                BEGIN:VEVENT\r\nDTSTAMP:20260901T120000Z\r\nDTSTART;VALUE=DATE:20260901\r\nDTEND;VALUE=DATE:20260902\r\n\
                SUMMARY:Airbnb (Not available)\r\nUID:7f662ec65913-";
    assert!(feed.starts_with(head), "{feed}");
    assert!(feed.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"), "{feed}");
    assert!(feed.split("\r\n").all(|line| line.len() <= 75), "{feed}");
    let blocks_around = [
        pair("20260901", "20260902"),
        pair("20261103", "20261106"),
        pair("20261106", "20261109"),
        pair("20270529", "20270901"),
    ];
    assert_eq!(days(&feed), blocks_around);
    let uids = values(&feed, "UID");
    assert_eq!(uids[1], booked.uid);
    assert!(booked.uid.starts_with("1418fb94e984-") && booked.uid.ends_with("@airbnb.com"));
    let descriptions = values(&feed, "DESCRIPTION");
    let [description] = descriptions.as_slice() else { panic!("only the stay has one: {feed}") };
    let code =
        description.strip_prefix("Reservation URL: https://www.airbnb.com/hosting/reservations/details/HM");
    let (code, digits) = code.unwrap().split_once("\\nPhone Number (Last 4 Digits): ").unwrap();
    assert_eq!((code.len(), digits.len()), (8, 4));

    let moved = control.move_stay(&listing.id, "stay-3", date(2026, 9, 2), date(2026, 9, 4)).unwrap();
    assert_eq!(moved.uid, booked.uid);
    clock.forward(SignedDuration::from_hours(24));
    let next = control.feed(&listing.id).unwrap();
    assert_eq!(days(&next)[0], pair("20260902", "20260904"));
    assert_eq!(days(&next).last(), Some(&pair("20270530", "20270902")));
    assert_ne!(values(&next, "UID").last(), uids.last());
    clock.forward(SignedDuration::from_hours(24 * 6));
    assert!(values(&control.feed(&listing.id).unwrap(), "UID").contains(&booked.uid));
    clock.forward(SignedDuration::from_hours(24));
    assert!(!values(&control.feed(&listing.id).unwrap(), "UID").contains(&booked.uid));
}

#[tokio::test]
async fn booking_com_merges_what_touches_and_names_it_by_its_first_day() {
    let clock = MovableClock::new();
    let running = calendars(&clock).await;
    let control = &running.control;
    let listing = list(control, Platform::Booking);
    control.book(&listing.id, stay(3, 6)).unwrap();
    control.book(&listing.id, stay(6, 9)).unwrap();
    let feed = Caller::new("").get(&listing.url).await.text;
    let head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//admin.booking.com\\\\\\, b.v.//NONSGML v1.0//EN\r\n\
                CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\nBEGIN:VEVENT\r\nDTSTAMP:20260901T120000Z\r\n";
    assert!(feed.starts_with(head), "{feed}");
    assert_eq!(days(&feed), [pair("20261103", "20261109"), pair("20270901", "20280302")]);
    assert_eq!(values(&feed, "SUMMARY"), ["CLOSED - Not available"; 2]);
    assert_eq!(values(&feed, "ORGANIZER"), ["mailto:noreply@booking.com"; 2]);

    clock.forward(SignedDuration::from_hours(24));
    control.move_stay(&listing.id, "stay-6", date(2026, 11, 6), date(2026, 11, 12)).unwrap();
    let longer = control.feed(&listing.id).unwrap();
    assert_eq!(days(&longer), [pair("20261103", "20261112"), pair("20270901", "20280303")]);
    assert_eq!(values(&longer, "UID"), values(&feed, "UID"));
    control.cancel(&listing.id, "stay-3").unwrap();
    let later = control.feed(&listing.id).unwrap();
    assert_eq!(days(&later)[0], pair("20261106", "20261112"));
    assert_ne!(values(&later, "UID")[0], values(&feed, "UID")[0]);
}

#[tokio::test]
async fn vrbo_names_guests_makes_uids_of_dates_and_can_leave_out_requests() {
    let clock = MovableClock::new();
    let running = calendars(&clock).await;
    let control = &running.control;
    let listing = list(control, Platform::Vrbo);
    control.book(&listing.id, stay(3, 6)).unwrap();
    control.book(&listing.id, NewStay { state: StayState::Tentative, ..stay(10, 12) }).unwrap();
    control.block(&listing.id, date(2028, 2, 29), date(2028, 3, 5)).unwrap();
    let caller = Caller::new("");
    let feed = caller.get(&listing.url).await.text;
    assert!(
        feed.starts_with(
            "BEGIN:VCALENDAR\nVERSION:2.0\nCALSCALE:GREGORIAN\nPRODID:-//HomeAway.com, Inc.//EN\n"
        )
    );
    assert!(!feed.contains('\r'));
    assert_eq!(values(&feed, "SUMMARY"), ["Reserved - Ana", "Tentative - Ana", "Blocked"]);
    assert_eq!(values(&feed, "UID")[2], "02292028-0229-2028-0305-202803052028");
    let accepted = caller.get(&format!("{}?nonTentative", listing.url)).await.text;
    assert_eq!(values(&accepted, "SUMMARY"), ["Reserved - Ana", "Blocked"]);
    control.change_settings(&listing.id, |settings| settings.language = Language::Fr).unwrap();
    let french = control.feed(&listing.id).unwrap();
    assert_eq!(values(&french, "SUMMARY"), ["Réservée - Ana", "Provisoire - Ana", "Indisponible"]);
}

#[tokio::test]
async fn calendars_of_notes_take_everything_and_have_hours() {
    let clock = MovableClock::new();
    let running = calendars(&clock).await;
    let control = &running.control;
    let caller = Caller::new("");
    let google = list(control, Platform::Google);
    control.book(&google.id, stay(3, 6)).unwrap();
    control.book(&google.id, NewStay { shown_as: ShownAs::Hours, ..stay(4, 7) }).unwrap();
    control.cancel(&google.id, "stay-3").unwrap();
    let feed = caller.get(&google.url).await.text;
    assert_eq!(values(&feed, "DTSTART;VALUE=DATE"), ["20261103"]);
    assert_eq!(
        (values(&feed, "DTSTART"), values(&feed, "DTEND")),
        (vec!["20261104T180000Z".to_owned()], vec!["20261107T140000Z".to_owned()])
    );
    assert_eq!(values(&feed, "STATUS"), ["CANCELLED", "CONFIRMED"]);
    assert_eq!(values(&feed, "SEQUENCE"), ["1", "0"]);

    let icloud = list(control, Platform::Icloud);
    control.book(&icloud.id, NewStay { shown_as: ShownAs::Hours, ..stay(4, 7) }).unwrap();
    let feed = caller.get(&icloud.url).await.text;
    assert_eq!(values(&feed, "DTSTART;TZID=America/Argentina/Buenos_Aires"), ["20261104T150000"]);
    assert!(feed.find("END:VEVENT") < feed.find("BEGIN:VTIMEZONE"));
}

#[tokio::test]
async fn who_knows_a_feed_hears_304_where_the_listing_has_something_to_compare() {
    let clock = MovableClock::new();
    let running = calendars(&clock).await;
    let control = &running.control;
    let listing = list(control, Platform::Airbnb);
    let caller = Caller::new("");
    assert!(caller.get(&listing.url).await.headers.get("etag").is_none());
    control.change_settings(&listing.id, |settings| settings.validators = Validators::Both).unwrap();
    let first = caller.get(&listing.url).await;
    assert_eq!(first.headers["last-modified"], "Tue, 01 Sep 2026 12:00:00 GMT");
    assert_eq!(first.headers["content-type"], "text/calendar; charset=utf-8");
    let again = |theirs: &str, ours: &str| {
        let value = first.headers[theirs].clone();
        caller.send(caller.request(reqwest::Method::GET, &listing.url).header(ours, value))
    };
    clock.forward(SignedDuration::from_mins(5));
    for (theirs, ours) in [("etag", "if-none-match"), ("last-modified", "if-modified-since")] {
        let answer = again(theirs, ours).await;
        assert_eq!((answer.status, answer.text.as_str()), (304, ""), "{ours}");
    }
    control.book(&listing.id, stay(3, 6)).unwrap();
    for (theirs, ours) in [("etag", "if-none-match"), ("last-modified", "if-modified-since")] {
        assert_eq!(again(theirs, ours).await.status, 200, "{ours}");
    }
    let fetches = control.fetches(&listing.id).unwrap();
    assert_eq!(
        fetches.iter().map(|fetch| fetch.http_status).collect::<Vec<_>>(),
        [200, 200, 304, 304, 200, 200].map(Some)
    );
    assert!(fetches.iter().all(|fetch| fetch.takes_gzip));
    let other = listing.url.replace("?t=", "?t=0");
    assert_eq!(caller.get(&other).await.status, 404);
    let older = listing.url.replace("?t=", "?s=");
    assert_eq!(caller.get(&older).await.status, 200);
}

#[test]
fn what_is_taken_from_nights_leaves_their_ends() {
    let nights = |first, last| Nights::new(date(2026, 11, first), date(2026, 11, last)).unwrap();
    assert_eq!(nights(1, 9).without(&[nights(3, 4), nights(6, 12)]), [nights(1, 3), nights(4, 6)]);
    assert_eq!(nights(1, 9).without(&[nights(9, 12)]), [nights(1, 9)]);
    assert_eq!(nights(3, 4).without(&[nights(1, 9)]), []);
    assert_eq!(Nights::new(date(2026, 11, 3), date(2026, 11, 3)), None);
}
