//! `conserje calendar rotate-token`: a reader of our calendar gets a new address.

use domain::ids::AccommodationId;
use jiff::Timestamp;

use super::two_cabins_with_feeds::House;

async fn opens(house: &House, token: &str) -> bool {
    let taken = calendars::export(&house.app, token, calendars::Taking::Head).await;
    taken.expect("the database is read").is_some()
}

fn token(url: &str) -> &str {
    url.trim().rsplit('/').next().expect("an address").trim_end_matches(".ics")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_gets_a_new_address() {
    House::each(async |house| {
        let id = AccommodationId::new("lago");
        let first = calendars::link(&house.app, &id, "airbnb").await.expect("an address");
        let rotate = async |more: &[&str]| {
            let arguments = ["rotate-token", "--accommodation", "lago", "--reader"];
            house.calendar(&[&arguments[..], more].concat()).await
        };
        let usual = rotate(&["airbnb"]).await;
        assert_eq!(usual.code, Some(0), "{}", usual.errors);
        assert!(usual.errors.contains("the old one opens for 72 hours more"), "{}", usual.errors);
        assert!(usual.out.contains("/api/v1/ical/export/") && usual.out.ends_with(".ics\n"), "{}", usual.out);
        assert_ne!(token(&usual.out), token(&first));
        assert!(
            opens(house, token(&first)).await && opens(house, token(&usual.out)).await,
            "both, for a while"
        );

        let at_once = rotate(&["airbnb", "--at-once"]).await;
        assert!(at_once.errors.contains("the old one opens no more"), "{}", at_once.errors);
        let open = [token(&first), token(&usual.out), token(&at_once.out)].map(|token| opens(house, token));
        assert_eq!(futures_util::future::join_all(open).await, [false, false, true]);

        let complaint = rotate(&["vrbo"]).await;
        assert_eq!(complaint.complaint(), "conserje: vrbo has no address of this accommodation's calendar");
        let arguments = ["rotate-token", "--accommodation", "molle", "--reader", "airbnb"];
        let unknown = house.calendar(&arguments).await;
        assert_eq!(unknown.complaint(), "conserje: there is no accommodation with the id molle");
        let at: Timestamp = house.app.now();
        let listed = store::calendar_link::list(&mut house.db.read().await, &id, at).await.expect("links");
        assert_eq!(listed.len(), 1, "nothing else was changed: {listed:?}");
    })
    .await;
}
