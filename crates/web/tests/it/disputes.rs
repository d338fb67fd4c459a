//! Payments that the guest's bank asks about: what is shown, what the books say, and that nothing goes back twice.

use jiff::SignedDuration;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    desk_harness::{Desk, PHONE},
    equal_nights::offered,
    money_steps::at_provider,
    stripe_and_paypal_tills::{Act, Till},
};

/// A guest who has paid a deposit at Mercado Pago: the stay, and their id of the payment.
async fn paid(desk: &Desk) -> (String, u64) {
    desk.cabin("El Sauce").await;
    desk.guest_says(PHONE, "del 5 al 8 de marzo para 4").await;
    desk.guest_says(PHONE, "sí").await;
    let code = desk.only_code(PHONE).await;
    let id = desk.paid(json!({ "preference_id": desk.preference() })).await;
    assert_eq!(desk.status_of(&code).await, "confirmed");
    (code, id)
}

/// The dispute as it is shown, and what counts as paid.
fn shown(ledger: &Value) -> (Option<&str>, &str) {
    (ledger["payments"][0]["dispute"].as_str(), ledger["paid"].as_str().unwrap())
}

#[tokio::test]
async fn a_dispute_that_is_lost_takes_the_money_and_leaves_the_stay() {
    Desk::each(async |desk| {
        let (code, id) = paid(desk).await;
        let (all, none) = at_provider(desk, "mercadopago").await;
        assert!(all > 0 && none == 0);
        desk.payment_becomes(id, "in_mediation").await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(shown(&ledger).0, Some("open"));
        assert_ne!(shown(&ledger).1, "0.00", "it is asked about, and not gone");
        assert_eq!(
            (desk.waiting().await, at_provider(desk, "mercadopago").await),
            (vec!["disputed".to_owned()], (0, all))
        );
        desk.payment_becomes(id, "charged_back").await;
        assert_eq!(shown(&desk.ledger(&code).await), (Some("lost"), "0.00"));
        assert_eq!(
            (desk.waiting().await, at_provider(desk, "mercadopago").await),
            (vec!["charged_back".to_owned()], (0, 0))
        );
        assert_eq!(desk.status_of(&code).await, "confirmed", "a person decides about the stay");
    })
    .await;
}

/// Mercado Pago opens a chargeback as `charged_back` too: only the detail says how it stands.
#[tokio::test]
async fn a_chargeback_in_process_is_not_lost_and_a_reimbursed_one_is_won() {
    Desk::each(async |desk| {
        let (code, id) = paid(desk).await;
        let (all, _) = at_provider(desk, "mercadopago").await;
        let before = desk.ledger(&code).await["paid"].clone();
        for (detail, dispute, held, waiting) in [
            ("in_process", "open", (0, all), vec!["disputed"]),
            ("reimbursed", "won", (all, 0), vec![]),
            // And all over again, until it is lost, and even then the money may come back.
            ("in_process", "open", (0, all), vec!["disputed"]),
            ("settled", "lost", (0, 0), vec!["charged_back"]),
            ("reimbursed", "won", (all, 0), vec![]),
        ] {
            desk.test.advance(SignedDuration::from_hours(24));
            desk.payment_is_charged_back(id, detail).await;
            let ledger = desk.ledger(&code).await;
            assert_eq!(shown(&ledger).0, Some(dispute), "{detail}: {ledger}");
            assert_eq!(ledger["paid"] == before, dispute != "lost", "{detail}: {ledger}");
            assert_eq!(
                (at_provider(desk, "mercadopago").await, desk.waiting().await),
                (held, waiting.iter().map(|one| (*one).to_owned()).collect()),
                "{detail}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn disputes_at_the_other_providers_are_won_or_lost_too() {
    Till::each(async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        till.act(desk, Act::Pay).await;
        let (all, _) = at_provider(desk, till.name()).await;
        till.dispute(desk, &code).await;
        assert_eq!(shown(&desk.ledger(&code).await).0, Some("open"));
        assert_eq!(
            (desk.waiting().await, at_provider(desk, till.name()).await),
            (vec!["disputed".to_owned()], (0, all))
        );
        desk.test.advance(SignedDuration::from_hours(24));
        till.end_dispute(desk, &code, false).await;
        assert_eq!(shown(&desk.ledger(&code).await).0, Some("won"));
        assert_eq!((desk.waiting().await.len(), at_provider(desk, till.name()).await), (0, (all, 0)));
    })
    .await;
}

#[tokio::test]
async fn what_a_bank_took_is_no_refund_of_ours_and_may_come_back() {
    Till::each(async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        till.act(desk, Act::Pay).await;
        let (all, _) = at_provider(desk, till.name()).await;
        till.dispute(desk, &code).await;
        desk.test.advance(SignedDuration::from_hours(24));
        till.end_dispute(desk, &code, true).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(shown(&ledger), (Some("lost"), "0.00"), "{ledger}");
        assert_eq!(ledger["lines"].as_array().unwrap().last().unwrap()["movement"], "chargeback", "{ledger}");
        assert_eq!(
            (desk.waiting().await, at_provider(desk, till.name()).await),
            (vec!["charged_back".to_owned()], (0, 0))
        );
        desk.test.advance(SignedDuration::from_hours(24));
        till.give_back_what_was_lost(desk, &code).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(shown(&ledger).0, Some("won"), "{ledger}");
        assert_eq!((desk.waiting().await.len(), at_provider(desk, till.name()).await), (0, (all, 0)));
    })
    .await;
}

/// PayPal tells of a reversal by a refund that nobody made.
#[tokio::test]
async fn a_reversal_without_a_dispute_is_a_chargeback() {
    Till::each_of(&["paypal"], async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        till.act(desk, Act::Pay).await;
        till.reverse(desk, &code).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(shown(&ledger), (Some("lost"), "0.00"), "{ledger}");
        assert_eq!(desk.waiting().await, ["charged_back"]);
    })
    .await;
}

/// Sent now, the guest would have it twice if the bank decides for the guest.
#[tokio::test]
async fn a_refund_waits_for_the_bank_and_goes_out_only_if_we_win() {
    for for_buyer in [false, true] {
        Till::each(async |desk, till| {
            let (_, code, _) = till.holding(desk).await;
            till.act(desk, Act::Pay).await;
            let (all, _) = at_provider(desk, till.name()).await;
            till.dispute(desk, &code).await;
            desk.staff(Method::POST, &format!("/api/v1/reservations/{code}/cancel"), None).await;
            till.settle(desk).await;
            let ledger = desk.ledger(&code).await;
            assert_eq!(ledger["refunds"][0]["status"], "due", "{ledger}");
            assert_eq!(at_provider(desk, till.name()).await, (0, all));
            till.end_dispute(desk, &code, for_buyer).await;
            let ledger = desk.ledger(&code).await;
            let expected = if for_buyer { "by_bank" } else { "done" };
            assert_eq!(ledger["refunds"][0]["status"], expected, "{ledger}");
            let path = format!("/api/v1/refunds/{}/returned", ledger["refunds"][0]["id"].as_str().unwrap());
            assert!(!desk.staff(Method::POST, &path, None).await.status.is_success(), "the guest has it");
            assert_eq!(at_provider(desk, till.name()).await, (0, 0), "the guest has it, once: {ledger}");
            let waiting = if for_buyer { vec!["charged_back".to_owned()] } else { vec![] };
            assert_eq!(desk.waiting().await, waiting, "nobody is asked to return it by hand");
            if for_buyer {
                till.give_back_what_was_lost(desk, &code).await;
                assert_eq!(desk.ledger(&code).await["refunds"][0]["status"], "done", "it is owed again");
                assert_eq!((at_provider(desk, till.name()).await, desk.waiting().await.len()), ((0, 0), 0));
            }
        })
        .await;
    }
}

/// The provider knows of the dispute, and its notice is lost.
#[tokio::test]
async fn a_refund_that_is_refused_for_a_dispute_waits_as_well() {
    Till::each(async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        till.act(desk, Act::Pay).await;
        till.go_silent();
        till.dispute(desk, &code).await;
        desk.staff(Method::POST, &format!("/api/v1/reservations/{code}/cancel"), None).await;
        till.settle(desk).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!(ledger["refunds"][0]["status"], "due", "{ledger}");
        assert_eq!(desk.waiting().await, ["disputed"]);
        till.end_dispute(desk, &code, true).await;
        for _ in 0..3 {
            desk.test.advance(SignedDuration::from_hours(25));
            till.settle(desk).await;
        }
        let ledger = desk.ledger(&code).await;
        assert_eq!(shown(&ledger).0, Some("lost"), "learnt without a notice: {ledger}");
        assert_eq!(ledger["refunds"][0]["status"], "by_bank", "{ledger}");
        assert_eq!(
            (at_provider(desk, till.name()).await, desk.waiting().await),
            ((0, 0), vec!["charged_back".to_owned()])
        );
    })
    .await;
}

/// Nothing was owed while the bank had it.
#[tokio::test]
async fn money_that_comes_back_to_a_stay_that_cannot_use_it_waits_for_a_person() {
    Till::each(async |desk, till| {
        let (_, code, _) = till.holding(desk).await;
        till.act(desk, Act::Pay).await;
        till.dispute(desk, &code).await;
        till.end_dispute(desk, &code, true).await;
        desk.staff(Method::POST, &format!("/api/v1/reservations/{code}/cancel"), None).await;
        till.settle(desk).await;
        desk.test.advance(SignedDuration::from_hours(24));
        till.give_back_what_was_lost(desk, &code).await;
        assert_eq!(desk.waiting().await, ["given_back"]);
    })
    .await;
}

/// What a bank withholds pays for nothing; what it gives back does.
#[tokio::test]
async fn withheld_money_confirms_nothing_until_it_is_won() {
    Desk::each(async |desk| {
        desk.cabin("El Sauce").await;
        desk.guest_says(PHONE, "del 5 al 8 de marzo para 4").await;
        desk.guest_says(PHONE, "sí").await;
        let code = desk.only_code(PHONE).await;
        let withheld = json!({ "preference_id": desk.preference(), "status": "charged_back", "status_detail": "in_process" });
        let id = desk.paid(withheld).await;
        let ledger = desk.ledger(&code).await;
        assert_eq!((desk.status_of(&code).await.as_str(), shown(&ledger)), ("held", (Some("open"), "0.00")));
        assert_eq!(desk.waiting().await, ["disputed"]);
        desk.payment_is_charged_back(id, "reimbursed").await;
        assert_eq!(desk.status_of(&code).await, "confirmed");
    })
    .await;
}

/// The guest declines equal nights whose money is gone: nothing goes back, and nobody says so.
#[tokio::test]
async fn an_offer_whose_money_the_bank_took_gives_nothing_back() {
    Desk::each(async |desk| {
        let (code, offer, token) = offered(desk).await;
        let id =
            desk.ledger(&code).await["payments"][0]["provider_payment_id"].as_str().unwrap().parse().unwrap();
        desk.payment_is_charged_back(id, "settled").await;
        let said = desk.heard(PHONE).len();
        desk.call(Method::POST, &format!("/stay/{token}/cancel"), None, None).await;
        desk.settle().await;
        assert_eq!(desk.status_of(&offer).await, "cancelled");
        let ledger = desk.ledger(&code).await;
        assert!(ledger["refunds"].as_array().unwrap().is_empty(), "{ledger}");
        assert!(!desk.heard(PHONE)[said..].iter().any(|words| words.contains("devolvemos")));
        assert_eq!(at_provider(desk, "mercadopago").await, (0, 0));
        assert!(desk.account("waiting:mercadopago").await.iter().all(|money| money.minor == 0));
    })
    .await;
}
