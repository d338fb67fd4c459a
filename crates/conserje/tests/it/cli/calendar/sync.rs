//! `conserje calendar sync`: calendars of others read by hand.

use domain::ids::AccommodationId;
use simulators::calendars::{FeedFault, Platform};

use super::two_cabins_with_feeds::House;
use crate::support::holds::in_days;

#[tokio::test(flavor = "multi_thread")]
async fn calendars_are_read_by_hand_and_each_says_what_came_of_it() {
    House::each(async |house| {
        let airbnb = house.listing("lago", "airbnb", Platform::Airbnb).await;
        house.listing("sauce", "vrbo", Platform::Vrbo).await;
        let first = house.calendar(&["sync"]).await;
        assert_eq!((first.code, first.errors.as_str()), (Some(0), ""), "{}", first.out);
        let mut lines: Vec<&str> = first.out.lines().collect();
        lines.sort_unstable();
        let read = "read; new 1, changed 0, gone 0, held back 0 nights, conflicts 0";
        assert_eq!(lines, [format!("airbnb of lago: {read}"), format!("vrbo of sauce: {read}")]);
        let blocks = async |id: &str| {
            let window = domain::period::Period::new(in_days(0), in_days(60)).expect("a window");
            let mut session = house.db.read().await;
            store::block::list(&mut session, &AccommodationId::new(id), &window).await.expect("blocks").len()
        };
        assert_eq!((blocks("lago").await, blocks("sauce").await), (1, 1), "it is written down");

        house.book(&airbnb, 20);
        let one = house.calendar(&["sync", "--accommodation", "lago"]).await;
        let new = "airbnb of lago: read; new 1, changed 0, gone 0, held back 0 nights, conflicts 0\n";
        assert_eq!((one.code, one.out.as_str()), (Some(0), new), "{}", one.errors);
        assert_eq!(blocks("lago").await, 2);
        let again = house.calendar(&["sync", "--accommodation", "lago"]).await;
        assert!(again.out.starts_with("airbnb of lago: unchanged; new 0"), "{}", again.out);

        // One fails: the other is read all the same, nights stay, and the exit code says that something is wrong.
        let busy = FeedFault::Status { http_status: 503, retry_after: None };
        house.platform.control.misbehave(&airbnb, busy.until_off()).expect("a listing");
        let failing = house.calendar(&["sync"]).await;
        assert_eq!(failing.code, Some(1), "{}", failing.errors);
        assert!(
            failing.out.contains("airbnb of lago: failed: the calendar's server asks us to wait"),
            "{}",
            failing.out
        );
        assert!(failing.out.contains("vrbo of sauce: unchanged"), "{}", failing.out);
        house.platform.control.behave(&airbnb).expect("a listing");
        house.platform.control.misbehave(&airbnb, FeedFault::Html).expect("a listing");
        let page = house.calendar(&["sync", "--accommodation", "lago"]).await;
        assert_eq!(page.code, Some(1));
        assert!(page.out.contains("failed:"), "{}", page.out);
        assert_eq!(blocks("lago").await, 2);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn there_is_nothing_to_read() {
    House::each(async |house| {
        let none = house.calendar(&["sync"]).await;
        let expected = "conserje: no calendar is read; register one with POST /api/v1/ical/feeds";
        assert_eq!(none.complaint(), expected);
        house.listing("lago", "airbnb", Platform::Airbnb).await;
        let other = house.calendar(&["sync", "--accommodation", "sauce"]).await;
        assert!(other.complaint().contains("no calendar is read for this accommodation"), "{}", other.errors);
        let unknown = house.calendar(&["sync", "--accommodation", "molle"]).await;
        assert_eq!(unknown.complaint(), "conserje: there is no accommodation with the id molle");
        assert_eq!(unknown.out, "");
    })
    .await;
}
