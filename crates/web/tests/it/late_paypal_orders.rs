//! A PayPal order that is approved when its hold has ended and the nights are gone: captured only where the money can be
//! used, since what was never taken need not be given back.

use jiff::SignedDuration;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::{
    desk_harness::{Desk, STAFF},
    stripe_and_paypal_tills::{Act, Till},
};

async fn cabin(desk: &Desk, name: &str, capacity: u16, price: &str) {
    let body = json!({ "name": name, "kind": "cabin", "capacity": capacity, "base_price": price, "currency": "USD" });
    let made = desk.call(Method::POST, "/api/v1/accommodations", Some(STAFF), Some(body)).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
}

/// The hold ends, somebody else takes a night of it, and the guest approves the order that was open all the while.
async fn approved_late(desk: &Desk, till: &Till, cabin: &str) {
    desk.test.advance(SignedDuration::from_mins(45));
    till.settle(desk).await;
    // Nothing is settled in between: the other guest has no page yet, and the newest one is still that of the first.
    assert_eq!(desk.hold(cabin, "2027-02-03", "2027-02-06").await.status, StatusCode::CREATED);
    till.act(desk, Act::Pay).await;
}

/// The state of the guest's order at PayPal: the oldest of all.
fn order_status(till: &Till) -> String {
    till.pages()[0]["status"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn approved_late_with_equal_nights_free_is_captured_and_offered() {
    Till::each_of(&["paypal"], async |desk, till| {
        let (own, code, _) = till.holding(desk).await;
        cabin(desk, "Los Talas", 4, "100.00").await;
        approved_late(desk, till, &own).await;
        assert_eq!(
            (desk.status_of(&code).await.as_str(), order_status(till).as_str()),
            ("expired", "COMPLETED")
        );
        let waiting = desk.account("waiting:paypal").await;
        assert_eq!(waiting.iter().map(|money| money.minor.abs()).collect::<Vec<_>>(), [9_000], "it waits");
        let open = desk.staff(Method::GET, "/api/v1/attention", None).await.json();
        assert_eq!((open.as_array().unwrap().len(), &open[0]["reason"]), (1, &json!("late_money_offered")));

        let offered = open[0]["subject"].as_str().unwrap().strip_prefix("stay:").unwrap();
        let offer = desk.code_of(offered).await;
        let accept = format!("/api/v1/reservations/{offer}/accept-offer");
        assert!(desk.staff(Method::POST, &accept, None).await.status.is_success());
        till.settle(desk).await;
        assert_eq!(desk.status_of(&offer).await, "confirmed");
        assert_eq!(
            (&desk.ledger(&code).await["paid"], &desk.ledger(&offer).await["paid"]),
            (&json!("0.00"), &json!("90.00"))
        );
    })
    .await;
}

/// What is free is too small, or dearer than what was agreed.
#[tokio::test]
async fn approved_late_with_nothing_equal_free_is_never_captured() {
    Till::each_of(&["paypal"], async |desk, till| {
        let (own, code, _) = till.holding(desk).await;
        cabin(desk, "El Nido", 3, "100.00").await;
        cabin(desk, "El Palacio", 4, "100.01").await;
        approved_late(desk, till, &own).await;
        assert_eq!(
            (desk.status_of(&code).await.as_str(), order_status(till).as_str()),
            ("expired", "APPROVED")
        );
        let ledger = desk.ledger(&code).await;
        let nothing = json!([]);
        assert_eq!(
            (&ledger["payments"], &ledger["lines"], &ledger["refunds"]),
            (&nothing, &nothing, &nothing)
        );
        assert!(desk.waiting().await.is_empty(), "nobody has anything to do");
    })
    .await;
}

impl Desk {
    /// The code of a stay that is known by its id.
    async fn code_of(&self, id: &str) -> String {
        let mut session = self.test.app.read().await.unwrap();
        let stay =
            store::stay::find_by_id(&mut session, &domain::ids::StayId::new(id.to_owned())).await.unwrap();
        stay.expect("there is such a stay").terms().code.to_string()
    }
}
